"""What became of an article's text, in one sentence for the desk."""

from collections.abc import Mapping, Sequence
from typing import Literal

from service.domain.version import Difference
from service.domain.wording.language import say
from service.domain.wording.numbers import number

_MOST_FIGURES = 4
_PARAGRAPHS: Mapping[Literal["changed", "added", "removed"], str] = {
    "changed": "{count} paragraf diubah",
    "added": "{count} paragraf ditambahkan",
    "removed": "{count} paragraf dihapus",
}


def change(difference: Difference) -> str:
    """How the newer text differs, the gravest said first: "Angka berubah dari 31 persen menjadi 39 persen."."""
    if difference.nature == "cosmetic":
        return say("Hanya ejaan atau tanda baca yang berubah.")
    told = {"correction": _correction, "figures": _figures, "content": _content}[difference.nature](difference)
    if not told:
        return say("Judul diganti.")
    return say("{told}; judul juga diganti.", told=told) if difference.has_new_title else f"{told}."


def _correction(difference: Difference) -> str:
    removed, added, notice = difference.figures_removed, difference.figures_added, difference.notice.rstrip(".")
    if removed and added:
        return say(
            "Media menyatakan koreksi: “{notice}”; angka berubah dari {removed} menjadi {added}",
            notice=notice,
            removed=_listed(removed),
            added=_listed(added),
        )
    return say("Media menyatakan koreksi: “{notice}”", notice=notice)


def _figures(difference: Difference) -> str:
    removed, added = difference.figures_removed, difference.figures_added
    if removed and added:
        return say("Angka berubah dari {removed} menjadi {added}", removed=_listed(removed), added=_listed(added))
    if added:
        return say("Angka ditambahkan: {figures}", figures=_listed(added))
    return say("Angka dihapus: {figures}", figures=_listed(removed))


def _content(difference: Difference) -> str:
    """What happened to the paragraphs; empty where nothing did."""
    counts = {kind: difference.count(kind) for kind in _PARAGRAPHS}
    told = ", ".join(say(_PARAGRAPHS[kind], count=number(count)) for kind, count in counts.items() if count)
    return say("Isi berubah: {told}", told=told) if told else ""


def _listed(figures: Sequence[str]) -> str:
    shown, more = ", ".join(figures[:_MOST_FIGURES]), len(figures) - _MOST_FIGURES
    return say("{shown}, dan {more} angka lain", shown=shown, more=more) if more > 0 else shown
