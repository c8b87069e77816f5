"""An article as the store keeps it: what was printed, and what was understood of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nlp.analysis import Analysis, Figure
from service.domain.ledger.review import JudgedFigure, Review, judged

WIB = ZoneInfo("Asia/Jakarta")


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
    in the archive. `analysis` is what was understood of it; `reviews` are what people decided about its figures, the
    oldest first, and `figures` is what holds after them.
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

    @property
    def judged_figures(self) -> list[JudgedFigure]:
        """Every figure with its id in the ledger and what was decided of it, those rejected too."""
        return judged(self.id, self.analysis.figures, self.reviews)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures as people corrected them, without those they rejected."""
        return tuple(it.figure for it in self.judged_figures if it.verdict != "rejected")

    @property
    def day(self) -> date:
        """The day in Asia/Jakarta on which it was published, or found where no date was printed."""
        return (self.published or self.found).astimezone(WIB).date()


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
