"""`pantau people add | list | role | deactivate | reset`: who may use the desk."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.console import errors, output
from service.domain.account import Person, Role, read_email
from service.errors import AccountError
from service.settings import load_settings
from service.usecases.people import COMMAND_LINE


class RoleName(StrEnum):
    """The roles, as the command line takes them."""

    PEMBACA = "pembaca"
    ANALIS = "analis"
    ADMIN = "admin"


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    people = typer.Typer(no_args_is_help=True, help="Who may use the desk: add, list, role, deactivate, reset.")
    people.callback()(_group)
    people.command()(add)
    people.command(name="list")(list_people)
    people.command(name="role")(change_role)
    people.command()(deactivate)
    people.command()(reset)
    cli.add_typer(people, name="people")


def _group() -> None:
    """Who may use the desk."""


_Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]


def add(
    email: _Email,
    name: Annotated[str, typer.Option(help="The name under which their decisions are kept.")],
    role: Annotated[
        RoleName, typer.Option(help="pembaca reads and exports, analis also decides, admin also manages people.")
    ] = RoleName.PEMBACA,
    invite: Annotated[bool, typer.Option("--invite", help="Send them a link to choose a password.")] = False,
) -> None:
    """Add a person; with --invite they get a link, which is printed where no mail server is set."""
    given: Role = role.value
    with App(load_settings()) as app:
        person = app.people.add(COMMAND_LINE, email, name, given)
        output.print(f"{person.email} added as {person.role}")
        if invite:
            _tell(app, person, app.people.invite(COMMAND_LINE, person.id))
        else:
            errors.print(f"They cannot sign in before they are invited: pantau people reset {person.email}")


def list_people() -> None:
    """Everybody with their role and whether they can sign in."""
    with App(load_settings()) as app:
        everybody = app.people.everybody()
        table = Table("e-mail", "name", "role", "state", box=None, pad_edge=False)
        for person in everybody:
            state = "active" if app.people.has_password(person.id) else "no password yet"
            shown = (person.email, person.name, person.role, state if person.active else "deactivated")
            table.add_row(*map(Text, shown))
    if everybody:
        output.print(table)
    else:
        errors.print("There is nobody yet: pantau people add EMAIL --name NAME --role admin --invite")


def change_role(
    email: _Email,
    role: Annotated[RoleName, typer.Argument(help="What they may do from now on: pembaca, analis or admin.")],
) -> None:
    """Give the person another role; it holds at once and is kept in the audit."""
    with App(load_settings()) as app:
        person = _named(app, email)
        app.people.change_role(COMMAND_LINE, person.id, role.value)
        output.print(f"{person.email} is now {role.value}")


def deactivate(email: _Email) -> None:
    """Let the person do nothing any more; their sessions and tokens end, their decisions stay."""
    with App(load_settings()) as app:
        person = _named(app, email)
        app.people.deactivate(COMMAND_LINE, person.id)
        output.print(f"{person.email} deactivated")


def reset(email: _Email) -> None:
    """Send the person a link to choose a password, and activate them if need be; printed without a mail server."""
    with App(load_settings()) as app:
        person = _named(app, email)
        app.people.activate(COMMAND_LINE, person.id)
        _tell(app, person, app.people.invite(COMMAND_LINE, person.id))


def _named(app: App, email: str) -> Person:
    known = read_email(email)
    person = next((it for it in app.people.everybody() if it.email == known), None)
    if person is None:
        raise AccountError(f"there is nobody with the e-mail {email!r}; see `pantau people list`")
    return person


def _tell(app: App, person: Person, address: str) -> None:
    if app.settings.mail.smtp_host:
        output.print(f"a link is on its way to {person.email} as soon as the worker runs")
    else:
        errors.print("No mail server is set; give them this link. It opens the account once:")
        output.print(address, soft_wrap=True)
