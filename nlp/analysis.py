"""The values of this package: what `Analyser.analyse` takes and gives.

All offsets are Unicode character offsets, end exclusive, into the field they name ("title" or "text").
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Field = Literal["title", "text"]
Relevance = Literal["relevant", "mention", "irrelevant"]
Tone = Literal["positive", "neutral", "negative"]
Topic = Literal[
    "membership", "claims", "compliance", "complaint", "fraud", "award", "event", "policy", "explainer", "other"
]


@dataclass(frozen=True, slots=True)
class AgencyProfile:
    """Who is watched. Another agency is another profile (config/agency.toml), no code.

    `names` and `lookalikes` are matched on word boundaries, case-insensitively. Of a `bare` name ("BPJS") the words
    around it tell whom it means: those of `own_context` the agency, those of `lookalike_context` the other body.
    `foreign_schemes` are others' schemes in which the agency is only a channel.
    """

    name: str
    names: tuple[str, ...]
    bare: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    lookalike_context: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    people_partners: tuple[str, ...] = ()
    own_context: tuple[str, ...] = ()
    foreign_schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is analysed. `published` resolves relative periods; without it they stay unresolved."""

    id: str
    text: str
    title: str = ""
    published: datetime | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the title or the text."""

    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """A place where the agency, one of its products or a look-alike is named."""

    kind: Literal["agency", "product", "lookalike"]
    name: str


@dataclass(frozen=True, slots=True)
class Entity(Span):
    """A named person, organisation or place; `name` is the fullest form that the article gives of a person's name."""

    label: Literal["PER", "ORG", "LOC"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A province, kabupaten or kota the article speaks of, the main one first.

    `name` is the official name ("Kota Palembang", "Kabupaten Jember", "Jawa Barat"); `code` the official code
    ("16.71", province "16"). `spans` are where it is named, `province` the official name of its province.
    """

    name: str
    code: str
    level: Literal["province", "kabupaten", "kota"]
    province: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """Words attributed to somebody. `text` is without the quotation marks' attribution clause."""

    kind: Literal["direct", "reported"]
    speaker: str | None
    speaker_title: str | None = None


Slot = Literal["region", "period", "speaker", "base"]
Origin = Literal["headline", "lead", "article", "pronoun", "short_name", "continued_quote", "previous_sentence", "pair"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """A slot of a figure that its own sentence leaves open or names in short, read from elsewhere in the article.

    `value` is in the form of the slot: a place as written, an ISO period, a full name, for "base" the surface of the
    figure that a percentage is a part of. `origin` says by which rule, `source` is the place where it was read.
    """

    slot: Slot
    value: str
    origin: Origin
    source: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure: one numeral expression about the agency's field.

    `value` is in base units (rupiah, persons, percent as 31.93), a pair for a range or a vague number.
    `sentence` is the span of the sentence it stands in. The other fields carry the codes of docs/figures.md; they are
    filled from the sentence alone. What the rest of the article adds stands in `resolved`, one entry per slot.
    `region_code` is the official code of the region, the resolved one where the sentence names none; `speaker_title`
    the speaker's office; `confidence` (0 to 1) how sure the reading is.
    """

    field: Field
    start: int
    end: int
    surface: str
    value: float | tuple[float, float]
    unit: str
    kind: str
    metric: str
    sentence: Span
    direction: str | None = None
    comparator: str = "exact"
    from_: float | None = None
    to: float | None = None
    period: str | None = None
    region: str | None = None
    speaker: str | None = None
    segment: str | None = None
    program: str | None = None
    status: str | None = None
    tags: tuple[str, ...] = ()
    region_code: str | None = None
    speaker_title: str | None = None
    confidence: float = 1.0
    resolved: tuple[Resolution, ...] = ()

    def resolved_as(self, slot: Slot) -> str | None:
        """What the rest of the article says of this slot, None where it says nothing."""
        return next((found.value for found in self.resolved if found.slot == slot), None)


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Tone toward the agency, not toward the event. `score` is in 0..1; `evidence` are the deciding sentences."""

    label: Tone
    score: float
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertClass:
    """What makes a relevant article alert-worthy, how probable it is, and the sentences that decided it.

    `code` is one of fraud, leak, leadership, rally, complaint, membership_fall, outage, legal, accident.
    """

    code: str
    score: float
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was understood of one article. `version` changes with any rule or weight that could change it.

    An article that is not relevant has no `alerts` and no `topics`; the main topic comes first.
    """

    id: str
    language: str
    relevance: Relevance
    sentiment: Sentiment
    version: str
    mentions: tuple[Mention, ...] = ()
    regions: tuple[Region, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    alerts: tuple[AlertClass, ...] = ()
    topics: tuple[Topic, ...] = ()

    @property
    def alert_classes(self) -> tuple[str, ...]:
        """The codes of the alert classes."""
        return tuple(alert.code for alert in self.alerts)
