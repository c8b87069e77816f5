"""What the sample newsroom truly prints, so that a run through all stages can be held against it."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from demo.news import Behaviour, Relevance, Tone
from demo.newsroom import Article, Newsroom, StatedFigure, published_utc, tag_slug

__all__ = ["ExpectedArticle", "ExpectedOutcome", "Manifest", "Totals", "manifest"]

Outcome = Literal[
    "quarantined",
    "failed: http-500",
    "failed: redirect-loop",
    "failed: too-large",
    "never-fetched",
    "not-an-article",
]
_OUTCOMES: dict[Behaviour, Outcome] = {
    "broken": "quarantined",
    "server-error": "failed: http-500",
    "redirect-loop": "failed: redirect-loop",
    "too-large": "failed: too-large",
    "disallowed": "never-fetched",
    "tag-page": "not-an-article",
}


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """An article that must be found exactly once, under `url`.

    `text` is the body, one paragraph a line, without dateline, captions, link lines and endings, all pages joined.
    `figures` are all stated figures of title and text; they are demanded of relevant articles only.
    `twins` are other addresses of the same article (further pages, AMP): none may become an article of its own.
    """

    url: str
    outlet: str
    title: str
    text: str
    author: str
    section: str
    tags: tuple[str, ...]
    language: str
    relevance: Relevance
    sentiment: Tone
    alert: bool
    published: datetime
    story: str
    story_type: str
    region: str
    twins: tuple[str, ...]
    link_lines: tuple[str, ...]
    figures: tuple[StatedFigure, ...]


@dataclass(frozen=True, slots=True)
class ExpectedOutcome:
    """A listed page that must not become an article, and what must be recorded of it instead."""

    url: str
    outlet: str
    title: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all expected articles; figures are those of relevant articles."""

    articles: int
    relevant: int
    mention: int
    irrelevant: int
    negative: int
    alerts: int
    stories: int
    """Relevant stories, copies counted once."""
    copies: int
    """Relevant articles whose story stands in another article too."""
    figures: int
    rule_figures: int
    """Those among `figures` that are statutory constants, no news."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that is to be expected of one newsroom on one day."""

    anchor: date
    articles: tuple[ExpectedArticle, ...]
    outcomes: tuple[ExpectedOutcome, ...]
    totals: Totals

    def to_json(self) -> str:
        """The manifest as JSON, times in ISO 8601."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, indent=1)


def manifest(newsroom: Newsroom) -> Manifest:
    """What the newsroom prints on its anchor day."""
    articles = tuple(_expected(article) for article in newsroom.articles)
    outcomes = tuple(
        ExpectedOutcome(special.url, special.host.id, special.title, _OUTCOMES[special.page.behaviour])
        for special in newsroom.specials
    )
    return Manifest(newsroom.anchor, articles, outcomes, _totals(articles))


def _expected(article: Article) -> ExpectedArticle:
    item = article.item
    blocks = [block for page in article.pages for block in page]
    return ExpectedArticle(
        url=article.url,
        outlet=item.outlet,
        title=article.title,
        text=article.text,
        author=item.author,
        section=item.section,
        tags=tuple(tag_slug(tag) for tag in item.tags),
        language=item.language,
        relevance=item.relevance,
        sentiment=item.sentiment,
        alert=item.alert,
        published=published_utc(article),
        story=item.story,
        story_type=item.story_type,
        region=item.region,
        twins=(*article.page_urls[1:], *([article.amp_url] if article.amp_url else [])),
        link_lines=tuple(block.headline for block in blocks if not isinstance(block, str)),
        figures=article.figures,
    )


def _totals(articles: tuple[ExpectedArticle, ...]) -> Totals:
    relevant = [article for article in articles if article.relevance == "relevant"]
    stories = [article.story for article in relevant]
    figures = [figure for article in relevant for figure in article.figures]
    return Totals(
        articles=len(articles),
        relevant=len(relevant),
        mention=sum(article.relevance == "mention" for article in articles),
        irrelevant=sum(article.relevance == "irrelevant" for article in articles),
        negative=sum(article.sentiment == "negative" for article in relevant),
        alerts=sum(article.alert for article in relevant),
        stories=len(set(stories)),
        copies=sum(stories.count(story) > 1 for story in stories),
        figures=len(figures),
        rule_figures=sum(figure.kind == "rule" for figure in figures),
    )


def _plain(value: Any) -> str | float | int:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot tell {type(value).__name__} in JSON")
