"""Values as rows and rows as values."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from nlp.serialise import analysis_from_json, analysis_to_json
from service.domain.alert import Alert
from service.domain.article import Article, ArticleVersion, Reading
from service.domain.correction import Correction
from service.domain.ledger.review import Review
from service.domain.message import Message, OutboxEntry
from service.domain.story import traces
from service.ports import Quarantined

Row = dict[str, Any]


def article_row(article: Article) -> Row:
    """The row of `articles`, but for the state of its indexing; relevance and tone are what holds after corrections."""
    analysis = article.analysis
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "found": article.found,
        "published": article.published,
        "modified": article.modified,
        "moment": article.published or article.found,
        "day": article.day,
        "authors": list(article.authors),
        "section": article.section,
        "tags": list(article.tags),
        "image_url": article.image_url,
        "archived_in": article.archived_in,
        "story_id": article.story_id,
        "relevance": article.counted_as,
        "tone": article.sentiment.label,
        "tone_score": article.sentiment.score,
        "analysis_version": analysis.version,
        "analysis": analysis_to_json(analysis),
        "fetched": article.fetched,
        "gone": article.gone,
        "reading_source": article.reading.source,
        "reading_confidence": article.reading.confidence,
        "reading_words": article.reading.words,
    }


def article_of(row: RowMapping, reviews: Sequence[Review] = (), corrections: Sequence[Correction] = ()) -> Article:
    """The article of a row of `articles`, with the reviews of its figures and with its corrections."""
    return Article(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        found=row["found"],
        analysis=analysis_from_json(row["analysis"]),
        published=row["published"],
        modified=row["modified"],
        authors=tuple(row["authors"]),
        section=row["section"],
        tags=tuple(row["tags"]),
        image_url=row["image_url"],
        archived_in=row["archived_in"],
        story_id=row["story_id"],
        fetched=row["fetched"],
        gone=row["gone"],
        reading=Reading(row["reading_source"], row["reading_confidence"], row["reading_words"]),
        reviews=tuple(reviews),
        corrections=tuple(corrections),
    )


def correction_row(correction: Correction) -> Row:
    """The row of `article_corrections`, without its number."""
    return {
        "article_id": correction.article_id,
        "field": correction.field,
        "value": correction.value,
        "corrector": correction.by,
        "at": correction.at,
        "said": correction.said,
        "note": correction.note,
        "undone": correction.undone,
    }


def correction_of(row: RowMapping) -> Correction:
    """The correction of a row of `article_corrections`."""
    return Correction(
        article_id=row["article_id"],
        field=row["field"],
        value=row["value"],
        by=row["corrector"],
        at=row["at"],
        said=row["said"],
        note=row["note"],
        undone=row["undone"],
    )


def version_of(row: RowMapping) -> ArticleVersion:
    """The earlier text of a row of `article_versions`."""
    return ArticleVersion(**row)


def region_rows(article: Article) -> list[Row]:
    """The rows of `article_regions`, the main region first."""
    return [
        {
            "article_id": article.id,
            "position": position,
            "code": region.code,
            "province": region.code.split(".")[0],
            "name": region.name,
        }
        for position, region in enumerate(article.regions)
    ]


def trace_rows(article: Article) -> list[Row]:
    """The rows of `story_traces`, by which copies and retellings of a relevant article are found."""
    if article.counted_as != "relevant":
        return []
    moment = article.published or article.found
    return [{"hash": trace, "moment": moment, "article_id": article.id} for trace in traces(article.text)]


def alert_row(alert: Alert) -> Row:
    """The row of `alerts`."""
    return {
        "id": alert.id,
        "rule_id": alert.rule_id,
        "rule_name": alert.rule_name,
        "story_id": alert.story_id,
        "article_id": alert.article_id,
        "raised": alert.raised,
        "severity": alert.severity,
        "reasons": list(alert.reasons),
    }


def alert_of(row: RowMapping) -> Alert:
    """The alert of a row of `alerts`."""
    return Alert(**{**row, "reasons": tuple(row["reasons"])})


def entry_of(row: RowMapping) -> OutboxEntry:
    """The message of a row of `outbox` and the state of its delivery."""
    told: Sequence[str] = ("id", "recipient", "subject", "text", "html", "channel", "thread")
    message = Message(**{name: row[name] for name in told}, headers=dict(row["headers"]))
    state: Sequence[str] = ("cause", "state", "attempts", "due", "created", "sent", "error", "held")
    return OutboxEntry(message=message, **{name: row[name] for name in state})


def quarantined_of(row: RowMapping) -> Quarantined:
    """The page of a row of `quarantine`."""
    return Quarantined(**row)
