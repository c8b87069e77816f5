"""The spaCy component `figure_resolution`: what the rest of the article adds to its stated figures."""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Figure, Resolution
from nlp.resolution.bases import resolve_base
from nlp.resolution.confidence import confidence
from nlp.resolution.periods import resolve_period
from nlp.resolution.reading import Reading, read_article
from nlp.resolution.regions import region_code, resolve_region
from nlp.resolution.speakers import resolve_speaker


@Language.component(
    "figure_resolution",
    assigns=["doc._.figures"],
    requires=["doc._.figures", "doc._.regions", "doc._.quotes", "doc._.entities"],
)
def figure_resolution(doc: Doc) -> Doc:
    """The Doc with its figures resolved; the slots that their sentences fill are not touched."""
    if not doc._.figures:
        return doc
    article: ArticleText = doc._.article
    reading = read_article(article.title, article.text, doc._.figures, doc._.regions, doc._.quotes, doc._.entities)
    doc._.figures = tuple(
        _resolved(reading, number, at) for at, told in enumerate(reading.sentences) for number in told.figures
    )
    return doc


def _resolved(reading: Reading, number: int, at: int) -> Figure:
    figure, told = reading.figures[number], reading.sentences[at]
    code = region_code(reading, told, figure)
    region = resolve_region(reading, told, figure)
    speaker, title = resolve_speaker(reading, told, figure)
    found: list[Resolution | None] = [
        region[0] if region is not None else None,
        resolve_period(reading, number, at),
        speaker,
        resolve_base(reading, number, at),
    ]
    figure = replace(
        figure,
        region_code=region[1] if region is not None else code,
        speaker_title=title,
        resolved=tuple(it for it in found if it is not None),
    )
    return replace(figure, confidence=confidence(figure))
