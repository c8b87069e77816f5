"""`pantau figures …`: the agency's own series, what does not add up, and the ledger as a file."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.table import Table
from rich.text import Text

from service.adapters.spreadsheets import Cell, read_table, write_csv, write_xlsx
from service.app import App
from service.cli.console import output
from service.cli.progress import stage, stages
from service.domain.ledger.claim import Claim, LedgerFilter, Status
from service.domain.ledger.official_file import COLUMNS, EXAMPLES, read_official
from service.domain.ledger.table import WIDTHS, table
from service.domain.wording.findings import against_official, arithmetic, explanation
from service.errors import TableUnreadable
from service.settings import load_settings
from service.usecases.ledger import corrections

MOST_MISTAKES = 50
_OFFICIAL_WIDTHS = (16, 22, 18, 16, 10, 30, 10)

figures = typer.Typer(help="The ledger of stated figures and the agency's own series.", no_args_is_help=True)

_Metric = Annotated[str | None, typer.Option(help="Only this metric, such as coverage.")]
_Region = Annotated[str | None, typer.Option(help="Only this region: official code, ID, or a part of its name.")]
_Period = Annotated[str | None, typer.Option(help="Only this period: 2026 or 2026-06.")]
_Outlet = Annotated[str | None, typer.Option(help="Only this outlet.")]


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    cli.add_typer(figures, name="figures")


@figures.command("import-official")
def import_official(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=".csv or .xlsx with the columns of the template.")],
) -> None:
    """Enter the agency's own series; every claim is then held against it. Nothing is entered if a line is wrong.

    A value of the same metric, region, period, unit and segment is replaced.
    """
    with App(load_settings()) as app, stages() as progress:
        read = read_official(read_table(file), app.region_code)
        if read.mistakes:
            shown = [f"line {it.line}: {it.message}" for it in read.mistakes[:MOST_MISTAKES]]
            more = len(read.mistakes) - len(shown)
            shown += [f"… and {more} more mistakes"] if more > 0 else []
            raise TableUnreadable("\n".join([f"{file}: nothing was entered", *shown]))
        with stage(progress, "official") as note:
            report = app.importing_official.run(read.figures)
            note(f"{report.new} new, {report.replaced} replaced")
    output.print(
        f"{report.new + report.replaced} official figures; claims: {report.agrees} agree, {report.rounded} agree "
        f"when rounded, {report.differs} differ, {report.stale} are old figures told as new"
    )


@figures.command()
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: .csv or .xlsx.")],
) -> None:
    """Write an empty table for the agency's own series, with example lines that the import passes over."""
    _write(file, [COLUMNS, *EXAMPLES], _OFFICIAL_WIDTHS)
    output.print(f"{file}: fill it in and run: pantau figures import-official {file}")


@figures.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: .csv or .xlsx.")],
    metric: _Metric = None,
    region: _Region = None,
    period: _Period = None,
    outlet: _Outlet = None,
    status: Annotated[
        str | None, typer.Option(help="conflict, explained, differs, stale, agrees, unreviewed, …")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Printed on this day or later (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Printed on this day or before.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Also statutory constants.")] = False,
) -> None:
    """Write the statements that match into a table, as the desk's downloads do."""
    asked = LedgerFilter(
        metric=metric,
        region=region,
        period=period,
        outlet=outlet,
        status=_status(status),
        since=_day(since),
        until=_day(until),
        rules=rules,
    )
    with App(load_settings()) as app, stages() as progress, stage(progress, "export") as note:
        count = _write(file, table(app.ledger.each(asked), app.outlet_name), WIDTHS) - 1
        note(f"{count} statements")
    output.print(f"{file}: {count} statements")


@figures.command("corrections")
def export_corrections(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: .jsonl, one decision a line.")],
) -> None:
    """Write what people decided about figures, as data that a model can learn from."""
    with App(load_settings()) as app, file.open("w", encoding="utf-8") as lines:
        count = sum(lines.write(json.dumps(row, ensure_ascii=False) + "\n") > 0 for row in corrections(app.ledger))
    output.print(f"{file}: {count} decisions")


@figures.command()
def check(
    metric: _Metric = None,
    region: _Region = None,
    period: _Period = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many claims at most.")] = 50,
) -> None:
    """List the claims that do not add up or differ from the official series, with the arithmetic; exit 1 if any."""
    with App(load_settings()) as app:
        found: dict[str, Claim] = {}
        for status in ("conflict", "differs", "stale"):
            asked = LedgerFilter(metric=metric, region=region, period=period, status=_status(status))
            found |= {claim.id: claim for claim in app.ledger.claims(asked, limit=limit).claims}
        rows = Table(box=None, pad_edge=False)
        for heading in ("figure", "outlet", "what is wrong"):
            rows.add_column(heading, overflow="fold")
        for claim in list(found.values())[:limit]:
            told = [f"{arithmetic(it, app.outlet_name)} {explanation(it)}".strip() for it in claim.findings]
            told += [against_official(claim.standing)] if claim.standing is not None else []
            rows.add_row(
                Text(claim.statement.surface), Text(app.outlet_name(claim.statement.outlet)), Text("\n".join(told))
            )
    if found:
        output.print(rows)
        raise typer.Exit(1)
    output.print("every stated figure adds up")


def _write(file: Path, rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> int:
    """Write the rows in the format that the file's name asks for; how many."""
    try:
        if file.suffix.lower() == ".xlsx":
            with file.open("wb") as workbook:
                return write_xlsx(workbook, "Angka", rows, widths)
        if file.suffix.lower() == ".csv":
            with file.open("w", encoding="utf-8-sig", newline="") as lines:
                return write_csv(lines, rows)
    except OSError as error:
        raise TableUnreadable(f"{file}: cannot be written ({error.strerror or error})") from error
    raise TableUnreadable(f"{file}: neither .csv nor .xlsx; choose one of them")


def _status(value: str | None) -> Status | None:
    known: tuple[Status, ...] = get_args(Status)
    if value is None:
        return None
    for status in known:
        if status == value:
            return status
    raise typer.BadParameter(f"status {value!r} is unknown; known are {', '.join(known)}")


def _day(value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2026-11-23") from error
