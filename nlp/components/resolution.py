"""The spaCy component `figure_resolution`: what the rest of the article adds to its stated figures."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Figure, Resolution
from nlp.document import locator, published_day
from nlp.resolution.bases import resolve_base
from nlp.resolution.confidence import confidence
from nlp.resolution.periods import Periods
from nlp.resolution.reading import Reading, read_article
from nlp.resolution.regions import Regions
from nlp.resolution.speakers import Speakers
from nlp.stretches import sentence_bounds


@Language.component(
    "figure_resolution",
    assigns=["doc._.figures"],
    requires=["doc._.figures", "doc._.regions", "doc._.quotes", "doc._.entities", "token.is_sent_start"],
)
def figure_resolution(doc: Doc) -> Doc:
    """The Doc with its figures resolved; the slots that their sentences fill are not touched."""
    if not doc._.figures:
        return doc
    article: ArticleText = doc._.article
    place = locator(doc)
    reading = read_article(
        article.title,
        article.text,
        published_day(article),
        (place(start, end) for start, end in sentence_bounds(doc)),
        doc._.figures,
        doc._.regions,
        doc._.quotes,
        doc._.entities,
    )
    figures = list(doc._.figures)
    for number, figure in _resolved(reading):
        figures[number] = figure
    doc._.figures = tuple(figures)
    return doc


def _resolved(reading: Reading) -> Iterator[tuple[int, Figure]]:
    """The figures by number; one walk through the article, so that a sentence can hand on to the next what it tells."""
    speakers, regions, periods = Speakers(reading), Regions(reading), Periods(reading)
    for at, told in enumerate(reading.sentences):
        for number in told.figures:
            figure = reading.figures[number]
            speaker, office = speakers.resolve(number, at)
            region, code = regions.resolve(number, at, office)
            found: list[Resolution | None] = [
                region,
                periods.resolve(number, at),
                speaker,
                resolve_base(reading, number, at),
            ]
            resolved = tuple(it for it in found if it is not None)
            sure = confidence(figure, resolved)
            yield (
                number,
                replace(figure, region_code=code, speaker_title=office, confidence=sure, resolved=resolved),
            )
