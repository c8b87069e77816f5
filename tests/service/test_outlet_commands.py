"""`pantau outlets check` and `pantau outlets add`: the real process against a press of several outlets."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from crawler.outlets.outlet import Source, read_outlets
from service.cli import cli
from tests.crawler.press import Answer, Press, a_press
from tests.crawler.wall_pages import CHALLENGES, PAYWALLS, SHELLS, article, page

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
NOW = datetime.now(UTC)
FAMILIES = """# Kept by hand.
[family.wordpress]
tier = "local"
discover = [
  { kind = "feed", url = "{home}/feed/" },
]
"""


def an_entry(press: Press, name: str, *sources: str, more: str = "") -> str:
    """One outlet's block; without sources it takes its family's."""
    rows = "\n".join(f"  {source}," for source in sources)
    origin = f"discover = [\n{rows}\n]" if sources else 'family = "wordpress"'
    return f"""
[[outlet]]
id = "{name}"
name = "Kabar {name.title()}"  # as printed
home = "{press.url("/", f"{name}.localhost")}"
{origin}
tier = "local"
province = "72"
verified = false  # nobody looked yet
{more}
"""


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


@pytest.fixture
def outlets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "outlets.toml"
    path.write_text(FAMILIES, encoding="utf-8")
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_PATHS__OUTLETS", str(path))
    monkeypatch.setenv("PANTAU_CRAWL__ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("PANTAU_CRAWL__DELAY_SECONDS", "0")
    monkeypatch.setenv("COLUMNS", "240")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["outlets", *arguments])


def checked(*arguments: str) -> dict[str, Any]:
    """Outlet id to its check."""
    result = run("check", "--json", *arguments)
    return {row["outlet"]: row for row in json.loads(result.stdout)}


def told(check: dict[str, Any], weight: str = "") -> str:
    findings = [finding for finding in check["findings"] if weight in ("", finding["weight"])]
    return "\n".join(f"{finding['what']}: {finding['told']} {finding['advice']}" for finding in findings)


def a_wordpress_site(press: Press, name: str, *, zone: str = "WITA", hours: int = 8) -> None:
    """A site with feed autodiscovery and five articles of today, whose pages print the time of the given zone."""
    host = f"{name}.localhost"
    items = ""
    for number in range(5):
        moment = (NOW - timedelta(hours=number + 12)).replace(second=0, microsecond=0)
        shown = moment + timedelta(hours=hours)
        day = f"{shown.day} {MONTHS[shown.month - 1]} {shown.year}"
        path = f"/2026/11/2{number}/nelayan-teluk-biru-ramai-{number}/"
        press.page(f"{host}{path}", article(before=f"<div class='waktu'>{day} {shown:%H:%M} {zone}</div>"))
        items += (
            f"<item><title>BPJS {number}</title><link>{press.url(path, host)}</link>"
            f"<pubDate>{format_datetime(moment)}</pubDate></item>"
        )
    feed = f"<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>"
    press.page(f"{host}/feed/", feed, **{"Content-Type": "application/rss+xml"})
    head = (
        "<meta name='generator' content='WordPress 6.8'><meta property='og:site_name' content='Kabar Sigi'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'>"
    )
    links = "".join(f"<a href='/2026/11/2{n}/nelayan-teluk-biru-ramai-{n}/'>Kabar {n}</a>" for n in range(5))
    press.page(f"{host}/", page(links, "Kabar Sigi | Berita Sigi Hari Ini", head))


def test_a_sound_outlet_is_ok_and_is_marked_verified_with_every_comment_kept(press: Press, outlets: Path) -> None:
    a_wordpress_site(press, "kabarsigi")
    outlets.write_text(FAMILIES + an_entry(press, "kabarsigi"), encoding="utf-8")
    before = outlets.read_text(encoding="utf-8")
    check = checked("--write")["kabarsigi"]
    assert (check["verdict"], told(check, "problem")) == ("ok", "")
    assert [row["words"] > 150 for row in check["evidence"]["articles"]] == [True] * 3
    assert outlets.read_text(encoding="utf-8") == before.replace("verified = false", "verified = true")
    assert all("Pantau" in asked.headers["User-Agent"] for asked in press.log)


def test_a_broken_feed_is_named_and_replaced_by_the_one_the_home_page_names(press: Press, outlets: Path) -> None:
    a_wordpress_site(press, "kabarsigi")
    press.page("kabarsigi.localhost/rss-lama", "<html><body>Pindah</body></html>")
    lost, kept = '{ kind = "feed", url = "{home}/rss-lama" }', '{ kind = "listing", url = "{home}/", pages = 2 }'
    outlets.write_text(FAMILIES + an_entry(press, "kabarsigi", lost, kept), encoding="utf-8")
    check = checked("--write")["kabarsigi"]
    assert check["verdict"] == "problems"
    assert "bad-feed" in told(check, "problem")
    assert "found by autodiscovery: 5 articles" in told(check, "note")
    (outlet,) = read_outlets(tomllib.loads(outlets.read_text(encoding="utf-8")), "")
    assert {source.url for source in outlet.sources} == {
        press.url("/", "kabarsigi.localhost"), press.url("/feed/", "kabarsigi.localhost"),
    }  # fmt: skip
    assert [source.pages for source in outlet.sources] == [2, 1]
    assert outlet.verified
    text = outlets.read_text(encoding="utf-8")
    assert "# as printed" in text
    result = run("check")
    assert (result.exit_code, "1 outlets: 1 ok" in result.stdout) == (0, True)
    assert "Nelayan Teluk Biru Ramai Mendaftar · 2026-" in result.stdout


def test_what_stands_in_the_way_is_named_and_nothing_of_it_is_written(press: Press, outlets: Path) -> None:
    feed = '{ kind = "feed", url = "{home}/feed/" }'
    listing = '{ kind = "listing", url = "{home}/" }'
    for name in ("terlarang", "berbayar"):
        a_wordpress_site(press, name)
    press.page("terlarang.localhost/robots.txt", "User-agent: *\nDisallow: /\n", **{"Content-Type": "text/plain"})
    for number in range(5):
        press.page(f"berbayar.localhost/2026/11/2{number}/nelayan-teluk-biru-ramai-{number}/", PAYWALLS["kompas-id"])
    status, html = CHALLENGES["cloudflare"]
    refusal = Answer(html.encode(), status, {"Content-Type": "text/html"})
    press.routes["tantangan.localhost/"] = press.routes["tantangan.localhost/feed/"] = lambda asked: refusal
    press.page("aplikasi.localhost/", SHELLS["react"])
    press.page("dalam.localhost/", "")
    press.routes["dalam.localhost/"] = lambda asked: Answer(status=302, headers={"Location": "http://169.254.169.254/"})
    blocks = [
        an_entry(press, "terlarang", feed),
        an_entry(press, "berbayar", feed),
        an_entry(press, "tantangan", feed),
        an_entry(press, "aplikasi", listing),
        an_entry(press, "dalam", listing),
        an_entry(press, "mati", feed).replace(str(press.port), "9"),
    ]
    outlets.write_text(FAMILIES + "".join(blocks), encoding="utf-8")
    before = outlets.read_text(encoding="utf-8")
    checks = checked("--write")
    assert {name: check["verdict"] for name, check in checks.items()} == dict.fromkeys(checks, "broken")
    assert "forbids us the whole site" in told(checks["terlarang"])
    assert "paywall: only subscribers" in told(checks["berbayar"])
    assert "challenge: Cloudflare asks for a browser check" in told(checks["tantangan"])
    assert "javascript: the page is an empty shell" in told(checks["aplikasi"])
    assert "javascript = true" in told(checks["aplikasi"])
    assert "private-address" in told(checks["dalam"])
    assert "refused: the host refuses connections" in told(checks["mati"])
    asked = [asked.path for asked in press.log if asked.host.startswith("terlarang")]
    assert set(asked) == {"/robots.txt"}
    assert outlets.read_text(encoding="utf-8") == before
    assert "no such outlet: antah" in str(run("check", "antah").exception)


@pytest.mark.skipif(
    shutil.which("chromium") is None or find_spec("scrapy_playwright") is None,
    reason="needs the extra `browser` and a Chromium",
)
def test_an_outlet_that_needs_javascript_is_looked_at_with_the_browser(
    press: Press, outlets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = "aplikasi.localhost"
    shell = page("<div id='root'></div><script src='/app.js'></script>", "Aplikasi")
    paths = [f"/berita/471{n}/nelayan-teluk-biru-ramai-mendaftar" for n in range(3)]
    links = "".join(f'<a href="{path}">Kabar</a>' for path in paths)
    body = (
        article(before="<time>Jumat, 20 November 2026 10:15 WITA</time>").partition("<body>")[2].partition("</body>")[0]
    )
    script = f"document.body.innerHTML = location.pathname === '/' ? {json.dumps(links)} : {json.dumps(body)};"
    for path in ("/", *paths):
        press.page(f"{host}{path}", shell)
    press.page(f"{host}/app.js", script, **{"Content-Type": "text/javascript"})
    block = an_entry(press, "aplikasi", '{ kind = "listing", url = "{home}/" }', more="javascript = true")
    outlets.write_text(FAMILIES + block, encoding="utf-8")
    check = checked()["aplikasi"]
    assert (check["verdict"], "needs-browser" in told(check)) == ("broken", True)
    monkeypatch.setenv("PANTAU_CRAWL__BROWSER", "chromium")
    check = checked()["aplikasi"]
    assert [row["words"] > 150 for row in check["evidence"]["articles"]] == [True] * 3
    assert "broken" not in check["verdict"]


def test_times_in_the_wrong_zone_are_told_by_the_feed(press: Press, outlets: Path) -> None:
    a_wordpress_site(press, "kabarsigi", zone="", hours=7)
    outlets.write_text(FAMILIES + an_entry(press, "kabarsigi"), encoding="utf-8")
    check = checked()["kabarsigi"]
    assert check["verdict"] == "problems"
    assert 'pages and feed differ by -1 hours try timezone = "Asia/Jakarta"' in told(check, "problem")


def test_a_block_is_proposed_from_the_home_page_and_appended_where_it_is_valid(press: Press, outlets: Path) -> None:
    a_wordpress_site(press, "kabarsigi")
    home = press.url("/", "kabarsigi.localhost")
    result = run("add", home, "--write")
    assert result.exit_code == 0, result.stderr
    (proposed,) = tomllib.loads(result.stdout)["outlet"]
    assert proposed["id"] == "kabarsigi"
    assert proposed["name"] == "Kabar Sigi"
    assert proposed["family"] == "wordpress"
    assert (proposed["tier"], proposed["province"], proposed["region"]) == ("local", "72", "72.10")
    assert proposed["verified"] is False
    assert "discover" not in proposed
    assert "CHECK" in result.stdout
    (outlet,) = read_outlets(tomllib.loads(outlets.read_text(encoding="utf-8")), "")
    assert (outlet.id, outlet.verified, outlet.sources) == ("kabarsigi", False, (Source("feed", f"{home}feed/"),))
    assert outlets.read_text(encoding="utf-8").startswith(FAMILIES)
    assert "is outlet kabarsigi already" in str(run("add", home).exception)


def test_a_site_of_its_own_make_gets_its_rules_and_the_pages_on_the_agency(press: Press, outlets: Path) -> None:
    host = "halamanpalu.localhost"
    urls = [f"/berita/{4711 + n}/nelayan-teluk-biru-ramai-mendaftar" for n in range(4)]
    for url in urls:
        press.page(f"{host}{url}", article(after=f"<a href='{url}?page=all'>Tampilkan semua</a>"))
    news = "".join(f"<url><loc>{press.url(url, host)}</loc></url>" for url in urls)
    press.page(f"{host}/peta-berita.xml", f"<urlset>{news}</urlset>", **{"Content-Type": "application/xml"})
    press.page(
        f"{host}/robots.txt", f"Sitemap: {press.url('/peta-berita.xml', host)}\n", **{"Content-Type": "text/plain"}
    )
    press.page(f"{host}/tag/bpjs-ketenagakerjaan", f"<a href='{urls[0]}'>Nelayan peserta BPJS Ketenagakerjaan</a>")
    press.page(
        f"{host}/",
        page("<a href='/redaksi'>Redaksi</a><a href='/tentang-kami'>Tentang</a>", "Halaman Palu - Suara Kota"),
    )
    (proposed,) = tomllib.loads(run("add", press.url("/", host)).stdout)["outlet"]
    assert proposed["name"] == "Halaman Palu"
    assert proposed["region"] == "72.71"
    assert "family" not in proposed
    assert proposed["article"] == r"/(?:berita|news|artikel|read|detail)/\d+/"
    assert proposed["full_article"] == "?page=all"
    assert proposed["discover"] == [
        {"kind": "sitemap", "url": "{home}/peta-berita.xml"},
        {"kind": "listing", "url": "{home}/tag/bpjs-ketenagakerjaan"},
    ]


def test_a_site_that_cannot_be_read_is_proposed_with_every_guess_marked(press: Press, outlets: Path) -> None:
    result = run("add", "http://mati.localhost:9/")
    assert result.exit_code == 1
    (proposed,) = tomllib.loads(result.stdout)["outlet"]
    assert proposed["id"] == "mati"
    assert result.stdout.count("CHECK") >= 4
    assert "refused" in result.stderr
    assert run("add", "ftp://x.example/").exit_code == 2
    assert outlets.read_text(encoding="utf-8") == FAMILIES


def test_where_no_host_can_be_found_it_is_the_machine_that_has_no_network(press: Press, outlets: Path) -> None:
    blocks = [an_entry(press, name) for name in ("satu", "dua")]
    text = FAMILIES + "".join(blocks).replace(".localhost", ".invalid")
    outlets.write_text(text, encoding="utf-8")
    result = run("check", "--write")
    assert "no network" in str(result.exception)
    assert outlets.read_text(encoding="utf-8") == text
