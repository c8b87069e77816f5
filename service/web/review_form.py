"""The form in which a person confirms, corrects or rejects a figure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from service.domain.ledger.review import Verdict
from service.domain.ledger.statement import INDONESIA, Statement
from service.domain.wording.language import say
from service.domain.wording.numbers import plain
from service.domain.wording.times import iso_period
from service.errors import ReviewError
from service.web.desk import Desk

VERDICTS: dict[str, Verdict | None] = {
    "benar": "confirmed",
    "koreksi": "corrected",
    "bukan": "rejected",
    "batal": None,
}
"""The words of the form's buttons, and what they decide."""

FIELDS = {
    "nilai": "value",
    "satuan": "unit",
    "metrik": "metric",
    "jenis": "kind",
    "arah": "direction",
    "pembanding": "comparator",
    "periode": "period",
    "segmen": "segment",
    "program": "program",
    "status": "status",
    "narasumber": "speaker",
    "jabatan": "speaker_title",
}
"""The form's fields, and the fields of a figure that they correct; "wilayah" corrects two."""

_RANGE = re.compile(r"\s*(?:–|—|\bsampai\b|\bhingga\b|(?<=\d)\s*-\s*(?=\d))\s*")


def filled(statement: Statement, region_name: Callable[[str], str]) -> dict[str, str]:
    """What the form shows at first: the statement as it is."""
    ends = [statement.low, statement.high] if statement.is_range else [statement.low]
    return {
        "nilai": "–".join(plain(end) for end in ends),
        "satuan": statement.unit,
        "metrik": statement.metric,
        "jenis": statement.kind,
        "arah": statement.direction or "",
        "pembanding": statement.comparator,
        "periode": statement.period or "",
        "segmen": statement.segment or "",
        "program": statement.program or "",
        "status": statement.status or "",
        "narasumber": statement.speaker or "",
        "jabatan": statement.speaker_title or "",
        "wilayah": region_name(statement.region_code) if statement.region_code else statement.region or "",
    }


def read_review(
    form: Mapping[str, str], statement: Statement, desk: Desk, held: Mapping[str, Any]
) -> tuple[Verdict | None, dict[str, Any]]:
    """The decision and the corrected fields: those that were changed in the form, on top of those corrected before.

    ReviewError where the decision or the place is not known.
    """
    word = form.get("putusan", "")
    if word not in VERDICTS:
        raise ReviewError(say("Pilih salah satu: benar, koreksi, atau bukan angka."))
    verdict = VERDICTS[word]
    if verdict != "corrected":
        return verdict, {}
    before = filled(statement, lambda code: "Indonesia" if code == INDONESIA else desk.region_name(code))
    typed = {name: value for name, value in form.items() if name in before and value != before[name]}
    changes = {FIELDS[name]: _READ.get(name, str)(value) for name, value in typed.items() if name in FIELDS}
    if "wilayah" in typed:
        changes |= _place(typed["wilayah"], desk)
    return verdict, {**held, **changes}


def _value(text: str) -> str | list[str]:
    ends = _RANGE.split(text.strip())
    return ends if len(ends) == 2 and all(ends) else text


_READ: Mapping[str, Callable[[str], str | list[str]]] = {"nilai": _value, "periode": iso_period}


def _place(text: str, desk: Desk) -> dict[str, Any]:
    if not text:
        return {"region": None, "region_code": None}
    code = desk.region_code(text)
    if code is None:
        raise ReviewError(
            say(
                "Wilayah {text} tidak dikenal atau dimiliki dua daerah; "
                "tulis nama lengkap seperti “Kabupaten Bandung” atau kode resminya.",
                text=repr(text),
            )
        )
    return {"region": "Indonesia" if code == INDONESIA else desk.region_name(code), "region_code": code}
