"""An analysis as plain JSON values and back: what the store keeps and what `pantau analyse` prints."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nlp.analysis import AlertClass, Analysis, Entity, Figure, Mention, Quote, Region, Resolution, Sentiment, Span

JsonObject = dict[str, Any]


def analysis_to_json(analysis: Analysis) -> JsonObject:
    """The analysis in JSON's own types: lists, objects, strings, numbers, null."""
    return {
        "id": analysis.id,
        "language": analysis.language,
        "relevance": analysis.relevance,
        "mentions": [asdict(mention) for mention in analysis.mentions],
        "regions": [asdict(region) | {"spans": [asdict(span) for span in region.spans]} for region in analysis.regions],
        "entities": [asdict(entity) for entity in analysis.entities],
        "quotes": [asdict(quote) for quote in analysis.quotes],
        "figures": [figure_to_json(figure) for figure in analysis.figures],
        "sentiment": asdict(analysis.sentiment) | {"evidence": [asdict(span) for span in analysis.sentiment.evidence]},
        "alerts": [
            asdict(alert) | {"evidence": [asdict(span) for span in alert.evidence]} for alert in analysis.alerts
        ],
        "topics": list(analysis.topics),
        "version": analysis.version,
    }


def analysis_from_json(row: Mapping[str, Any]) -> Analysis:
    """The analysis that `analysis_to_json` wrote; KeyError or TypeError for anything else."""
    sentiment = row["sentiment"]
    return Analysis(
        id=row["id"],
        language=row["language"],
        relevance=row["relevance"],
        sentiment=Sentiment(
            sentiment["label"], float(sentiment["score"]), tuple(Span(**span) for span in sentiment["evidence"])
        ),
        version=row["version"],
        mentions=tuple(Mention(**mention) for mention in row["mentions"]),
        regions=tuple(_region_from_json(region) for region in row["regions"]),
        entities=tuple(Entity(**entity) for entity in row["entities"]),
        quotes=tuple(Quote(**quote) for quote in row["quotes"]),
        figures=tuple(_figure_from_json(figure) for figure in row["figures"]),
        alerts=_alerts_from_json(row),
        topics=tuple(row.get("topics", ())),
    )


def _alerts_from_json(row: Mapping[str, Any]) -> tuple[AlertClass, ...]:
    if "alerts" not in row:  # analyses stored before an alert class had a score and evidence
        return tuple(AlertClass(code, 1.0) for code in row["alert_classes"])
    return tuple(
        AlertClass(alert["code"], float(alert["score"]), tuple(Span(**span) for span in alert["evidence"]))
        for alert in row["alerts"]
    )


def _region_from_json(row: Mapping[str, Any]) -> Region:
    spans = tuple(Span(**span) for span in row["spans"])
    return Region(row["name"], row["code"], row["level"], row["province"], spans)


def figure_to_json(figure: Figure) -> JsonObject:
    """The figure's fields in the order in which the format names them; `from_` is "from" there."""
    return {
        "field": figure.field,
        "start": figure.start,
        "end": figure.end,
        "surface": figure.surface,
        "value": list(figure.value) if isinstance(figure.value, tuple) else figure.value,
        "unit": figure.unit,
        "kind": figure.kind,
        "metric": figure.metric,
        "direction": figure.direction,
        "comparator": figure.comparator,
        "from": figure.from_,
        "to": figure.to,
        "period": figure.period,
        "region": figure.region,
        "speaker": figure.speaker,
        "segment": figure.segment,
        "program": figure.program,
        "status": figure.status,
        "tags": list(figure.tags),
        "sentence": asdict(figure.sentence),
        "region_code": figure.region_code,
        "speaker_title": figure.speaker_title,
        "confidence": figure.confidence,
        "resolved": [asdict(found) for found in figure.resolved],
    }


def _figure_from_json(row: Mapping[str, Any]) -> Figure:
    fields = dict(row)
    value = fields.pop("value")
    return Figure(
        value=(float(value[0]), float(value[1])) if isinstance(value, list) else float(value),
        from_=fields.pop("from"),
        sentence=Span(**fields.pop("sentence")),
        tags=tuple(fields.pop("tags")),
        # Analyses stored before there was a resolution have none.
        resolved=tuple(_resolution_from_json(found) for found in fields.pop("resolved", ())),
        **fields,
    )


def _resolution_from_json(row: Mapping[str, Any]) -> Resolution:
    return Resolution(row["slot"], row["value"], row["origin"], Span(**row["source"]))
