"""Every article of the sample newsroom, word for word; its listings are none."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from crawler.extract import extract
from crawler.page import Extraction, Page
from demo.manifest import ExpectedArticle, manifest
from demo.newsroom import HOSTS, Newsroom
from demo.pages import Resource, resources

ANCHOR = date(2026, 11, 22)
FETCHED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NEWSROOM = Newsroom(ANCHOR)
EXPECTED = manifest(NEWSROOM)
ZONES = {host.id: host.timezone.key for host in HOSTS}


@pytest.fixture(scope="module")
def site() -> dict[str, Resource]:
    return resources(NEWSROOM)


@pytest.fixture(scope="module")
def readings(site: dict[str, Resource]) -> list[tuple[ExpectedArticle, Extraction]]:
    articles = {article.url: article for article in NEWSROOM.articles}
    return [(expected, read(site, articles[expected.url].page_urls, expected.outlet)) for expected in EXPECTED.articles]


def read(site: dict[str, Resource], urls: tuple[str, ...], outlet: str) -> Extraction:
    pages = [
        Page(url, FETCHED, 200, {"content-type": site[url].content_type}, site[url].render(), outlet, number=number)
        for number, url in enumerate(urls, start=1)
    ]
    return extract(pages, timezone=ZONES[outlet])


def paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_every_text_is_the_written_one(readings: list[tuple[ExpectedArticle, Extraction]]) -> None:
    for expected, found in readings:
        written, shown = paragraphs(expected.text), paragraphs(found.text)
        opening = shown[0].removesuffix(written[0])
        assert len(opening) < 60, expected.url  # a dateline
        assert [shown[0].removeprefix(opening), *shown[1:]] == written, expected.url


def test_every_title_time_and_language_is_the_written_one(readings: list[tuple[ExpectedArticle, Extraction]]) -> None:
    for expected, found in readings:
        assert " ".join(found.title.split()) == " ".join(expected.title.split())
        assert found.published == expected.published, expected.url
        assert found.language == expected.language, expected.url


def test_every_article_is_one_and_has_no_page_left_to_fetch(
    readings: list[tuple[ExpectedArticle, Extraction]],
) -> None:
    assert [expected.url for expected, found in readings if not found.is_article or found.next_pages] == []


def test_no_lead_of_another_article_stands_in_a_text(readings: list[tuple[ExpectedArticle, Extraction]]) -> None:
    leads = {expected.text.partition("\n")[0]: expected.url for expected, _ in readings}
    for expected, found in readings:
        foreign = [url for lead, url in leads.items() if lead in found.text and url != expected.url]
        assert foreign == [], expected.url


def listings(site: dict[str, Resource]) -> Iterator[str]:
    for host in HOSTS:
        pages = len(NEWSROOM.listing_pages(host))
        yield from (NEWSROOM.listing_url(host, number) for number in range(1, pages + 1))
        yield f"{NEWSROOM.base(host)}/"
    yield from (url for url in site if "/tag/" in url or "/kanal/" in url or "/category/" in url)


def test_no_listing_is_an_article(site: dict[str, Resource]) -> None:
    for url in dict.fromkeys(listings(site)):
        assert not read(site, (url,), "sagara").is_article, url


def test_the_light_and_the_printed_twin_say_the_same(site: dict[str, Resource]) -> None:
    for article in NEWSROOM.articles:
        for twin in (article.amp_url, NEWSROOM.print_url(article)):
            if twin is not None:
                assert read(site, (twin,), article.host.id).text.split() == article.text.split(), twin
