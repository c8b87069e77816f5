"""Reading what a person corrects in a figure. Messages are for that person, in Indonesian."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from nlp.analysis import Figure
from nlp.serialise import figure_to_json
from service.domain.ledger.official_file import read_value
from service.domain.ledger.periods import days_of
from service.domain.ledger.review import Verdict
from service.domain.ledger.statement import INDONESIA
from service.domain.wording.language import say
from service.domain.wording.names import COMPARATORS, DIRECTIONS, KINDS, METRICS, SEGMENTS
from service.domain.wording.numbers import UNITS
from service.errors import ReviewError

PROGRAMS = ("JHT", "JKK", "JKM", "JP", "JKP", "beasiswa", "BSU")
MEMBER_STATUSES = ("active", "inactive", "registered")

LONGEST_TEXT = 200
GREATEST = 10**15
"""A quadrillion rupiah is half the country's yearly product; more is a slip of the pen."""

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])

_CODES: Mapping[str, tuple[Collection[str], bool]] = {
    "unit": (UNITS.keys(), False),
    "kind": (KINDS.keys(), False),
    "metric": (METRICS.keys(), False),
    "comparator": ({"exact", *COMPARATORS}, False),
    "direction": (DIRECTIONS.keys(), True),
    "segment": (SEGMENTS.keys(), True),
    "program": (PROGRAMS, True),
    "status": (MEMBER_STATUSES, True),
}
"""The codes of each field, and whether it may be empty."""

_NUMBERS = ("from", "to")
_TEXTS = ("region", "speaker", "speaker_title")

FIELDS = ("value", *_NUMBERS, *_CODES, "period", "region_code", *_TEXTS)
"""What can be corrected, as the analysis' JSON names it."""

FIELD_NAMES = {
    "value": "Nilai",
    "from": "Nilai awal",
    "to": "Nilai akhir",
    "unit": "Satuan",
    "kind": "Jenis",
    "metric": "Metrik",
    "comparator": "Pembanding",
    "direction": "Arah",
    "segment": "Segmen",
    "program": "Program",
    "status": "Status peserta",
    "period": "Periode",
    "region": "Wilayah",
    "region_code": "Kode wilayah",
    "speaker": "Narasumber",
    "speaker_title": "Jabatan narasumber",
}


def read_changes(
    verdict: Verdict | None, changes: Mapping[str, Any], said: Figure, region_name: Callable[[str], str]
) -> dict[str, Any]:
    """The corrected fields as the analysis' JSON writes them; those that say what was read anyway are left out.

    ReviewError names every mistake.
    """
    if verdict != "corrected":
        if changes:
            raise ReviewError(say("Hanya koreksi yang dapat mengubah isi angka."))
        return {}
    read: dict[str, Any] = {}
    mistakes = []
    for field, value in changes.items():
        try:
            read[field] = _read(field, value, region_name)
        except ValueError as error:
            mistakes.append(str(error))
    if mistakes:
        raise ReviewError(" ".join(mistakes))
    before = figure_to_json(said)
    changed = {field: value for field, value in read.items() if before[field] != value}
    if not changed:
        raise ReviewError(say("Koreksi harus mengubah setidaknya satu isian."))
    # Name and code are of one place: the one that was read wrongly must not stay beside the other.
    if "region_code" in changed and "region" not in read:
        code = changed["region_code"]
        changed["region"] = None if code is None else _place_name(code, region_name)
    elif "region" in changed and "region_code" not in read:
        changed["region_code"] = None
    return changed


def typed(text: str) -> str:
    """What somebody typed, without outer blanks and without control characters, which databases refuse."""
    return text.translate(_CONTROLS).strip()


def _read(field: str, value: Any, region_name: Callable[[str], str]) -> Any:
    """The value of the field; ValueError, with a message for people, where it cannot be."""
    if field not in FIELDS:
        raise ValueError(say("Isian {field} tidak dapat dikoreksi.", field=repr(field)))
    if isinstance(value, str):
        value = typed(value) or None
    if field == "value":
        return _value(value)
    if field in _NUMBERS:
        return None if value is None else _number(field, value)
    if field in _CODES:
        return _code(field, value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(say("{field} harus berupa teks.", field=say(FIELD_NAMES[field])))
    if field == "period":
        return _period(value)
    if field == "region_code":
        _place_name(value, region_name)
    if len(value) > LONGEST_TEXT:
        raise ValueError(
            say(
                "{field} terlalu panjang, paling banyak {count} huruf.",
                field=say(FIELD_NAMES[field]),
                count=LONGEST_TEXT,
            )
        )
    return " ".join(value.split())


def _code(field: str, value: Any) -> str | None:
    codes, may_be_empty = _CODES[field]
    if value is None and may_be_empty:
        return None
    if not isinstance(value, str) or value not in codes:
        raise ValueError(say("{field} {value} tidak dikenal.", field=say(FIELD_NAMES[field]), value=repr(value)))
    return value


def _value(value: Any) -> float | list[float]:
    if isinstance(value, list | tuple):
        if len(value) != 2:
            raise ValueError(say("Rentang terdiri atas dua nilai."))
        low, high = (_number("value", end) for end in value)
        if low >= high:
            raise ValueError(say("Nilai terendah rentang harus lebih kecil daripada nilai tertingginya."))
        return [low, high]
    return _number("value", value)


def _number(field: str, value: Any) -> float:
    if isinstance(value, str):
        try:
            number = float(read_value(value))
        except ValueError:
            raise ValueError(
                say(
                    "{field} {value} bukan angka; tulis misalnya 31,93 atau 1608431, tanpa satuan.",
                    field=say(FIELD_NAMES[field]),
                    value=repr(value),
                )
            ) from None
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = float(value)
    else:
        raise ValueError(say("{field} harus diisi dengan angka.", field=say(FIELD_NAMES[field])))
    if not isfinite(number) or not 0 <= number <= GREATEST:
        raise ValueError(
            say(
                "{field} harus dari 0 sampai seribu triliun; penurunan ditulis dengan arah turun.",
                field=say(FIELD_NAMES[field]),
            )
        )
    return number


def _period(value: str) -> str:
    try:
        days_of(value)
    except ValueError:
        raise ValueError(
            say(
                "Periode {value} tidak terbaca; tulis misalnya 2024, 2024-06, 2024-06-30 atau 2024-01/2024-06.",
                value=repr(value),
            )
        ) from None
    return value


def _place_name(code: str, region_name: Callable[[str], str]) -> str:
    if code == INDONESIA:
        return "Indonesia"
    name = region_name(code)
    if name == code:
        raise ValueError(say("Kode wilayah {code} tidak dikenal.", code=repr(code)))
    return name
