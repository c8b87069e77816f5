"""The spaCy component `figure_resolution`: what the rest of the article adds to its stated figures."""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Figure, Resolution
from nlp.document import locator, published_day
from nlp.resolution.bases import resolve_base
from nlp.resolution.confidence import confidence
from nlp.resolution.periods import Carried, carry, resolve_period
from nlp.resolution.reading import Reading, read_article
from nlp.resolution.regions import Place, place_of, region_code, resolve_region
from nlp.resolution.speakers import resolve_speaker


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
        (place(sentence.start_char, sentence.end_char) for sentence in doc.sents),
        doc._.figures,
        doc._.regions,
        doc._.quotes,
        doc._.entities,
    )
    doc._.figures = tuple(_Resolver(reading).figures())
    return doc


class _Resolver:
    """Goes through an article once; what a sentence tells can be handed on to the next."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._places: dict[int, Place] = {}
        self._periods: dict[int, Carried] = {}

    def figures(self) -> list[Figure]:
        """The article's figures in their order, resolved."""
        return [self._figure(n, at) for at, told in enumerate(self._reading.sentences) for n in told.figures]

    def _figure(self, number: int, at: int) -> Figure:
        reading = self._reading
        figure, told = reading.figures[number], reading.sentences[at]
        speaker, office = resolve_speaker(reading, told, figure)
        region, code = self._region(number, at, office)
        found: list[Resolution | None] = [
            region,
            self._period(number, at),
            speaker,
            resolve_base(reading, number, at),
        ]
        resolved = tuple(it for it in found if it is not None)
        figure = replace(figure, region_code=code, speaker_title=office, resolved=resolved)
        return replace(figure, confidence=confidence(figure))

    def _region(self, number: int, at: int, office: str | None) -> tuple[Resolution | None, str | None]:
        figure, told = self._reading.figures[number], self._reading.sentences[at]
        own = place_of(self._reading, told, figure, region_code(self._reading, told, figure))
        if own is not None:
            self._places[number] = own
            return None, own.code
        found = resolve_region(self._reading, number, at, self._places, office)
        if found is None:
            return None, None
        self._places[number] = Place(found[0].value, found[1], found[0].source)
        return found

    def _period(self, number: int, at: int) -> Resolution | None:
        found = resolve_period(self._reading, number, at, self._periods)
        if found is not None:
            handed = carry(self._reading, number, at, self._periods)
            self._periods[number] = handed if handed is not None else (found.value, found.source, 0)
        return found
