"""Outlets that only scripts fill: shown by a browser without a network of its own, or left alone and named."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from crawler.archive import read_articles
from crawler.browser import RENDERED_HEADER, find_browser
from crawler.extract import extract
from crawler.outlets.outlet import Source
from crawler.page import Page
from tests.crawler.press import FAST, ROOT, Press, a_job, a_press, an_outlet, crawl
from tests.crawler.wall_pages import HEADLINE, LINES

CHROMIUM = shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM or find_spec("scrapy_playwright") is None, reason="needs the extra `browser` and a Chromium"
)
SLOW = replace(FAST, timeout=20.0, page_bytes=200_000)


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def an_app(press: Press, script: str) -> None:
    """A site whose every page is the same shell, filled by `script`."""
    shell = (
        "<!doctype html><html><head><title>Kabar</title><link rel='stylesheet' href='/app.css'></head><body>"
        "<noscript>Aktifkan JavaScript untuk membaca.</noscript><div id='root'></div><img src='/foto.jpg'>"
        "<script src='/app.js'></script></body></html>"
    )
    for path in ("/", "/berita/1", "/berita/2"):
        press.page(path, shell)
    press.page("/app.css", "body{color:#000}", **{"Content-Type": "text/css"})
    press.page("/app.js", script, **{"Content-Type": "text/javascript"})
    rows = ",".join(f'"{line}"' for line in LINES)
    press.page("/api/berita.json", f'{{"judul":"{HEADLINE}","isi":[{rows}]}}', **{"Content-Type": "application/json"})


APP = """
const root = document.getElementById('root');
if (location.pathname === '/') {
  root.innerHTML = '<a href="/berita/1">Satu</a><a href="/berita/2">Dua</a>';
} else {
  fetch('/api/berita.json').then(answer => answer.json()).then(berita => {
    document.title = berita.judul + ' - Kabar';
    root.innerHTML = '<article><h1>' + berita.judul + '</h1><time>Jumat, 20 November 2026 10:15 WITA</time>'
      + berita.isi.map(line => '<p>' + line + '</p>').join('') + '</article>';
  });
}
"""


def archived(folder: Path) -> dict[str, Page]:
    return {pages[0].url: pages[0] for warc in (folder / "spool").glob("*.warc.gz") for pages in read_articles(warc)}


@needs_chromium
def test_what_scripts_fill_is_listed_fetched_and_read(press: Press, tmp_path: Path) -> None:
    an_app(press, APP)
    outlet = an_outlet(press, Source("listing", press.url("/")), javascript=True)
    crawled = crawl(a_job(tmp_path, outlet, limits=SLOW, browser=CHROMIUM))
    assert [(event.outcome, event.found) for event in crawled.sources] == [("ok", 2)]
    pages = archived(tmp_path)
    assert set(pages) == {press.url("/berita/1"), press.url("/berita/2")}
    for page in pages.values():
        extraction = extract([page], timezone="Asia/Makassar")
        assert extraction.title == HEADLINE
        assert extraction.text == "\n".join(LINES)
        assert page.headers[RENDERED_HEADER.lower()] == "browser"
    assert press.asked["/foto.jpg"] == 0
    assert press.asked["/berita/1"] == 1
    assert {asked.headers["User-Agent"] for asked in press.log} == {"PantauTest/1.0"}


@needs_chromium
def test_a_page_reaches_nothing_but_what_the_crawler_may_reach(press: Press, tmp_path: Path) -> None:
    targets = [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://dalam.localhost:1/",
        "file:///etc/passwd",
    ]
    rows = ",".join(f"'{target}'" for target in targets)
    script = f"""
const root = document.getElementById('root');
const told = [];
const socket = new WebSocket('ws://kabar.localhost:{press.port}/socket');
const direct = new WebSocket('ws://127.0.0.1:{press.port}/socket');
window.open('/berita/jendela');
const frame = document.createElement('iframe');
frame.src = '/berita/bingkai';
document.body.append(frame);
navigator.sendBeacon('/mercusuar', 'x');
const worker = new Worker(URL.createObjectURL(new Blob(
  ["new WebSocket('ws://127.0.0.1:{press.port}/socket')"])));
