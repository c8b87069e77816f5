"""`python -m demo`: serve the sample newsroom for browsing, or print its manifest or outlet blocks."""

import argparse
import sys
import threading
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from demo.manifest import manifest
from demo.newsroom import HOSTS, PORT, Newsroom, outlets_toml
from demo.server import PortInUse, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m demo", description="The sample newsroom: invented outlets and news."
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"port of 127.0.0.1 (default {PORT})")
    parser.add_argument("--date", type=date.fromisoformat, help="anchor day, YYYY-MM-DD (default: today in Jakarta)")
    parser.add_argument("--manifest", action="store_true", help="print what the newsroom contains, as JSON, and end")
    parser.add_argument("--outlets", action="store_true", help="print the outlets' blocks for the crawler, and end")
    asked = parser.parse_args(arguments)
    if asked.outlets:
        sys.stdout.write(outlets_toml(asked.port))
        return 0
    newsroom = Newsroom(asked.date or datetime.now(ZoneInfo("Asia/Jakarta")).date(), asked.port)
    if asked.manifest:
        sys.stdout.write(manifest(newsroom).to_json() + "\n")
        return 0
    return _serve(newsroom)


def _serve(newsroom: Newsroom) -> int:
    try:
        with serve(newsroom):
            for host in HOSTS:
                print(f"{host.name:28} {newsroom.base(host)}/", flush=True)
            print("Ctrl+C ends it.", flush=True)
            threading.Event().wait()
    except PortInUse as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
