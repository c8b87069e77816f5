from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nlp.analysis import Analysis, Mention, Quote, Sentiment, Span
from service.domain.query import Bucket
from service.web.histogram import HEIGHT, MOST_BARS, WIDTH, bars
from service.web.markup import Segment, anchors, paragraphs, shown_figures, title_segments
from tests.service.builders import TEXT, a_figure, an_analysis


def analysed(text: str, *, quotes: list[tuple[int, int]], mentions: list[tuple[int, int]]) -> Analysis:
    return replace(
        an_analysis(),
        sentiment=Sentiment("neutral", 0.5),
        quotes=tuple(Quote("text", start, end, "", "direct", None) for start, end in quotes),
        mentions=tuple(Mention("text", start, end, "", "agency", "x") for start, end in mentions),
    )


def joined(pieces: list[Segment]) -> str:
    return "".join(piece.text for piece in pieces)


def test_nested_and_overlapping_spans_are_cut_into_segments() -> None:
    analysis = analysed("abcdefgh", quotes=[(1, 5)], mentions=[(2, 3), (4, 7)])
    [pieces] = paragraphs("abcdefgh", analysis)
    assert [(piece.text, piece.classes) for piece in pieces] == [
        ("a", ""),
        ("b", "quote"),
        ("c", "quote mention"),
        ("d", "quote"),
        ("e", "quote mention"),
        ("fg", "mention"),
        ("h", ""),
    ]


def test_a_span_over_two_paragraphs_marks_both() -> None:
    first, second = paragraphs("ab\ncd", analysed("", quotes=[(1, 4)], mentions=[]))
    assert [(piece.text, piece.quote) for piece in first] == [("a", False), ("b", True)]
    assert [(piece.text, piece.quote) for piece in second] == [("c", True), ("d", False)]


def test_a_figure_opens_and_closes_once_even_when_cut_by_other_layers() -> None:
    figure = a_figure()
    analysis = replace(
        an_analysis(figures=(figure,)),
        mentions=(Mention("text", figure.start + 2, figure.start + 4, "", "agency", "x"),),
    )
    pieces = [piece for line in paragraphs(TEXT, analysis) for piece in line if piece.figure]
    assert joined(pieces) == figure.surface
    assert [piece.opens for piece in pieces] == [True, False, False]
    assert [piece.closes for piece in pieces] == [False, False, True]


def test_the_title_figures_are_counted_first() -> None:
    in_text, in_title = a_figure(), replace(a_figure(), field="title", start=0, end=5)
    analysis = an_analysis(figures=(in_text, in_title))
    assert shown_figures(analysis) == (in_title, in_text)
    assert title_segments("Klaim tertunda", analysis)[0].figure == 1


def test_the_same_words_stated_twice_have_two_anchors() -> None:
    first, second = anchors([a_figure(), a_figure()])
    assert first != second


def test_lookalikes_are_not_marked_as_the_agency() -> None:
    lookalike = Mention("text", 0, 3, "abc", "lookalike", "x")
    [pieces] = paragraphs("abcdef", replace(an_analysis(evidence=()), mentions=(lookalike,)))
    assert [piece.classes for piece in pieces] == [""]


spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8)


@given(st.text(alphabet="ab \n", max_size=50), spans, spans)
def test_whatever_the_offsets_no_character_is_lost_or_doubled(
    text: str, quotes: list[tuple[int, int]], mentions: list[tuple[int, int]]
) -> None:
    shown = paragraphs(text, analysed(text, quotes=quotes, mentions=mentions))
    assert [joined(pieces) for pieces in shown] == [line for line in text.split("\n") if line.strip()]


def test_wrong_offsets_in_a_title_are_harmless() -> None:
    far = replace(an_analysis(), sentiment=Sentiment("neutral", 1, (Span("title", 3, 900, "x"),)))
    assert joined(title_segments("Klaim", far)) == "Klaim"


def test_days_without_articles_keep_their_place() -> None:
    drawn = bars([Bucket("2026-11-20", 2), Bucket("2026-11-23", 4)])
    assert [bar.count for bar in drawn] == [2, 0, 0, 4]
    assert drawn[3].height == HEIGHT
    assert drawn[0].height == HEIGHT / 2
    assert [bar.first for bar in drawn] == [bar.last for bar in drawn]


@given(st.dictionaries(st.dates().map(lambda day: day.isoformat()), st.integers(1, 10**6), min_size=1, max_size=30))
def test_any_span_of_time_is_drawn_in_a_bounded_number_of_bars(days: dict[str, int]) -> None:
    drawn = bars([Bucket(day, count) for day, count in sorted(days.items())])
    assert len(drawn) <= MOST_BARS
    assert sum(bar.count for bar in drawn) == sum(days.values())
    assert all(0 <= bar.x < WIDTH and 0 <= bar.y <= HEIGHT and bar.first <= bar.last for bar in drawn)
    assert (drawn[0].first.isoformat(), drawn[-1].last.isoformat()) == (min(days), max(days))


def test_the_first_days_of_all_time_are_drawn() -> None:
    drawn = bars([Bucket("0001-01-01", 1), Bucket("0001-12-31", 2)])
    assert (drawn[0].first.isoformat(), drawn[-1].last.isoformat()) == ("0001-01-01", "0001-12-31")


def test_no_days_draw_nothing() -> None:
    assert bars([]) == []
