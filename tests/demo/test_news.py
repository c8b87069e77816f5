import re
from datetime import time
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from demo.news import OUTLETS, STORY_TYPES, NewsError, NewsItem, Passage, Value, load_news, load_special_pages
from demo.newsroom import HOSTS

AN_ARTICLE = """
[[article]]
slug = "santunan-di-kota-contoh"
outlet = "harianbelantik"
days_ago = 2
time = "08:15"
section = "Bangka"
title = "Santunan [[Rp42 juta = 42e6 IDR rule benefit_amount]] Diserahkan"
relevance = "relevant"
story_type = "claims"
body = '''
Paragraf pertama tentang [[puluhan = 10..100 people]] peserta.

BACA JUGA: Tim Tamu Menang 2-1

===

Paragraf di halaman kedua.
'''
"""


def a_folder(tmp_path: Path, written: str) -> Path:
    (tmp_path / "some.toml").write_text(written, encoding="utf-8")
    return tmp_path


def marks(passage: Passage) -> list[tuple[str, Value]]:
    return [part for part in passage.parts if not isinstance(part, str)]


def test_an_article_is_read_with_its_pages_link_lines_and_figures(tmp_path: Path) -> None:
    (item,) = load_news(a_folder(tmp_path, AN_ARTICLE))
    assert (item.time, item.story, len(item.pages)) == (time(8, 15), item.slug, 2)
    assert marks(item.title) == [("Rp42 juta", Value(Decimal("42e6"), "IDR", "rule", "benefit_amount"))]
    paragraph, link_line = item.pages[0]
    assert isinstance(paragraph, Passage)
    assert marks(paragraph) == [("puluhan", Value((Decimal(10), Decimal(100)), "people"))]
    assert not isinstance(link_line, Passage)
    assert link_line.headline == "Tim Tamu Menang 2-1"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("harianbelantik", "harian-lain", "unknown outlet"),
        ("days_ago = 2", "days_ago = 9", r"not in 0\.\.6"),
        ("days_ago = 2", "days_ago = 0", "future"),
        ("IDR rule", "rupiah rule", "unknown unit"),
        ("IDR rule", "IDR law", "unknown kind"),
        ("42e6 IDR", "banyak IDR", "ConversionSyntax"),
        ("]] peserta", "] peserta", "mark cannot be read"),
        ('relevance = "relevant"', 'relevance = "irrelevant"', "only relevant articles"),
        ("pertama tentang", "pertama {kemarin} tentang", "unknown placeholder"),
        ('story_type = "claims"', 'story_type = "gossip"', "story_type"),
        ("slug = ", "slag = ", "slug"),
        ("santunan-di-kota-contoh", "Santunan di Kota", "lower case"),
    ],
)
def test_a_broken_rule_is_refused_with_its_reason(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    with pytest.raises(NewsError, match=message):
        load_news(a_folder(tmp_path, AN_ARTICLE.replace(right, wrong, 1)))


def test_two_articles_cannot_share_a_slug(tmp_path: Path) -> None:
    with pytest.raises(NewsError, match="share the slug"):
        load_news(a_folder(tmp_path, AN_ARTICLE + AN_ARTICLE))


def test_the_hosts_are_those_the_news_are_written_for() -> None:
    assert {host.id for host in HOSTS} == set(OUTLETS)


def test_the_news_are_many_and_of_every_kind() -> None:
    news = load_news()
    relevant = [item for item in news if item.relevance == "relevant"]
    assert len(news) >= 100
    assert len(relevant) >= 58
    assert sum(item.relevance == "mention" for item in news) >= 4
    assert sum(item.language == "en" for item in news) >= 6
    assert {item.story_type for item in relevant} == STORY_TYPES
    assert {item.sentiment for item in relevant} == {"positive", "neutral", "negative"}
    assert {item.outlet for item in news} == set(OUTLETS)
    assert any(len(item.pages) > 1 for item in relevant)
    assert any(item.amp for item in relevant)


def shared_stories() -> dict[str, list[NewsItem]]:
    """The agency's stories that stand in more than one outlet, with their articles."""
    told: dict[str, list[NewsItem]] = {}
    for item in load_news():
        if item.relevance == "relevant":
            told.setdefault(item.story, []).append(item)
    return {story: items for story, items in told.items() if len(items) > 1}


def word_runs(item: NewsItem, length: int = 5) -> set[tuple[str, ...]]:
    """Every run of consecutive words that an article's paragraphs hold."""
    parts = [
        part for page in item.pages for block in page if isinstance(block, Passage) for part in (*block.parts, " ")
    ]
    words = "".join(part if isinstance(part, str) else part[0] for part in parts).split()
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def common_words(left: NewsItem, right: NewsItem) -> float:
    """The share of the shorter article's runs of words that the other holds too."""
    one, other = word_runs(left), word_runs(right)
    return len(one & other) / min(len(one), len(other))


def test_shared_stories_stand_in_three_or_four_outlets_each() -> None:
    stories = shared_stories()
    assert len(stories) >= 5
    for items in stories.values():
        assert len(items) in (3, 4)
        assert len({item.outlet for item in items}) == len(items)
        assert len({item.pages for item in items}) == len(items)
        assert len({item.title for item in items}) == len(items)


def test_some_shared_stories_are_one_release_lightly_edited_and_others_are_reports_of_their_own() -> None:
    likeness = {
        story: [common_words(left, right) for left, right in combinations(items, 2)]
        for story, items in shared_stories().items()
    }
    releases = {story for story, pairs in likeness.items() if min(pairs) >= 0.4}
    reports = {story for story, pairs in likeness.items() if max(pairs) <= 0.15}
    assert len(releases) >= 3
    assert len(reports) >= 2
    assert releases | reports == likeness.keys()


def test_copies_of_a_release_agree_on_region_and_tone() -> None:
    told: dict[str, set[tuple[str, str, str]]] = {}
    for item in load_news():
        if item.relevance == "relevant":
            told.setdefault(item.story, set()).add((item.region, item.sentiment, item.story_type))
    assert [story for story, ways in told.items() if len(ways) > 1] == []


def test_special_pages_cover_every_way_to_misbehave() -> None:
    assert {page.behaviour for page in load_special_pages()} == {
        "broken",
        "server-error",
        "redirect-loop",
        "too-large",
        "disallowed",
        "tag-page",
    }


SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
ENGLISH_SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
PLAIN = re.compile(r"(?:Rp|USD )?(?P<number>\d[\d.,]*)(?: (?P<scale>[A-Za-z]+))?.*")


def plainly_read(surface: str, language: str) -> Decimal | None:
    """The number in digits that a surface shows, read by the schoolbook; None for one in words."""
    match = PLAIN.fullmatch(surface)
    if match is None:
        return None
    number = match["number"]
    digits = number.replace(",", "") if language == "en" else number.replace(".", "").replace(",", ".")
    scales = ENGLISH_SCALES if language == "en" else SCALES
    return Decimal(digits) * scales.get((match["scale"] or "").lower(), 1)


def test_every_marked_value_is_what_its_digits_say() -> None:
    read = 0
    for item in load_news():
        passages = [item.title, *(block for page in item.pages for block in page if isinstance(block, Passage))]
        for surface, stated in (mark for passage in passages for mark in marks(passage)):
            plain = plainly_read(surface, item.language)
            if plain is not None:
                assert stated.value == plain, f"{item.slug}: {surface}"
                read += 1
    assert read > 200
