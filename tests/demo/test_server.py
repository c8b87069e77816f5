import gzip
import re
import tomllib
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import lxml.html
import pytest
from lxml import etree

from demo.manifest import ExpectedArticle, manifest
from demo.newsroom import FED, HOSTS, Newsroom, Special, outlets_toml
from demo.pages import HUGE
from demo.server import NewsroomServer, PortInUse, serve
from tests.demo.conftest import Get

FOLLOWED_TRACKING = re.compile(r"\?utm_[^#]*$")
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def special(newsroom: Newsroom, behaviour: str) -> Special:
    return next(special for special in newsroom.specials if special.page.behaviour == behaviour)


def html(page: str) -> Any:
    return lxml.html.fromstring(page)


def xml(url: str, body: bytes) -> Any:
    return etree.fromstring(gzip.decompress(body) if url.endswith(".gz") else body)


def text_of(page: str) -> str:
    return " ".join(html(page).text_content().split())


def relevant(newsroom: Newsroom) -> list[ExpectedArticle]:
    return [article for article in manifest(newsroom).articles if article.relevance == "relevant"]


def test_every_article_and_twin_is_served(newsroom: Newsroom, get: Get) -> None:
    for article in manifest(newsroom).articles:
        for url in (article.url, *article.twins):
            assert get(url).status == 200, url


def test_the_pages_of_an_article_hold_every_paragraph_and_every_link_line(newsroom: Newsroom, get: Get) -> None:
    for article in newsroom.articles:
        shown = " ".join(text_of(get(url).text) for url in article.page_urls)
        assert article.title in shown
        for paragraph in article.text.split("\n"):
            assert paragraph in shown, article.url
        for block in (block for page in article.pages for block in page if not isinstance(block, str)):
            assert block.headline in shown


def test_every_page_of_a_long_article_names_the_first_as_canonical(newsroom: Newsroom, get: Get) -> None:
    long = [article for article in newsroom.articles if len(article.page_urls) > 1]
    assert {article.host.family for article in long} >= {"cakrapena", "sagara", "warasta"}
    for article in long:
        for number, url in enumerate(article.page_urls, start=1):
            page = html(get(url).text)
            assert page.xpath("//link[@rel='canonical']/@href") == [article.url]
            following = [urljoin(url, link) for link in page.xpath("//a[contains(., 'Selanjutnya')]/@href")]
            assert following == list(article.page_urls[number : number + 1])


def test_an_amp_twin_and_its_article_point_at_each_other(newsroom: Newsroom, get: Get) -> None:
    twins = [article for article in newsroom.articles if article.amp_url]
    assert {article.host.family for article in twins} == {"cakrapena", "warasta"}
    for article in twins:
        assert article.amp_url
        assert html(get(article.url).text).xpath("//link[@rel='amphtml']/@href") == [article.amp_url]
        twin = get(article.amp_url).text
        assert html(twin).xpath("//link[@rel='canonical']/@href") == [article.url]
        assert all(paragraph in text_of(twin) for paragraph in article.text.split("\n"))


def test_sidebars_and_teasers_carry_the_numbers_of_other_stories(newsroom: Newsroom, get: Get) -> None:
    for host in HOSTS:
        article = next(article for article in newsroom.articles if article.host is host)
        shown = text_of(get(article.url).text)
        others = [other.title for other in newsroom.articles if other.host is host and other is not article]
        assert sum(title in shown and any(c.isdigit() for c in title) for title in others) >= 3


def test_the_portal_closes_its_local_time_with_a_z(newsroom: Newsroom, get: Get) -> None:
    article = next(article for article in newsroom.articles if article.host.family == "warasta")
    page = html(get(article.url).text)
    (told,) = page.xpath("//meta[@property='article:published_time']/@content")
    assert told == article.published.strftime("%Y-%m-%dT%H:%M:00Z")
    assert article.published.strftime("%H:%M WIB") in page.text_content()


