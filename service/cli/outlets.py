"""`pantau outlets …`: how the outlets are doing, whether their descriptions are right, and new ones."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from crawler.outlets.outlet import Outlet
from crawler.probe import AskedEvent, OutletEvidence
from service.app import App
from service.cli.alarms import in_english
from service.cli.console import errors, output, set_up_logs
from service.cli.outlet_reports import check_report, check_values, family_advice, finding_line, summary
from service.cli.progress import stages
from service.domain.article import WIB
from service.domain.health import HOUR, OutletHealth, PressHealth, SourceState, judge
from service.domain.outlet_check import OutletCheck, check_outlet, has_no_network
from service.domain.outlet_proposal import propose, stub_for
from service.errors import ConfigError, PantauError
from service.settings import load_settings

_STYLES = {
    "unreachable": "bold red",
    "blocked": "bold red",
    "redesign": "bold red",
    "silent": "yellow",
    "volume": "yellow",
    "failing": "yellow",
    "unseen": "dim",
    "ok": "green",
}
_BARS = "▁▂▃▄▅▆▇█"
_WELL = ("ok", "unseen")

outlets = typer.Typer(
    help="Look after the outlets: how they are doing, check them, add new ones.", no_args_is_help=True
)


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    cli.add_typer(outlets, name="outlets")


@outlets.command()
def health(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these, with their sources.")] = None,
    every: Annotated[bool, typer.Option("--all", help="List the outlets that are well, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
) -> None:
    """How each outlet is doing, the troubled first; exit 1 if there is an alarm.

    An outlet is held against its own past fortnight: how much it prints, its pauses, and how well its pages are read.
    """
    with App(load_settings()) as app:
        now = app.clock()
        known = [outlet.id for outlet in app.outlets]
        if unknown := sorted(set(ids or ()) - set(known)):
            raise ConfigError(f"no such outlet: {', '.join(unknown)}; see {app.settings.paths.outlets}")
        # Judged together, since trouble of most of them at once is ours; shown as asked for.
        press = judge(app.store.outlet_records(known, now), now)
    chosen = [row for row in press.worst_first if not ids or row.outlet in ids]
    if as_json:
        print(json.dumps(_as_json(press, chosen), ensure_ascii=False, default=datetime.isoformat))
    elif ids:
        output.print(Group(*_generally(press), *(_detail(row, now) for row in chosen)))
    else:
        output.print(Group(*_generally(press), *_overview(press, chosen, now, every=every)))
    if press.alarms or any(row.alarms for row in chosen):
        raise typer.Exit(1)


def _as_json(press: PressHealth, rows: Sequence[OutletHealth]) -> dict[str, Any]:
    alarms = [{**asdict(alarm), "told": in_english(alarm)} for alarm in press.alarms]
    told = {row.outlet: [in_english(alarm) for alarm in row.alarms] for row in rows}
    return {"alarms": alarms, "outlets": [{**asdict(row), "told": told[row.outlet]} for row in rows]}


def _generally(press: PressHealth) -> list[RenderableType]:
    return [Text(f"! {in_english(alarm)}\n", "bold red") for alarm in press.alarms]


def _overview(
    press: PressHealth, rows: Sequence[OutletHealth], now: datetime, *, every: bool
) -> Iterable[RenderableType]:
    shown = rows if every else [row for row in rows if row.status not in _WELL]
    wrong = [Text.assemble((row.outlet, _STYLES[row.status]), f"  {told}") for row in shown for told in _wrong(row)]
    if wrong:
        yield from wrong
        yield ""
    if shown:
        table = Table(box=None, pad_edge=False)
        table.add_column("outlet", no_wrap=True)
        table.add_column("status", no_wrap=True)
        table.add_column("fortnight", no_wrap=True)
        for heading in ("24 h", "usual", "well read"):
            table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("newest", no_wrap=True)
        for row in shown:
            table.add_row(*_cells(row, now))
        yield table
        yield ""
    well = sum(row.status == "ok" for row in press.outlets)
    unseen = sum(row.status == "unseen" for row in press.outlets)
    told = f"{well} of {len(press.outlets)} outlets well, {unseen} not yet looked at."
    yield Text(told + ("" if every else " --all lists them too."), "dim")


def _wrong(row: OutletHealth) -> list[str]:
    """Every alarm in words, or why some source could not be read."""
    if row.alarms or not row.reason:
        return [in_english(alarm) for alarm in row.alarms]
    return [f"failing: a source could not be read ({row.reason})"]


def _cells(row: OutletHealth, now: datetime) -> tuple[Text, ...]:
    return (
        Text(row.outlet),
        Text(row.status, _STYLES[row.status]),
        Text(_sparkline(row.days), "cyan"),
        Text(str(row.today)),
        Text("–" if row.usual is None else f"{row.usual:.0f}"),
        Text("–" if row.well_read is None else f"{row.well_read:.0%}"),
        Text(_ago(row.last_article, now)),
    )


def _detail(row: OutletHealth, now: datetime) -> RenderableType:
    """One outlet with its sources."""
    heading = Text.assemble((row.outlet, "bold"), "  ", (row.status, _STYLES[row.status]))
    lines = [Text(f"  {wrong}", _STYLES[row.status]) for wrong in _wrong(row)]
    usual = "not known yet" if row.usual is None else f"{row.usual:.0f}"
    read = row.read
    facts = (
        f"  {_sparkline(row.days)}  {read.articles} articles in 14 days ({read.relevant} relevant), "
        f"{row.today} in 24 hours (usual: {usual}), newest {_ago(row.last_article, now)}\n"
        f"  read: {read.short} short, {read.unsure} unsure, {read.unread} without an article, {read.walled} walled"
    )
    return Group(heading, *lines, Text(facts), *(_told_source(source, now) for source in row.sources), "")


def _told_source(source: SourceState, now: datetime) -> Text:
    """One source in three lines: what it is, how it stands, what happened to it in all."""
    state = f"{source.outcome} {source.reason}".rstrip()
    if source.failed:
        state += f", {source.failures} in a row"
    if source.retry_at:
        state += f", next try {source.retry_at.astimezone(WIB):%d-%m %H:%M} WIB"
    return Text.assemble(
        f"  {source.kind} {source.source}\n    ",
        (state, "red" if source.failed else "green"),
        f"; read {_ago(source.last_ok, now)}, something new {_ago(source.last_new, now)}\n",
        (f"    {source.ok} ok, {source.unchanged} unchanged, {source.soft} soft, {source.hard} hard", "dim"),
    )


def _sparkline(days: Sequence[int]) -> str:
    """A bar a day, none for a day without articles."""
    most = max(days, default=0)
    return "".join(_BARS[min(7, 8 * count // (most + 1))] if count else "·" for count in days)


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    hours = int((now - at) / HOUR)
    if hours < 1:
        return "just now"
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} d ago"


@outlets.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these outlets.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list, with all that was seen.")] = False,
    write: Annotated[
        bool,
        typer.Option("--write", help="Set verified = true where all is well, mend sources that are wrong for good."),
    ] = False,
) -> None:
    """Look at outlets and say whether their descriptions are right; exit 1 if one is broken.

    Asks for home page, robots.txt, every source, feeds that the description lacks, and the newest articles, as politely
    as a crawl. Nothing is archived.
    """
    set_up_logs("ERROR")
    with App(load_settings()) as app:
        chosen = {outlet.id: outlet for outlet in app.named_outlets(ids or [])}
        evidence = {seen.outlet: seen for seen in _look_at(app, list(chosen.values()))}
        checks = [check_outlet(outlet, evidence[key]) for key, outlet in chosen.items() if key in evidence]
        _print_checks(checks, as_json=as_json)
        if has_no_network(checks):
            raise PantauError("none of the host names could be found: this machine seems to have no network")
        if unseen := chosen.keys() - evidence.keys():
            raise PantauError(f"the time ran out before these were looked at: {', '.join(sorted(unseen))}")
        if write:
            count = app.mend_outlets([check.mend for check in checks])
            errors.print(f"{count} outlets changed in {app.settings.path_of('outlets')}", soft_wrap=True)
    if any(check.verdict == "broken" for check in checks):
        raise typer.Exit(1)


@outlets.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The new outlet's home page.")],
    write: Annotated[bool, typer.Option("--write", help="Append the block to the outlets file.")] = False,
) -> None:
    """Propose the block of config/outlets.toml for a new outlet, from what its site gives away.

    Each line says how its value was found; what is a guess is marked CHECK. Exit 1 if the site could not be read.
    """
    set_up_logs("ERROR")
    try:
        stub = stub_for(url)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with App(load_settings()) as app:
        known = next((outlet for outlet in app.outlets if outlet.host == stub.host), None)
        if known is not None:
            raise PantauError(f"{stub.host} is outlet {known.id} already; see pantau outlets check {known.id}")
        (evidence,) = _look_at(app, [stub])
        place = app.guess_place(evidence.home.answer.url, f"{evidence.home.name}")
        proposal = propose(evidence, app.families, {outlet.id for outlet in app.outlets}, place)
        output.print(Text(proposal.toml()), soft_wrap=True)
        for finding in check_outlet(stub, evidence).findings:
            errors.print(finding_line(finding))
        if not evidence.home.answer.is_ok and not any(source.links for source in evidence.sources):
            raise typer.Exit(1)
        if write:
            app.add_outlet(proposal.toml())
            errors.print(f"{proposal.outlet} added to {app.settings.path_of('outlets')}", soft_wrap=True)


def _look_at(app: App, chosen: Sequence[Outlet]) -> list[OutletEvidence]:
    """What is seen of the outlets, with progress on the terminal."""
    with stages() as progress:
        task = progress.add_task("check", total=len(chosen), note="")
        begun: set[str] = set()

        def show(event: AskedEvent) -> None:
            begun.add(event.outlet)
            note = f"{event.outlet} {event.url} {event.reason}"
            progress.update(task, completed=max(len(begun) - 1, 0), note=note[:100])

        seen = app.probe(chosen, show)
        progress.update(task, completed=len(seen), note="")
    return seen


def _print_checks(checks: Sequence[OutletCheck], *, as_json: bool) -> None:
    if as_json:
        text = json.dumps([check_values(check) for check in checks], default=str, ensure_ascii=False, indent=2)
        output.print(Text(text), soft_wrap=True)
        return
    for check in sorted(checks, key=lambda check: ["ok", "problems", "broken"].index(check.verdict)):
        output.print(check_report(check))
    for advice in family_advice(checks):
        output.print(Text(advice, "yellow"))
    output.print(summary(checks))
