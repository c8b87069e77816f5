"""How precisely a figure was printed, and what that leaves open."""

import re
from decimal import Decimal

from service.domain.ledger.statement import Statement

_DIGITS = re.compile(r"\d[\d.,]*(?: \d[\d.,]*)*")
ABOUT = Decimal("0.05")
"""What "sekitar" may be off by, as a part of the value: "sekitar 40 juta" is said of 38 to 42 million."""
BEYOND = Decimal("0.15")
"""How far above "lebih dari 300 ribu" the value may lie; nobody says it of 400 thousand."""


def printed_step(surface: str, value: Decimal) -> Decimal:
    """The worth of the last printed digit: "31,93 persen" → 0.01, "9,04 miliar" → 10,000,000, "40 juta" → 1,000,000.

    Of a number in words, the worth of its last word: "empat puluh juta" → 10,000,000.
    """
    if value == 0:
        return Decimal(1)
    digits = _DIGITS.search(surface)
    whole = int(re.sub(r"\D", "", digits[0])) if digits is not None else 0
    if whole:
        step = abs(value) / whole
        if step.log10() % 1 == 0:
            return step
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def states(statement: Statement, value: Decimal) -> bool:
    """Whether somebody who knows the value could have stated the figure like this, rounded as it is printed.

    Rounding down is as usual in the press as rounding to the nearest.
    """
    step = printed_step(statement.surface, statement.high)
    low, high = statement.low - step / 2, statement.high + step
    if statement.comparator == "about":
        low, high = min(low, statement.low * (1 - ABOUT)), max(high, statement.high * (1 + ABOUT))
    elif statement.comparator in ("more_than", "at_least"):
        high = statement.high * (1 + BEYOND)
    elif statement.comparator in ("less_than", "at_most"):
        low = statement.low * (1 - BEYOND)
    return low <= value < high if not statement.is_range else low <= value <= high
