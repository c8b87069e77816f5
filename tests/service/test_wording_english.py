"""Sentences of the domain as an English desk tells them, also those that were first told in Indonesian."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from service.domain.alert_life import AlertEvent, EventKind, acknowledge, escalate, grow
from service.domain.health import Alarm
from service.domain.ledger.checks.finding import Finding, Term
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.version import Difference, Paragraph, Piece
from service.domain.watch import STANDSTILL, Sighting
from service.domain.wording import accounts, alarms, alerts, changes, corrections, findings, jobs, names, rules, times
from service.domain.wording.language import telling_in
from service.domain.wording.retelling import retell
from service.errors import AlertError
from service.usecases import digests, notifying
from service.web.language import language_of, say_told
from tests.service.builders import NOW, a_rule, an_alert, an_article

ENGLISH = language_of("en")
STORY = an_article("a")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with telling_in(ENGLISH):
        yield


@pytest.mark.parametrize(
    ("alarm", "told"),
    [
        (Alarm("unreachable", NOW, NOW, "dns"), "None of its sources can be read: address not found."),
        (Alarm("blocked", NOW, NOW, "http-418"), "The site does not want to be read: the site answers with error 418."),
        (
            Alarm("redesign", NOW, NOW, "layout", 1_009, 1_012, 0.04),
            "1,009 of the last 1,012 pages are empty, very short or read with little confidence; usually 4 percent "
            "are. The site's layout may have changed.",
        ),
        (
            Alarm("silent", NOW, NOW, "no-pages", 72, usual=14.0),
            "No new pages for 3 days; the longest gap is usually 14 h.",
        ),
        (Alarm("silent", NOW, NOW, "no-pages", 31), "No new pages for 31 h."),
        (Alarm("volume", NOW, NOW, "", 3, usual=23.5), "Only 3 articles within 24 hours; usually about 24."),
    ],
)
def test_an_alarm_is_a_sentence_with_its_numbers(alarm: Alarm, told: str) -> None:
    assert alarms.sentence(alarm) == told


def test_what_does_not_add_up_is_told_with_the_numbers_as_english_writes_them() -> None:
    terms = [
        Term("part", Decimal(25_430_000), "people", "25,43 juta"),
        Term("part", Decimal(14_270_000), "people", "14,27 juta"),
        Term("whole", Decimal(40_100_000), "people", "40,10 juta orang"),
        Term("computed", Decimal(39_700_000), "people"),
    ]
    assert findings.arithmetic(Finding("sum", (), tuple(terms))) == (
        "25.43 + 14.27 = 39.70 million people, but 40.10 million people is printed: "
        "a difference of 0.40 million people."
    )


def test_outlets_that_differ_are_listed_and_the_rest_of_them_counted() -> None:
    agreeing = [Term("stated", Decimal(900), "people", outlet=f"Media {it}") for it in "ABCDEF"]
    finding = Finding("outlets", (), (*agreeing, Term("stated", Decimal(1_200), "people", outlet="Media G")), ("date",))
    assert findings.arithmetic(finding) == (
        "Media A, Media B, Media C, Media D and 2 other outlets wrote 900 people; Media G wrote 1,200 people: "
        "a difference of 300 people."
    )
    assert findings.explanation(finding) == "Perhaps no mistake: their dates differ within the same year."


def test_a_figure_is_held_against_the_official_one() -> None:
    official = OfficialFigure("coverage", "16.71", "2026-06", Decimal("31.93"), "percent", "Laporan cabang")
    standing = Standing("differs", official, Decimal("-1.5"))
    assert findings.against_official(standing) == (
        "1.5 percentage points below the official figure: 31.93 percent (June 2026, Laporan cabang)."
    )


def test_what_a_text_changed_is_told_in_a_sentence() -> None:
    title = (Piece("removed", "Lama"), Piece("added", "Baru"))
    paragraphs = (Paragraph("changed", ()), Paragraph("added", ()), Paragraph("added", ()))
    content = Difference("content", title, paragraphs)
    assert changes.change(content) == "The text changed, paragraphs: 1 changed, 2 added; the headline was changed too."
    assert changes.change(replace(content, paragraphs=())) == "The headline was changed."
    corrected = Difference("correction", (), (), "Ralat: 39 persen.", ("31 persen",), ("39 persen",))
    assert changes.change(corrected) == (
        "The outlet declares a correction: “Ralat: 39 persen”; figures changed from 31 persen to 39 persen."
    )


def test_what_a_watch_saw_is_told_with_its_numbers() -> None:
    spike = Sighting(a_rule("lonjakan"), "topik:claims", NOW.date(), 1_200, 2.5)
    assert rules.sentence(spike, str, str) == "Claims: 1,200 articles in a day; usually 2.5 a day (median of 14 days)."
    still = Sighting(a_rule("diam"), STANDSTILL, NOW.date(), 7)
    assert rules.sentence(still, str, str) == "No article from any outlet has been collected for 7 h."


def test_the_conditions_of_a_rule_are_told() -> None:
    rule = a_rule("negatif", sentiments=frozenset({"negative"}), min_score=0.8, tiers=frozenset({"national"}))
    assert rules.conditions(rule, str, str) == (
        ("Tone", "Negative (confidence of 80% and more)"),
        ("Level of outlet", "National"),
    )


@pytest.mark.parametrize(
    ("kind", "note", "told"),
    [
        ("grown", "3 media", "Carried by 3 outlets"),
        ("told", "1 penerima", "Sent to 1 recipient"),
        ("escalated", "60 menit", "Escalated: not handled within 60 minutes"),
        (
            "held",
            "Jam tenang sampai Sel 24 Nov 2026, 06.00 WIB.",
            "Delivery held back. Quiet hours until Tue 24 Nov 2026, 06:00 WIB.",
        ),
        (
            "held",
            "Jam tenang sampai 24-11-2026 06.00 WIB.",
            "Delivery held back. Quiet hours until Tue 24 Nov 2026, 06:00 WIB.",
        ),
        ("snoozed", "Kam 31 Des 2026, 06.00 WIB", "Put off until Thu 31 Dec 2026, 06:00 WIB"),
        ("snoozed", "Kam 31 Des 2026, 06.00 WIB: ada rapat", "Put off until Thu 31 Dec 2026, 06:00 WIB: ada rapat"),
        ("snoozed", "2026-11-28 02.14 WIB", "Put off until Sat 28 Nov 2026, 02:14 WIB"),
        ("snoozed", "99-99-2026 99.99 WIB", "Put off until 99-99-2026 99.99 WIB"),
        ("closed", "Ceritanya digabung dengan cerita lain.", "Closed: Its story was merged with another."),
        ("acknowledged", "sudah ditangani", "Marked as being handled: sudah ditangani"),
        ("acknowledged", "", "Marked as being handled"),
        ("assigned", "Uji", "Assigned to Uji"),
    ],
)
def test_what_happened_to_an_alert_is_told_and_what_people_noted_stays(kind: EventKind, note: str, told: str) -> None:
    assert alerts.event(AlertEvent("a", kind, NOW, note=note)) == told


def test_an_alert_is_told_with_what_it_is_about_and_how_it_ended() -> None:
    assert alerts.subject_of("topik:claims@2026-11-23") == "Topic Claims, Mon 23 Nov 2026"
    assert alerts.subject_of("media:antara@x", outlet_name=str.upper) == "Outlet ANTARA"
    ended = an_alert(STORY, closed_reason="corrected", closed_by="Rani Saputri")
    assert alerts.closed(ended) == "Closed by Rani Saputri: its assessment was corrected"


def test_names_that_functions_give_are_told() -> None:
    assert accounts.browser("") == "unknown browser"
    assert jobs.job_name("deliver-telegram") == "Sending messages by telegram"
    assert [jobs.lasted(it) for it in (0.26, 185, 7_800)] == ["0.3 s", "3 min 5 s", "2 h 10 min"]
    assert names.resolution("region", "headline") == "Region from the headline"
    assert corrections.told("metric", "coverage") == "Membership coverage"


@pytest.mark.parametrize("typed", ["Agustus 2026", "August 2026", "aug 2026", "Agu 2026"])
def test_a_month_may_be_typed_in_both_languages(typed: str) -> None:
    assert times.iso_period(typed) == "2026-08"


def test_a_refusal_with_a_name_is_told_anew() -> None:
    with telling_in(language_of("id")), pytest.raises(AlertError) as refused:
        acknowledge(an_alert(STORY, state="acknowledged", acknowledged_by="Bima {0} Sakti"), "Rani", NOW)
    assert str(refused.value) == "Peringatan ini sudah ditandai ditangani oleh Bima {0} Sakti."
    assert "Bima {0} Sakti" in say_told(str(refused.value))
    assert "Peringatan" not in say_told(str(refused.value))


def test_lists_and_several_sentences_are_told_anew_where_all_of_them_are_known() -> None:
    assert retell("3 media, 1.234 penerima; Uji") == "3 outlets, 1,234 recipients; Test"
    assert retell("Segmen 'orang' tidak dikenal. Status peserta harus berupa teks.") == (
        "Segment 'orang' is not known. Member status must be text."
    )
    mistyped = "Nilai 'dua' bukan angka; tulis misalnya 31,93 atau 1608431, tanpa satuan."
    assert retell(f"{mistyped} Isi catatannya.") == f"{retell(mistyped)} Write the note."
    assert retell("3 media, apa saja") is None
    assert say_told("3 media, apa saja") == "3 media, apa saja"


def test_what_was_told_for_everybody_stays_indonesian() -> None:
    with telling_in(language_of("id")):
        assert retell("3 media") is None
        assert say_told("Terlalu banyak percobaan. Coba lagi dalam 5 menit.").startswith("Terlalu")


def test_what_pantau_notes_by_itself_is_in_the_catalogue() -> None:
    with telling_in(language_of("id")):
        open_alert = an_alert(STORY, escalate_minutes=45)
        grown = grow(open_alert, 5, NOW)
        assert grown is not None
        kept = [grown.event.note, escalate(open_alert, NOW).event.note]
    kept += [notifying.NOBODY, notifying.NOBODY_ABOVE, digests.GONE_SEARCH, digests.NO_FILE]
    assert [it for it in kept if retell(it) in (None, it)] == []
