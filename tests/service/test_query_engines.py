"""Any query finds in every engine exactly the articles that meet it in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import inf, nextafter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nlp.analysis import Figure, Quote, Region
from service.domain.article import Article
from service.domain.query import Query, SearchPage
from service.domain.query_language.meeting import meets
from service.domain.query_language.reading import LONGEST_QUERY
from service.domain.query_language.searchable import label_key
from service.domain.query_language.tree import (
    BOTH,
    And,
    Comparator,
    Days,
    FigureCondition,
    Label,
    Near,
    Node,
    Not,
    Or,
    Outlet,
    Phrase,
    Prefix,
    Speaker,
    Tone,
    Word,
)
from service.domain.query_language.tree import Region as OfRegion
from service.domain.query_language.tree import Topic as OfTopic
from service.domain.terms import fold, stem
from service.ports import SearchIndex
from tests.service.builders import JEMBER, NOW, PALEMBANG, a_figure, an_analysis, an_article
from tests.service.fake_index import FakeIndex
from tests.service.indexes import ENGINES, maker_of

JAWA_TIMUR = Region("Jawa Timur", "35", "province", "Jawa Timur")
WORDS = ("klaim", "bukan", "upah", "menurun", "peserta", "31,93")
PRINTED = (*WORDS, "yang", "kepesertaan", "penurunan", "%")
OUTLETS = ("harian-a", "harian-b", "kota.example")
SPEAKERS = ("Wulan Pratiwi", "Budi Wulan", "Pratiwi", "Dr. Budi Santoso, S.E.")
LABELS = ("Perlu jawab", "arsip")
AMOUNTS = (0.0, 31.93, 35.0, 1.2e9)
DAY = NOW.date()

Typed = tuple[str, Node]

COMPARATORS: st.SearchStrategy[Comparator] = st.sampled_from(["<", "<=", "=", ">=", ">"])


def figures() -> st.SearchStrategy[Figure]:
    ends = st.sampled_from(AMOUNTS)
    values = st.one_of(ends, st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair))))
    return st.builds(
        lambda value, metric, unit, tags: a_figure(value=value, metric=metric, unit=unit, tags=tags),
        values,
        st.sampled_from(["coverage", "claims_paid"]),
        st.sampled_from(["percent", "people"]),
        st.sampled_from([(), (), ("hypothetical",)]),
    )


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PRINTED), min_size=longest // 2, max_size=longest).map(" ".join)


@st.composite
def articles(draw: st.DrawFn, slug: str) -> Article:
    quotes = tuple(
        Quote("text", 0, 1, "x", "direct", name)
        for name in draw(st.lists(st.sampled_from(SPEAKERS), max_size=2))
    )  # fmt: skip
    analysis = replace(
        an_analysis(
            draw(st.sampled_from(["positive", "neutral", "negative"])),
            evidence=(),
            regions=tuple(draw(st.lists(st.sampled_from([PALEMBANG, JEMBER, JAWA_TIMUR]), unique=True))),
            figures=tuple(draw(st.lists(figures(), max_size=2))),
        ),
        quotes=quotes,
        topics=tuple(draw(st.lists(st.sampled_from(["claims", "fraud", "award"]), max_size=2, unique=True))),
    )
    return an_article(
        slug,
        id=slug,
        title=draw(texts(5)),
        text=draw(texts(12)),
        outlet=draw(st.sampled_from(OUTLETS)),
        url=f"https://kota.example/{slug}",
        published=NOW - timedelta(hours=draw(st.integers(0, 72))),
        story_id=draw(st.sampled_from(["s1", "s2", None])),
        labels=tuple(draw(st.lists(st.sampled_from(LABELS), max_size=1))),
        analysis=analysis,
    )


newsrooms = st.integers(1, 7).flatmap(lambda count: st.tuples(*(articles(f"a{n}") for n in range(count))))


def words() -> st.SearchStrategy[Typed]:
    plain = st.sampled_from(WORDS).map(lambda word: (word, Word(stem(fold(word)))))
    titled = st.sampled_from(WORDS).map(lambda word: (f"judul:{word}", Word(stem(fold(word)), ("title",))))
    rows = st.lists(st.sampled_from((*WORDS, "yang")), min_size=1, max_size=3)
    phrases = rows.map(lambda row: (f'"{" ".join(row)}"', Phrase(tuple(map(fold, row)))))
    near = st.tuples(
        st.lists(st.sampled_from((*WORDS, "yang")), min_size=2, max_size=3, unique_by=fold), st.integers(1, 3)
    ).map(lambda it: (f'"{" ".join(it[0])}"~{it[1]}', Near(tuple(map(fold, it[0])), it[1], BOTH)))
    prefixes = st.sampled_from(["kla", "pes", "yan", "penurun"]).map(lambda start: (f"{start}*", Prefix(start)))
    return st.one_of(plain, titled, phrases, near, prefixes)


def conditions() -> st.SearchStrategy[Typed]:
    outlets = st.sampled_from(OUTLETS).map(lambda it: (f"media:{it}", Outlet(frozenset({it}))))
    regions = st.sampled_from(["35", "35.09", "16"]).map(lambda it: (f"wilayah:{it}", OfRegion(frozenset({it}))))
    tones: st.SearchStrategy[Typed] = st.sampled_from(
        [("sentimen:negatif", Tone("negative")), ("sentimen:positif", Tone("positive"))]
    )
    topics: st.SearchStrategy[Typed] = st.sampled_from(
        [("topik:klaim", OfTopic("claims")), ("topik:kecurangan", OfTopic("fraud"))]
    )
    speakers = st.sampled_from(["Wulan", "Wulan Pratiwi", "Pratiwi Budi", "Budi Santoso", "santoso"]).map(
        lambda it: (f'narasumber:"{it}"', Speaker(tuple(map(fold, it.split()))))
    )
    labels = st.sampled_from(LABELS).map(lambda it: (f'label:"{it.upper()}"', Label(label_key(it))))
    bounds = st.integers(-1, 4).map(lambda days: DAY - timedelta(days=days))
    stretches = st.tuples(bounds, bounds).filter(lambda it: it[0] <= it[1])
    days = st.one_of(stretches.map(_between), stretches.map(_written_apart))
    return st.one_of(outlets, regions, tones, topics, speakers, labels, days, stated())


def _between(ends: tuple[date, date]) -> Typed:
    return f"tanggal:{ends[0]}..{ends[1]}", Days(*ends)


def _written_apart(ends: tuple[date, date]) -> Typed:
    return f"tanggal:{ends[0]} s.d. {ends[1]}", Days(*ends)


def stated() -> st.SearchStrategy[Typed]:
    metrics = st.sampled_from(
        [
            ("cakupan", {"coverage"}),
            ('"klaim dibayar"', {"claims_paid"}),
            ("klaim", {"claims_paid", "claims_count", "claims_ratio"}),
        ]
    )
    units: st.SearchStrategy[tuple[str, str | None]] = st.sampled_from(
        [("", None), ("%", "percent"), ("orang", "people"), (" peserta", "people")]
    )
    compared = st.tuples(metrics, COMPARATORS, st.sampled_from(AMOUNTS), units).map(
        lambda it: (
            f"angka:{it[0][0]}{it[1]}{f'{it[2]:f}'.rstrip('0').rstrip('.').replace('.', ',') or '0'}{it[3][0]}",
            FigureCondition(frozenset(it[0][1]), it[1], it[2], it[3][1]),
        )
    )
    dotted = st.tuples(metrics, COMPARATORS).map(
        lambda it: (f"angka:{it[0][0]}{it[1]}31.93", FigureCondition(frozenset(it[0][1]), it[1], 31.93))
    )
    mere = metrics.map(lambda it: (f"angka:{it[0]}", FigureCondition(frozenset(it[1]))))
    return st.one_of(compared, dotted, mere)


AMOUNTS_NEAR = st.one_of(
    st.integers(0, 40).map(float),
    st.integers(3_490, 3_510).map(lambda hundredths: hundredths / 100),
    st.decimals(0, 2, places=6, allow_nan=False, allow_infinity=False).map(float),
    st.sampled_from([0.1 + 0.2, 1 / 3, 1_608_431.0, 1.2e9, 987_654_321_012.34, 999_999_999_999_999.0]),
)


@st.composite
def figures_and_bounds(draw: st.DrawFn) -> tuple[tuple[Figure, ...], list[Typed]]:
    """Figures, and conditions on them at, right below and right above their ends."""
    ends = draw(st.lists(AMOUNTS_NEAR, min_size=2, max_size=4))
    stated = draw(
        st.lists(
            st.tuples(st.sampled_from(ends), st.sampled_from(ends), st.sampled_from(["percent", "people"])), max_size=5
        )
    )
    bounds = [*ends, *(nextafter(end, way) for end in ends for way in (0.0, inf) if 0 < nextafter(end, way) < 1e15)]
    asked = draw(
        st.lists(
            st.tuples(COMPARATORS, st.sampled_from(bounds), st.sampled_from(["%", "orang", ""])),
            min_size=6,
            max_size=12,
        )
    )
    made = tuple(
        a_figure(value=low if low == high else (min(low, high), max(low, high)), metric="coverage", unit=unit)
        for low, high, unit in stated
    )
    return made, [_bound(*it) for it in asked]


def _bound(comparator: Comparator, value: float, unit: str) -> Typed:
    code = {"%": "percent", "orang": "people"}.get(unit)
    printed = f"{Decimal(repr(value)):f}".replace(".", ",")
    return f"angka:cakupan{comparator}{printed}{unit}", FigureCondition(
        frozenset({"coverage"}), comparator, value, code
    )


def joined(parts: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda them: (f"({' '.join(it[0] for it in them)})", And(tuple(it[1] for it in them)))),
        several.map(lambda them: (f"({' OR '.join(it[0] for it in them)})", Or(tuple(it[1] for it in them)))),
        several.map(lambda them: (f"(NOT {' AND '.join(it[0] for it in them)})", _first_negated(them))),
        parts.map(lambda it: (f"-({it[0]})", Not(it[1]))),
        parts.map(lambda it: (f"–({it[0]})", Not(it[1]))),
    )


def _first_negated(parts: list[Typed]) -> Node:
    (_, first), *others = parts
    return And((Not(first), *(node for _, node in others)))


queries = st.recursive(st.one_of(words(), words(), conditions()), joined, max_leaves=6)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    made = maker_of(request)(tmp_path, None)
    yield made
    made.close()


def everything(index: SearchIndex, query: Query, size: int) -> list[SearchPage]:
    """All pages, without the marks between them, which an engine may write as it likes."""
    pages: list[SearchPage] = []
    cursor = None
    while not pages or cursor is not None:
        page = index.search(query, size=size, cursor=cursor)
        cursor = page.cursor
        pages.append(replace(page, cursor=None))
    return pages


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsroom=newsrooms, typed=st.lists(queries, min_size=6, max_size=12))
def test_every_engine_finds_the_articles_that_meet_the_query(
    engine: SearchIndex, newsroom: tuple[Article, ...], typed: list[Typed]
) -> None:
    engine.rebuild(iter(newsroom))
    for text, node in typed:
        assume(len(text) <= LONGEST_QUERY)
        found = {hit.article_id for hit in engine.search(Query(text=text), size=20).hits}
        assert found == {article.id for article in newsroom if meets(article, node)}, text


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(both=figures_and_bounds())
def test_every_engine_compares_figures_to_the_last_digit(
    engine: SearchIndex, both: tuple[tuple[Figure, ...], list[Typed]]
) -> None:
    figures, typed = both
    newsroom = [
        an_article(f"a{at}", id=f"a{at}", analysis=an_analysis(evidence=(), figures=(figure,)))
        for at, figure in enumerate(figures)
    ]
    all_in_one = an_article("semua", id="semua", analysis=an_analysis(evidence=(), figures=figures))
    engine.rebuild(iter([*newsroom, all_in_one]))
    for text, node in typed:
        found = {hit.article_id for hit in engine.search(Query(text=text), size=20).hits}
        assert found == {it.id for it in (*newsroom, all_in_one) if meets(it, node)}, text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    newsroom=newsrooms,
    typed=st.one_of(st.just(("", And())), queries),
    collapse=st.booleans(),
    size=st.integers(1, 3),
    chosen=st.sampled_from(
        [
            {},
            {"topics": frozenset({"claims"})},
            {"speakers": frozenset({"Wulan Pratiwi"})},
            {"labels": frozenset({"arsip"})},
            {"among": frozenset({"harian-a"})},
            {"among": frozenset()},
        ]
    ),
)
def test_every_engine_gives_the_same_pages_counts_and_stories(
    engine: SearchIndex,
    newsroom: tuple[Article, ...],
    typed: Typed,
    collapse: bool,
    size: int,
    chosen: dict[str, frozenset[str]],
) -> None:
    memory = FakeIndex()
    memory.put(newsroom)
    engine.rebuild(iter(newsroom))
    assume(len(typed[0]) <= LONGEST_QUERY)
    query = Query(text=typed[0], collapse=collapse, **chosen)  # type: ignore[arg-type]
    assert everything(engine, query, size) == everything(memory, query, size)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(newsroom=newsrooms, typed=queries, collapse=st.booleans())
def test_by_relevance_nothing_is_repeated_or_left_out(
    engine: SearchIndex, newsroom: tuple[Article, ...], typed: Typed, collapse: bool
) -> None:
    engine.rebuild(iter(newsroom))
    assume(len(typed[0]) <= LONGEST_QUERY)
    query = Query(text=typed[0], sort="relevance", collapse=collapse)
    hits = [hit for page in everything(engine, query, 2) for hit in page.hits]
    assert [hit.article_id for hit in hits] == [hit.article_id for hit in engine.search(query, size=50).hits]
    met = [article for article in newsroom if meets(article, typed[1])]
    stories = {article.story_id or article.id for article in met}
    assert len({hit.article_id for hit in hits}) == len(hits) == (len(stories) if collapse else len(met))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
