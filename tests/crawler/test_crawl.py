"""Whole crawls: the real process against a real server."""

import gzip
import random
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.http import HtmlResponse
from twisted.python.failure import Failure
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import read_articles
from crawler.clock import clock_from
from crawler.events import DoneEvent, Event, PageEvent, SourceEvent, WarcEvent, read_event
from crawler.link import Link
from crawler.outlets.outlet import Source
from crawler.page import Page
from crawler.spiders.news import NewsSpider
from crawler.state import CrawlState
from crawler.urls import canonical_url
from tests.crawler.press import (
    FAST,
    ROOT,
    Answer,
    Asked,
    Press,
    a_job,
    a_press,
    an_outlet,
    crawl,
    no_file_beyond,
    start,
)


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def archived(folder: Path) -> list[tuple[Page, ...]]:
    warcs = sorted((folder / "spool").glob("*.warc.gz"))
    return [article for warc in warcs for article in read_articles(warc)]


def urls(folder: Path) -> list[str]:
    return sorted(canonical_url(pages[0].url) for pages in archived(folder))


def with_feed(press: Press, *paths: str, etag: str | None = None) -> Source:
    press.feed("/rss.xml", [(press.url(path), "Kabar") for path in paths], etag)
    return Source("feed", press.url("/rss.xml"))


def test_feeds_sitemaps_and_listings_lead_to_articles_and_a_second_visit_finds_nothing_new(
    press: Press, tmp_path: Path
) -> None:
    for path in ("/berita/1", "/berita/2", "/berita/3", "/berita/4"):
        press.article(path)
    feed = with_feed(press, "/berita/1", "/berita/1/amp", "/berita/1?utm_source=rss", etag='"1"')
    index = f"<sitemapindex><sitemap><loc>{press.url('/news.xml.gz')}</loc></sitemap></sitemapindex>"
    press.page("/sitemap.xml", index, **{"Content-Type": "application/xml"})
    packed = gzip.compress(f"<urlset><url><loc>{press.url('/berita/2')}</loc></url></urlset>".encode())

    def news(asked: Asked) -> Answer:
        if asked.headers.get("If-Modified-Since"):
            return Answer(status=304)
        kept = {"Content-Type": "application/gzip", "Last-Modified": "Sun, 22 Nov 2026 01:00:00 GMT"}
        return Answer(packed, headers=kept)

    press.routes["/news.xml.gz"] = news
    press.page("/tag/bpjs", '<a href="/berita/3">Tiga</a><a href="/berita/1">Satu</a><a href="/tag/bpjs?page=2">2</a>')
    press.page("/tag/bpjs?page=2", '<a href="/berita/4">Empat</a><a href="/tag/bpjs?page=3">3</a>')
    sources = (feed, Source("sitemap", press.url("/sitemap.xml")), Source("listing", press.url("/tag/bpjs"), 2))
    job = a_job(tmp_path, an_outlet(press, *sources))

    first = crawl(job)
    assert urls(tmp_path) == [press.url(f"/berita/{n}") for n in (1, 2, 3, 4)]
    assert {(event.kind, event.outcome) for event in first.sources} == {
        ("feed", "ok"), ("sitemap", "ok"), ("listing", "ok"),
    }  # fmt: skip
    assert sum(event.found for event in first.sources) == 4
    by_url = {pages[0].url: pages[0] for pages in archived(tmp_path)}
    assert by_url[press.url("/berita/2")].via == press.url("/news.xml.gz")
    assert by_url[press.url("/berita/4")].discovery == "listing"
    assert press.asked["/berita/1/amp"] == press.asked["/tag/bpjs?page=3"] == 0

    second = crawl(job)
    assert second.pages == []
    assert second.warcs == []
    outcomes = {(event.source, event.outcome) for event in second.sources}
    assert (press.url("/rss.xml"), "unchanged") in outcomes
    assert (press.url("/news.xml.gz"), "unchanged") in outcomes
    assert all(event.found == 0 for event in second.sources)
    assert press.asked["/berita/1"] == 1
    done = second.events[-1]
    assert isinstance(done, DoneEvent)
    assert (done.reason, done.sources, done.articles) == ("finished", 4, 0)


