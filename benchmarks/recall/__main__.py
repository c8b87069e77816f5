"""`python -m benchmarks.recall`: the simulated day, polled every ten minutes by the real crawl process."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.recall.day import SimulatedDay
from benchmarks.recall.replay import Reckoning, replay
from benchmarks.served import serving
from crawler.events import Event, read_event
from crawler.job import CrawlJob


def main(arguments: Sequence[str] | None = None) -> None:
    """Replay the day and print the reckoning; exit with 1 where an article is missing or stored twice."""
    parser = ArgumentParser("python -m benchmarks.recall", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="between two polls (10)")
    parser.add_argument("--seed", type=int, default=1, help="which day (1)")
    options = parser.parse_args(arguments)
    day = SimulatedDay(options.seed)
    with TemporaryDirectory(prefix="recall") as folder, serving(day) as port:
        day.port = port
        outcome = replay(day, Path(folder), timedelta(minutes=options.minutes), _run_process)
    _print(day, outcome)
    sys.exit(1 if outcome.missing or outcome.twice or outcome.strangers else 0)


def _run_process(job: CrawlJob) -> list[Event]:
    """The events of a crawl as the worker starts it."""
    ended = subprocess.run(
        [sys.executable, "-m", "crawler", "--quiet"], input=job.to_json(), capture_output=True, text=True, check=True
    )
    return [read_event(line) for line in ended.stdout.splitlines()]


def _print(day: SimulatedDay, outcome: Reckoning) -> None:
    stored = outcome.published - len(outcome.missing)
    late = sorted(span.total_seconds() / 60 for span in outcome.lateness)
    felt = sorted(outcome.requests.values())
    print(f"{len(day.outlets)} outlets, {outcome.published} articles, {outcome.polls} polls")
    print(f"stored {stored} ({stored / outcome.published:.2%}), twice {len(outcome.twice)}, others {outcome.strangers}")
    for name in outcome.missing:
        print(f"  missing: {name}")
    print(f"minutes from shown to fetched: {late[len(late) // 2]:.0f} in the middle, {late[-1]:.0f} at most")
    print(f"requests to sources {outcome.source_requests}, for articles {outcome.article_requests}")
    print(f"requests per host and day: {felt[0]} at least, {felt[len(felt) // 2]} in the middle, {felt[-1]} at most")
    print(f"source asked twice in a poll: {outcome.asked_twice.total()}")
    print(f"feed with a validator asked without it: {outcome.without_validator.total()}")
    print(f"asked while the host had asked for rest: {outcome.asked_while_resting}")


if __name__ == "__main__":
    main()
