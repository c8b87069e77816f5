"""What the crawler remembers, and what a crash leaves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, capture, publish, read_articles
from crawler.link import Link
from crawler.page import Page
from crawler.pipelines import recover
from crawler.polling import Pace
from crawler.state import MAX_ATTEMPTS, CrawlState, Unread
from crawler.watch import Watch

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
FEED = "https://x.id/rss"
HOUR = timedelta(hours=1)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[CrawlState]:
    state = CrawlState(tmp_path / "state.sqlite")
    yield state
    state.close()


def a_link(name: str = "a", *, first: bool = False, attempts: int = 0) -> Link:
    return Link(f"https://x.id/{name}", "x", "feed", FEED, first, attempts)


def a_page(link: Link) -> Page:
    return Page(link.url, NOW, 200, {"content-type": "text/html"}, b"<p>isi</p>", "x", "feed", FEED)


def test_a_link_is_new_once_also_under_its_other_urls(state: CrawlState) -> None:
    amp = Link("https://m.x.id/a/amp?utm_source=x", "x", "feed", FEED)
    new = state.unknown([a_link(), amp, a_link("b")], NOW)
    assert new == [a_link(), a_link("b")]
    state.discovered(FEED, new, NOW)
    assert state.unknown([amp], NOW) == []


def test_links_wait_until_their_warc_is_committed(state: CrawlState) -> None:
    state.discovered(FEED, [a_link(), a_link("b")], NOW)
    state.seal("1.warc.gz", [a_link().id])
    assert not state.is_seen(a_link().id)
    assert len(state.pending(["x"], 9, NOW)) == 2
    state.commit("1.warc.gz", NOW)
    assert state.is_seen(a_link().id)
    assert state.pending(["x"], 9, NOW) == [a_link("b")]
    assert state.sealed() == []


def test_links_of_the_first_words_wait_in_front(state: CrawlState) -> None:
    state.discovered(FEED, [a_link("old", first=True), a_link("old2")], NOW - HOUR)
    state.discovered(FEED, [a_link("new")], NOW)
    assert [link.url[-3:] for link in state.pending(["x"], 2, NOW)] == ["old", "new"]
    assert state.pending(["y"], 2, NOW) == []


def test_validators_are_kept_with_the_links_they_stand_for(state: CrawlState) -> None:
    state.discovered(FEED, [], NOW, '"v1"', "Sun, 22 Nov 2026 13:05:00 GMT")
    assert state.source(FEED).etag == '"v1"'
    assert state.source("https://x.id/other").etag is None


def test_a_source_is_asked_again_later_after_every_failure_and_at_once_after_a_success(state: CrawlState) -> None:
    state.discovered(FEED, [], NOW, '"v1"')
    assert state.source_failed(FEED, HOUR, NOW) == NOW + HOUR
    assert state.source_failed(FEED, HOUR, NOW) == NOW + 2 * HOUR
    assert state.source_failed(FEED, 20 * HOUR, NOW) == NOW + 24 * HOUR
    assert state.source(FEED).etag == '"v1"'
    state.source_unchanged(FEED)
    assert state.source(FEED).retry_at is None
    assert state.source_failed(FEED, HOUR, NOW) == NOW + HOUR


def test_an_article_that_cannot_be_had_is_left_alone_for_a_month(state: CrawlState) -> None:
    state.discovered(FEED, [a_link()], NOW)
    retry_at = state.page_failed(a_link(), "http-404", NOW)
    assert state.pending(["x"], 9, NOW) == []
    assert state.unknown([a_link()], retry_at - HOUR) == []
    assert state.unknown([a_link()], retry_at + HOUR) == [a_link()]


def test_a_soft_failure_waits_and_then_becomes_a_hard_one(state: CrawlState) -> None:
    state.discovered(FEED, [a_link()], NOW)
    assert state.page_failed_softly(a_link(), "timeout", HOUR, NOW) == NOW + HOUR
    assert state.pending(["x"], 9, NOW) == []
    assert state.pending(["x"], 9, NOW + HOUR) == [a_link(attempts=1)]
    state.page_failed_softly(a_link(attempts=MAX_ATTEMPTS - 1), "timeout", HOUR, NOW)
    assert state.pending(["x"], 9, NOW + 48 * HOUR) == []


def test_an_alias_of_a_seen_article_is_seen(state: CrawlState) -> None:
    state.discovered(FEED, [a_link(), a_link("short")], NOW)
    state.seal("1.warc.gz", [a_link().id])
    state.commit("1.warc.gz", NOW)
    state.is_alias(a_link("short"), a_link().id, NOW)
    assert state.is_seen(a_link("short").id)
    assert state.pending(["x"], 9, NOW) == []


def test_memory_outlives_the_process(tmp_path: Path, state: CrawlState) -> None:
    state.discovered(FEED, [a_link()], NOW)
    again = CrawlState(tmp_path / "state.sqlite")
    assert again.pending(["x"], 9, NOW) == [a_link()]
    again.close()


@pytest.mark.parametrize("moment", ["before noting it", "before renaming", "before committing"])
def test_after_a_crash_every_article_is_either_in_the_archive_or_still_waiting(
    tmp_path: Path, state: CrawlState, moment: str
) -> None:
    spool, link = tmp_path / "spool", a_link()
    state.discovered(FEED, [link], NOW)
    writer = ArchiveWriter(spool, "test")
    writer.add(link.id, [a_page(link)], NOW)
    name = writer.seal()
    assert name is not None
    if moment != "before noting it":
        state.seal(name, [link.id])
    if moment == "before committing":
        publish(spool, name)
    recover(spool, state, NOW)
    archived = [page.url for warc in spool.glob("*.warc.gz") for (page,) in read_articles(warc)]
    is_kept = moment in {"before renaming", "before committing"}
    assert archived == ([link.url] if is_kept else [])
    assert state.is_seen(link.id) is is_kept
    assert state.pending(["x"], 9, NOW) == ([] if is_kept else [link])
    assert list(spool.glob("*.part")) == []


def test_a_warc_that_was_moved_on_before_it_was_committed_counts(tmp_path: Path, state: CrawlState) -> None:
    state.seal("moved.warc.gz", [a_link().id])
    recover(tmp_path, state, NOW)
    assert state.is_seen(a_link().id)


def test_a_listings_next_page_is_unread_until_it_is_read_or_given_up(state: CrawlState) -> None:
    second, third = (Unread(f"{FEED}?page={number}", "kota", FEED, number) for number in (2, 3))
    state.discovered(FEED, [], NOW, unread=[second])
    assert state.unread() == [second]
    state.discovered(second.url, [], NOW, unread=[third])
    assert state.unread() == [third]
    state.leave_unread(third.url)
    assert state.unread() == []


@pytest.mark.parametrize("moment", ["before noting it", "before renaming", "before committing"])
def test_after_a_crash_every_look_is_either_in_the_archive_or_still_due(
    tmp_path: Path, state: CrawlState, moment: str
) -> None:
    spool, page = tmp_path / "spool", a_page(a_link())
    watches = [
        Watch(a_link(name).id, page.url, "x", "feed", FEED, (capture(page),), NOW - HOUR, NOW) for name in ("b", "a")
    ]
    for watch in watches:
        state.watch(watch)
    writer = ArchiveWriter(spool, "test")
    for watch in watches:
        writer.add_revisits(watch.id, [(page, capture(page))], NOW)
    name = writer.seal()
    assert name is not None
    after = {watches[0].id: watches[0].seen(NOW, (9.0,)), watches[1].id: None}
    if moment != "before noting it":
        state.seal(name, [], after)
    if moment == "before committing":
        publish(spool, name)
    recover(spool, state, NOW)
    is_kept = moment != "before noting it"
    assert len(list(spool.glob("*.warc.gz"))) == is_kept
    assert list(spool.glob("*.part")) == []
    assert state.watched(["x"], 9, NOW) == ([] if is_kept else watches)
    assert state.watched(["x"], 9, NOW + 9 * HOUR) == ([after[watches[0].id]] if is_kept else watches)


def test_looks_are_due_by_outlet_the_longest_due_first(state: CrawlState) -> None:
    page = a_page(a_link())
    watches = [
        Watch(a_link(name).id, page.url, "x", "feed", FEED, (capture(page),), NOW, NOW + hours * HOUR)
        for name, hours in (("a", 3), ("b", 1), ("c", 2))
    ]
    for watch in watches:
        state.watch(watch)
    assert state.watched(["x"], 9, NOW) == []
    assert [watch.id for watch in state.watched(["x"], 2, NOW + 9 * HOUR)] == [watches[1].id, watches[2].id]
    assert state.watched(["y"], 9, NOW + 9 * HOUR) == []
    state.unwatch(watches[1].id)
    assert len(state.watched(["x"], 9, NOW + 9 * HOUR)) == 2


def test_a_source_remembers_its_pace_and_what_it_named(state: CrawlState) -> None:
    pace = Pace(timedelta(minutes=12.5), NOW, 20, 3.25)
    state.discovered(FEED, [], NOW, pace=pace, entries=[a_link().id, a_link("b").id])
    memory = state.source(FEED)
    assert memory.pace == pace
    assert memory.entries == {a_link().id, a_link("b").id}
    state.source_failed(FEED, HOUR, NOW)
    assert state.source(FEED).pace == pace


def test_an_index_leads_to_the_sitemaps_it_named_last(state: CrawlState) -> None:
    index, first, second = (f"https://x.id/{name}.xml" for name in ("index", "a", "b"))
    state.discovered(index, [], NOW, sitemaps=[first])
    state.discovered(first, [], NOW, '"v1"')
    state.discovered(index, [], NOW, sitemaps=[first, second])
    assert state.sitemaps_of(index) == [first, second]
    assert state.source(first).etag == '"v1"'
    state.discovered(index, [], NOW, sitemaps=[second])
    assert state.sitemaps_of(index) == [second]