def test_a_listing_is_followed_while_it_has_news_and_to_its_depth_the_first_time(press: Press, tmp_path: Path) -> None:
    def a_listing(*numbers: int) -> None:
        for page, n in enumerate(numbers, start=1):
            press.article(f"/berita/{n}")
            path = "/tag/bpjs" if page == 1 else f"/tag/bpjs?page={page}"
            press.page(path, f'<a href="/berita/{n}">Kabar</a><a href="/tag/bpjs?page={page + 1}">{page + 1}</a>')

    a_listing(3, 2, 1)
    outlet = an_outlet(press, with_feed(press, "/berita/3"), Source("listing", press.url("/tag/bpjs"), 3))
    job = a_job(tmp_path, outlet)
    crawl(job)
    assert urls(tmp_path) == [press.url(f"/berita/{n}") for n in (1, 2, 3)]
    crawl(job)
    assert [press.asked[f"/tag/bpjs{page}"] for page in ("", "?page=2", "?page=3")] == [2, 1, 1]
    a_listing(5, 4, 3)
    press.feed("/rss.xml", [(press.url("/berita/5"), "Kabar")])
    crawl(job)
    assert urls(tmp_path) == [press.url(f"/berita/{n}") for n in (1, 2, 3, 4, 5)]
    assert press.asked["/tag/bpjs?page=4"] == 0


