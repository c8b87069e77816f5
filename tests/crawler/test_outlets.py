"""Outlets and the file that describes them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.outlets.outlet import NATIONAL, PROVINCE_TIMEZONES, OutletsError, Source, read_outlets

CONFIG = Path(__file__).parents[2] / "config" / "outlets.toml"

FAMILY = """
[family.nusa]
article = '/berita/\\d+'
full_article = "?page=all"
discover = [{ kind = "feed", url = "{home}/rss" }, { kind = "listing", url = "{home}/tag/bpjs", pages = 2 }]
"""
OUTLET = """
[[outlet]]
id = "nusa-sulteng"
name = "Nusa Sulteng"
home = "https://sulteng.nusa.example/"
family = "nusa"
tier = "regional"
province = "72"
region = "72.71"
"""


def read(toml: str) -> Any:
    return read_outlets(tomllib.loads(toml), "outlets.toml")


def test_an_outlet_takes_its_rules_from_its_family_and_its_time_zone_from_its_province() -> None:
    (outlet,) = read(FAMILY + OUTLET)
    assert outlet.sources == (
        Source("feed", "https://sulteng.nusa.example/rss"),
        Source("listing", "https://sulteng.nusa.example/tag/bpjs", 2),
    )
    assert outlet.timezone == "Asia/Makassar"
    assert outlet.article == r"/berita/\d+"
    assert outlet.verified is False
    assert outlet.host == "sulteng.nusa.example"


def test_a_family_may_need_javascript_and_an_outlet_of_it_may_not() -> None:
    first, second = read(
        FAMILY + "javascript = true\n" + OUTLET + OUTLET.replace("sulteng", "sulsel") + "javascript = false"
    )
    assert (first.javascript, second.javascript) == (True, False)


def test_an_outlet_overrules_its_family() -> None:
    own = 'timezone = "Asia/Jakarta"\narticle = "/b/"\ndiscover = [{ kind = "sitemap", url = "{home}/s.xml" }]'
    (outlet,) = read(FAMILY + OUTLET + own)
    assert outlet.sources == (Source("sitemap", "https://sulteng.nusa.example/s.xml"),)
    assert (outlet.timezone, outlet.article) == ("Asia/Jakarta", "/b/")


@pytest.mark.parametrize(
    ("rule", "url", "full"),
    [
        ("?page=all", "https://x.id/a", "https://x.id/a?page=all"),
        ("?page=all", "https://x.id/a?page=2&id=3", "https://x.id/a?id=3&page=all"),
        ("/all", "https://x.id/a/", "https://x.id/a/all"),
        ("/all", "https://x.id/a/all", "https://x.id/a/all"),
    ],
)
def test_the_whole_article_has_a_url_of_its_own(rule: str, url: str, full: str) -> None:
    (outlet,) = read(FAMILY.replace("?page=all", rule) + OUTLET)
    assert outlet.full_url(url) == full


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        (OUTLET.replace('"nusa"', '"antah"'), "outlet nusa-sulteng: family there is no [family.antah]"),
        (OUTLET.replace('"72"', '"99"').replace('"72.71"', '"99.71"'), "province '99' is no province's code"),
        (OUTLET.replace("72.71", "73.71"), "region '73.71' does not lie in province '72'"),
        (OUTLET.replace("72.71", "7271"), "region '7271' must look like 72.71"),
        (OUTLET.replace("https://", "ftp://"), "home is no web address"),
        (OUTLET.replace('"regional"', '"besar"'), "tier 'besar' must be one of national, regional, local"),
        (OUTLET.replace('"Nusa Sulteng"', '" "'), "name must be a text that is not empty"),
        (OUTLET.replace('name = "Nusa Sulteng"', ""), "name is missing"),
        (OUTLET.replace("nusa-sulteng", "Nusa Sulteng!"), "id 'Nusa Sulteng!' must be small letters"),
        (OUTLET + 'timezone = "WITA"', "timezone 'WITA' is no time zone"),
        (OUTLET + 'javascript = "ya"', "outlet nusa-sulteng: javascript must be true or false"),
        (OUTLET + "[family.lain]\njavascript = 1", "family lain: javascript must be true or false"),
        (OUTLET + 'verified = "ja"', "verified must be true or false"),
        (OUTLET + 'article = "("', "article is no regular expression"),
        (OUTLET + 'full_article = "page=all"', "full_article 'page=all' must look like"),
        (OUTLET + "feeds = []", "feeds is unknown; known are article, discover,"),
        (OUTLET + "discover = []", "discover must be a list of"),
        (OUTLET + 'discover = [{ kind = "rss", url = "https://x.id/" }]', "discover[0].kind 'rss' must be one of"),
        (OUTLET + 'discover = [{ kind = "feed" }]', "discover[0].url is missing"),
        (OUTLET + 'discover = [{ kind = "feed", url = "rss" }]', "discover[0].url is no web address"),
        (OUTLET + 'discover = [{ kind = "feed", url = "https://x.id/", pages = 3 }]', "only a listing has pages"),
        (OUTLET + 'discover = [{ kind = "listing", url = "https://x.id/", pages = 0 }]', "must be a number from 1 to"),
        (OUTLET + OUTLET, "outlet nusa-sulteng: id is given to two outlets"),
        ("[[outlets]]", "outlets is unknown; known are family, outlet"),
        ("outlet = 3", "outlet must be [[outlet]] tables"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(wrong: str, mistake: str) -> None:
    with pytest.raises(OutletsError) as caught:
        read(wrong if wrong.startswith("outlet = ") else FAMILY + wrong)
    assert all(told.startswith("outlets.toml: ") for told in caught.value.mistakes)
    assert mistake in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(OutletsError) as caught:
        read(FAMILY + "[[outlet]]\nid = 'x'\n" + OUTLET.replace('"72"', '"00x"'))
    assert len(caught.value.mistakes) == 7
    assert "outlets.toml: outlet x: home is missing" in caught.value.mistakes


def test_the_outlets_of_this_project_are_well_described_and_cover_every_province() -> None:
    outlets = read_outlets(tomllib.loads(CONFIG.read_text(encoding="utf-8")), CONFIG.name)
    assert len(outlets) >= 60
    assert {outlet.province for outlet in outlets} == set(PROVINCE_TIMEZONES)
    assert len(PROVINCE_TIMEZONES) == 39
    assert any(outlet.province == NATIONAL for outlet in outlets)
    assert len({outlet.host for outlet in outlets}) == len(outlets), "two outlets live at one host"
    assert all(outlet.sources for outlet in outlets)
