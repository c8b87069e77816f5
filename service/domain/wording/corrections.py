"""What a person corrected in a figure, told in words."""

from collections.abc import Callable, Mapping
from typing import Any

from service.domain.wording.names import COMPARATORS, DIRECTIONS, KINDS, MEMBER_STATUSES, METRICS, SEGMENTS
from service.domain.wording.numbers import UNITS, number
from service.domain.wording.times import period

NOTHING = "–"

_NUMBERS = frozenset({"value", "from", "to"})
_CODES: Mapping[str, Mapping[str, str]] = {
    "unit": UNITS | {"ratio": "bagian"},
    "kind": KINDS,
    "metric": METRICS,
    "comparator": {"exact": "tepat"} | COMPARATORS,
    "direction": DIRECTIONS,
    "segment": SEGMENTS,
    "status": MEMBER_STATUSES,
}


def told(field: str, value: Any, region_name: Callable[[str], str] = str) -> str:
    """The value of a field, named as the analysis' JSON names it, as people read it; a dash where it is empty."""
    if value is None or value == "":
        return NOTHING
    if field in _NUMBERS:
        ends = value if isinstance(value, list | tuple) else [value]
        return "–".join(number(float(end)) for end in ends)
    text = str(value)
    if field == "period":
        return period(text)
    if field == "region_code":
        return region_name(text)
    return _CODES.get(field, {}).get(text, text)
