"""The mark that asks for the next page: opaque to clients, checked when it comes back.

It keeps where the last page ended in the order asked, not how many hits went before, so that articles that come or go
meanwhile neither repeat a hit nor hide one.
"""

import base64
import binascii
import math
from dataclasses import dataclass

from service.domain.query import Sort
from service.domain.wording.language import say
from service.errors import QueryError

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Position:
    """The last hit of a page: its `order` (`searchable.Searchable.order`) and, in the order of relevance, its score.

    What follows has a lower score, or the same score and a lower order; by time only a lower order. `rank` says how
    many hits stood before and with it, as a hint where to look.
    """

    order: int
    score: float = 0.0
    rank: int = 0


def write_cursor(sort: Sort, after: Position) -> str:
    """The mark for what follows the position in the order `sort`."""
    plain = f"{sort}:{after.order}:{float(after.score).hex()}:{after.rank}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sort) -> Position:
    """The position that the mark stands for; QueryError for a forged one or one of another order."""
    broken = QueryError(say("Penanda halaman tidak dikenal. Ulangi pencarian dari halaman pertama."))
    if len(cursor) > _LONGEST:
        raise broken
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, order, score, rank = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split(":")
        position = Position(_whole(order), float.fromhex(score), _whole(rank))
    except (binascii.Error, UnicodeError, ValueError, OverflowError) as error:
        raise broken from error
    if name != sort or not math.isfinite(position.score):
        raise broken
    return position


def _whole(digits: str) -> int:
    if not digits.isascii() or not digits.isdigit() or not (number := int(digits)) < 1 << 63:
        raise ValueError(digits)
    return number
