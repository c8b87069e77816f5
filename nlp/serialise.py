"""An analysis as plain JSON values and back: what the store keeps and what `pantau analyse` prints."""

from collections.abc import Mapping
from typing import Any

from nlp.analysis import Analysis, Entity, Figure, Mention, Quote, Region, Sentiment, Span

JsonObject = dict[str, Any]


def analysis_to_json(analysis: Analysis) -> JsonObject:
    """The analysis in JSON's own types: lists, objects, strings, numbers, null."""
    return {
        "id": analysis.id,
        "language": analysis.language,
        "relevance": analysis.relevance,
        "mentions": [_span_to_json(m) | {"kind": m.kind, "name": m.name} for m in analysis.mentions],
        "regions": [_region_to_json(region) for region in analysis.regions],
        "entities": [_span_to_json(entity) | {"label": entity.label} for entity in analysis.entities],
        "quotes": [
            _span_to_json(quote) | {"kind": quote.kind, "speaker": quote.speaker, "speaker_title": quote.speaker_title}
            for quote in analysis.quotes
        ],
        "figures": [_figure_to_json(figure) for figure in analysis.figures],
        "sentiment": {
            "label": analysis.sentiment.label,
            "score": analysis.sentiment.score,
            "evidence": [_span_to_json(span) for span in analysis.sentiment.evidence],
        },
        "alert_classes": list(analysis.alert_classes),
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
        alert_classes=tuple(row["alert_classes"]),
    )


def _span_to_json(span: Span) -> JsonObject:
    return {"field": span.field, "start": span.start, "end": span.end, "text": span.text}


def _region_to_json(region: Region) -> JsonObject:
    return {
        "name": region.name,
        "code": region.code,
        "level": region.level,
        "province": region.province,
        "spans": [_span_to_json(span) for span in region.spans],
    }


def _region_from_json(row: Mapping[str, Any]) -> Region:
    spans = tuple(Span(**span) for span in row["spans"])
    return Region(row["name"], row["code"], row["level"], row["province"], spans)


def _figure_to_json(figure: Figure) -> JsonObject:
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
        "sentence": _span_to_json(figure.sentence),
    }


def _figure_from_json(row: Mapping[str, Any]) -> Figure:
    fields = dict(row)
    value = fields.pop("value")
    return Figure(
        value=(float(value[0]), float(value[1])) if isinstance(value, list) else float(value),
        from_=fields.pop("from"),
        sentence=Span(**fields.pop("sentence")),
        tags=tuple(fields.pop("tags")),
        **fields,
    )
