from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.newsroom import Article, Newsroom, outlets_toml, published_utc, sentence_at
from tests.demo.conftest import ANCHOR


def field_of(article: Article, name: str) -> str:
    return article.title if name == "title" else article.text


def test_every_figure_stands_at_its_offsets_and_in_its_sentence(newsroom: Newsroom) -> None:
    figures = [(article, figure) for article in newsroom.articles for figure in article.figures]
    assert len(figures) > 250
    for article, figure in figures:
        field = field_of(article, figure.field)
        assert field[figure.start : figure.end] == figure.surface
        assert figure.surface in figure.sentence
        assert figure.sentence in field
        assert "\n" not in figure.sentence


def test_every_relevant_article_with_a_figure_in_its_title_tells_it(newsroom: Newsroom) -> None:
    for article in newsroom.articles:
        if article.item.relevance == "relevant" and "Rp" in article.title:
            assert any(figure.field == "title" for figure in article.figures), article.title


def test_relevant_articles_are_as_long_as_press_reports(newsroom: Newsroom) -> None:
    words = {
        article.item.slug: len(article.text.split())
        for article in newsroom.articles
        if article.item.relevance == "relevant"
    }
    assert {slug: count for slug, count in words.items() if not 150 <= count <= 400} == {}


def test_nothing_is_older_than_a_week_or_later_than_one_in_the_morning_of_the_anchor_day(newsroom: Newsroom) -> None:
    latest = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    for article in newsroom.articles:
        assert latest - timedelta(days=7) < published_utc(article) <= latest


def test_every_article_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    addresses = [url for article in newsroom.articles for url in (*article.page_urls, article.amp_url) if url]
    assert len(set(addresses)) == len(addresses)


def test_link_lines_are_no_part_of_the_text(newsroom: Newsroom) -> None:
    for article in newsroom.articles:
        for block in (block for page in article.pages for block in page):
            if not isinstance(block, str):
                assert block.headline not in article.text


def test_local_times_are_told_in_the_outlet_s_zone() -> None:
    newsroom = Newsroom(date(2026, 3, 2))
    article = next(article for article in newsroom.articles if article.item.slug == "cakupan-jamsostek-kota-palu-turun")
    assert published_utc(article) == datetime(2026, 2, 28, 1, 5, tzinfo=UTC)
    assert article.title.startswith("Per Januari 2026, Cakupan")
    assert "Jumat (27/2/2026)" in article.text


def test_january_looks_back_to_december_of_the_year_before() -> None:
    newsroom = Newsroom(date(2027, 1, 20))
    article = next(article for article in newsroom.articles if article.item.slug == "cakupan-jamsostek-kota-palu-turun")
    assert article.title.startswith("Per Desember 2026, ")


@pytest.mark.parametrize("marker", ["Pertama", "10,97 persen", "Kedua"])
def test_a_sentence_ends_at_a_stop_before_a_capital_and_not_at_a_decimal(marker: str) -> None:
    sentences = ["Pertama naik Rp1.500.000 sebulan.", '"Turun 10,97 persen," kata dia.', "Kedua tetap!"]
    paragraph = " ".join(sentences)
    assert sentence_at(paragraph, paragraph.index(marker)) == next(s for s in sentences if marker in s)


@pytest.mark.parametrize(("opening", "closing"), ['""', "“”"])
def test_a_quotation_of_two_sentences_stays_whole_with_its_speaker(opening: str, closing: str) -> None:
    quotation = f"{opening}Sudah 212 orang. Bisa bertambah,{closing} kata Bayu."
    paragraph = f"Polisi mendata korban. {quotation} Ia menunggu."
    assert sentence_at(paragraph, paragraph.index("212")) == quotation
    assert sentence_at(paragraph, paragraph.index("mendata")) == "Polisi mendata korban."
    assert sentence_at(paragraph, paragraph.index("menunggu")) == "Ia menunggu."


def test_outlet_blocks_follow_the_port() -> None:
    assert ":8401/" in outlets_toml()
    assert ":9000/" in outlets_toml(9000)
    assert ":8401" not in outlets_toml(9000)