def test_other_tools_read_what_was_crawled(press: Press, tmp_path: Path) -> None:
    press.routes["/berita/1"] = lambda asked: Answer(
        gzip.compress(b"<html><body>Klaim naik</body></html>"),
        headers={"Content-Type": "text/html", "Content-Encoding": "gzip"},
    )
    (warc,) = crawl(a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/1")))).warcs
    with warc.open("rb") as file:
        responses = [(r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
                     for r in ArchiveIterator(file, check_digests="raise") if r.rec_type == "response"]  # fmt: skip
    assert responses == [(press.url("/berita/1"), b"<html><body>Klaim naik</body></html>")]


def test_the_crawler_says_who_it_is_and_obeys_robots(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.article("/berita/rahasia/2")
    press.page(
        "/robots.txt",
        "User-agent: PantauTest\nDisallow: /berita/rahasia/\nDisallow: /tag/",
        **{"Content-Type": "text/plain"},
    )
    sources = (with_feed(press, "/berita/1", "/berita/rahasia/2"), Source("listing", press.url("/tag/bpjs")))
    crawled = crawl(a_job(tmp_path, an_outlet(press, *sources)))
    assert urls(tmp_path) == [press.url("/berita/1")]
    assert crawled.page(press.url("/berita/rahasia/2")).reason == "robots"
    assert [(event.outcome, event.reason) for event in crawled.sources if event.kind == "listing"] == [
        ("hard", "robots")
    ]
    assert press.asked["/berita/rahasia/2"] == press.asked["/tag/bpjs"] == 0
    assert press.asked["/robots.txt"] == 1
    assert {asked.headers["User-Agent"] for asked in press.log} == {"PantauTest/1.0"}


def test_a_robots_file_that_fails_allows_nothing_for_now(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.status("/robots.txt", 503)
    job = a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/1")))
    crawled = crawl(job)
    assert {(event.kind, event.outcome, event.reason) for event in crawled.sources} == {
        ("robots", "soft", "http-503"), ("feed", "soft", "http-503"),
    }  # fmt: skip
    assert press.asked["/rss.xml"] == 0
    press.status("/robots.txt", 404)
    crawl(job)
    assert urls(tmp_path) == [press.url("/berita/1")]


def test_a_server_error_is_tried_again_within_the_crawl_and_in_the_next(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    source = with_feed(press, "/berita/1", "/berita/2", etag='"1"')
    press.status("/berita/2", 500)
    job = a_job(tmp_path, an_outlet(press, source))
    failed = crawl(job).page(press.url("/berita/2"))
    assert (failed.outcome, failed.reason) == ("soft", "http-500")
    assert press.asked["/berita/2"] == 3
    press.article("/berita/2")
    again = crawl(job)
    assert [event.outcome for event in again.sources] == ["unchanged"]
    assert again.page(press.url("/berita/2")).outcome == "ok"
    assert urls(tmp_path) == [press.url("/berita/1"), press.url("/berita/2")]


def test_a_crawl_that_adapts_its_pace_to_the_host_gets_everything_too(press: Press, tmp_path: Path) -> None:
    press.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.01", **{"Content-Type": "text/plain"})
    for n in range(4):
        press.article(f"/berita/{n}")
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(4))))
    crawl(a_job(tmp_path, outlet, limits=replace(FAST, autothrottle=True, delay=0.01)))
    assert len(archived(tmp_path)) == 4


def test_a_source_that_failed_is_left_alone_for_a_while(press: Press, tmp_path: Path) -> None:
    press.status("/rss.xml", 404)
    outlet = an_outlet(press, Source("feed", press.url("/rss.xml")))
    job = a_job(tmp_path, outlet, limits=replace(FAST, backoff=600.0))
    (failed,) = crawl(job).sources
    assert (failed.outcome, failed.reason) == ("hard", "http-404")
    assert failed.retry_at is not None
    assert (failed.retry_at - failed.at).total_seconds() == 3600
    later = crawl(job).events
    assert [type(event) for event in later] == [DoneEvent]
    assert isinstance(later[0], DoneEvent)
    assert later[0].sources_waiting == 1
    assert press.asked["/rss.xml"] == 1


BODY = {"Content-Type": "text/html"}


def test_what_cannot_be_had_is_reported_with_its_reason_and_not_asked_again(press: Press, tmp_path: Path) -> None:
    press.page("/", "<p>Beranda</p>")
    press.routes["/berita/besar"] = lambda asked: Answer(b"x" * 60_001, headers=BODY)
    press.routes["/berita/bom"] = lambda asked: Answer(
        gzip.compress(b"x" * 900_000), headers={**BODY, "Content-Encoding": "gzip"}
    )
    press.status("/berita/putar", 302, Location="/berita/putar")
    press.status("/berita/pulang", 302, Location="/")
    press.status("/berita/awan", 302, Location="http://169.254.169.254/latest/meta-data/")
    press.status("/berita/dalam", 301, Location="http://[::ffff:10.0.0.1]/berita")
    press.status("/berita/berkas", 302, Location="file:///etc/passwd")
    press.status("/berita/pindah", 301, Location=press.url("/berita/baru", "lain.localhost"))
    press.article("/berita/baru")
    press.status("/berita/tantangan", 403, **{"cf-mitigated": "challenge"})
    press.routes["/berita/pdf"] = lambda asked: Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    reasons = {
        "besar": "too-large", "bom": "too-large", "putar": "redirect-loop", "pulang": "not-article",
        "awan": "private-address", "dalam": "private-address", "berkas": "http-302", "tantangan": "challenge",
        "pdf": "not-html", "pindah": "off-site", "hilang": "http-404",
    }  # fmt: skip
    source = with_feed(press, *(f"/berita/{name}" for name in reasons))
    job = a_job(tmp_path, an_outlet(press, source), limits=replace(FAST, page_bytes=60_000))
    crawled = crawl(job)
    assert {event.url.rpartition("/")[2]: event.reason for event in crawled.pages} == reasons
    assert {event.outcome for event in crawled.pages} == {"hard"}
    assert archived(tmp_path) == []
    before = dict(press.asked)
    assert crawl(job).pages == []
    assert [path for path in press.asked if path.startswith("/berita") and press.asked[path] != before[path]] == []


def test_what_the_network_does_goes_by_its_name(press: Press, tmp_path: Path) -> None:
    released = threading.Event()

    def stuck(asked: Asked) -> Answer:
        released.wait(60)
        return Answer(b"<p>terlambat", headers=BODY)

    press.routes["/berita/lambat"] = stuck
    promised = {**BODY, "Content-Length": "1000"}
    press.routes["/berita/putus"] = lambda asked: Answer(b"<p>isi", headers=promised, cut=True)
    with a_press() as secure, a_press() as gone:
        secure.server.socket = a_tls_context(tmp_path).wrap_socket(secure.server.socket, server_side=True)
        tls = f"https://aman.localhost:{secure.port}/rss"
        refused = f"http://aman.localhost:{gone.port}/rss"
        gone.server.socket.close()
        feed = with_feed(press, "/berita/lambat", "/berita/putus")
        unknown = Source("feed", "http://tidak-ada.invalid/rss")
        outlet = an_outlet(press, feed, Source("feed", tls), Source("feed", refused), unknown)
        crawled = crawl(a_job(tmp_path, outlet, limits=replace(FAST, timeout=1.0, retries=0)))
    released.set()
    assert {event.source: (event.outcome, event.reason) for event in crawled.sources if event.kind == "feed"} == {
        feed.url: ("ok", ""), tls: ("hard", "tls"), refused: ("soft", "refused"), unknown.url: ("soft", "dns"),
    }  # fmt: skip
    assert {event.url.rpartition("/")[2]: (event.outcome, event.reason) for event in crawled.pages} == {
        "lambat": ("soft", "timeout"), "putus": ("soft", "truncated"),
    }  # fmt: skip


def a_tls_context(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "aman.localhost")])
    now = datetime.now(UTC)
    day = timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
    certificate = builder.sign(key, hashes.SHA256())
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_sources_that_are_not_what_they_should_be_are_named(press: Press, tmp_path: Path) -> None:
    press.page("/rss", "<html><body>Situs dalam perbaikan</body></html>")
    press.page("/map", "<html><body/></html>")
    press.page("/tag", "<p>Belum ada berita</p>")
    press.page("/json", "{}", **{"Content-Type": "application/json"})
    sources = [("feed", "/rss"), ("sitemap", "/map"), ("listing", "/tag"), ("listing", "/json")]
    outlet = an_outlet(press, *(Source(kind, press.url(path)) for kind, path in sources))  # type: ignore[arg-type]
    told = {
        event.source.rpartition("/")[2]: (event.outcome, event.reason)
        for event in crawl(a_job(tmp_path, outlet)).sources
    }
    assert told == {
        "rss": ("hard", "bad-feed"), "map": ("hard", "bad-sitemap"),
        "tag": ("soft", "no-links"), "json": ("hard", "not-html"),
    }  # fmt: skip


