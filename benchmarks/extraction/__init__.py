"""How well and how fast articles are read, next to plain trafilatura in the same run."""
