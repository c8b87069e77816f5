"""A search that cannot be read, as its page tells it: in place, with the form, and with what was probably meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.errors import QueryError
from service.web.address import BadAddress, SearchAddress


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a search cannot be read: what was typed, cut around the wrong place, and a link to what was probably meant.

    Nothing is cut where a filter is wrong, not what was typed.
    """

    message: str
    before: str = ""
    wrong: str = ""
    after: str = ""
    suggestion: str | None = None
    suggested: str | None = None


def mistake_of(asked: SearchAddress, error: QueryError) -> Mistake:
    """The mistake in the words of the search."""
    typed = asked.query.text
    return Mistake(
        message=str(error),
        before=typed[: error.start],
        wrong=typed[error.start : error.end],
        after=typed[error.end :],
        suggestion=error.suggestion,
        suggested=asked.asking(error.suggestion) if error.suggestion else None,
    )


def mistake_in_filters(problems: Sequence[BadAddress]) -> Mistake:
    """The mistake in the other parameters of an address."""
    return Mistake(" ".join(map(str, problems)))
