"""`python -m benchmarks.latency`: minutes from an article's appearance to its alert in the mailbox, at real pace.

The worker runs as it is shipped, with the settings of config/pantau.toml but for its paths, a loopback mail server and
the leave to reach 127.0.0.1. It first reads the outlets for a while, as it would have done the days before.
"""

import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from benchmarks.latency.press import Passage, Printed, ServedPress, kinds_asked, passages, pauses
from benchmarks.served import serving
from nlp.analysis import ArticleText
from service.app import App
from service.settings import ROOT, load_settings

_PATIENCE = timedelta(minutes=12)
"""How long is waited for the last alerts."""
_GOAL = (3.0, 10.0)


class Mailbox:
    """Takes every mail and notes when it came."""

    def __init__(self) -> None:
        self.mails: list[tuple[datetime, str]] = []

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        """As aiosmtpd calls it."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        part = message_from_bytes(content, policy=default).get_body(("plain",))
        self.mails.append((datetime.now(UTC), part.get_content() if part is not None else ""))
        return "250 taken"

    def arrival(self, address: str) -> datetime | None:
        """When the first mail came that names the address."""
        return next((at for at, text in self.mails if address in text), None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; exit with 1 where the goal is missed or an alert never came."""
    parser = ArgumentParser("python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="in which articles appear (20)")
    parser.add_argument("--outlets", type=int, default=100, help="(100)")
    parser.add_argument("--articles", type=int, default=100, help="negative ones that appear (100)")
    parser.add_argument("--warm-up", type=float, default=8.0, help="minutes before the first (8)")
    parser.add_argument("--seed", type=int, default=1, help="which press (1)")
    given = parser.parse_args(arguments)
    some = _alert_worthy(given.articles)
    begin = datetime.now(UTC)
    since = begin + timedelta(minutes=given.warm_up)
    until = since + timedelta(minutes=given.minutes)
    press = ServedPress(given.outlets, begin, until, given.seed)
    with serving(press) as port, _mailbox() as (mailbox, smtp_port), TemporaryDirectory(prefix="latency") as folder:
        press.port = port
        appeared = press.print_negatives(some, since, until)
        with _worker(Path(folder), press.described(), smtp_port):
            _wait(appeared, mailbox, until)
        _tell_warnings(Path(folder))
    sys.exit(0 if _print(press, appeared, mailbox, since, until) else 1)


def _alert_worthy(count: int) -> list[Passage]:
    """Passages that meet a rule as they stand: what is measured is the way, not the judgement."""
    candidates = passages(negative=True)[: 2 * count]
    with TemporaryDirectory() as folder:
        settings = load_settings(paths={"data": Path(folder)}, analysis={"processes": 0})
        with App(settings) as app:
            texts = [ArticleText(it.title, it.text) for it in candidates]
            analyses = app.analyse(texts)
    found = [
        passage
        for passage, analysis in zip(candidates, analyses, strict=True)
        if analysis.relevance == "relevant" and analysis.sentiment.label == "negative"
    ]
    return found[:count]


@contextmanager
def _mailbox() -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


@contextmanager
def _worker(folder: Path, outlets: str, smtp_port: int) -> Iterator[None]:
    (folder / "outlets.toml").write_text(outlets, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PANTAU_")},
        "PANTAU_PATHS__DATA": str(folder / "data"),
        "PANTAU_PATHS__OUTLETS": str(folder / "outlets.toml"),
        "PANTAU_CRAWL__ALLOW_LOOPBACK": "true",
        "PANTAU_MAIL__SMTP_HOST": "127.0.0.1",
        "PANTAU_MAIL__SMTP_PORT": str(smtp_port),
        "PANTAU_MAIL__SECURITY": "none",
        "PANTAU_ALERTS__RECIPIENTS": "humas@agency.example",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "service", "worker"], cwd=ROOT, env=environment, stderr=log)
        try:
            yield
            assert process.poll() is None, (folder / "log").read_text()
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(appeared: Sequence[tuple[str, Printed]], mailbox: Mailbox, until: datetime) -> None:
    last = until + _PATIENCE
    while (now := datetime.now(UTC)) < last:
        if now > until and all(mailbox.arrival(address) for address, _ in appeared):
            return
        time.sleep(5)
        if sys.stderr.isatty():
            print(f"\r{len(mailbox.mails)} mails, {(until - now) / timedelta(minutes=1):.0f} min left ", end="")


def _tell_warnings(folder: Path) -> None:
    lines = (folder / "log").read_text(encoding="utf-8").splitlines()
    loud = [line for line in lines if "warning" in line.lower() or "error" in line.lower()]
    print(f"{len(loud)} warnings and errors of the worker", *loud[:10], sep="\n  ")


def _print(
    press: ServedPress,
    appeared: Sequence[tuple[str, Printed]],
    mailbox: Mailbox,
    since: datetime,
    until: datetime,
) -> bool:
    """The figures; whether the goal is met."""
    arrivals = [(mailbox.arrival(address), address, printed) for address, printed in appeared]
    late = sorted(((at - it.shown) / timedelta(minutes=1), address) for at, address, it in arrivals if at is not None)
    for _, address, printed in arrivals:
        if mailbox.arrival(address) is None:
            print(f"never alerted: {address} shown {printed.shown:%H:%M:%S}")
    span = (until - since) / timedelta(minutes=1)
    print(f"{len(press.outlets)} outlets, {len(appeared)} negative articles in {span:.0f} minutes, {len(late)} alerted")
    if not late:
        return False
    minutes = [it for it, _ in late]
    median, ninth = statistics.median(minutes), minutes[int(len(minutes) * 0.9)]
    print(f"minutes to the mailbox: median {median:.2f}, nine of ten {ninth:.2f}, worst {minutes[-1]:.2f}")
    print(*(f"  {it:.2f} {address}" for it, address in late[-3:]), sep="\n")
    _print_politeness(press, since, until, span)
    return len(late) == len(appeared) and median < _GOAL[0] and minutes[-1] < _GOAL[1]


def _print_politeness(press: ServedPress, since: datetime, until: datetime, span: float) -> None:
    felt = sorted(sum(since <= moment < until for moment, _, _ in outlet.requests) / span for outlet in press.outlets)
    print(f"requests per outlet and minute: median {statistics.median(felt):.2f}, most {felt[-1]:.2f}")
    asked = kinds_asked(press.outlets, since, until)
    print(", ".join(f"{kind} {count / len(press.outlets) / span:.2f}" for kind, count in sorted(asked.items())))
    shortest = min((pause for outlet in press.outlets for pause in pauses(outlet)), default=timedelta())
    print(f"shortest pause between two requests to an outlet: {shortest.total_seconds():.2f} s")


if __name__ == "__main__":
    main()
