"""The values of the ledger as rows, and rows as values of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from nlp.analysis import Resolution, Span
from service.adapters.sql.schema import figures, findings
from service.domain.article import Article
from service.domain.ledger.checks import Finding, Term
from service.domain.ledger.claim import Claim
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import INDONESIA, Statement, statements_of

Row = dict[str, Any]

_SAME = [
    name
    for name in Statement.__dataclass_fields__
    if name in figures.c and name not in ("low", "high", "tags", "resolved")
]
"""Fields that a statement and its row share as they are."""


def statement_rows(article: Article) -> list[Row]:
    """The rows of `figures`: what a relevant article states."""
    return [statement_row(statement) for statement in statements_of(article)]


def statement_row(statement: Statement) -> Row:
    """The row of `figures`."""
    code, period = statement.region_code, statement.period
    return {name: getattr(statement, name) for name in _SAME} | {
        "claim_id": statement.claim_id,
        "low": statement.low,
        "high": statement.high,
        "from_value": statement.from_,
        "to_value": statement.to,
        "province": None if code in (None, INDONESIA) else code.split(".")[0],
        "year": period and period[:4],
        "tags": list(statement.tags),
        "resolved": [asdict(found) for found in statement.resolved],
    }


def statement_of(row: RowMapping) -> Statement:
    """The statement of a row of `figures` that has its article's `url` and `story_id` beside it."""
    return Statement(
        **{name: row[name] for name in _SAME},
        url=row["url"],
        story_id=row["story_id"],
        low=row["low"],
        high=row["high"],
        from_=row["from_value"],
        to=row["to_value"],
        as_of=row["day"],
        tags=tuple(row["tags"]),
        resolved=tuple(
            Resolution(found["slot"], found["value"], found["origin"], Span(**found["source"]))
            for found in row["resolved"]
        ),
    )


def claim_of(row: RowMapping, statement: Statement, found: Sequence[Finding] = ()) -> Claim:
    """The claim of a row of `claims`."""
    return Claim(
        id=row["id"],
        statement=statement,
        statements=row["statements"],
        outlets=row["outlets"],
        first=row["first"],
        last=row["last"],
        findings=tuple(found),
        standing=row["standing_detail"] and standing_from_json(row["standing_detail"]),
    )


def finding_row(id: str, scope: str, position: int, finding: Finding) -> Row:
    """The row of `findings`."""
    return {
        "id": id,
        "scope": scope,
        "position": position,
        "check": finding.check,
        "is_conflict": finding.is_conflict,
        "statements": list(finding.statements),
        "terms": [asdict(term) | {"value": str(term.value)} for term in finding.terms],
        "explanations": list(finding.explanations),
    }


def finding_of(row: RowMapping) -> Finding:
    """The finding of a row of `findings`."""
    return Finding(
        check=row["check"],
        statements=tuple(row["statements"]),
        terms=tuple(Term(**term | {"value": Decimal(term["value"])}) for term in row["terms"]),
        explanations=tuple(row["explanations"]),
    )


FINDING_COLUMNS = (findings.c.check, findings.c.statements, findings.c.terms, findings.c.explanations)


def review_row(review: Review) -> Row:
    """The row of `figure_reviews`, without its number."""
    return {
        "statement_id": review.statement_id,
        "article_id": review.article_id,
        "verdict": review.verdict,
        "reviewer": review.by,
        "at": review.at,
        "changes": dict(review.changes),
        "said": dict(review.said),
        "note": review.note,
    }


def review_of(row: RowMapping) -> Review:
    """The review of a row of `figure_reviews`."""
    return Review(
        statement_id=row["statement_id"],
        article_id=row["article_id"],
        verdict=row["verdict"],
        by=row["reviewer"],
        at=row["at"],
        changes=row["changes"],
        said=row["said"],
        note=row["note"],
    )


def official_row(figure: OfficialFigure, at: datetime) -> Row:
    """The row of `official_figures`, entered at that time."""
    return asdict(figure) | {"segment": figure.segment or "", "at": at}


def official_of(row: RowMapping) -> OfficialFigure:
    """The official figure of a row of `official_figures`."""
    fields = {name: row[name] for name in OfficialFigure.__dataclass_fields__}
    return OfficialFigure(**fields | {"segment": row["segment"] or None})


def standing_to_json(standing: Standing) -> Row:
    """The standing in JSON's own types, numbers digit by digit as strings."""
    return {
        "verdict": standing.verdict,
        "official": _official_to_json(standing.official),
        "difference": str(standing.difference),
        "newer": standing.newer and _official_to_json(standing.newer),
    }


def standing_from_json(row: Mapping[str, Any]) -> Standing:
    """The standing that `standing_to_json` wrote."""
    return Standing(
        verdict=row["verdict"],
        official=_official_from_json(row["official"]),
        difference=Decimal(row["difference"]),
        newer=row["newer"] and _official_from_json(row["newer"]),
    )


def _official_to_json(figure: OfficialFigure) -> Row:
    return asdict(figure) | {"value": str(figure.value)}


def _official_from_json(row: Mapping[str, Any]) -> OfficialFigure:
    return OfficialFigure(**dict(row) | {"value": Decimal(row["value"])})
