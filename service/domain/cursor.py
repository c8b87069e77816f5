"""The mark that asks for the next page: opaque to clients, checked when it comes back."""

import base64
import binascii

from service.errors import QueryError

_LONGEST = 80


def write_cursor(sort: str, after: int) -> str:
    """The mark for what follows the position `after` in the order `sort`."""
    return base64.urlsafe_b64encode(f"{sort}:{after}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: str) -> int:
    """The position that the mark stands for; QueryError for a forged one or one of another order."""
    broken = QueryError("Penanda halaman tidak dikenal. Ulangi pencarian dari halaman pertama.")
    if len(cursor) > _LONGEST:
        raise broken
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, _, position = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeError) as error:
        raise broken from error
    if name != sort or not position.isascii() or not position.isdigit() or not 0 <= int(position) < 1 << 63:
        raise broken
    return int(position)
