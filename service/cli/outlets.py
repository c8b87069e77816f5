"""`pantau outlets …`: how the outlets are doing, whether their descriptions are right, and new ones."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from crawler.outlets.outlet import Outlet
from crawler.probe import AskedEvent, OutletEvidence
from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.cli.outlet_reports import check_report, check_values, family_advice, summary
from service.cli.progress import stages
from service.domain.outlet_check import OutletCheck, check_outlet, has_no_network
from service.domain.outlet_proposal import propose, stub_for
from service.errors import PantauError
from service.settings import load_settings

outlets = typer.Typer(
    help="Look after the outlets: how they are doing, check them, add new ones.", no_args_is_help=True
)


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    cli.add_typer(outlets, name="outlets")


@outlets.command()
def health(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these outlets.")] = None,
) -> None:
    """How each outlet is doing, the troubled first; exit 1 if any is."""
    with App(load_settings()) as app:
        rows = app.store.health(ids or [outlet.id for outlet in app.outlets], app.clock())
    table = Table(box=None, pad_edge=False)
    for heading in ("outlet", "status", "reason"):
        table.add_column(heading)
    for row in sorted(rows, key=lambda row: row.status == "ok"):
        table.add_row(row.outlet, row.status, row.reason)
    output.print(table)
    if any(row.status not in ("ok", "unseen") for row in rows):
        raise typer.Exit(1)


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
            errors.print(Text(f"{finding.what}: {finding.told}" + (f" → {finding.advice}" if finding.advice else "")))
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
