"""`python -m service`: the command line where the console script is not installed."""

from service.cli import main

main()
