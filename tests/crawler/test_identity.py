"""Which article a page is."""

import pytest

from crawler.identity import claims, identity, is_amp
from crawler.urls import first_page_url

HERE = "https://www.x.id/berita/4711/iuran-nelayan-naik?utm_source=rss"


@pytest.mark.parametrize(
    ("claim", "believed"),
    [
        ("https://x.id/berita/4711/iuran-nelayan-naik", "https://x.id/berita/4711/iuran-nelayan-naik"),
        ("/berita/4712/iuran-nelayan-naik", "https://x.id/berita/4712/iuran-nelayan-naik"),
        ("http://m.x.id/berita/4711/iuran-nelayan/amp/", "https://x.id/berita/4711/iuran-nelayan"),
        ("https://x.id/", None),
        ("https://x.id/berita/4711", None),
        ("https://x.id/berita.php", None),
        ("https://y.id/berita/4711/iuran-nelayan-naik", None),
        ("https://[kacau", None),
        ("", None),
    ],
)
def test_a_pages_claim_is_believed_where_it_can_be_true(claim: str, believed: str | None) -> None:
    own = "https://x.id/berita/4711/iuran-nelayan-naik"
    assert identity(HERE, [claim]) == (believed or own)


def test_the_first_claim_that_can_be_true_counts() -> None:
    html = (
        "<head><meta property='og:url' content='https://x.id/berita/2/kabar'>"
        '<link href=https://x.id/berita/1/kabar?a=1&amp;b=2 rel="shortlink canonical"></head>'
    )
    assert claims(html) == ["https://x.id/berita/1/kabar?a=1&b=2", "https://x.id/berita/2/kabar"]
    assert identity(HERE, ["https://x.id/", "https://x.id/berita/2/kabar"]) == "https://x.id/berita/2/kabar"
    assert claims("<p>Tanpa kepala</p>") == []


@pytest.mark.parametrize(
    ("html", "amp"),
    [
        ("<!doctype html><html ⚡ lang=id>", True),
        ('<html amp="" lang="id">', True),
        ("<html lang=id amp>", True),
        ('<html lang="id" class="amp-free">', False),
        ("<html><body amp>", False),
    ],
)
def test_an_amp_page_says_that_it_is_one(html: str, amp: bool) -> None:
    assert is_amp(html) is amp


@pytest.mark.parametrize("hostile", ["<link " * 200_000, "<link rel=" + "'" * 500_000, "<html " + "a " * 500_000])
def test_hostile_heads_claim_nothing(hostile: str) -> None:
    assert claims(hostile) == []
    assert not is_amp(hostile)


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://x.id/a/iuran-nelayan-naik?page=2", "https://x.id/a/iuran-nelayan-naik"),
        ("https://x.id/a?id=5&page=3", "https://x.id/a?id=5"),
        ("https://x.id/a/iuran-nelayan-naik-lagi/2", "https://x.id/a/iuran-nelayan-naik-lagi"),
        ("https://x.id/a/page/2/", "https://x.id/a"),
        ("https://x.id/a?page=all", "https://x.id/a?page=all"),
        ("https://x.id/a/?utm_source=rss", "https://x.id/a/?utm_source=rss"),
        ("https://x.id/2026/11/22", "https://x.id/2026/11/22"),
    ],
)
def test_the_first_page_of_an_article_is_known_from_any_of_its_pages(url: str, first: str) -> None:
    assert first_page_url(url) == first
