"""When an article is looked at again, and which ones are."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive import Capture
from crawler.watch import Watch, names_any, next_look

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURS = (1, 4, 24)
WATCH = Watch(
    id="0123456789abcdef",
    url="https://x.id/a?page=all",
    outlet="x",
    discovery="feed",
    via="https://x.id/rss",
    captures=(Capture("https://x.id/a?page=all", NOW, "sha1:ABC"),),
    first=NOW,
    due=NOW + HOUR,
    etag='"1"',
)


def test_a_watch_reads_back_as_it_was_written() -> None:
    assert Watch.from_json(WATCH.to_json()) == WATCH


@pytest.mark.parametrize(("hours", "due"), [(0, 1), (1, 4), (3.9, 4), (5, 24), (24, None), (900, None)])
def test_the_next_look_is_the_next_on_the_schedule(hours: float, due: float | None) -> None:
    assert next_look(NOW, HOURS, NOW + hours * HOUR) == (None if due is None else NOW + due * HOUR)


def test_an_article_is_gone_when_two_looks_in_a_row_say_so() -> None:
    now = WATCH.due
    missed = WATCH.missed(now, HOURS)
    assert missed is not None
    assert missed.due == now + HOUR
    assert missed.missed(missed.due, HOURS) is None
    seen = missed.seen(missed.due, HOURS)
    assert seen is not None
    assert (seen.due, seen.misses) == (NOW + 4 * HOUR, 0)


def test_a_last_look_that_misses_is_confirmed_all_the_same() -> None:
    missed = WATCH.missed(NOW + 24 * HOUR, HOURS)
    assert missed is not None
    assert missed.due == NOW + 25 * HOUR


def test_a_look_that_was_put_off_counts_its_failures_until_one_succeeds() -> None:
    later = WATCH.put_off(NOW + 2 * HOUR).put_off(NOW + 3 * HOUR)
    assert (later.due, later.failures) == (NOW + 3 * HOUR, 2)
    seen = later.seen(NOW + 3 * HOUR, HOURS)
    assert seen is not None
    assert seen.failures == 0


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"<p>Peserta BPJS Ketenagakerjaan</p>", True),
        (b"<title>Klaim bpjs naik</title><p>isi", True),
        (b"<article>BPJS</article><abbr>x</abbr>", True),
        (b"<a href='/tag/bpjs'>BPJS</a> <A\nclass=x>BPJS</A>", False),
        (b"<script>tag = 'bpjs'</script><SCRIPT src=bpjs.js></SCRIPT>", False),
        (b"<a>tautan yang tak ditutup BPJS", True),
        (b"<p>Klub menang</p>", False),
        (b"", False),
    ],
)
def test_a_page_names_a_word_outside_its_links_and_scripts(body: bytes, *, named: bool) -> None:
    assert names_any([b"<p>lain", body], ["BPJS"]) is named


def test_no_words_are_named_by_no_page() -> None:
    assert not names_any([b"<p>BPJS"], [])


@pytest.mark.parametrize("hostile", [b"<a " * 1_000_000 + b"bpjs", b"<script" * 500_000 + b"bpjs", b"</a" * 1_000_000])
def test_hostile_pages_are_looked_through_once(hostile: bytes) -> None:
    names_any([hostile], ["bpjs"])
