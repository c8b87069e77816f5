"""Dates as machines and as readers are told them."""

import json
from datetime import UTC, datetime

import pytest

from crawler.dates import read_date_line, read_machine_date, settle
from crawler.extract import extract
from crawler.outlets.layouts import Layout, Layouts
from crawler.page import Page

JAKARTA = "Asia/Jakarta"


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("Jum'at, 06 Nop 2015 | 10:08 WIB", "2015-11-06T03:08"),
        ("Jumat, 6 November 2015 10.08 WITA", "2015-11-06T02:08"),
        ("Senin 16-11-2026,14:05 WIT", "2026-11-16T05:05"),
        ("02/11/2015 00:15 WIB", "2015-11-01T17:15"),
        ("Diterbitkan 1 Agt 2026, pukul 09:30", "2026-08-01T02:30"),
        ("17 Des 2026 23:59:58", "2026-12-17T16:59:58"),
        ("November 20, 2026 6:05 pm", "2026-11-20T11:05"),
        ("Nov 20, 2026 12:05 am", "2026-11-19T17:05"),
        ("2026-11-20 10:15:00", "2026-11-20T03:15"),
        ("Rabu, 18 Nov 2026 10:21 (GMT+8)", "2026-11-18T02:21"),
        ("3 Maret 2024", "2024-03-02T17:00"),
    ],
)
def test_a_date_line_is_read_day_first_in_its_zone(line: str, instant: str) -> None:
    stamp = read_date_line(line)
    assert stamp is not None
    assert settle(None, stamp, JAKARTA) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["Rp1.250.000", "Senin (15/2)", "pukul 10.15 WIB", "31/02/2026 10:00", "45 Nov 2026", "", "1/2/3", "9" * 5000],
)
def test_what_is_no_full_date_is_none(line: str) -> None:
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("declared", "shown", "instant"),
    [
        ("2026-11-19T16:40:12Z", "Kamis, 19 Nov 2026 16:40 WIB", "2026-11-19T09:40:12"),
        ("2026-11-19T16:40:12.000Z", "Kamis, 19 Nov 2026 16:40 WITA", "2026-11-19T08:40:12"),
        ("2026-11-19T16:40:12+00:00", "Kamis, 19 Nov 2026 16:40 WIB", "2026-11-19T09:40:12"),
        ("2026-11-19T16:40:12Z", "Kamis, 19 Nov 2026 16:40", "2026-11-19T09:40:12"),
        ("2026-11-19T09:40:12Z", "Kamis, 19 Nov 2026 16:40 WIB", "2026-11-19T09:40:12"),
        ("2026-11-19T16:40:12+07:00", "Kamis, 19 Nov 2026 16:40 WIB", "2026-11-19T09:40:12"),
        ("2026-11-19T16:40:12+08:00", "Kamis, 19 Nov 2026 16:40 WIB", "2026-11-19T08:40:12"),
        ("2026-11-19T16:40:12", "Kamis, 19 Nov 2026 16:40 WIT", "2026-11-19T07:40:12"),
        ("2026-11-19 16:40", None, "2026-11-19T09:40"),
        ("2026-11-19T09:40:12Z", None, "2026-11-19T09:40:12"),
        ("2026-11-19", "19/11/2026 16:40 WIB", "2026-11-19T09:40"),
        ("2026-11-19T16:40:12+0700", "19 November 2026", "2026-11-19T09:40:12"),
    ],
)
def test_a_bare_z_yields_to_the_clock_that_readers_see(declared: str, shown: str | None, instant: str) -> None:
    visible = read_date_line(shown) if shown else None
    assert settle(read_machine_date(declared), visible, JAKARTA) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def fetched_page(head: str = "", line: str = "", fetched: str = "2026-11-20T01:00:00+00:00") -> Page:
    text = "".join(f"<p>Loket klaim ke-{n} di Teluk Biru buka sampai sore, kata kepala cabang.</p>" for n in range(6))
    body = f"<html><head>{head}</head><body><h1>Loket Klaim Buka Sampai Sore</h1><p>{line}</p>{text}</body></html>"
    url = "https://kabar.example/berita/loket-klaim"
    return Page(url, datetime.fromisoformat(fetched), 200, {"content-type": "text/html"}, body.encode(), "kabar")


def linked(**values: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.mark.parametrize(
    "published",
    ["3100-01-01T00:00:00+07:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "2026-11-22T08:00:01+07:00"],
)
def test_what_is_dated_far_after_its_fetch_has_no_date(published: str) -> None:
    extraction = extract([fetched_page(linked(datePublished=published, dateModified=published))])
    assert (extraction.published, extraction.modified) == (None, None)
    assert "published" not in extraction.sources


def test_a_clock_may_run_ahead_by_two_days() -> None:
    extraction = extract([fetched_page(linked(datePublished="2026-11-22T08:00:00+07:00"))])
    assert extraction.published == datetime(2026, 11, 22, 1, tzinfo=UTC)


def test_the_readers_line_and_other_stamps_tell_what_an_impossible_one_does_not() -> None:
    impossible = {"datePublished": "2999-01-01T00:00:00Z"}
    shown = extract([fetched_page(linked(**impossible), "Jumat, 20 November 2026 07:30 WIB")])
    assert (shown.published, shown.sources["published"]) == (datetime(2026, 11, 20, 0, 30, tzinfo=UTC), "visible")
    created = extract([fetched_page(linked(**impossible, dateCreated="2026-11-19T10:00:00+07:00"))])
    assert created.published == datetime(2026, 11, 19, 3, tzinfo=UTC)


@pytest.mark.parametrize("told", ["3100-01-01T00:00:00Z", "0001-01-01T00:00:00"])
def test_a_layout_cannot_tell_an_impossible_date_either(told: str) -> None:
    layouts = Layouts([Layout(outlet="kabar", body="body", published="meta[name=terbit]::attr(content)")])
    page = fetched_page(f'<meta name="terbit" content="{told}">')
    assert extract([page], layouts=layouts).published is None
    possible = fetched_page('<meta name="terbit" content="2026-11-19T10:00:00+07:00">')
    assert extract([possible], layouts=layouts).published == datetime(2026, 11, 19, 3, tzinfo=UTC)


def test_a_naive_time_is_read_in_the_outlets_zone() -> None:
    stamp = read_date_line("20 November 2026 10:15")
    assert settle(None, stamp, "Asia/Jayapura") == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "kemarin", "0000-00-00", "2026-13-45T10:00:00Z", "2026-11-19T99:00:00Z"])
def test_a_broken_machine_date_is_none(value: str) -> None:
    assert read_machine_date(value) is None


def test_an_update_is_told_from_a_publication() -> None:
    stamp = read_date_line("Diperbarui: 20 November 2026 10:15 WIB")
    assert stamp is not None
    assert stamp.is_update