def test_this_machine_is_out_of_reach_unless_the_job_allows_it(press: Press, tmp_path: Path) -> None:
    sources = [Source("feed", f"http://{host}:{press.port}/rss") for host in ("kabar.localhost", "127.0.0.1", "[::1]")]
    job = a_job(tmp_path, an_outlet(press, *sources), allow_loopback=False)
    crawled = crawl(job)
    feeds = [event for event in crawled.sources if event.kind == "feed"]
    assert [(event.outcome, event.reason) for event in feeds] == [("hard", "private-address")] * 3
    assert press.log == []


def test_an_unreachable_host_is_a_soft_failure_and_stops_nobody_else(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    with a_press() as gone:
        port = gone.port
    dead = replace(
        an_outlet(press, Source("feed", f"http://mati.localhost:{port}/rss")),
        id="mati",
        home=f"http://mati.localhost:{port}/",
    )
    crawled = crawl(a_job(tmp_path, dead, an_outlet(press, with_feed(press, "/berita/1"))))
    feeds = {event.outlet: (event.outcome, event.reason) for event in crawled.sources if event.kind == "feed"}
    assert feeds == {"mati": ("soft", "refused"), "kabar": ("ok", "")}
    assert urls(tmp_path) == [press.url("/berita/1")]


def test_the_pages_of_an_article_lie_together_in_order(press: Press, tmp_path: Path) -> None:
    pager = '<div class="paging"><a href="/berita/panjang-sekali-ini-ceritanya?page=2">2</a></div>'
    following = '<div class="paging"><a href="/berita/panjang-sekali-ini-ceritanya?page=3">3</a></div>'
    press.article("/berita/panjang-sekali-ini-ceritanya", more=pager)
    press.article("/berita/panjang-sekali-ini-ceritanya?page=2", more=following)
    press.article("/berita/panjang-sekali-ini-ceritanya?page=3")
    press.article("/berita/2")
    crawled = crawl(
        a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/panjang-sekali-ini-ceritanya", "/berita/2")))
    )
    (long,) = [pages for pages in archived(tmp_path) if len(pages) > 1]
    path = "/berita/panjang-sekali-ini-ceritanya"
    assert [(page.number, page.url) for page in long] == [
        (1, press.url(path)), (2, press.url(f"{path}?page=2")), (3, press.url(f"{path}?page=3")),
    ]  # fmt: skip
    assert crawled.page(press.url(path)).pages == 3


def test_an_article_whose_second_page_fails_for_now_waits_as_a_whole(press: Press, tmp_path: Path) -> None:
    path = "/berita/dua-bagian-cerita-panjang"
    press.article(path, more=f'<div class="paging"><a href="{path}?page=2">2</a></div>')
    press.status(f"{path}?page=2", 503)
    job = a_job(tmp_path, an_outlet(press, with_feed(press, path, etag='"1"')))
    failed = crawl(job).page(press.url(path))
    assert (failed.outcome, failed.reason) == ("soft", "http-503")
    assert archived(tmp_path) == []
    press.article(f"{path}?page=2")
    crawl(job)
    assert [len(pages) for pages in archived(tmp_path)] == [2]


def test_an_outlet_that_shows_whole_articles_is_asked_for_those(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1?page=all")
    crawl(a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/1"), full_article="?page=all")))
    assert [pages[0].url for pages in archived(tmp_path)] == [press.url("/berita/1?page=all")]
    assert press.asked["/berita/1"] == 0


def test_an_article_that_is_not_shown_as_a_whole_is_taken_as_it_is(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    crawled = crawl(a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/1", "/berita/2"), full_article="/all")))
    assert urls(tmp_path) == [press.url("/berita/1")]
    assert press.asked["/berita/1/all"] == 1
    assert crawled.page(press.url("/berita/2")).reason == "http-404"


def test_links_that_lead_to_one_article_are_archived_once(press: Press, tmp_path: Path) -> None:
    press.article("/berita/asli")
    press.status("/berita/p1", 301, Location="/berita/asli")
    press.status("/berita/p2", 301, Location="/berita/asli")
    job = a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/p1", "/berita/asli", "/berita/p2")))
    for _ in range(2):
        crawl(job)
    assert len(archived(tmp_path)) == 1
    visits = press.asked["/berita/p1"] + press.asked["/berita/p2"]
    crawl(job)
    assert press.asked["/berita/p1"] + press.asked["/berita/p2"] == visits


def test_articles_of_the_first_words_come_first_and_the_budget_leaves_the_rest_for_later(
    press: Press, tmp_path: Path
) -> None:
    for n in range(6):
        press.article(f"/berita/{n}")
    press.feed(
        "/rss.xml", [(press.url(f"/berita/{n}"), "Klaim BPJS" if n in (3, 5) else "Bola") for n in range(6)], '"1"'
    )
    limits = replace(FAST, articles_per_outlet=3, per_host=1)
    job = a_job(tmp_path, an_outlet(press, Source("feed", press.url("/rss.xml"))), limits=limits)
    first = [event.url.rpartition("/")[2] for event in crawl(job).pages]
    assert set(first[:2]) == {"3", "5"}
    assert len(first) == 3
    second = [event.url.rpartition("/")[2] for event in crawl(job).pages]
    assert sorted(first + second) == ["0", "1", "2", "3", "4", "5"]


def test_an_article_belongs_to_the_outlet_at_whose_host_it_lives(press: Press, tmp_path: Path) -> None:
    for path in ("/berita/1", "/berita/2", "/berita/3"):
        press.article(path)
    links = [
        press.url("/berita/1", "pusat.localhost"),
        press.url("/berita/2", "palu.pusat.localhost"),
        press.url("/berita/3", "lain.localhost"),
    ]
    press.feed("/rss.xml", [(link, "Kabar") for link in links])
    parent = an_outlet(press, Source("feed", press.url("/rss.xml", "pusat.localhost")), host="pusat.localhost")
    child = an_outlet(
        press, Source("feed", press.url("/kosong.xml", "palu.pusat.localhost")), host="palu.pusat.localhost"
    )
    crawl(a_job(tmp_path, parent, child))
    assert {pages[0].url.rpartition("/")[2]: pages[0].outlet for pages in archived(tmp_path)} == {
        "1": "pusat",
        "2": "palu",
    }


def test_archives_are_rotated_by_count(press: Press, tmp_path: Path) -> None:
    for n in range(5):
        press.article(f"/berita/{n}")
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(5))))
    assert len(crawl(a_job(tmp_path, outlet, limits=replace(FAST, warc_articles=2))).warcs) == 3
    assert len(archived(tmp_path)) == 5


def test_a_crawl_ends_at_its_bound_and_the_next_goes_on(press: Press, tmp_path: Path) -> None:
    for n in range(12):
        press.article(f"/berita/{n}")
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(12)), etag='"1"'))
    job = a_job(tmp_path, outlet, limits=replace(FAST, articles=3, concurrent=1))
    done = crawl(job).events[-1]
    assert isinstance(done, DoneEvent)
    assert done.reason == "closespider_itemcount"
    assert 3 <= done.articles < 12
    crawl(replace(job, limits=FAST))
    assert urls(tmp_path) == sorted(press.url(f"/berita/{n}") for n in range(12))


