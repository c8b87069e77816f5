"""The web at its worst: each attack shows in health by its reason, holds nobody up, and reaches nothing private."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import read_articles
from crawler.events import DoneEvent, PageEvent, SourceEvent
from crawler.extract import extract
from crawler.outlets.outlet import Outlet, Source
from crawler.page import ExtractionError, Page
from tests.crawler.hostile import HOSTILE, SENTENCES, Hostile
from tests.crawler.press import FAST, a_job, crawl
from tests.crawler.wire import WireServer, a_wire_server

LIMITS = replace(
    FAST, retries=0, timeout=8.0, page_bytes=3_000_000, document_bytes=6_000_000, concurrent=200,
    articles_per_outlet=10, article_pages=5, links_per_source=40, redirects=4, seconds=200.0,
)  # fmt: skip


class Aftermath:
    """What one crawl over all hostile hosts, and one good one, left behind."""

    def __init__(self, folder: Path) -> None:
        self.connections = folder / "connections"
        with a_wire_server() as server:
            outlets = [_outlet(server, hostile) for hostile in HOSTILE]
            server.attacks = {hostile.name: hostile.attack for hostile in HOSTILE}
            self.asked = server.asked
            self.port = server.port
            crawled = crawl(a_job(folder, *outlets, limits=LIMITS), connections=self.connections)
        self.done = crawled.events[-1]
        self.events: dict[str, list[SourceEvent | PageEvent]] = defaultdict(list)
        for event in crawled.events:
            if isinstance(event, SourceEvent | PageEvent):
                self.events[event.outlet].append(event)
        self.articles: dict[str, list[tuple[Page, ...]]] = defaultdict(list)
        for warc in crawled.warcs:
            for pages in read_articles(warc):
                self.articles[pages[0].outlet].append(pages)

    def told(self, hostile: Hostile) -> set[tuple[str, str]]:
        """Outcome and reason of every event of the part that the attack plays."""
        if hostile.part == "text":
            return {("stored", _how_it_reads(pages)) for pages in self.articles[hostile.name]}
        if hostile.part == "page":
            return {(e.outcome, e.reason) for e in self.events[hostile.name] if isinstance(e, PageEvent)}
        if hostile.part == "robots" and hostile.told[0] == "ok":
            return {(e.outcome, e.reason) for e in self.events[hostile.name]}
        return {
            (e.outcome, e.reason)
            for e in self.events[hostile.name]
            if isinstance(e, SourceEvent) and e.kind == hostile.part
        }


def _outlet(server: WireServer, hostile: Hostile) -> Outlet:
    kind = hostile.part if hostile.part in ("sitemap", "listing") else "feed"
    return Outlet(
        id=hostile.name,
        name=hostile.name,
        home=server.url(hostile.name),
        tier="local",
        province="72",
        timezone="Asia/Makassar",
        sources=(Source(kind, server.url(hostile.name, "/sumber"), 3),),
        article="/berita/",
    )


def _how_it_reads(pages: tuple[Page, ...]) -> str:
    try:
        text = extract(pages).text
    except ExtractionError as error:
        return error.reason
    return "read" if all(sentence.split()[0] in text for sentence in SENTENCES) else f"read as {text[:80]!r}"


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    return Aftermath(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_every_attack_ends_under_its_own_name(aftermath: Aftermath, hostile: Hostile) -> None:
    assert aftermath.told(hostile) == {hostile.told}


def test_the_crawl_ends_by_itself_and_answers_for_every_host(aftermath: Aftermath) -> None:
    assert isinstance(aftermath.done, DoneEvent)
    assert aftermath.done.reason == "finished"
    assert len(HOSTILE) >= 80
    assert {hostile.name for hostile in HOSTILE} <= aftermath.events.keys()


def test_nothing_but_the_served_hosts_is_ever_connected_to(aftermath: Aftermath) -> None:
    connections = set(aftermath.connections.read_text(encoding="utf-8").splitlines())
    assert f"127.0.0.1:{aftermath.port}" in connections
    assert {connection.rpartition(":")[0] for connection in connections} == {"127.0.0.1"}


def test_what_leads_on_for_ever_is_followed_within_bounds(aftermath: Aftermath) -> None:
    ((pages),) = aftermath.articles["pages-without-end"]
    assert len(pages) == LIMITS.article_pages
    assert len([path for path in aftermath.asked["list-endless"] if path.startswith("/sumber")]) == 3
    assert len([path for path in aftermath.asked["map-of-itself"] if path.startswith("/sumber")]) <= 2
    assert len([path for path in aftermath.asked["redirect-for-ever"] if path.startswith("/berita")]) == 5


@pytest.mark.parametrize(
    "name", ["feed-inward", "feed-scripts", "feed-broken-links", "map-files", "list-base-elsewhere"]
)
def test_links_that_lead_out_of_the_web_are_left_alone(aftermath: Aftermath, name: str) -> None:
    (event,) = aftermath.events[name]
    assert isinstance(event, SourceEvent)
    assert event.found == 0


def test_no_file_of_this_machine_comes_in_by_an_entity(aftermath: Aftermath) -> None:
    assert [path for asked in aftermath.asked.values() for path in asked if "root:" in path] == []
    assert aftermath.asked["feed-spy"] == ["/robots.txt", "/sumber", "/berita/1-a"]
