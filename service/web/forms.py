"""Bodies of forms, bounded in the number of their fields; `service.web.security` bounds their size."""

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

MOST_FIELDS = 60


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form without outer blanks; HTTPException 400 where it is none of ours."""
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return {name: value.strip() for name, value in pairs}
