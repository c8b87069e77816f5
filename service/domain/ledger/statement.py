"""One row of the ledger: a figure as one article states it, with all that it says and where each part was read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from nlp.analysis import Figure, Resolution
from service.domain.article import Article
from service.domain.figure import is_stated
from service.domain.ledger.identity import stable_id
from service.domain.ledger.review import Verdict

INDONESIA = "ID"
"""The code of the whole country, which the official list of regions has none for."""


class Subject(NamedTuple):
    """What figures are about: those of one subject are held against each other. `region` is a code, `period` ISO."""

    metric: str
    region: str
    period: str

    @property
    def key(self) -> str:
        """The subject as one word, for ids and scopes."""
        return "|".join(self)


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that one article states.

    `low` and `high` are equal but for ranges and vague numbers; in base units. `region` is the place as written (in the
    sentence, else resolved), `region_code` the official code, "ID" for the country. `period` is what the article says,
    resolved where the sentence does not; `as_of` the day the article is of, which stands in where no period is told.
    `offset` is where `surface` begins in `sentence`. `resolved` says which slots were read outside of the sentence.
    """

    id: str
    article_id: str
    url: str
    outlet: str
    title: str
    story_id: str | None
    day: date
    moment: datetime
    field: Literal["title", "text"]
    position: int
    surface: str
    sentence: str
    offset: int
    metric: str
    kind: str
    unit: str
    low: Decimal
    high: Decimal
    comparator: str = "exact"
    direction: str | None = None
    from_: Decimal | None = None
    to: Decimal | None = None
    segment: str | None = None
    program: str | None = None
    status: str | None = None
    region: str | None = None
    region_code: str | None = None
    period: str | None = None
    as_of: date | None = None
    speaker: str | None = None
    speaker_title: str | None = None
    confidence: float = 1.0
    tags: tuple[str, ...] = ()
    resolved: tuple[Resolution, ...] = ()
    verdict: Verdict | None = None

    @property
    def is_range(self) -> bool:
        """Whether it states two ends."""
        return self.low != self.high

    @property
    def is_origin(self) -> bool:
        """Whether a change came from it: "hingga Oktober turun dari 41,2 menjadi 34,6" dates the second alone."""
        return "from_to" in self.tags and self.from_ is None and self.to is None

    @property
    def subject(self) -> Subject | None:
        """What it can be held against; None where place or time is not known."""
        if self.region_code is None or self.period is None:
            return None
        return Subject(self.metric, self.region_code, self.period)

    @property
    def claim_id(self) -> str:
        """The same for every restatement of the figure: same metric, region, period and value.

        Where place or time is unknown only articles of one story can be known to mean the same.
        """
        where = self.region_code or (self.region or "").casefold()
        bound = "" if self.subject is not None else (self.story_id or self.article_id)
        what = (self.metric, self.kind, self.unit, str(self.low.normalize()), str(self.high.normalize()))
        which = (self.direction if self.kind == "change" else "", self.segment, self.program, self.status)
        return stable_id(*what, *(part or "" for part in which), where, self.period or "", bound)


def statements_of(article: Article) -> list[Statement]:
    """What a relevant article states, title first, as a person corrected it; rejected figures are kept and marked."""
    if article.counted_as != "relevant":
        return []
    return [
        statement_of(article, judged.figure, judged.id, position, judged.verdict)
        for position, judged in enumerate(article.judged_figures)
        if is_stated(judged.figure)
    ]


def statement_of(article: Article, figure: Figure, id: str, position: int, verdict: Verdict | None) -> Statement:
    """The figure as a row of the ledger."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    return Statement(
        id=id,
        article_id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        story_id=article.story_id,
        day=article.day,
        moment=article.published or article.found,
        field=figure.field,
        position=position,
        surface=figure.surface,
        sentence=figure.sentence.text,
        offset=figure.start - figure.sentence.start,
        metric=figure.metric,
        kind=figure.kind,
        unit=figure.unit,
        low=exact(low),
        high=exact(high),
        comparator=figure.comparator,
        direction=figure.direction,
        from_=None if figure.from_ is None else exact(figure.from_),
        to=None if figure.to is None else exact(figure.to),
        segment=figure.segment,
        program=figure.program,
        status=figure.status,
        region=figure.region or figure.resolved_as("region"),
        region_code=figure.region_code,
        period=figure.period or figure.resolved_as("period"),
        as_of=article.day,
        speaker=figure.resolved_as("speaker") or figure.speaker,
        speaker_title=figure.speaker_title,
        confidence=figure.confidence,
        tags=figure.tags,
        resolved=figure.resolved,
        verdict=verdict,
    )


def exact(value: float) -> Decimal:
    """The number as it was printed, without the dust of binary fractions."""
    return Decimal(repr(value))
