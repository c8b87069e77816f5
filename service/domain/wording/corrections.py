"""What a person decided about a figure or an article, told in words."""

from collections.abc import Callable, Mapping
from typing import Any

from service.domain.wording.language import say
from service.domain.wording.names import COMPARATORS, DIRECTIONS, KINDS, MEMBER_STATUSES, METRICS, SEGMENTS
from service.domain.wording.numbers import UNITS, number
from service.domain.wording.times import period

NOTHING = "–"

_EVERYWHERE = "berlaku di semua halaman, pencarian, dan ringkasan."
_UNDONE = "Koreksi dibatalkan; yang berlaku kembali hasil analisis."

DECIDED: Mapping[str, str] = {
    "sentimen": f"Sentimen dicatat dan {_EVERYWHERE}",
    "relevansi": f"Relevansi dicatat dan {_EVERYWHERE}",
    "topik": f"Topik dicatat dan {_EVERYWHERE}",
    "batal": _UNDONE,
    "wilayah-utama": f"Wilayah utama dicatat dan {_EVERYWHERE}",
    "wilayah-tambah": f"Wilayah ditambahkan dan {_EVERYWHERE}",
    "wilayah-hapus": f"Wilayah dihapus; itu {_EVERYWHERE}",
    "batal-wilayah": _UNDONE,
    "label-tambah": "Label ditambahkan untuk seluruh tim.",
    "label-hapus": "Label dihapus.",
    "catatan-tulis": "Catatan disimpan untuk seluruh tim.",
    "catatan-hapus": "Catatan dihapus.",
    "sembunyi": "Berita diabaikan: tidak lagi tampil di pencarian, dasbor, ringkasan, dan unduhan.",
    "batal-sembunyi": "Berita ditampilkan kembali.",
}
"""What the article's page says once a decision is recorded, by the word of its address."""

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
    names = _CODES.get(field, {})
    return say(names[text]) if text in names else text