def test_the_wrong_charset_hides_a_relevant_article_in_utf8(newsroom: Newsroom, get: Get) -> None:
    (article,) = [article for article in newsroom.articles if article.item.header_charset != "utf-8"]
    assert article.item.relevance == "relevant"
    answer = get(article.url)
    assert "iso-8859-1" in answer.headers["content-type"]
    assert "“André”" in answer.body.decode("utf-8")


def test_special_pages_misbehave_as_told(newsroom: Newsroom, get: Get) -> None:
    assert get(special(newsroom, "server-error").url).status == 500
    loop = special(newsroom, "redirect-loop").url
    onward = get(loop).headers["location"]
    assert get(onward).headers["location"] == loop
    assert len(get(special(newsroom, "too-large").url).body) >= HUGE
    broken = get(special(newsroom, "broken").url)
    assert (broken.status, b"\x00\xff\xfe" in broken.body, b"</html>" in broken.body) == (200, True, False)
    assert "BPJS Ketenagakerjaan" in get(special(newsroom, "tag-page").url).text


def test_robots_txt_forbids_the_private_page_and_the_printable_twins(newsroom: Newsroom, get: Get) -> None:
    for host in HOSTS:
        rules = RobotFileParser()
        rules.parse(get(f"{newsroom.base(host)}/robots.txt").text.splitlines())
        articles = [article for article in newsroom.articles if article.host is host]
        assert all(rules.can_fetch("pantau", article.url) for article in articles)
        assert not any(rules.can_fetch("pantau", newsroom.print_url(article)) for article in articles)
        for sitemap in rules.site_maps() or []:
            assert get(sitemap).status == 200
    private = special(newsroom, "disallowed")
    rules.parse(get(f"{newsroom.base(private.host)}/robots.txt").text.splitlines())
    assert get(private.url).status == 200
    assert private.url in get(newsroom.listing_url(private.host)).text


def test_feeds_are_well_formed_and_carry_the_newest_only(newsroom: Newsroom, get: Get) -> None:
    for host in HOSTS:
        feed: Any = feedparser.parse(get(newsroom.feed_url(host)).body)
        assert not feed.bozo
        newest = newsroom.listed(host)[:FED]
        assert [FOLLOWED_TRACKING.sub("", entry.link) for entry in feed.entries] == [listed.url for listed in newest]
        for entry, listed in zip(feed.entries, newest, strict=True):
            assert datetime.fromtimestamp(timegm(entry.published_parsed), UTC) == listed.published
            assert entry.title == listed.title


def test_feed_kinds_are_rss_and_atom(newsroom: Newsroom, get: Get) -> None:
    kinds = {host.family: feedparser.parse(get(newsroom.feed_url(host)).body).version for host in HOSTS}
    assert kinds == {"cakrapena": "rss20", "sagara": "atom10", "warasta": "rss20", "belantik": "rss20"}