def test_killed_in_the_middle_the_next_crawl_has_every_article_exactly_once(press: Press, tmp_path: Path) -> None:
    reached, released = threading.Event(), threading.Event()
    for n in range(10):
        press.article(f"/berita/{n}")
    served = press.routes["/berita/6"]

    def stuck(asked: Asked) -> Answer:
        reached.set()
        released.wait(60)
        return served(asked)

    press.routes["/berita/6"] = stuck
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(10)), etag='"1"'))
    job = a_job(tmp_path, outlet, limits=replace(FAST, warc_articles=2, per_host=1, timeout=60.0))
    process = start(job)
    assert reached.wait(60)
    process.kill()
    released.set()
    press.routes["/berita/6"] = served
    crawled = crawl(job)
    assert [event.outcome for event in crawled.sources] == ["unchanged"]
    assert urls(tmp_path) == sorted(press.url(f"/berita/{n}") for n in range(10))
    assert list((tmp_path / "spool").glob("*.part")) == []


def test_killed_in_the_middle_of_a_listing_the_next_crawl_goes_on_where_it_stopped(
    press: Press, tmp_path: Path
) -> None:
    reached, released = threading.Event(), threading.Event()
    for n in range(1, 5):
        press.article(f"/berita/{n}")
        path = "/tag/bpjs" if n == 1 else f"/tag/bpjs?page={n}"
        press.page(path, f'<a href="/berita/{n}">Kabar</a><a href="/tag/bpjs?page={n + 1}">{n + 1}</a>')
    served = press.routes["/tag/bpjs?page=3"]

    def stuck(asked: Asked) -> Answer:
        reached.set()
        released.wait(60)
        return served(asked)

    press.routes["/tag/bpjs?page=3"] = stuck
    outlet = an_outlet(press, Source("listing", press.url("/tag/bpjs"), 4))
    job = a_job(tmp_path, outlet, limits=replace(FAST, timeout=60.0))
    process = start(job)
    assert reached.wait(60)
    process.kill()
    released.set()
    press.routes["/tag/bpjs?page=3"] = served
    crawl(job)
    assert urls(tmp_path) == [press.url(f"/berita/{n}") for n in (1, 2, 3, 4)]


