"""A figure that changed between copies of one text is told, with who prints which."""

from datetime import timedelta
from typing import Any

from nlp.analysis import Figure
from service.domain.altered_copies import alterations
from service.domain.article import Article
from tests.service.builders import NOW, TEXT, a_figure, an_article


def a_copy(outlet: str, *changes: tuple[str, str, float], hours: float = 3, **more: Any) -> Article:
    """The sample text in this outlet, with other numbers in the place of those printed there."""
    text = more.pop("text", TEXT)
    figures = []
    stated: dict[str, tuple[str, float]] = {
        "10,97 persen": ("10,97 persen", 10.97),
        "41.200 orang": ("41.200 orang", 41_200),
    }
    for printed, instead, value in changes:
        text = text.replace(printed, instead)
        stated[printed] = (instead, value)
    for surface, value in stated.values():
        if surface in text:
            figures.append(a_figure(surface, text, value=value, unit="percent" if "persen" in surface else "people"))
    published = NOW - timedelta(hours=hours)
    return an_article(
        outlet, outlet=outlet, text=text, figures=tuple[Figure, ...](figures), published=published, **more
    )


def told(articles: list[Article]) -> list[list[tuple[Any, list[str]]]]:
    return [[(it.value, [by.outlet for by in it.articles]) for it in found.values] for found in alterations(articles)]


def test_copies_that_agree_raise_nothing() -> None:
    assert alterations([a_copy("pertama", hours=9), a_copy("kedua"), a_copy("ketiga")]) == []


def test_a_changed_figure_is_told_with_the_value_of_most_copies_first() -> None:
    changed = a_copy("ketiga", ("10,97 persen", "19,07 persen", 19.07), hours=1)
    articles = [a_copy("pertama", hours=9), a_copy("kedua"), changed]
    assert told(articles) == [[(10.97, ["pertama", "kedua"]), (19.07, ["ketiga"])]]
    (found,) = alterations(articles)
    assert (found.metric, found.kind) == ("membership", "change")
    assert "turun 10,97 persen" in found.sentence
    assert found.values[1].surface == "19,07 persen"


def test_of_two_copies_the_first_printed_is_what_the_other_differs_from() -> None:
    articles = [a_copy("pertama", ("41.200 orang", "42.100 orang", 42_100), hours=9), a_copy("kedua")]
    assert told(articles) == [[(42_100, ["pertama"]), (41_200, ["kedua"])]]


def test_the_place_is_known_though_the_words_on_one_side_were_edited() -> None:
    changed = a_copy(
        "kedua", ("10,97 persen", "1,97 persen", 1.97), text=TEXT.replace("kota itu turun", "wilayah ini susut")
    )
    assert told([a_copy("pertama", hours=9), changed]) == [[(10.97, ["pertama"]), (1.97, ["kedua"])]]


def test_another_text_on_the_same_thing_is_no_altered_copy() -> None:
    own = "Laporan lain menyebut jumlah peserta aktif di kota itu turun 25 persen menjadi 30.000 orang pada tahun lalu."
    other = an_article("lain", text=own, figures=(a_figure("25 persen", own, value=25.0),))
    assert alterations([a_copy("pertama", hours=9), other]) == []


def test_two_figures_of_one_text_are_not_taken_for_each_other() -> None:
    text = f"{TEXT}\nDi Rimbajaya jumlah peserta aktif kota itu turun 3 persen menjadi 9.000 orang per Juni 2026."
    figures = tuple(
        a_figure(surface, text, value=value) for surface, value in (("10,97 persen", 10.97), ("3 persen", 3.0))
    )
    first = an_article("pertama", outlet="pertama", text=text, figures=figures, published=NOW - timedelta(hours=9))
    assert alterations([first, an_article("kedua", outlet="kedua", text=text, figures=figures)]) == []
