"""What became of an article's text, in one sentence for the desk."""

from collections.abc import Sequence

from service.domain.version import Difference
from service.domain.wording.numbers import number

_MOST_FIGURES = 4
_ONLY_TITLE = "Judul diganti."


def change(difference: Difference) -> str:
    """How the newer text differs, the gravest said first: "Angka berubah dari 31 persen menjadi 39 persen."."""
    if difference.nature == "cosmetic":
        return "Hanya ejaan atau tanda baca yang berubah."
    said = {"correction": _correction, "figures": _figures, "content": _content}[difference.nature](difference)
    if difference.has_new_title and said != _ONLY_TITLE:
        return f"{said.removesuffix('.')}; judul juga diganti."
    return said


def _correction(difference: Difference) -> str:
    said = f"Media menyatakan koreksi: “{difference.notice.rstrip('.')}”"
    if difference.figures_removed and difference.figures_added:
        return f"{said}; {_from_to(difference)}."
    return f"{said}."


def _figures(difference: Difference) -> str:
    removed, added = difference.figures_removed, difference.figures_added
    if removed and added:
        return f"A{_from_to(difference)[1:]}."
    return f"Angka ditambahkan: {_listed(added)}." if added else f"Angka dihapus: {_listed(removed)}."


def _content(difference: Difference) -> str:
    counts = {
        "diubah": difference.count("changed"),
        "ditambahkan": difference.count("added"),
        "dihapus": difference.count("removed"),
    }
    told = ", ".join(f"{number(count)} paragraf {what}" for what, count in counts.items() if count)
    return f"Isi berubah: {told}." if told else _ONLY_TITLE


def _from_to(difference: Difference) -> str:
    return f"angka berubah dari {_listed(difference.figures_removed)} menjadi {_listed(difference.figures_added)}"


def _listed(figures: Sequence[str]) -> str:
    more = len(figures) - _MOST_FIGURES
    return ", ".join(figures[:_MOST_FIGURES]) + (f", dan {more} angka lain" if more > 0 else "")
