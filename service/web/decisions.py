"""What a person decides about an article in the forms of its page."""

from collections.abc import Callable, Mapping

from service.domain.article import Article
from service.domain.correction import CorrectedField
from service.domain.wording.language import say
from service.errors import ReviewError
from service.usecases.correcting import RegionChange
from service.web.desk import Desk

FIELDS: Mapping[str, CorrectedField] = {"sentimen": "sentiment", "relevansi": "relevance", "topik": "topic"}
"""The words of the form, and the fields of an article that have codes to choose from."""

_SWITCHES: Mapping[str, tuple[CorrectedField, str]] = {
    "sembunyi": ("visibility", "hidden"),
}
_REGION_CHANGES: Mapping[str, RegionChange] = {
    "wilayah-utama": "main",
    "wilayah-tambah": "add",
    "wilayah-hapus": "remove",
}
_SECTIONS: Mapping[str, str] = {
    "wilayah": "wilayah",
    "label": "label",
    "catatan": "catatan",
    "sembunyi": "tampilan",
}
"""Where on the page decisions are told; all others under "koreksi"."""

Form = Mapping[str, str]


def decide(desk: Desk, article_id: str, form: Form, by: str) -> str:
    """Record what the pressed button says; the button's word, by which the page tells it.

    ReviewError where it cannot be recorded; UnknownArticle where there is none of this id.
    """
    word, _, of = form.get("putusan", "").partition(":")
    if word not in _BUTTONS:
        raise ReviewError(say("Pilih apa yang dikoreksi: sentimen, relevansi, topik, wilayah, label, atau catatan."))
    _BUTTONS[word](desk, article_id, of, form, by)
    return word


def section_of(pressed: str) -> str:
    """The part of the page in which the decision of this button is told."""
    return _SECTIONS.get(pressed.partition(":")[0].removeprefix("batal-").partition("-")[0], "koreksi")


def find_region(desk: Desk, typed: str) -> str:
    """The official code of the region that was typed by name or code; ReviewError where it names none or several."""
    if not typed:
        raise ReviewError(say("Isi wilayahnya."))
    code = desk.region_code(typed)
    if code is None:
        raise ReviewError(
            say(
                "Wilayah {text} tidak dikenal. Isi kode resmi atau nama lengkapnya, misalnya Kota Makassar.",
                text=repr(typed[:60]),
            )
        )
    return code


def described(form: Form) -> str:
    """The decision in a few words for the audit."""
    word, _, of = form.get("putusan", "").partition(":")
    typed = form.get({"label-tambah": "label"}.get(word, "wilayah" if word.startswith("wilayah-") else word), "")
    return f"{word.removeprefix('batal-')}: {'batal' if word.startswith('batal-') else of or typed or 'ya'}"[:120]


Record = Callable[[Desk, str, str, Form, str], Article]


def _code(word: str) -> Record:
    def record(desk: Desk, article_id: str, of: str, form: Form, by: str) -> Article:
        if not form.get(word):
            raise ReviewError(f"Pilih {word} yang benar.")
        return desk.correcting.run(article_id, FIELDS[word], form[word], by, _note(form))

    return record


def _withdrawal(field: CorrectedField) -> Record:
    return lambda desk, article_id, of, form, by: desk.correcting.run(article_id, field, None, by, _note(form))


def _switch(field: CorrectedField, value: str) -> Record:
    return lambda desk, article_id, of, form, by: desk.correcting.run(article_id, field, value, by, _note(form))


def _region(change: RegionChange) -> Record:
    def record(desk: Desk, article_id: str, of: str, form: Form, by: str) -> Article:
        code = of or find_region(desk, form.get("wilayah", ""))
        return desk.correcting.region(article_id, change, code, by, _note(form))

    return record


def _note(form: Form) -> str:
    return form.get("catatan", "")


_BUTTONS: Mapping[str, Record] = {
    **{word: _code(word) for word in FIELDS},
    **{f"batal-{word}": _withdrawal(field) for word, field in FIELDS.items()},
    **{word: _switch(field, value) for word, (field, value) in _SWITCHES.items()},
    **{f"batal-{word}": _withdrawal(field) for word, (field, _) in _SWITCHES.items()},
    **{word: _region(change) for word, change in _REGION_CHANGES.items()},
    "batal-wilayah": lambda desk, article_id, of, form, by: desk.correcting.region(
        article_id, "undo", None, by, _note(form)
    ),
    "label-tambah": lambda desk, article_id, of, form, by: desk.correcting.label(article_id, form.get("label", ""), by),
    "label-hapus": lambda desk, article_id, of, form, by: desk.correcting.label(article_id, of, by, removed=True),
    "catatan-tulis": lambda desk, article_id, of, form, by: desk.correcting.add_note(
        article_id, form.get("isi", ""), by
    ),
    "catatan-hapus": lambda desk, article_id, of, form, by: desk.correcting.remove_note(article_id, of, by),
}