fetch('/kirim', {{method: 'POST', body: 'x'}}).then(() => told.push('POST'), () => 0);
fetch('/api/rahasia.json').then(() => told.push('robots'), () => 0);
const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{press.port}'}}]}});
peer.createDataChannel('x');
peer.createOffer().then(offer => peer.setLocalDescription(offer));
const tried = [{rows}].map(target => fetch(target, {{mode: 'no-cors'}}).then(() => told.push(target), () => 0));
Promise.all(tried).then(() => {{
  fetch('/api/berita.json').then(answer => answer.json()).then(berita => {{
    root.innerHTML = '<article><h1>' + berita.judul + '</h1><p>Terjangkau: [' + told.join(' ') + '].</p>'
      + berita.isi.map(line => '<p>' + line + '</p>').join('') + '</article>';
  }});
}});
"""
    an_app(press, script)
    press.page("/robots.txt", "User-agent: *\nDisallow: /api/rahasia\n", **{"Content-Type": "text/plain"})
    press.page("/api/rahasia.json", "{}")
    press.feed("/rss.xml", [(press.url("/berita/1"), "Satu")])
    outlet = an_outlet(press, Source("feed", press.url("/rss.xml")), javascript=True)
    crawled = crawl(a_job(tmp_path, outlet, limits=SLOW, browser=CHROMIUM))
    assert crawled.page(press.url("/berita/1")).outcome == "ok"
    (page,) = archived(tmp_path).values()
    assert "Terjangkau: []." in page.body.decode()
    assert set(press.asked) == {"/robots.txt", "/rss.xml", "/berita/1", "/app.css", "/app.js", "/api/berita.json"}


@needs_chromium
def test_what_escapes_the_routing_meets_a_browser_without_network(press: Press) -> None:
    an_app(press, APP)
    program = """
import sys
from playwright.sync_api import Error, sync_playwright
from crawler.browser import browser_settings
browser, *addresses = sys.argv[1:]
with sync_playwright() as driver:
    chromium = driver.chromium.launch(**browser_settings(browser, 5.0, "x")["PLAYWRIGHT_LAUNCH_OPTIONS"])
    page = chromium.new_page()
    for address in addresses:
        try:
            page.goto(address, timeout=5000)
            print("reached", address)
        except Error as error:
            print("not", address, str(error).splitlines()[0])
    chromium.close()
"""
    addresses = [press.url("/"), f"http://127.0.0.1:{press.port}/", f"http://localhost:{press.port}/"]
    tried = subprocess.run(
        [sys.executable, "-c", program, CHROMIUM, *addresses], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert [line.split()[0] for line in tried.stdout.splitlines()] == ["not"] * 3, tried.stderr
    assert press.log == []


@needs_chromium
def test_a_page_that_leaves_or_never_rests_is_taken_as_it_is(press: Press, tmp_path: Path) -> None:
    script = APP + (
        "setInterval(() => fetch('/api/berita.json'), 50);"
        "setTimeout(() => { location.href = 'http://10.0.0.1/'; }, 300); alert('halo');"
    )
    an_app(press, script)
    press.feed("/rss.xml", [(press.url("/berita/1"), "Satu")])
    outlet = an_outlet(press, Source("feed", press.url("/rss.xml")), javascript=True)
    crawled = crawl(a_job(tmp_path, outlet, limits=SLOW, browser=CHROMIUM))
    assert crawled.page(press.url("/berita/1")).outcome == "ok"
    (page,) = archived(tmp_path).values()
    assert LINES[0] in page.body.decode()
    assert press.asked["/api/berita.json"] <= 80


@pytest.mark.parametrize("browser", ["", "no-such-browser"])
def test_without_a_browser_such_an_outlet_is_left_alone_and_says_what_it_needs(
    press: Press, tmp_path: Path, browser: str
) -> None:
    an_app(press, APP)
    press.article("/berita/3")
    press.feed("/biasa.xml", [(press.url("/berita/3", "biasa.localhost"), "Tiga")])
    app = an_outlet(press, Source("listing", press.url("/")), javascript=True)
    plain = an_outlet(press, Source("feed", press.url("/biasa.xml", "biasa.localhost")), host="biasa.localhost")
    crawled = crawl(a_job(tmp_path, app, plain, browser=browser))
    assert [(event.outlet, event.outcome, event.reason) for event in crawled.sources] == [
        ("kabar", "hard", "needs-browser"), ("biasa", "ok", ""),
    ]  # fmt: skip
    assert "install the extra `browser`" in crawled.sources[0].detail
    assert [event.outcome for event in crawled.pages] == ["ok"]
    assert find_browser(browser) is None


def test_an_outlet_that_does_not_say_so_is_recognised_by_its_empty_shell(press: Press, tmp_path: Path) -> None:
    an_app(press, APP)
    crawled = crawl(a_job(tmp_path, an_outlet(press, Source("listing", press.url("/")))))
    (event,) = crawled.sources
    assert (event.outcome, event.reason) == ("hard", "javascript")
    assert "javascript = true" in event.detail
