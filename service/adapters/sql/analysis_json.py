"""An analysis as JSON and back, without loss."""

from dataclasses import asdict
from typing import Any

from nlp.analysis import Analysis, Entity, Figure, Mention, Quote, Region, Sentiment, Span


def analysis_to_json(analysis: Analysis) -> dict[str, Any]:
    """The analysis as JSON values."""
    return asdict(analysis)


def analysis_from_json(json: dict[str, Any]) -> Analysis:
    """The analysis that `analysis_to_json` gave."""
    return Analysis(
        id=json["id"],
        language=json["language"],
        relevance=json["relevance"],
        sentiment=Sentiment(**json["sentiment"] | {"evidence": _spans(json["sentiment"]["evidence"])}),
        version=json["version"],
        mentions=tuple(Mention(**mention) for mention in json["mentions"]),
        regions=tuple(Region(**region | {"spans": _spans(region["spans"])}) for region in json["regions"]),
        entities=tuple(Entity(**entity) for entity in json["entities"]),
        quotes=tuple(Quote(**quote) for quote in json["quotes"]),
        figures=tuple(_figure(figure) for figure in json["figures"]),
        alert_classes=tuple(json["alert_classes"]),
    )


def _spans(spans: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in spans)


def _figure(figure: dict[str, Any]) -> Figure:
    value = figure["value"]
    return Figure(
        **figure
        | {
            "value": tuple(value) if isinstance(value, list | tuple) else value,
            "sentence": Span(**figure["sentence"]),
            "tags": tuple(figure["tags"]),
        }
    )
