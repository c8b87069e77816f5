"""One article is one article, whatever addresses it has."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import read_articles
from crawler.outlets.outlet import Source
from crawler.page import Page
from crawler.urls import article_id, canonical_url
from tests.crawler.press import FAST, Crawled, Press, a_job, a_press, an_outlet, crawl

SLUG = "/berita/iuran-nelayan-teluk-biru-naik"


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def stored(folder: Path) -> list[tuple[Page, ...]]:
    return [article for warc in (folder / "spool").glob("*.warc.gz") for article in read_articles(warc)]


def crawl_links(press: Press, folder: Path, *urls: str, feed: str = "/rss.xml") -> Crawled:
    press.feed(feed, [(url, "Kabar") for url in urls])
    outlet = an_outlet(press, Source("feed", press.url(feed)))
    return crawl(a_job(folder, outlet, limits=replace(FAST, per_host=1)))


def a_page(press: Press, path: str, canonical: str, *, amp: bool = False) -> None:
    press.page(
        path,
        f"<html{' amp' if amp else ''}><head><link rel='canonical' href='{canonical}'></head>"
        "<body><h1>Iuran naik</h1><p>BPJS menaikkan iuran.</p></body></html>",
    )


@pytest.mark.parametrize(
    "twin",
    [
        f"{SLUG}/",
        f"{SLUG}?page=2",
        f"{SLUG}/2",
        f"{SLUG}?utm_medium=rss&fbclid=x",
        f"{SLUG}/amp",
        f"/amp{SLUG}",
        f"{SLUG}?amp=1",
    ],
)
def test_the_addresses_of_one_article_are_fetched_once(press: Press, tmp_path: Path, twin: str) -> None:
    press.article(SLUG)
    crawl_links(press, tmp_path, press.url(SLUG), press.url(twin))
    crawl_links(press, tmp_path, press.url(twin), feed="/lain.xml")
    assert [pages[0].url for pages in stored(tmp_path)] == [press.url(SLUG)]
    assert sum(asked.path.startswith(("/berita", "/amp")) for asked in press.log) == 1


@pytest.mark.parametrize("host", ["www.kabar.localhost", "m.kabar.localhost", "amp.kabar.localhost", "KABAR.localhost"])
def test_the_hosts_of_one_outlet_are_one(press: Press, tmp_path: Path, host: str) -> None:
    press.article(SLUG)
    crawl_links(press, tmp_path, press.url(SLUG), press.url(SLUG, host))
    assert len(stored(tmp_path)) == 1
    assert press.asked[SLUG] == 1


def test_an_amp_page_leads_to_the_page_it_is_a_twin_of(press: Press, tmp_path: Path) -> None:
    a_page(press, "/read/99/amp", press.url(SLUG), amp=True)
    a_page(press, SLUG, press.url(SLUG))
    link = press.url("/read/99/amp")
    crawl_links(press, tmp_path, link)
    ((page,),) = stored(tmp_path)
    assert (page.url, page.article) == (press.url(SLUG), article_id(canonical_url(press.url(SLUG))))
    crawl_links(press, tmp_path, press.url(SLUG), link, feed="/lain.xml")
    assert [press.asked[path] for path in ("/read/99/amp", SLUG)] == [1, 1]


def test_an_amp_page_without_its_twin_is_taken_itself(press: Press, tmp_path: Path) -> None:
    a_page(press, "/read/99/amp", press.url(SLUG), amp=True)
    crawl_links(press, tmp_path, press.url("/read/99/amp"))
    ((page,),) = stored(tmp_path)
    assert (page.url, page.article) == (press.url("/read/99/amp"), article_id(canonical_url(press.url(SLUG))))


def test_an_amp_page_that_is_its_own_twin_is_fetched_once(press: Press, tmp_path: Path) -> None:
    a_page(press, SLUG, press.url(SLUG), amp=True)
    crawl_links(press, tmp_path, press.url(SLUG))
    assert len(stored(tmp_path)) == press.asked[SLUG] == 1


def test_a_page_that_says_it_is_a_known_article_is_a_duplicate(press: Press, tmp_path: Path) -> None:
    a_page(press, SLUG, press.url(SLUG))
    a_page(press, "/berita/4711/salinan", press.url(SLUG))
    crawl_links(press, tmp_path, press.url(SLUG))
    (told,) = crawl_links(press, tmp_path, press.url("/berita/4711/salinan"), feed="/lain.xml").pages
    assert (told.outcome, told.reason) == ("unchanged", "duplicate")
    crawl_links(press, tmp_path, press.url("/berita/4711/salinan"), feed="/ketiga.xml")
    assert press.asked["/berita/4711/salinan"] == 1
    assert len(stored(tmp_path)) == 1


def test_two_copies_in_one_crawl_are_one_article(press: Press, tmp_path: Path) -> None:
    copies = [f"/berita/{n}/salinan" for n in range(3)]
    for copy in copies:
        a_page(press, copy, press.url(SLUG))
    crawl_links(press, tmp_path, *(press.url(copy) for copy in copies))
    assert len(stored(tmp_path)) == 1
    crawl_links(press, tmp_path, *(press.url(copy) for copy in copies), feed="/lain.xml")
    assert len(stored(tmp_path)) == 1


def test_pages_that_all_claim_to_be_the_front_page_stay_themselves(press: Press, tmp_path: Path) -> None:
    for n in range(3):
        a_page(press, f"/berita/{n}/kabar", press.url("/"))
    crawl_links(press, tmp_path, *(press.url(f"/berita/{n}/kabar") for n in range(3)))
    assert len(stored(tmp_path)) == 3


def test_an_article_named_by_its_second_page_is_had_whole(press: Press, tmp_path: Path) -> None:
    press.article(SLUG, more=f'<div class="paging"><a href="{SLUG}?page=2">2</a></div>')
    press.article(f"{SLUG}?page=2")
    crawl_links(press, tmp_path, press.url(f"{SLUG}?page=2"))
    (pages,) = stored(tmp_path)
    assert [page.url for page in pages] == [press.url(SLUG), press.url(f"{SLUG}?page=2")]


def test_an_address_that_only_looks_like_a_second_page_is_fetched_as_it_is(press: Press, tmp_path: Path) -> None:
    press.article("/berita/halaman-muka-edisi-hari/7")
    crawl_links(press, tmp_path, press.url("/berita/halaman-muka-edisi-hari/7"))
    ((page,),) = stored(tmp_path)
    assert page.url == press.url("/berita/halaman-muka-edisi-hari/7")
