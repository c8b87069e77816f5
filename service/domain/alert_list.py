"""Where a page of alerts ends and the next begins."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from service.domain.wording.language import say
from service.errors import QueryError

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Place:
    """What alerts are about, and when the newest of them was raised: by that they are listed, the newest first."""

    raised: datetime
    about: str


def write_place(place: Place) -> str:
    """The mark that asks for what is listed after this place."""
    return base64.urlsafe_b64encode(f"{place.raised.isoformat()} {place.about}".encode()).decode().rstrip("=")


def read_place(mark: str) -> Place:
    """The place that the mark stands for; QueryError for a forged one."""
    broken = QueryError(say("Penanda halaman tidak dikenal. Buka lagi halaman pertama."))
    if len(mark) > _LONGEST:
        raise broken
    try:
        padded = mark.encode("ascii") + b"=" * (-len(mark) % 4)
        moment, _, about = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(" ")
        raised = datetime.fromisoformat(moment)
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise broken from error
    if raised.tzinfo is None or not about or "\0" in about:
        raise broken
    return Place(raised, about)
