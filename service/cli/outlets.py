"""`pantau outlets …`: how the outlets are doing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.alarms import in_english
from service.cli.console import output
from service.domain.article import WIB
from service.domain.health import HOUR, OutletHealth, PressHealth, SourceState, judge
from service.errors import ConfigError
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

outlets = typer.Typer(help="Look after the outlets: how they are doing.", no_args_is_help=True)


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
