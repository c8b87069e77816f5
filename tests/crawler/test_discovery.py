"""What home pages, robots.txt, feeds and articles give away about an outlet."""

from datetime import UTC, datetime

import pytest

from crawler.outlets.discovery import (
    agency_pages,
    article_pattern,
    common_sources,
    family_of,
    feed_times,
    full_article_rule,
    read_home,
    read_robots,
    sitemaps_of,
)

HOME = "https://www.kabar.example/"


def test_a_home_page_names_its_site_its_machine_and_its_feeds_but_not_the_comments() -> None:
    home = read_home(
        "<html lang='id-ID'><head><title>Beranda - Kabar Kota</title>"
        "<meta property='og:site_name' content='Kabar  Kota'><meta name='generator' content='WordPress 6.8'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
        "<link rel='alternate' type='application/atom+xml' href='https://kabar.example/atom'>"
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'>"
        "<link rel='alternate' hreflang='en' href='/en/'><link rel='sitemap' href='/peta.xml'></head>"
        "<body><a href='/a#isi'>A</a><a href='mailto:x@y.example'>B</a><a href='javascript:0'>C</a></body></html>",
        HOME,
    )
    assert (home.name, home.generator, home.language) == ("Kabar Kota", "WordPress 6.8", "id-ID")
    assert [(source.kind, source.url) for source in home.feeds] == [
        ("feed", "https://www.kabar.example/feed/"),
        ("feed", "https://kabar.example/atom"),
        ("sitemap", "https://www.kabar.example/peta.xml"),
    ]
    assert home.links == ("https://www.kabar.example/a",)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kabar Kota - Berita Terkini Hari Ini", "Kabar Kota"),
        ("Kabar Kota | Tajam", "Kabar Kota"),
        ("Kabar-Kota: Berita", "Kabar-Kota"),
        ("Kabar Kota", "Kabar Kota"),
        ("", ""),
    ],
)
def test_without_a_declared_name_the_title_up_to_its_slogan_is_the_name(title: str, name: str) -> None:
    assert read_home(f"<html><head><title>{title}</title></head><body>x</body></html>", HOME).name == name


def test_a_page_that_no_parser_reads_gives_nothing_away() -> None:
    assert read_home("<div>" * 50_000, HOME).links == ()


def test_robots_names_sitemaps_those_of_news_first_and_rubbish_forbids_nothing() -> None:
    robots = read_robots(
        b"User-agent: *\nDisallow: /admin\nCrawl-delay: 7\n"
        b"Sitemap: https://kabar.example/page-sitemap.xml\nSitemap: bukan alamat\nSitemap: https://kabar.example/news.xml\n"
    )
    assert [source.url for source in sitemaps_of(robots)] == [
        "https://kabar.example/news.xml",
        "https://kabar.example/page-sitemap.xml",
    ]
    assert (robots.can_fetch("https://kabar.example/admin", "Pantau"), robots.crawl_delay("Pantau")) == (False, 7)
    assert read_robots(b"<html>\xff\xfe</html>").can_fetch("https://kabar.example/", "Pantau")


def test_common_places_lie_below_the_home_page() -> None:
    assert "https://x.example/kanal/feed/" in [source.url for source in common_sources("https://x.example/kanal/")]
    pages = [source.url for source in agency_pages("https://x.example/", ["bpjs-ketenagakerjaan"])]
    assert "https://x.example/tag/bpjs-ketenagakerjaan" in pages
    assert "https://x.example/?s=bpjs+ketenagakerjaan" in pages


@pytest.mark.parametrize(
    ("home", "generator", "html", "family"),
    [
        ("https://sulteng.antaranews.com/", "WordPress", "", "antaranews"),
        ("https://radarpalu.jawapos.com/", "", "", "radar"),
        ("https://palukota.go.id/", "WordPress 6", "", "pemda"),
        ("https://kabar.example/", "WordPress 6", "", "wordpress"),
        ("https://kabar.example/", "", "<img src='/wp-content/uploads/a.jpg'>", "wordpress"),
        ("https://kabar.example/", "", "<script src='https://static.promediateknologi.id/a.js'>", "promedia"),
        ("https://kabar.example/", "Blogger", "", "blogger"),
        ("https://antaranews.com.example/", "", "", ""),
    ],
)
def test_a_family_is_known_by_host_machine_or_markup(home: str, generator: str, html: str, family: str) -> None:
    assert family_of(home, generator, html)[0] == family


@pytest.mark.parametrize(
    ("articles", "others", "pattern"),
    [
        (["/2026/11/20/a", "/2026/11/21/b", "/2026/11/22/c"], ["/redaksi", "/2026/11/"], r"/20\d\d/\d\d/\d\d/"),
        (
            ["/read/4711/a-b", "/read/4712/c-d", "/read/4713/e-f"],
            ["/kanal/kota"],
            r"/(?:berita|news|artikel|read|detail)/\d+/",
        ),
        (["/a-b-c-d", "/e-f-g-h", "/i-j-k-l"], ["/redaksi"], None),
        (["/berita/a-b-c-d", "/berita/e-f-g-h", "/berita/i-j-k-l"], ["/berita/ekonomi", "/berita/olahraga"], None),
        (["/d-1/a", "/d-2/b"], [], None),
    ],
)
def test_the_shape_of_article_addresses_is_learnt_where_it_tells_them_from_others(
    articles: list[str], others: list[str], pattern: str | None
) -> None:
    urls = [f"https://kabar.example{path}" for path in articles]
    assert article_pattern(urls, [f"https://kabar.example{path}" for path in others]) == pattern


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("?page=all", "?page=all"),
        ("/berita/4711/nelayan-ramai-ikut-program?single=1", "?single=1"),
        ("/berita/4711/nelayan-ramai-ikut-program/all", "/all"),
        ("/berita/9999/iuran-naik-mulai-tahun-depan?page=all", None),
        ("?page=2", None),
    ],
)
def test_the_rule_for_whole_articles_is_that_of_a_link_to_the_article_itself(link: str, rule: str | None) -> None:
    url = "https://kabar.example/berita/4711/nelayan-ramai-ikut-program"
    assert full_article_rule(f"<html><body><a href='{link}'>Semua</a></body></html>", url) == rule


def test_a_feed_tells_times_where_it_states_their_zone() -> None:
    feed = (
        "<rss><channel><item><link>https://x.example/1?utm_source=rss</link>"
        "<pubDate>Fri, 20 Nov 2026 10:15:00 +0800</pubDate></item>"
        "<item><link><![CDATA[https://x.example/2]]></link><pubDate>2026-11-20T02:15:00Z</pubDate></item>"
        "<item><link>https://x.example/3</link><pubDate>20 Nov 2026 10:15</pubDate></item>"
        "<item><link>https://x.example/4</link><pubDate>kemarin sore</pubDate></item></channel></rss>"
        "<entry><link href='/5'/><updated>2026-11-20T10:15:00+08:00</updated></entry>"
    )
    moment = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
    assert feed_times(feed.encode(), "https://x.example/rss") == {
        f"https://x.example/{number}": moment for number in (1, 2, 5)
    }
