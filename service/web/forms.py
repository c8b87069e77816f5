"""Bodies of forms, bounded in the number of their fields; `service.web.security` bounds their size."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from service.web.visitor import FORM_FIELD, FORM_HEADER, visitor

MOST_FIELDS = 60
SECRET_FIELDS = "sandi"  # noqa: S105  (the name of no secret)
"""How the names of fields for passwords begin."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that could not be recorded: what is wrong, what was typed, and in which part of the page."""

    problem: str
    typed: dict[str, str]
    place: str = ""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form without outer blanks; HTTPException 400 where it is none of ours.

    StaleForm where it does not carry what the visitor's pages carry, as a field or as a header. Secrets keep their
    blanks.
    """
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    fields = {name: value if name.startswith(SECRET_FIELDS) else value.strip() for name, value in pairs}
    visitor().check_form(fields.get(FORM_FIELD) or request.headers.get(FORM_HEADER, ""))
    return fields
