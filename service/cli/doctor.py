"""`pantau doctor`: what is wrong and what to do about it."""

import shutil
import smtplib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import typer
from rich.table import Table
from rich.text import Text

from nlp.analysis import ArticleText
from service.adapters.clip_book import INSTALL_PANGO
from service.adapters.notifiers import WebhookNotifier
from service.adapters.spool import DAMAGED
from service.app import App
from service.cli.alarms import in_english
from service.cli.console import output, set_up_logs
from service.domain.health import judge
from service.errors import PantauError
from service.settings import load_settings

LEAST_FREE_BYTES = 1_000_000_000
MOST_ALARMS = 10
LONGEST_WAIT = timedelta(minutes=15)
"""A message that is due and was not tried for so long says that nobody delivers."""
_MOST_REFUSED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` is what to do where it is not well."""

    what: str
    well: bool
    told: str
    advice: str = ""


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(doctor)


def doctor() -> None:
    """Check settings, engines, models, mail, channels, PDFs, outlets, queues and disk; exit 1 if anything is wrong."""
    set_up_logs("CRITICAL")
    findings = list(examine())
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for finding in findings:
        mark = Text("✓", "green") if finding.well else Text("✗", "red")
        table.add_row(mark, finding.what, Text(finding.told))
        if not finding.well:
            table.add_row("", "", Text(f"→ {finding.advice}", "yellow"))
    output.print(table)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def examine() -> Iterator[Finding]:
    """Every finding; what depends on something broken is left out."""
    try:
        app = App(load_settings())
        parts = f"{len(app.outlets)} outlets, {len(app.file_rules)} alert rules, agency {app.agency.name}"
    except PantauError as error:
        yield Finding("configuration", False, str(error), "mend the named file or variable, then run this again")
        return
    yield Finding("configuration", True, parts)
    with app:
        yield _look("database", lambda: _database(app), "check [store] url and the data folder; then run pantau index")
        yield from _index(app)
        yield _look("models", lambda: _models(app), "check [analysis] in config/pantau.toml")
        yield _look("mail", lambda: _mail(app), "check [mail] in config/pantau.toml and the network")
        for name in app.settings.channels:
            look = partial(_channel, app, name)
            yield _look(f"channel {name}", look, f"check [channels.{name}] in config/pantau.toml and the network")
        yield _outbox(app)
        yield _look("worker", lambda: _worker(app), "start it: pantau run, or pantau worker; what went before is kept")
        yield _jobs(app)
        yield _look("clip book", _clip_book, f"install it: {INSTALL_PANGO}")
        yield _outlets(app)
        yield _spool(app)
        yield _disk(app)


def _look(what: str, look: Callable[[], str], advice: str) -> Finding:
    try:
        return Finding(what, True, look())
    except (PantauError, OSError, smtplib.SMTPException, ValueError) as error:
        return Finding(what, False, str(error) or type(error).__name__, advice)


def _database(app: App) -> str:
    app.store.ping()
    counts = app.store.counts()
    return f"{counts['articles']} articles, {counts['figures']} figures, {counts['alerts']} alerts"


def _index(app: App) -> Iterator[Finding]:
    """Whether the index answers; and, where nothing waits for it, whether it holds what the store does."""
    answers = _look("index", app.describe_index, "do what the message says; the store goes on without the index")
    if not answers.well:
        yield answers
        return
    try:
        counts, held = app.store.counts(), app.index.count()
    except PantauError as error:
        yield Finding("index", False, f"{answers.told}\n{error}", "run pantau index --rebuild")
        return
    stored = counts["relevant"] + counts["mention"] + counts["hidden"]
    waiting, refused = counts["not_indexed"], counts["refused"]
    told = f"{answers.told}\n{held} articles of {stored} in the store, {waiting} waiting"
    if refused:
        ids = ", ".join(article.id for article in app.store.refused(_MOST_REFUSED))
        told = f"{told}\n{refused} are refused by the engine, such as {ids}"
        yield Finding("index", False, told, "the log tells the reasons; pantau index --rebuild tries them again")
        return
    # While something waits, the index may hold more or fewer for the time being.
    agrees = waiting > 0 or held == stored
    yield Finding("index", agrees, told, "run pantau index --rebuild")


def _models(app: App) -> str:
    analyse = app.build_analyser()
    [analysis] = analyse([ArticleText("doctor", f"{app.agency.name} mencatat cakupan 31,93 persen.")])
    if not analysis.mentions or not analysis.figures:
        raise PantauError("the analyser does not find the agency and the figure in a plain sentence")
    return f"analysis {analysis.version}"


def _mail(app: App) -> str:
    mail = app.settings.mail
    if not mail.smtp_host:
        return f"no server set: messages are written to {app.outbox_folder}"
    connect = smtplib.SMTP_SSL if mail.security == "tls" else smtplib.SMTP
    with connect(mail.smtp_host, mail.smtp_port, timeout=10) as server:
        code, _ = server.noop()
    return f"{mail.smtp_host}:{mail.smtp_port} answers {code}"


def _channel(app: App, name: str) -> str:
    """What the channel is; it is asked nothing that anybody would see."""
    notifier = app.notifier_of(name)
    if isinstance(notifier, WebhookNotifier):
        return notifier.check()
    return f"{getattr(notifier, 'service', 'Apprise')}; to see it work: pantau alerts test --channel {name}"


def _outbox(app: App) -> Finding:
    """Whether messages leave in time."""
    now = app.clock()
    tally, oldest = app.outbox.tally(), app.outbox.oldest_due(now)
    pending = sum(count for (state, _, _), count in tally.items() if state == "pending")
    dead = sum(count for (state, _, _), count in tally.items() if state == "dead")
    told = f"{pending} messages wait, {dead} were given up"
    is_late = oldest is not None and now - oldest > LONGEST_WAIT
    if oldest is not None:
        told += f", the oldest that is due since {oldest:%Y-%m-%d %H:%M} UTC"
    return Finding("outbox", not is_late, told, "see that the worker runs; the page Kotak keluar of the desk tells why")


def _worker(app: App) -> str:
    worker = app.store.jobs.worker()
    if worker is None:
        return "has never run on this database"
    if worker.is_silent(app.clock()):
        how = "was stopped" if worker.ended else "was last heard of"
        raise PantauError(f"does not run; it {how} on {worker.heard:%Y-%m-%d %H:%M:%S} UTC ({worker})")
    return f"runs on {worker}"


def _jobs(app: App) -> Finding:
    """How the jobs stand; a job whose turn is long over tells of a worker that hangs."""
    worker, now = app.store.jobs.worker(), app.clock()
    is_running = worker is not None and not worker.is_silent(now)
    lines = []
    for state in app.store.jobs.states():
        if state.failures and state.failing_since is not None and state.last is not None:
            since = f"{state.failing_since:%Y-%m-%d %H:%M} UTC"
            lines.append(f"{state.job}: failed {state.failures} times in a row since {since}: {state.last.error}")
        elif is_running and state.is_late(now):
            lines.append(f"{state.job}: should have run or ended long ago")
    told = "\n".join(lines) or "none is in trouble"
    return Finding("jobs", not lines, told, "see the log of the worker, or pantau jobs list")


def _clip_book() -> str:
    """That a PDF can be laid out; PantauError where Pango, which lays it out, is missing."""
    command = [sys.executable, "-c", "import weasyprint"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own interpreter
    if run.returncode:
        reason = run.stderr.strip().splitlines()[-1:]
        raise PantauError(f"no PDF can be made, for lack of Pango: {' '.join(reason)[:300]}")
    return "PDFs can be made"


def _outlets(app: App) -> Finding:
    now = app.clock()
    press = judge(app.store.outlet_records([outlet.id for outlet in app.outlets], now), now)
    statuses = Counter(row.status for row in press.outlets)
    told = f"{statuses['ok']} of {len(press.outlets)} well, {statuses['failing']} with a source that failed"
    told += f", {statuses['unseen']} not yet looked at"
    lines = [in_english(alarm) for alarm in press.alarms]
    lines += [f"{row.outlet}: {in_english(alarm)}" for row in press.worst_first for alarm in row.alarms]
    told = "\n".join([told, *lines[:MOST_ALARMS]])
    if len(lines) > MOST_ALARMS:
        told += f"\n… and {len(lines) - MOST_ALARMS} more"
    return Finding("outlets", not press.has_alarm, told, "run pantau outlets health; mend config/outlets.toml")


def _spool(app: App) -> Finding:
    damaged = sorted(path.name for path in app.spool.folder.glob(f"*{DAMAGED}"))
    told = f"{len(list(app.spool.pending()))} files wait to be read"
    if damaged:
        told += f", {len(damaged)} are damaged:\n" + "\n".join(damaged[:10])
    advice = f"repair them in {app.spool.folder} and take {DAMAGED} off their names, or delete them"
    return Finding("spool", not damaged, told, advice)


def _disk(app: App) -> Finding:
    free = shutil.disk_usage(app.settings.data).free
    told = f"{free / 1e9:.1f} GB free in {app.settings.data}"
    return Finding("disk", free >= LEAST_FREE_BYTES, told, "make room, or move [paths] data")
