import json
from datetime import UTC, datetime

import pytest

from nlp.analysis import Analysis, ArticleText, Sentiment
from nlp.lines import BadLine, analyse_lines, read_line


class FakeAnalyser:
    """Analyses nothing, but in order; remembers how many articles came at once."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def analyse(self, texts: list[ArticleText]) -> list[Analysis]:
        self.batches.append(len(texts))
        return [Analysis(text.id, "id", "relevant", Sentiment("neutral", 0.5), "v") for text in texts]


def line(**row: object) -> str:
    return json.dumps(row)


def test_results_keep_the_order_of_the_lines_across_batches() -> None:
    analyser = FakeAnalyser()
    results = list(analyse_lines([line(id=str(n), text="t") for n in range(100)], analyser.analyse))
    assert [result["id"] for result in results] == [str(n) for n in range(100)]
    assert len(analyser.batches) > 1


def test_a_bad_line_gives_its_number_and_the_rest_goes_on() -> None:
    results = list(analyse_lines(["{", line(id="b", text="t"), "", line(text="t")], FakeAnalyser().analyse))
    assert [(result.get("line"), result.get("id")) for result in results] == [(1, None), (None, "b"), (4, None)]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("not json", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[]", "no object"),
        (line(text="t"), '"id" is missing'),
        (line(id=" ", text="t"), '"id" is missing'),
        (line(id="a"), '"text" is missing'),
        (line(id=1, text="t"), '"id" is not a text'),
        (line(id="a", text=["t"]), '"text" is not a text'),
        (line(id="a", text="t", title=5), '"title" is not a text'),
        (line(id="a", text="t", published="kemarin"), "no ISO date"),
        (line(id="a", text="t", pub=20240630), '"published" is not a text'),
    ],
)
def test_a_mistake_says_what_to_do(bad: str, message: str) -> None:
    with pytest.raises(BadLine, match=message):
        read_line(bad)


@pytest.mark.parametrize(
    ("key", "value", "moment"),
    [
        ("published", "2026-11-23", datetime(2026, 11, 22, 17, tzinfo=UTC)),
        ("pub", "2026-11-23", datetime(2026, 11, 22, 17, tzinfo=UTC)),
        ("pub", "2026-11-23T06:30:00", datetime(2026, 11, 22, 23, 30, tzinfo=UTC)),
        ("published", "2026-11-23T06:30:00+09:00", datetime(2026, 11, 22, 21, 30, tzinfo=UTC)),
        ("published", "2026-11-23T06:30:00Z", datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
    ],
)
def test_a_date_without_a_zone_is_jakartas(key: str, value: str, moment: datetime) -> None:
    assert read_line(line(id="a", text="t", **{key: value})).published == moment


def test_a_missing_title_and_null_values_are_allowed() -> None:
    assert read_line(line(id="a", text="", title=None, pub=None, outlet=None)) == ArticleText("a", "")
