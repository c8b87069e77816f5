"""`pantau rules list | check | test`: the alert rules of config/rules.toml and of the desk."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.console import errors, output
from service.domain.wording.rules import conditions
from service.settings import load_settings
from service.usecases.alert_rules import ListedRule
from service.usecases.back_test import LONGEST_TEST_DAYS, TEST_DAYS, BackTest

_BAR = 40


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    rules = typer.Typer(no_args_is_help=True, help="When the team is alerted: list, check, test.")
    rules.callback()(_group)
    rules.command(name="list")(list_rules)
    rules.command()(check)
    rules.command(name="test")(try_rule)
    cli.add_typer(rules, name="rules")


def _group() -> None:
    """When the team is alerted."""


def list_rules() -> None:
    """Every alert rule: where it is written, whether it is on, how urgent it is and what it asks for."""
    with App(load_settings()) as app:
        table = Table("id", "from", "state", "severity", "name and conditions", box=None, pad_edge=False)
        for it in app.alert_rules.listed():
            severity = it.rule.severity if it.rule is not None else ""
            origin = "file" if it.of_file else "desk"
            table.add_row(*map(Text, (it.id, origin, _state(it), severity, _told(app, it))))
        output.print(table)


def check() -> None:
    """Read every rule of the file and of the desk; exit code 1 with every mistake where one cannot be read."""
    with App(load_settings()) as app:
        listed = app.alert_rules.listed()
    broken = [it for it in listed if it.mistakes]
    for it in broken:
        for mistake in it.mistakes:
            errors.print(f"rule {it.id} of the desk: {mistake}", soft_wrap=True)
    if broken:
        errors.print("These rules do not hold until they are changed on the desk, at /aturan.")
        raise typer.Exit(1)
    of_file = sum(it.of_file for it in listed)
    off = sum(not it.enabled for it in listed)
    output.print(f"{of_file} rules of the file, {len(listed) - of_file} of the desk, {off} switched off: no mistakes")


def try_rule(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule; see `pantau rules list`.")],
    days: Annotated[int, typer.Option(min=1, max=LONGEST_TEST_DAYS, help="How many days to look back.")] = TEST_DAYS,
) -> None:
    """What the rule would have raised in the last days: alerts per day, and the stories, the newest first."""
    with App(load_settings()) as app:
        listed = app.alert_rules.get(rule)
        if listed.rule is None:
            raise typer.BadParameter("; ".join(listed.mistakes))
        _print(app, app.trying_rules.run(listed.rule, days))


def _print(app: App, tested: BackTest) -> None:
    for day, count in tested.days if not tested.only_now else ():
        bar = "█" * -(-count * _BAR // max(tested.most, 1)) if count else ""
        output.print(f"{day.isoformat()}  {count:>4}  {bar}", highlight=False)
    output.print(
        f"{tested.total:,} alerts; {tested.read:,} articles looked at" if tested.read else f"{tested.total:,} alerts"
    )
    if tested.since is not None:
        errors.print(f"Only the newest articles were looked at, back to {tested.since}; earlier days count too little.")
    if tested.only_now:
        errors.print("Of the outlets' past only today is known: these are silent now.")
    for story in tested.stories:
        outlet = app.outlet_name(story.article.outlet)
        others = f" (+{story.others})" if story.others else ""
        output.print(Text(f"{story.article.day.isoformat()}  {outlet}: {story.article.title}{others}"), soft_wrap=True)
    for sighting in tested.sightings:
        output.print(Text(f"{sighting.day.isoformat()}  {app.tell_sighting(sighting)}"), soft_wrap=True)
    shown = len(tested.stories) + len(tested.sightings)
    if shown < tested.total:
        errors.print(f"The newest {shown} are listed.")


def _state(it: ListedRule) -> str:
    if it.mistakes:
        return "broken"
    return "on" if it.enabled else "off"


def _told(app: App, it: ListedRule) -> str:
    if it.rule is None:
        return f"{it.name}\n{'; '.join(it.mistakes)}"
    asked = "; ".join(f"{name}: {value}" for name, value in conditions(it.rule, app.outlet_name, app.region_name))
    return f"{it.name}\n{asked}"
