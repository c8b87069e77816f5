"""Each morning has one digest, which tells everything that was indexed since the last one, and nothing twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nlp.analysis import Span
from service.domain.article import WIB, Article
from service.domain.digest import (
    LATE_AFTER,
    MAX_FIGURES,
    MAX_NEW_TROUBLES,
    MAX_SENTENCE,
    MAX_STORIES,
    MAX_TROUBLES,
    Average,
    Counts,
    Digest,
    IndexedMark,
    OutletLink,
    PressState,
    RegionEntry,
    compose_digest,
    count_days,
    press_state,
)
from service.domain.health import OutletHealth, OutletRecord, PressHealth, SourceState, judge
from service.domain.query import Query
from service.ports import FetchEvent
from tests.service.builders import JEMBER, NOW, TEXT, ManualClock, a_figure, an_alert, an_article
from tests.service.digest_desk import DAILY, DUE, NAMES, DigestDesk
from tests.service.fakes import told_by_ledger

MONDAY = date(2026, 11, 23)


# What a digest tells.


def a_digest(*articles: Article, **changes: Any) -> Digest:
    settings: dict[str, Any] = {"press": PressState(), "outlet_names": NAMES} | told_by_ledger(*articles) | changes
    return compose_digest(DAILY, MONDAY, NOW - timedelta(days=1), NOW, articles=articles, **settings)


def test_negative_stories_need_an_answer_and_the_others_follow() -> None:
    bad, good = an_article("buruk", tone="negative"), an_article("baik", tone="positive")
    digest = a_digest(good, bad)
    assert [entry.article_id for entry in digest.needs_answer] == [bad.id]
    assert [entry.article_id for entry in digest.stories] == [good.id]
    assert digest.counts == Counts(articles=2, stories=2, positive=1, neutral=0, negative=1)


def test_a_story_is_told_once_with_all_its_outlets() -> None:
    first = an_article("asli", story_id="s1", published=NOW - timedelta(hours=9))
    copy = an_article("salinan", story_id="s1", outlet="beritarotan.example")
    again = an_article("ulang", story_id="s1", outlet="beritarotan.example")
    (entry,) = a_digest(again, copy, first).stories
    assert entry.links[0] == OutletLink("Kabar Sukamaju", first.url)
    assert [link.outlet for link in entry.links] == ["Kabar Sukamaju", "Berita Rotan"]
    assert entry.moment == first.published


def test_a_story_that_one_outlet_tells_negatively_needs_an_answer() -> None:
    mild = an_article("lunak", story_id="s1", published=NOW - timedelta(hours=9))
    harsh = an_article("keras", story_id="s1", outlet="beritarotan.example", tone="negative")
    (entry,) = a_digest(mild, harsh).needs_answer
    assert entry.article_id == harsh.id
    assert [link.outlet for link in entry.links] == ["Berita Rotan", "Kabar Sukamaju"]


def test_the_most_printed_story_comes_first() -> None:
    lone = an_article("tunggal", story_id="s1", published=NOW)
    copies = [an_article(f"salinan-{n}", story_id="s2", outlet=f"media-{n}.example") for n in range(3)]
    assert [entry.story_id for entry in a_digest(lone, *copies).stories] == ["s2", "s1"]


def test_the_deciding_sentence_is_told_and_bounded() -> None:
    line = TEXT.split("\n")[1]
    start = TEXT.index(line)
    (entry,) = a_digest(an_article(evidence=(Span("text", start, start + len(line), line),))).stories
    assert entry.sentence == line
    long = "kata " * 500
    (entry,) = a_digest(an_article(text=long, evidence=())).stories
    assert len(entry.sentence) <= MAX_SENTENCE
    assert entry.sentence.endswith("kata…")


def test_no_negative_story_is_left_out_and_the_others_are_bounded() -> None:
    bad = [an_article(f"buruk-{n}", tone="negative") for n in range(40)]
    good = [an_article(f"baik-{n}") for n in range(MAX_STORIES + 3)]
    digest = a_digest(*bad, *good)
    assert len(digest.needs_answer) == 40
    assert (len(digest.stories), digest.more_stories) == (MAX_STORIES, 3)


def test_figures_are_told_once_with_how_many_outlets_state_them_and_without_statutory_ones() -> None:
    news, rule = a_figure(), a_figure("dua pekan", kind="rule")
    one = an_article("satu", story_id="s1", figures=(news, rule))
    two = an_article("dua", story_id="s1", outlet="beritarotan.example", figures=(news,))
    (figure,) = a_digest(one, two).figures
    assert (figure.surface, figure.outlets, figure.period) == ("10,97 persen", 2, "2026-06")
    assert figure.sentence[figure.offset :].startswith("10,97 persen")


def test_figures_are_bounded_and_the_rest_is_counted() -> None:
    articles = [an_article(f"berita-{n}", figures=(a_figure(value=float(n)),)) for n in range(MAX_FIGURES + 4)]
    digest = a_digest(*articles)
    assert (len(digest.figures), digest.more_figures) == (MAX_FIGURES, 4)


def test_a_figure_in_a_very_long_sentence_keeps_its_surroundings() -> None:
    text = "kata " * 200 + "turun 10,97 persen " + "lagi " * 200
    (figure,) = a_digest(an_article(text=text, evidence=(), figures=(a_figure(text=text),))).figures
    assert len(figure.sentence) <= MAX_SENTENCE
    assert figure.sentence[figure.offset :].startswith("10,97 persen")


def test_outlets_that_print_one_story_with_different_numbers_disagree() -> None:
    def printed(slug: str, outlet: str, value: float) -> Article:
        return an_article(slug, story_id="s1", outlet=outlet, figures=(a_figure(value=value),))

    one, two = printed("satu", "kabarsukamaju.example", 10.97), printed("dua", "beritarotan.example", 19.7)
    (disagreement,) = a_digest(one, two).disagreements
    assert disagreement.metric == "membership"
    assert [link.outlet for link, _ in disagreement.stated] == ["Kabar Sukamaju", "Berita Rotan"]
    assert a_digest(one, printed("dua", "beritarotan.example", 10.97)).disagreements == ()
    assert a_digest(one, replace(two, story_id="s2")).disagreements == ()


def test_what_does_not_add_up_is_told_once_with_its_arithmetic() -> None:
    def printed(outlet: str, surface: str, value: float) -> Article:
        text = f"Cakupan kepesertaan di Jember {surface} per Juni 2026."
        level = {"kind": "level", "metric": "coverage", "direction": None, "region_code": "35.09"}
        return an_article(
            outlet,
            story_id="s1",
            outlet=outlet,
            text=text,
            evidence=(),
            figures=(a_figure(surface, text, value=value, **level),),
        )

    digest = a_digest(
        printed("kabarsukamaju.example", "31,93 persen", 31.93), printed("beritarotan.example", "39,31 persen", 39.31)
    )
    (conflict,) = digest.conflicts
    assert (conflict.finding.check, conflict.metric, conflict.period) == ("outlets", "coverage", "2026-06")
    assert {link.outlet for link, _ in conflict.stated} == {"Kabar Sukamaju", "Berita Rotan"}
    assert (digest.disagreements, digest.differences) == ((), 1)


def test_reports_in_other_words_are_not_compared() -> None:
    text = "Kantor cabang mencatat peserta aktif turun 19,7 persen, demikian laporan tengah tahun."
    one = an_article("satu", story_id="s1", figures=(a_figure(),), published=NOW - timedelta(hours=9))
    two = an_article(
        "dua",
        story_id="s1",
        outlet="beritarotan.example",
        text=text,
        evidence=(),
        figures=(a_figure("19,7 persen", text, value=19.7),),
    )
    assert a_digest(one, two).disagreements == ()


def test_lists_of_figures_are_not_compared() -> None:
    listed = (a_figure(), a_figure("41.200 orang", value=41_200.0))
    one = an_article("satu", story_id="s1", figures=listed)
    two = an_article("dua", story_id="s1", outlet="beritarotan.example", figures=(a_figure(value=3.0),))
    assert a_digest(one, two).disagreements == ()


def test_provinces_are_counted_by_the_main_region() -> None:
    digest = a_digest(an_article("a", tone="negative"), an_article("b"), an_article("c", regions=(JEMBER,)))
    assert digest.regions == (RegionEntry("Sumatera Selatan", 2, 1), RegionEntry("Jawa Timur", 1, 0))


def test_what_was_printed_long_ago_is_counted_and_not_told_as_news() -> None:
    old = an_article("lama", tone="negative", published=NOW - LATE_AFTER - timedelta(minutes=1))
    digest = a_digest(old)
    assert (digest.late, digest.is_quiet, digest.needs_answer) == (1, True, ())


def a_mark(ago: timedelta, tone: str = "neutral", **changes: Any) -> IndexedMark:
    mark = IndexedMark(f"a{ago}", f"s{ago}", NOW - ago, NOW - ago, tone)
    return replace(mark, **changes)


def test_a_day_is_compared_with_the_one_before_and_with_the_average_of_seven() -> None:
    marks = [a_mark(timedelta(hours=hour), "negative" if hour == 30 else "neutral") for hour in range(0, 24 * 8, 6)]
    days = count_days(marks, NOW, NOW - timedelta(days=30), WIB)
    digest = a_digest(days=days)
    assert [it.day for it in days] == [date(2026, 11, 16) + timedelta(days=place) for place in range(8)]
    assert digest.yesterday == Counts(articles=4, stories=4, neutral=3, negative=1)
    assert digest.average == Average(articles=4.0, negative=1 / 7, days=7)


def test_days_on_which_nobody_watched_yet_count_for_no_average() -> None:
    begun = NOW - timedelta(days=3)
    days = count_days([a_mark(timedelta(days=2, hours=1))], NOW, begun, WIB)
    assert [it.counts.articles for it in days] == [0, 1, 0, 0]
    assert a_digest(days=count_days([], NOW, None, WIB)).yesterday is None


def test_an_archive_that_was_read_is_counted_on_no_day() -> None:
    old = a_mark(timedelta(hours=1), moment=NOW - LATE_AFTER - timedelta(days=1))
    assert [it.counts.articles for it in count_days([old], NOW, NOW - timedelta(days=1), WIB)] == [0, 0]


def test_a_story_tells_its_stated_figures() -> None:
    figures = tuple(a_figure(it) for it in ("10,97 persen", "10,97 persen", "41.200 orang"))
    (entry,) = a_digest(an_article(figures=figures)).stories
    assert [surface for surface, _ in entry.figures] == ["10,97 persen", "41.200 orang"]


def test_negatives_stand_among_the_stories_of_a_group_without_the_section_for_them() -> None:
    group = replace(DAILY, sections=("stories",))
    digest = compose_digest(
        group,
        MONDAY,
        NOW - timedelta(days=1),
        NOW,
        articles=[an_article(tone="negative")],
        press=PressState(),
        outlet_names={},
    )
    assert [entry.tone for entry in digest.stories] == ["negative"]


def test_an_open_alert_is_told_where_its_story_is_not_told_anyway() -> None:
    told, waiting = an_article("baru", tone="negative"), an_article("lama", published=NOW - timedelta(days=3))
    digest = a_digest(told, alerts=[(an_alert(told), told), (an_alert(waiting), waiting)])
    assert [alert.article_id for alert in digest.alerts] == [waiting.id]


def test_the_link_to_the_full_list_covers_every_article_that_is_told() -> None:
    late_find = an_article(published=NOW - timedelta(days=4))
    query = Query(text="klaim", regions=frozenset({"16"}))
    assert a_digest(late_find, query=query).address == "/cari?q=klaim&wilayah=16&dari=2026-11-19&sampai=2026-11-23"
    assert a_digest().address == "/cari?dari=2026-11-22&sampai=2026-11-23"


# When a digest is composed.


def test_a_digest_is_due_at_half_past_six_in_jakarta() -> None:
    desk = DigestDesk(ManualClock(DUE - timedelta(seconds=1)))
    assert desk.digests.due() == 0
    desk.clock.advance(timedelta(seconds=1))
    assert desk.digests.due() == 1
    assert desk.told[0].day == MONDAY
    assert [entry.cause for entry in desk.store.outbox()] == ["digest", "digest"]
    assert {entry.due <= desk.clock() for entry in desk.store.outbox()} == {True}


def test_a_day_has_one_digest() -> None:
    desk = DigestDesk()
    assert desk.digests.due() == 1
    desk.clock.advance(timedelta(hours=3))
    assert desk.digests.due() == 0
    assert desk.digests.run() == 0
    assert len(desk.store.outbox()) == 2
    desk.clock.advance(timedelta(hours=21))
    assert desk.digests.due() == 1


def test_a_digest_composed_by_hand_before_its_time_is_the_one_of_the_day() -> None:
    desk = DigestDesk(ManualClock(DUE - timedelta(hours=1)))
    assert desk.digests.run() == 1
    desk.clock.advance(timedelta(hours=2))
    assert desk.digests.due() == 0
    assert len(desk.told) == 1


def test_consecutive_digests_tell_every_article_once() -> None:
    desk = DigestDesk()
    early, on_the_dot, later = an_article("dini"), an_article("tepat"), an_article("nanti")
    desk.index(early, at=DUE - timedelta(hours=2))
    desk.index(on_the_dot, at=DUE)
    desk.digests.due()
    desk.index(later, at=DUE)
    desk.clock.advance(timedelta(days=1))
    desk.digests.due()
    told = [{entry.article_id for entry in digest.stories} for digest in desk.told]
    assert told == [{early.id, on_the_dot.id}, {later.id}]


def test_a_late_find_is_told_in_the_digest_after_it_was_found() -> None:
    desk = DigestDesk()
    desk.digests.due()
    desk.clock.advance(timedelta(days=1))
    find = an_article(published=DUE - timedelta(days=2))
    desk.index(find)
    desk.digests.due()
    assert [entry.article_id for entry in desk.told[1].stories] == [find.id]


def test_a_machine_that_was_off_catches_up_once_with_all_it_missed() -> None:
    desk = DigestDesk()
    desk.digests.due()
    missed = an_article("terlewat", published=DUE + timedelta(hours=10))
    desk.index(missed, at=DUE + timedelta(hours=12))
    desk.clock.advance(timedelta(days=3, hours=5))
    assert desk.digests.due() == 1
    assert desk.digests.due() == 0
    assert desk.told[1].since == DUE
    assert [entry.article_id for entry in desk.told[1].stories] == [missed.id]


def test_a_quiet_day_has_a_digest_that_says_so() -> None:
    desk = DigestDesk()
    assert desk.digests.due() == 1
    assert desk.told[0].is_quiet
    assert [entry.message.subject for entry in desk.store.outbox()] == ["0 berita"] * 2


def test_a_digest_that_cannot_be_rendered_is_composed_at_the_next_look_and_tells_no_more_than_the_first_would() -> None:
    desk = DigestDesk()
    desk.index(an_article("dini"), at=DUE - timedelta(hours=1))
    desk.failures.append(ValueError("a template is broken"))
    with pytest.raises(ValueError, match="template"):
        desk.digests.due()
    assert (desk.store.digests.last("harian"), desk.store.outbox()) == (None, [])
    desk.index(an_article("sesudahnya"), at=DUE)
    desk.clock.advance(timedelta(minutes=1))
    assert desk.digests.due() == 1
    assert (desk.told[0].until, desk.told[0].counts.articles) == (DUE, 1)
    desk.clock.advance(timedelta(days=1))
    desk.digests.due()
    assert [entry.article_id for entry in desk.told[1].stories] == [an_article("sesudahnya").id]


def an_event(outlet: str, outcome: str, at: datetime, reason: str = "") -> FetchEvent:
    return FetchEvent(outlet, f"https://{outlet}/feed", "feed", outcome, at, reason)  # type: ignore[arg-type]


def test_outlets_in_trouble_are_named_and_all_are_counted() -> None:
    desk = DigestDesk()
    desk.store.record_events(
        [
            an_event("kabarsukamaju.example", "hard", DUE - timedelta(hours=5), "http-404"),
            an_event("beritarotan.example", "ok", DUE),
        ]
    )
    desk.digests.due()
    press = desk.told[0].press
    assert [(it.outlet, it.id, it.alarm.kind, it.is_new) for it in press.troubles] == [
        ("Kabar Sukamaju", "kabarsukamaju.example", "unreachable", True)
    ]
    assert (press.watched, press.well, press.failing, press.unseen) == (2, 1, 0, 0)
    assert not press.is_blind


def test_an_alarm_is_new_in_one_digest_only() -> None:
    desk = DigestDesk()
    desk.store.record_events([an_event("kabarsukamaju.example", "hard", DUE, "http-404")])
    desk.digests.due()
    desk.clock.advance(timedelta(days=1))
    later = DUE + timedelta(days=1)
    desk.store.record_events(
        [
            an_event("kabarsukamaju.example", "hard", later, "http-404"),
            an_event("beritarotan.example", "hard", later, "http-410"),
        ]
    )
    desk.digests.due()
    troubles = desk.told[1].press.troubles
    assert [(it.outlet, it.is_new) for it in troubles] == [("Berita Rotan", True), ("Kabar Sukamaju", False)]


def test_new_troubles_are_told_first_and_the_others_counted() -> None:
    def trouble(place: int, raised: datetime) -> OutletHealth:
        record = OutletRecord(f"media{place}", (SourceState(f"media{place}", "feed", "f", raised, raised, "hard"),))
        return judge([record], NOW).outlets[0]

    old = [trouble(place, NOW - timedelta(days=3)) for place in range(15)]
    new = [trouble(place, NOW - timedelta(hours=3)) for place in range(15, 18)]
    state = press_state(PressHealth((), (*old, *new)), NOW - timedelta(days=1), {})
    assert [it.is_new for it in state.troubles] == [True] * 3 + [False] * (MAX_TROUBLES - 3)
    assert (state.watched, state.more_troubles) == (18, 18 - MAX_TROUBLES)
    many = press_state(PressHealth((), (*old, *new)), NOW - timedelta(days=30), {})
    assert (len(many.troubles), many.more_troubles) == (MAX_NEW_TROUBLES, 18 - MAX_NEW_TROUBLES)


def test_a_digest_of_a_crawler_that_stood_still_says_so() -> None:
    desk = DigestDesk()
    desk.store.record_events([an_event("kabarsukamaju.example", "ok", DUE - timedelta(hours=9))])
    desk.digests.due()
    press = desk.told[0].press
    assert ([alarm.kind for alarm in press.alarms], press.is_blind) == (["idle"], True)


def test_a_preview_records_and_sends_nothing() -> None:
    desk = DigestDesk()
    desk.index(an_article())
    assert desk.digests.preview().subject == "1 berita"
    assert (desk.store.outbox(), desk.store.digests.last("harian")) == ([], None)


def test_the_message_id_hides_the_recipient_and_differs_by_recipient_and_day() -> None:
    desk = DigestDesk()
    desk.digests.due()
    desk.clock.advance(timedelta(days=1))
    desk.digests.due()
    ids = [entry.message.id for entry in desk.store.outbox()]
    assert len(set(ids)) == 4
    assert not any("humas" in message_id for message_id in ids)
