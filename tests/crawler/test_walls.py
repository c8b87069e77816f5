"""Walls: told from articles, and by name."""

import pytest
from scrapy.http import HtmlResponse

from crawler.extract import extract, pages_from_files
from crawler.faults import fault_of_page
from crawler.page import ExtractionError, Page
from crawler.walls import LARGEST_WALL, ShownText, challenge_of, shell_of, wall_before_text
from tests.crawler import wall_pages

URL = "https://kabar.example/berita/2026/11/20/nelayan-teluk-biru-ramai-mendaftar"


def read_as(html: str, status: int = 200) -> str:
    """ "article", or the reason for which the page is none."""
    (page,) = pages_from_files(URL, [html.encode()])
    try:
        extraction = extract([Page(page.url, page.fetched, status, page.headers, page.body, "kabar")])
    except ExtractionError as error:
        return error.reason
    return "article" if extraction.is_article else "listing"


@pytest.mark.parametrize("name", wall_pages.CHALLENGES)
def test_a_robot_check_is_named_when_it_is_fetched_and_when_it_is_read(name: str) -> None:
    status, html = wall_pages.CHALLENGES[name]
    assert read_as(html, status) == "challenge"
    fault = fault_of_page(HtmlResponse(URL, status=status, body=html.encode(), headers={"Content-Type": "text/html"}))
    assert fault is not None
    assert (fault.outcome, fault.reason) == ("hard", "challenge")


@pytest.mark.parametrize(
    ("reason", "html"),
    [
        *(pytest.param("paywall", html, id=f"paywall-{name}") for name, html in wall_pages.PAYWALLS.items()),
        *(pytest.param("login", html, id=f"login-{name}") for name, html in wall_pages.LOGINS.items()),
        *(pytest.param("cookie-wall", html, id=f"cookies-{name}") for name, html in wall_pages.COOKIE_WALLS.items()),
        *(pytest.param("javascript", html, id=f"shell-{name}") for name, html in wall_pages.SHELLS.items()),
    ],
)
def test_a_wall_is_never_an_article(reason: str, html: str) -> None:
    assert read_as(html) == reason


@pytest.mark.parametrize("name", wall_pages.ARTICLES)
def test_an_article_that_looks_like_a_wall_is_an_article(name: str) -> None:
    html = wall_pages.ARTICLES[name]
    assert read_as(html) == "article"
    assert fault_of_page(HtmlResponse(URL, body=html.encode(), headers={"Content-Type": "text/html"})) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("cf-mitigated", "challenge"), ("x-amzn-waf-action", "captcha"), ("x-vercel-mitigated", "challenge")],
)
def test_a_protection_service_may_say_so_in_a_header_alone(name: str, value: str) -> None:
    wall = challenge_of(403, {name: value}, "")
    assert wall is not None
    assert wall.reason == "challenge"


def test_a_large_page_is_no_robot_check_whatever_stands_in_it() -> None:
    assert challenge_of(200, {}, "<title>Just a moment...</title>" + " " * LARGEST_WALL) is None


@pytest.mark.parametrize(
    "piece",
    ["<script>", "<!--", "<noscript>", "<div id=root ", "<div class='", "<", "<title>", "login untuk ", "a " * 9],
)
def test_hostile_pages_are_told_in_time(piece: str) -> None:
    html = "<script></script>isaccessibleforfree" + piece * (1_000_000 // len(piece))
    assert challenge_of(200, {}, html[:LARGEST_WALL]) is None
    shell_of(html)
    wall_before_text(html, ShownText(("Kami memakai cookie.",), is_declared_free=False))
