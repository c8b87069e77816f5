"""An article as the store keeps it: what was printed, and what was understood of it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from nlp.analysis import Analysis, Figure, Region, Relevance, Sentiment, Tone, Topic
from nlp.gazetteer import Gazetteer
from service.domain.correction import CorrectedField, Correction, holding, holding_values
from service.domain.ledger.review import JudgedFigure, Review, judged

WIB = ZoneInfo("Asia/Jakarta")

Counted = Literal["relevant", "mention", "irrelevant", "hidden"]
"""Under what an article counts: its relevance, or that somebody hid it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How well the page was read, so that an outlet's new layout shows in numbers.

    `source` is the reader the text came from, `confidence` how sure it is (0 to 1), `words` the length of the text.
    """

    source: str = ""
    confidence: float = 1.0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one outlet. Times are aware UTC.

    `id` is `crawler.urls.article_id(canonical_url)`, so a replay is idempotent. `archived_in` names the WARC file.
    `found` is when the article was first fetched, `fetched` when this text of it was; `gone` is when the outlet was
    seen to have taken it down.
    An irrelevant article is kept without its body: that it was read and judged is worth remembering, its text is
    in the archive. One whose relevance a person decided keeps its body.
    `analysis` is what was understood of it. `reviews` are what people decided about its figures and `corrections` what
    they decided about the article, the oldest first; `figures`, `relevance`, `sentiment`, `topic`, `regions`, `labels`,
    `notes` and `is_hidden` are what holds after them.
    """

    id: str
    url: str
    outlet: str
    title: str
    text: str
    found: datetime
    analysis: Analysis
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = field(default=())
    image_url: str | None = None
    archived_in: str | None = None
    story_id: str | None = None
    fetched: datetime | None = None
    gone: datetime | None = None
    reading: Reading = Reading()
    reviews: tuple[Review, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def relevance(self) -> Relevance:
        """Whether it is about the agency: as a person decided, else as it was understood."""
        corrected = self.corrected("relevance")
        return self.analysis.relevance if corrected is None else cast(Relevance, corrected.value)

    @property
    def sentiment(self) -> Sentiment:
        """The tone toward the agency: as a person decided, who is sure, else as it was understood.

        The sentences that decided for another tone are no evidence of this one.
        """
        corrected = self.corrected("sentiment")
        understood = self.analysis.sentiment
        if corrected is None:
            return understood
        evidence = understood.evidence if corrected.value == understood.label else ()
        return Sentiment(cast(Tone, corrected.value), 1.0, evidence)

    @property
    def topic(self) -> Topic | None:
        """What it is mainly about: as a person decided, else as it was understood; None where neither tells."""
        corrected = self.corrected("topic")
        understood = self.analysis.topics[0] if self.analysis.topics else None
        return understood if corrected is None else cast(Topic, corrected.value)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions it speaks of, the main one first: as a person decided, else as understood."""
        corrected = self.corrected("regions")
        if corrected is None:
            return self.analysis.regions
        known = {region.code: region for region in (*Gazetteer.load().regions(), *self.analysis.regions)}
        return tuple(known[code] for code in corrected.value.split() if code in known)

    @property
    def labels(self) -> tuple[str, ...]:
        """The words under which the team files it, in the order in which they were given."""
        return tuple(it.value for it in holding_values(self.corrections, "label"))

    @property
    def notes(self) -> tuple[Correction, ...]:
        """What people noted on it, the oldest first."""
        return holding_values(self.corrections, "note")

    @property
    def is_hidden(self) -> bool:
        """Whether a person hid it as noise."""
        return self.corrected("visibility") is not None

    @property
    def counted_as(self) -> Counted:
        """Under what it is searched and counted: what is hidden is as little news as what is irrelevant."""
        return "hidden" if self.is_hidden and self.relevance != "irrelevant" else self.relevance

    def corrected(self, of: CorrectedField) -> Correction | None:
        """The correction of that field that holds, None where what was understood does."""
        return holding(self.corrections).get(of) if self.corrections else None

    @property
    def corrected_analysis(self) -> Analysis:
        """What was understood of it, with what people decided in the place of what they corrected."""
        return replace(
            self.analysis,
            relevance=self.relevance,
            sentiment=self.sentiment,
            figures=self.figures,
            regions=self.regions,
        )

    @property
    def has_text(self) -> bool:
        """Whether its body is kept: what was understood to be irrelevant has one only where a person decided on it."""
        return self.analysis.relevance != "irrelevant" or self.text != ""

    @property
    def judged_figures(self) -> list[JudgedFigure]:
        """Every figure with its id in the ledger and what was decided of it, those rejected too."""
        return judged(self.id, self.analysis.figures, self.reviews)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures as people corrected them, without those they rejected."""
        return tuple(it.figure for it in self.judged_figures if it.verdict != "rejected")

    @property
    def moment(self) -> datetime:
        """When it was published, or found where no date was printed."""
        return self.published or self.found

    @property
    def day(self) -> date:
        """The day of its moment in Asia/Jakarta."""
        return self.moment.astimezone(WIB).date()


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """An earlier text of an article, as it was printed from `fetched` until at most `replaced`."""

    article_id: str
    fetched: datetime
    replaced: datetime
    title: str
    text: str
    published: datetime | None = None
    modified: datetime | None = None
    archived_in: str | None = None