def test_killed_in_a_listing_that_moves_on_the_next_crawl_finds_what_was_not_read(press: Press, tmp_path: Path) -> None:
    def a_listing(*numbers: int) -> None:
        for page, n in enumerate(numbers, start=1):
            press.article(f"/berita/{n}")
            path = "/tag/bpjs" if page == 1 else f"/tag/bpjs?page={page}"
            press.page(path, f'<a href="/berita/{n}">Kabar</a><a href="/tag/bpjs?page={page + 1}">{page + 1}</a>')

    outlet = an_outlet(press, Source("listing", press.url("/tag/bpjs"), 8))
    job = a_job(tmp_path, outlet, limits=replace(FAST, timeout=60.0))
    a_listing(6, 5, 4, 3, 2, 1)
    crawl(job)
    a_listing(12, 11, 10, 9, 8, 7, 6, 5)
    reached, released = threading.Event(), threading.Event()

    def stuck(asked: Asked) -> Answer:
        reached.set()
        released.wait(60)
        return Answer(status=404)

    press.routes["/tag/bpjs?page=3"] = stuck
    process = start(job)
    assert reached.wait(60)
    process.kill()
    released.set()
    a_listing(14, 13, 12, 11, 10, 9, 8, 7)
    crawl(job)
    assert urls(tmp_path) == sorted(press.url(f"/berita/{n}") for n in range(1, 15))


