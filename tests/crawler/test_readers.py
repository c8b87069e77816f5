"""Feeds, sitemaps and listings as they come."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import HtmlResponse

from crawler.spiders.document import Document, DocumentError
from crawler.spiders.feed import read_feed
from crawler.spiders.listing import read_listing
from crawler.spiders.sitemap import read_sitemap

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
URL = "https://x.id/sumber"


def feed(body: str | bytes, limit: int = 10) -> Document:
    return read_feed(body.encode() if isinstance(body, str) else body, URL, "application/xml", limit)


def sitemap(body: str | bytes, limit: int = 10, children: int = 2) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    return read_sitemap(raw, URL, limit, children, NOW - timedelta(days=7), 1_000_000)


def listing(body: str, article: str | None = None, number: int = 1) -> Document:
    return read_listing(HtmlResponse(URL, body=body.encode(), encoding="utf-8"), article, number, 10)


def urls(document: Document) -> list[str]:
    return [entry.url for entry in document.entries]


def test_rss_and_atom_name_articles_with_their_words() -> None:
    item = "<item><title>Klaim &amp; JHT</title><link>/a</link><description>BPJS</description></item>"
    (entry,) = feed(f"<rss version='2.0'><channel>{item}</channel></rss>").entries
    assert (entry.url, entry.words) == ("https://x.id/a", "Klaim & JHT BPJS")
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><link href='https://x.id/b'/></entry></feed>"
    )
    assert urls(feed(atom)) == ["https://x.id/b"]


def test_a_feed_is_read_up_to_its_limit_and_entries_without_link_are_left_out() -> None:
    items = "<item><title>kosong</title></item>" + "".join(
        f"<item><link>https://x.id/{i}</link></item>" for i in range(9)
    )
    assert len(feed(f"<rss version='2.0'><channel>{items}</channel></rss>", limit=5).entries) == 4


def test_an_empty_feed_is_a_feed() -> None:
    assert feed("<rss version='2.0'><channel><title>x</title></channel></rss>").entries == ()


@pytest.mark.parametrize(
    "body", ["", "<html><body>Situs dalam perbaikan</body></html>", "/etc/passwd", "https://x.id/rss", "\x00\x01"]
)
def test_what_is_no_feed_is_refused_and_never_opened_as_a_file(body: str) -> None:
    with pytest.raises(DocumentError) as caught:
        feed(body)
    assert caught.value.reason == "bad-feed"


def test_entities_do_not_unfold_in_feeds_and_sitemaps() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '" + "&a;" * 1000 + "'><!ENTITY c '" + "&b;" * 1000 + "'>"
    bomb += "<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    read = sitemap(bomb + "<urlset><url><loc>https://x.id/&c;&f;a</loc></url></urlset>")
    assert all(len(entry.url) < 2000 for entry in read.entries)
    try:
        entries = feed(
            bomb
            + "<rss version='2.0'><channel><item><title>&c;</title><link>https://x.id/a</link></item></channel></rss>"
        ).entries
    except DocumentError:
        entries = ()
    assert all(len(entry.words) <= 2000 for entry in entries)


NEWS = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://x.id/lama</loc><lastmod>2026-01-02</lastmod></url>
<url><loc> https://x.id/kemarin </loc><n:news><n:publication_date>2026-11-21T08:00:00+07:00</n:publication_date>
<n:title>Klaim JHT</n:title><n:keywords>bpjs</n:keywords></n:news></url>
<url><loc>/tanpa-tanggal</loc></url>
<url><loc>https://x.id/kini</loc><lastmod>2026-11-22T10:00:00Z</lastmod></url>
<url><lastmod>2026-11-22</lastmod></url>
</urlset>"""


def test_a_sitemap_names_its_newest_articles_with_their_words() -> None:
    read = sitemap(NEWS)
    assert urls(read) == ["https://x.id/kini", "https://x.id/kemarin", "https://x.id/tanpa-tanggal"]
    assert read.entries[1].words == "Klaim JHT bpjs"
    assert urls(sitemap(NEWS, limit=1)) == ["https://x.id/kini"]


def test_a_packed_sitemap_is_unpacked_within_bounds() -> None:
    assert len(sitemap(gzip.compress(NEWS.encode())).entries) == 3
    with pytest.raises(DocumentError) as caught:
        sitemap(gzip.compress(NEWS.encode() + b" " * 2_000_000))
    assert caught.value.reason == "too-large"
    with pytest.raises(DocumentError):
        sitemap(b"\x1f\x8brusak")


def test_an_index_leads_to_its_newest_sitemaps() -> None:
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://x.id/{day}.xml</loc><lastmod>2026-11-{day}</lastmod></sitemap>"
        for day in (3, 20, 22, 21)
    )
    read = sitemap(index.replace("-3<", "-03<") + "</sitemapindex>")
    assert read.further == ("https://x.id/22.xml", "https://x.id/21.xml")
    assert read.entries == ()


@pytest.mark.parametrize("body", ["", "bukan xml", "<html><body/></html>"])
def test_what_is_no_sitemap_is_refused(body: str) -> None:
    with pytest.raises(DocumentError) as caught:
        sitemap(body)
    assert caught.value.reason == "bad-sitemap"


TAG = """<html><body><a href="/">Beranda</a> <a href="/tag/bpjs-ketenagakerjaan-sulawesi-tengah-palu">Tag</a>
<a href="/kanal/ekonomi">Ekonomi</a> <a href="/berita/4711/klaim-jht"><img src="x.jpg"></a>
<a href="/berita/4711/klaim-jht#komentar">Klaim <b>JHT</b> naik</a> <a href="https://y.id/pekerja-rentan-kota-palu-terlindungi">Pekerja</a>
<a href="mailto:r@x.id">surat</a> <a href="http://[rusak/berita/9999/a">rusak</a>
<a href="/sumber?page=2">2</a> <a href="/sumber?page=3">3</a></body></html>"""


def test_a_listing_names_what_looks_like_an_article() -> None:
    read = listing(TAG)
    assert urls(read) == ["https://x.id/berita/4711/klaim-jht", "https://y.id/pekerja-rentan-kota-palu-terlindungi"]
    assert read.entries[0].words == "Klaim JHT naik"


def test_a_listing_names_what_matches_the_outlets_pattern() -> None:
    assert urls(listing(TAG, r"/kanal/")) == ["https://x.id/kanal/ekonomi"]


@pytest.mark.parametrize(
    ("body", "number", "following"),
    [
        (TAG, 1, "https://x.id/sumber?page=2"),
        (TAG, 2, "https://x.id/sumber?page=3"),
        (TAG, 3, None),
        ('<a href="/h/2">2</a><link rel="next" href="/sumber/page/2">', 1, "https://x.id/sumber/page/2"),
        ('<a href="/h/2">Selanjutnya</a>', 1, "https://x.id/h/2"),
        ('<a href="javascript:lanjut()">Selanjutnya</a>', 1, None),
    ],
)
def test_a_listing_leads_to_its_next_page(body: str, number: int, following: str | None) -> None:
    assert listing(body, None, number).further == ((following,) if following else ())
