import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.analysis import AlertClass, Analysis, Entity, Figure, Mention, Quote, Region, Resolution, Sentiment, Span
from nlp.serialise import analysis_from_json, analysis_to_json

WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
OFFSETS = st.integers(0, 10**6)
FIELDS = st.sampled_from(["title", "text"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SPANS = st.builds(Span, field=FIELDS, start=OFFSETS, end=OFFSETS, text=WORDS)


def tuples(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3).map(tuple)


SPAN_ARGUMENTS = {"field": FIELDS, "start": OFFSETS, "end": OFFSETS, "text": WORDS}
ANALYSES = st.builds(
    Analysis,
    id=WORDS,
    language=st.sampled_from(["id", "en", "ms"]),
    relevance=st.sampled_from(["relevant", "mention", "irrelevant"]),
    sentiment=st.builds(
        Sentiment, label=st.sampled_from(["positive", "neutral", "negative"]), score=NUMBERS, evidence=tuples(SPANS)
    ),
    version=WORDS,
    mentions=tuples(
        st.builds(Mention, kind=st.sampled_from(["agency", "product", "lookalike"]), name=WORDS, **SPAN_ARGUMENTS)
    ),
    regions=tuples(
        st.builds(
            Region,
            name=WORDS,
            code=WORDS,
            level=st.sampled_from(["province", "kabupaten", "kota"]),
            province=WORDS,
            spans=tuples(SPANS),
        )
    ),
    entities=tuples(st.builds(Entity, label=st.sampled_from(["PER", "ORG", "LOC"]), **SPAN_ARGUMENTS)),
    quotes=tuples(
        st.builds(
            Quote, kind=st.sampled_from(["direct", "reported"]), speaker=MAYBE, speaker_title=MAYBE, **SPAN_ARGUMENTS
        )
    ),
    figures=tuples(
        st.builds(
            Figure,
            field=FIELDS,
            start=OFFSETS,
            end=OFFSETS,
            surface=WORDS,
            value=NUMBERS | st.tuples(NUMBERS, NUMBERS),
            unit=WORDS,
            kind=WORDS,
            metric=WORDS,
            sentence=SPANS,
            direction=MAYBE,
            comparator=WORDS,
            from_=st.none() | NUMBERS,
            to=st.none() | NUMBERS,
            period=MAYBE,
            region=MAYBE,
            speaker=MAYBE,
            segment=MAYBE,
            program=MAYBE,
            status=MAYBE,
            tags=tuples(WORDS),
            region_code=MAYBE,
            speaker_title=MAYBE,
            confidence=NUMBERS,
            resolved=tuples(
                st.builds(
                    Resolution,
                    slot=st.sampled_from(["region", "period", "speaker", "base"]),
                    value=WORDS,
                    origin=st.sampled_from(["headline", "previous_sentence", "pair"]),
                    source=SPANS,
                )
            ),
        )
    ),
    alerts=tuples(st.builds(AlertClass, code=WORDS, score=NUMBERS, evidence=tuples(SPANS))),
    topics=tuples(st.sampled_from(["membership", "claims"])),
)


@given(ANALYSES)
def test_an_analysis_survives_json(analysis: Analysis) -> None:
    assert analysis_from_json(json.loads(json.dumps(analysis_to_json(analysis)))) == analysis


def test_the_keys_are_those_of_the_format() -> None:
    sentence = Span("text", 0, 26, "Cakupan turun 31,93 persen.")
    figure = Figure("text", 14, 26, "31,93 persen", 31.93, "percent", "level", "coverage", sentence, from_=42.9)
    analysis = Analysis("a", "id", "relevant", Sentiment("neutral", 0.5), "v", figures=(figure,))
    row = analysis_to_json(analysis)
    assert list(row) == [
        "id", "language", "relevance", "mentions", "regions", "entities", "quotes", "figures", "sentiment",
        "alerts", "topics", "version",
    ]  # fmt: skip
    assert list(row["figures"][0]) == [
        "field", "start", "end", "surface", "value", "unit", "kind", "metric", "direction", "comparator", "from", "to",
        "period", "region", "speaker", "segment", "program", "status", "tags", "sentence", "region_code",
        "speaker_title", "confidence", "resolved",
    ]  # fmt: skip
    assert row["figures"][0]["from"] == 42.9


def test_a_range_is_written_as_two_numbers() -> None:
    figure = Figure("text", 0, 7, "ratusan", (100.0, 1000.0), "people", "count", "membership", Span("text", 0, 1, "r"))
    row = analysis_to_json(Analysis("a", "id", "relevant", Sentiment("neutral", 0.5), "v", figures=(figure,)))
    assert row["figures"][0]["value"] == [100.0, 1000.0]


def test_another_object_is_refused() -> None:
    with pytest.raises(KeyError):
        analysis_from_json({"id": "a"})