@pytest.mark.crash
@pytest.mark.parametrize("lines", [1, 3, 4, 7, 12])
def test_killed_after_any_event_the_next_crawl_has_every_article_exactly_once(
    press: Press, tmp_path: Path, lines: int
) -> None:
    for n in range(8):
        press.article(f"/berita/{n}")
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(8)), etag='"1"'))
    job = a_job(tmp_path, outlet, limits=replace(FAST, warc_articles=1))
    process = start(job)
    for _ in range(lines):
        process.line()
    process.kill()
    crawl(job)
    assert urls(tmp_path) == sorted(press.url(f"/berita/{n}") for n in range(8))


def test_a_full_disk_ends_the_crawl_and_loses_nothing(press: Press, tmp_path: Path) -> None:
    for n in range(9):
        press.page(f"/berita/{n}", f"<p>{random.Random(n).randbytes(60_000).hex()}</p>")
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(9)), etag='"1"'))
    job = a_job(tmp_path, outlet, limits=replace(FAST, per_host=1))
    status, out, errors = start(job, partial(no_file_beyond, 400_000)).end()
    done = read_event(out.splitlines()[-1])
    assert status == 5
    assert isinstance(done, DoneEvent)
    assert done.reason == "archive-failed"
    assert f"cannot write {job.spool}, the crawl ends" in errors
    assert "Traceback" not in errors
    crawl(job)
    assert urls(tmp_path) == sorted(press.url(f"/berita/{n}") for n in range(9))


def test_a_crawl_goes_on_when_nobody_reads_its_events(press: Press, tmp_path: Path) -> None:
    for n in range(9):
        press.article(f"/berita/{n}")
    process = start(a_job(tmp_path, an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(9))))))
    process.line()
    process.turn_away()
    status, _, errors = process.end()
    assert status == 0
    assert "Traceback" not in errors
    assert len(archived(tmp_path)) == 9


def test_a_callback_that_raises_is_an_event_and_the_article_is_tried_again(tmp_path: Path) -> None:
    job, told = a_job(tmp_path), list[Event]()
    with closing(CrawlState(job.state)) as state:
        spider = NewsSpider(job, state, told.append, lambda html, url: [], clock_from(None))
        link = Link("https://x.id/berita/1", "x", "feed", "https://x.id/rss")
        response = HtmlResponse(link.url, request=Request(link.url, cb_kwargs={"link": link}))
        failure = Failure(RuntimeError("tak terduga"))  # type: ignore[no-untyped-call]
        spider.callback_failed(failure, response)
    (event,) = told
    assert isinstance(event, PageEvent)
    assert (event.outcome, event.reason, event.detail) == ("soft", "crashed", "RuntimeError: tak terduga")


def test_an_article_whose_second_page_keeps_failing_is_taken_without_it(press: Press, tmp_path: Path) -> None:
    path = "/berita/dua-bagian-cerita-panjang"
    press.article(path, more=f'<div class="paging"><a href="{path}?page=2">2</a></div>')
    press.status(f"{path}?page=2", 503)
    job = a_job(tmp_path, an_outlet(press, with_feed(press, path, etag='"1"')))
    found = []
    for _ in range(4):
        crawl(job)
        found.append(len(archived(tmp_path)))
    assert found == [0, 0, 0, 1]


