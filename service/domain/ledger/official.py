"""The agency's own series, and how a stated figure stands to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from service.domain.ledger.statement import Statement


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """One value of the agency's own series. `region` is an official code, "ID" for the country; `period` ISO.

    `segment` ("PU", "BPU", …) where the series is of one segment only.
    """

    metric: str
    region: str
    period: str
    value: Decimal
    unit: str
    source: str
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stated figure stands to the official series.

    agrees: the same value; rounded: the same as precisely as it was stated; differs: another value for that period;
    stale: the value of an earlier period told as today's. `official` is the value it was held against, `difference`
    stated minus official, `newer` what the series says of the time of the article where the figure is stale.
    """

    verdict: Literal["agrees", "rounded", "differs", "stale"]
    official: OfficialFigure
    difference: Decimal
    newer: OfficialFigure | None = None


def standing(statement: Statement, series: Sequence[OfficialFigure]) -> Standing | None:
    """How the statement stands to the series; None where the series says nothing of its metric, region and time."""
    raise NotImplementedError
