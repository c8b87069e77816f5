"""The spaCy component: figures of a whole article at their place in the title or the text."""

from datetime import UTC, datetime

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import nlp.components.figures  # noqa: F401  (registers the factory)
from nlp.analysis import ArticleText, Region, Span
from nlp.document import make_doc

TITLE = "Kepesertaan Anjlok 10,97 Persen"
TEXT = "Cakupan kita baru 31,93 persen. BACA JUGA: 7 fakta menarik. Tahun lalu 40 persen pekerja terlindungi."
PUBLISHED = datetime(2024, 12, 31, 20, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    language = spacy.blank("id")
    language.add_pipe("sentencizer", config={"punct_chars": [".", "\n\n"]})
    language.add_pipe("stated_figures")
    return language


def article(title: str = TITLE, text: str = TEXT, published: datetime | None = None) -> ArticleText:
    return ArticleText(id="a", title=title, text=text, published=published)


def analysed(pipeline: Language, of: ArticleText) -> Doc:
    return pipeline(make_doc(pipeline, of))


def test_figures_are_placed_in_title_and_text(pipeline: Language) -> None:
    figures = analysed(pipeline, article())._.figures
    assert [(figure.field, figure.surface) for figure in figures] == [
        ("title", "10,97 Persen"),
        ("text", "31,93 persen"),
        ("text", "40 persen"),
    ]
    for figure in figures:
        field = TITLE if figure.field == "title" else TEXT
        assert field[figure.start : figure.end] == figure.surface
        assert figure.surface in figure.sentence.text


def test_the_calendar_of_publication_is_that_of_jakarta(pipeline: Language) -> None:
    figures = analysed(pipeline, article(published=PUBLISHED))._.figures
    assert figures[-1].period == "2024"  # 03.00 WIB on 1 January 2025, so "last year" is 2024


def test_without_a_day_of_publication_relative_periods_stay_open(pipeline: Language) -> None:
    assert analysed(pipeline, article())._.figures[-1].period is None


def test_regions_found_before_are_used(pipeline: Language) -> None:
    doc = make_doc(pipeline, article(title="", text="Cakupan di Antah Berantah baru 27 persen."))
    place = Span("text", 11, 25, "Antah Berantah")
    doc._.regions = (Region("Kabupaten Antah Berantah", "99.01", "kabupaten", "Negeri", (place,)),)
    assert pipeline(doc)._.figures[0].region == "Antah Berantah"


@pytest.mark.parametrize(("places", "region"), [(None, "Palu"), ((), None), (((26, 32),), "Kenari")])
def test_the_gazetteer_is_asked_only_where_nobody_has_looked(
    pipeline: Language, places: tuple[tuple[int, int], ...] | None, region: str | None
) -> None:
    doc = make_doc(pipeline, article(title="", text="Cakupan di Palu, bukan di Kenari, 27 persen."))
    doc._.places = places
    assert pipeline(doc)._.figures[0].region == region


def test_an_article_without_numbers_has_no_figures(pipeline: Language) -> None:
    assert analysed(pipeline, article(title="", text="Petugas menyapa warga."))._.figures == ()