def test_two_crawls_never_share_a_state(press: Press, tmp_path: Path) -> None:
    reached, released = threading.Event(), threading.Event()

    def stuck(asked: Asked) -> Answer:
        reached.set()
        released.wait(60)
        return Answer(status=404)

    press.routes["/rss.xml"] = stuck
    job = a_job(tmp_path, an_outlet(press, Source("feed", press.url("/rss.xml"))), limits=replace(FAST, timeout=60.0))
    first = start(job)
    assert reached.wait(60)
    second = start(job)
    status, out, errors = second.end()
    assert (status, out) == (3, "")
    assert "another crawl is running" in errors
    released.set()
    assert first.end()[0] == 0


def test_terminated_politely_the_crawl_finishes_its_archive(press: Press, tmp_path: Path) -> None:
    reached, released = threading.Event(), threading.Event()
    press.article("/berita/1")
    press.article("/berita/2")
    served = press.routes["/berita/2"]

    def stuck(asked: Asked) -> Answer:
        reached.set()
        released.wait(60)
        return served(asked)

    press.routes["/berita/2"] = stuck
    job = a_job(
        tmp_path, an_outlet(press, with_feed(press, "/berita/1", "/berita/2")), limits=replace(FAST, timeout=60.0)
    )
    process = start(job)
    assert reached.wait(60)
    lines: list[str] = []
    while not any('"page"' in line for line in lines):
        lines.append(process.line())
    process.terminate()
    released.set()
    _, out, _ = process.end()
    assert '"event": "warc"' in out
    assert '"reason": "shutdown"' in out
    assert press.url("/berita/1") in urls(tmp_path)


def test_the_command_reads_a_job_from_stdin_and_prints_events(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    job = a_job(tmp_path, an_outlet(press, with_feed(press, "/berita/1")))
    process = subprocess.run(
        [sys.executable, "-W", "error", "-m", "crawler"],
        cwd=ROOT,
        input=job.to_json(),
        capture_output=True,
        text=True,
        check=True,
    )
    kinds = [type(read_event(line)) for line in process.stdout.splitlines()]
    assert kinds == [SourceEvent, PageEvent, WarcEvent, DoneEvent]
    assert process.stderr == ""


@pytest.mark.parametrize(("job", "word"), [("", "no JSON"), ('{"outlets": [], "spool": "x"}', "state")])
def test_a_job_that_cannot_be_read_ends_with_a_message(job: str, word: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "crawler"], cwd=ROOT, input=job, capture_output=True, text=True, check=False
    )
    assert process.returncode == 2
    assert process.stdout == ""
    assert word in process.stderr
    assert "Traceback" not in process.stderr


def test_using_the_package_loads_neither_scrapy_nor_nlp() -> None:
    modules = ("urls", "page", "link", "archive", "job", "events", "state", "outlets.outlet")
    imports = "".join(f"import crawler.{module}\n" for module in modules)
    heavy = ("scrapy", "twisted", "nlp", "spacy")
    code = f"import sys\n{imports}print([name for name in {heavy} if name in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "[]"


def test_a_host_never_has_more_requests_at_a_time_than_allowed(press: Press, tmp_path: Path) -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    both = threading.Barrier(2, timeout=60)

    def served(asked: Asked) -> Answer:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        both.wait()
        with lock:
            under_way -= 1
        return Answer(b"<p>isi", headers=BODY)

    for n in range(10):
        press.routes[f"/berita/{n}"] = served
    outlet = an_outlet(press, with_feed(press, *(f"/berita/{n}" for n in range(10))))
    crawled = crawl(a_job(tmp_path, outlet, limits=replace(FAST, per_host=2, timeout=60.0)))
    assert len(crawled.pages) == 10
    assert most == 2


def test_every_source_event_names_its_outlet(press: Press, tmp_path: Path) -> None:
    press.status("/robots.txt", 500)
    crawled = crawl(a_job(tmp_path, an_outlet(press, with_feed(press))))
    assert {event.outlet for event in crawled.events if isinstance(event, SourceEvent)} == {"kabar"}