def test_feeds_answer_conditional_requests(newsroom: Newsroom, get: Get) -> None:
    url = newsroom.feed_url(HOSTS[0])
    first = get(url)
    assert get(url, If_None_Match=first.headers["etag"]).status == 304
    assert get(url, If_Modified_Since=first.headers["last-modified"]).status == 304
    assert get(url, If_None_Match='"another"').status == 200
    assert get(url, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200
    assert get(url, If_Modified_Since="no date at all").status == 200
    assert parsedate_to_datetime(first.headers["last-modified"]) == newsroom.listed(HOSTS[0])[0].published


def test_a_news_sitemap_stands_at_every_host(newsroom: Newsroom, get: Get) -> None:
    for host in HOSTS:
        told = get(f"{newsroom.base(host)}/robots.txt").text
        url = next(line for line in told.split() if "news" in line)
        body = get(url).body
        tree = xml(url, body)
        titles = tree.xpath("//n:title/text()", namespaces=SITEMAP)
        assert titles
        assert set(titles) <= {listed.title for listed in newsroom.listed(host)}


def discovered(newsroom: Newsroom, get: Get, kind: str, url: str, pages: int) -> set[str]:
    """What a reader of this feed, sitemap or listing comes to know of."""
    if kind == "feed":
        feed: Any = feedparser.parse(get(url).body)
        return {FOLLOWED_TRACKING.sub("", entry.link) for entry in feed.entries}
    if kind == "sitemap":
        body = get(url).body
        tree = xml(url, body)
        locations = [str(location) for location in tree.xpath("//s:loc/text()", namespaces=SITEMAP)]
        if str(tree.tag).endswith("sitemapindex"):
            return {found for location in locations for found in discovered(newsroom, get, kind, location, pages)}
        return set(locations)
    found: set[str] = set()
    for _ in range(pages):
        page = html(get(url).text)
        found |= {urljoin(url, link) for link in page.xpath("//main//a/@href | //h2/a/@href")}
        following = page.xpath(
            "//link[@rel='next']/@href | //a[@rel='next']/@href | //a[contains(@class, 'next')]/@href"
        )
        if not following:
            break
        url = urljoin(url, following[0])
    return found


def test_every_article_and_special_page_is_found_by_the_outlet_blocks(newsroom: Newsroom, get: Get) -> None:
    blocks = tomllib.loads(outlets_toml(newsroom.port))["outlet"]
    assert {block["id"] for block in blocks} == {host.id for host in HOSTS}
    fed: set[str] = set()
    for block in blocks:
        found: set[str] = set()
        for way in block["discover"]:
            new = discovered(newsroom, get, way["kind"], way["url"], way.get("pages", 1))
            found |= new
            fed |= new if way["kind"] == "feed" else set()
        host = next(host for host in HOSTS if host.id == block["id"])
        wanted = {listed.url for listed in newsroom.listed(host)}
        assert wanted <= found, block["id"]
        assert all(re.search(block["article"], urlsplit(url).path) for url in wanted)
        assert (block["province"], block.get("region", "")) == (host.province, host.region)
    assert {article.url for article in newsroom.articles} - fed, "the feeds alone must not be enough"


def test_tracking_parameters_and_page_one_lead_to_the_same_page(newsroom: Newsroom, get: Get) -> None:
    article = next(
        article for article in newsroom.articles if len(article.page_urls) > 1 and article.host.family == "cakrapena"
    )
    assert get(f"{article.url}?utm_source=rss&utm_medium=feed").body == get(article.url).body
    assert get(f"{article.url}?page=1").body == get(article.url).body
    assert get(f"{article.url}?page=99").status == 404


@pytest.mark.parametrize(
    "url", ["http://sagara.localhost/no-such-page", "http://example.invalid/", "http://sagara.localhost/../x"]
)
def test_unknown_hosts_and_paths_are_not_found(get: Get, url: str) -> None:
    assert get(url).status == 404


def test_head_answers_without_a_body(newsroom: Newsroom, get: Get) -> None:
    answer = get(newsroom.articles[0].url, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_hits_are_counted_by_host_and_path(newsroom: Newsroom, server: NewsroomServer, get: Get) -> None:
    url = newsroom.tag_url(HOSTS[0], "sepak-bola")
    before = server.hits["palu.cakrapena.localhost/tag/sepak-bola"]
    get(url)
    get(url)
    assert server.hits["palu.cakrapena.localhost/tag/sepak-bola"] == before + 2


def test_a_taken_port_is_told(server: NewsroomServer) -> None:
    with pytest.raises(PortInUse, match=f"port {server.newsroom.port} .* is taken"), serve(server.newsroom):
        pass


def test_relevant_pages_name_the_agency(newsroom: Newsroom) -> None:
    names = re.compile(r"BPJS Ketenagakerjaan|BPJAMSOSTEK|BPJamsostek|Jamsostek")
    assert all(names.search(f"{article.title} {article.text}") for article in relevant(newsroom))
