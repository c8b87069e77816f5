"""Bodies of forms, bounded in size and in the number of their fields."""

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

LARGEST_FORM = 16_384
MOST_FIELDS = 60


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form without outer blanks; HTTPException 413 or 400 where it is none of ours."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return {name: value.strip() for name, value in pairs}
