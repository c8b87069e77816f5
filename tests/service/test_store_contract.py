"""What every article store keeps, the fake included."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Entity, Mention, Quote, Region
from service.adapters.sql import SqlStore
from service.domain.alert_life import ToldAlert, close
from service.domain.article import Article, ArticleVersion, Reading
from service.domain.correction import Correction
from service.domain.health import Hour, OutletRecord
from service.domain.message import Attached, Lane
from service.ports import ArticleStore, FetchEvent, Quarantined, Understood
from tests.service.builders import (
    JEMBER,
    NOW,
    TEXT,
    a_figure,
    a_message,
    a_span,
    an_alert,
    an_analysis,
    an_article,
)
from tests.service.fakes import FakeStore
from tests.service.stores import STORES


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArticleStore]:
    make: Callable[[Path], ArticleStore] = request.param
    store = make(tmp_path)
    yield store
    store.close()


def keep(store: ArticleStore, *articles: Article) -> None:
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)


def test_the_character_0_makes_nothing_fail(store: ArticleStore) -> None:
    hostile = an_article(title="awal\0akhir", authors=("\0",), figures=(a_figure(speaker="Wulan\0"),))
    keep(store, hostile)
    kept = store.get(hostile.id)
    assert kept is not None
    assert kept.title.replace("\0", "") == "awalakhir"
    assert store.get("\0") is None
    assert store.articles(["tiada\0"]) == []


def test_an_article_comes_back_as_it_was_stored(store: ArticleStore) -> None:
    spans = (a_span("Sukamaju"),)
    analysis = an_analysis(
        tone="negative",
        mentions=(Mention("text", 113, 133, "BPJS Ketenagakerjaan", "agency", "BPJS Ketenagakerjaan"),),
        regions=(Region("Jawa Timur", "35", "province", "Jawa Timur", spans), JEMBER),
        entities=(Entity("text", 145, 158, "Wulan Pratiwi", "PER"),),
        quotes=(Quote("text", 160, 172, "meminta maaf", "reported", "Wulan Pratiwi", "Kepala cabang"),),
        figures=(
            a_figure(),
            a_figure(
                "41.200 orang", value=41_200.0, unit="people", kind="count", from_=46_277.0, tags=("respectively",)
            ),
            a_figure("dua pekan", value=(11.0, 19.5), unit="days", kind="level", comparator="about"),
        ),
        alert_classes=("complaint",),
    )
    article = an_article(
        analysis=analysis,
        modified=NOW,
        image_url="https://kabarsukamaju.example/foto.jpg",
        fetched=NOW - timedelta(hours=1),
        gone=NOW,
        reading=Reading("json-ld", 0.93, 41),
        text=TEXT + "\n“Kami mohon maaf” – Wulan 🙏",
    )
    keep(store, article)
    assert store.get(article.id) == article


def test_an_unknown_article_is_none(store: ArticleStore) -> None:
    assert store.get("nowhere") is None


def test_times_come_back_as_aware_utc(store: ArticleStore) -> None:
    wib = timezone(timedelta(hours=7))
    article = an_article(published=datetime(2026, 11, 23, 6, 0, tzinfo=wib))
    keep(store, article)
    stored = store.get(article.id)
    assert stored is not None
    assert stored.published == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert stored.published.utcoffset() == timedelta(0)


def test_articles_keep_the_order_asked_for_and_leave_out_the_unknown(store: ArticleStore) -> None:
    one, two = an_article("satu"), an_article("dua")
    keep(store, one, two)
    assert [article.id for article in store.articles([two.id, "nowhere", one.id])] == [two.id, one.id]


def test_more_articles_than_a_statement_takes_parameters_can_be_asked_for(store: ArticleStore) -> None:
    articles = [an_article(f"berita-{number}") for number in range(3)]
    keep(store, *articles)
    ids = [f"nowhere-{number}" for number in range(1200)] + [article.id for article in articles]
    assert len(store.articles(ids)) == 3


def test_a_transaction_knows_what_is_stored(store: ArticleStore) -> None:
    article = an_article()
    with store.transaction() as transaction:
        assert not transaction.contains(article.id)
        transaction.add(article)
        assert transaction.contains(article.id)


def test_an_exception_inside_the_transaction_leaves_nothing(store: ArticleStore) -> None:
    article = an_article(tone="negative", figures=(a_figure(),))

    def store_half() -> None:
        with store.transaction() as transaction:
            transaction.add(article)
            transaction.raise_alert(an_alert(article))
            transaction.quarantine(a_quarantined())
            transaction.enqueue(a_message("m2"), "digest", NOW)
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError, match="power"):
        store_half()
    assert set(store.counts().values()) == {0}
    assert store.outbox() == []
    assert store.alerts() == []


def test_an_article_stored_again_is_replaced_with_all_that_was_understood_of_it(store: ArticleStore) -> None:
    article = an_article(figures=(a_figure(), a_figure("41.200 orang", unit="people")))
    keep(store, article)
    corrected = replace(article, title="Ralat", analysis=an_analysis(figures=(a_figure(),), id=article.id))
    keep(store, corrected)
    assert store.get(article.id) == corrected
    assert store.counts()["figures"] == 1
    assert store.counts()["articles"] == 1


def a_version(article: Article, hours_ago: float = 5, **changes: Any) -> ArticleVersion:
    fetched = NOW - timedelta(hours=hours_ago)
    version = ArticleVersion(
        article_id=article.id,
        fetched=fetched,
        replaced=NOW,
        title="Klaim di Sukamaju tertunda sepekan",
        text="Klaim tertunda sepekan.\n“Kami mohon maaf” – Wulan 🙏",
        published=fetched,
        modified=fetched,
        archived_in="2026/11/22/a.warc.gz",
    )
    return replace(version, **changes)


def test_earlier_texts_of_an_article_come_oldest_first_as_they_were_kept(store: ArticleStore) -> None:
    article, other = an_article(), an_article("lain")
    first = a_version(article, 9, published=None, modified=None, archived_in=None)
    second = a_version(article, 5)
    keep(store, article, other)
    with store.transaction() as transaction:
        transaction.keep_version(second)
        transaction.keep_version(a_version(other))
        transaction.keep_version(first)
    assert store.versions(article.id) == [first, second]
    assert store.versions("nowhere") == []


def test_an_earlier_text_is_kept_once_per_fetch(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    for replaced in (NOW, NOW + timedelta(days=1)):
        with store.transaction() as transaction:
            transaction.keep_version(a_version(article, replaced=replaced))
    assert store.versions(article.id) == [a_version(article)]


def test_an_article_stored_again_keeps_its_earlier_texts(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    with store.transaction() as transaction:
        transaction.keep_version(a_version(article))
        transaction.add(replace(article, title="Ralat"))
    assert store.versions(article.id) == [a_version(article)]


def test_an_earlier_text_leaves_with_its_transaction(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)

    def keep_half() -> None:
        with store.transaction() as transaction:
            transaction.keep_version(a_version(article))
            transaction.mark_gone(article.id, NOW)
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError, match="power"):
        keep_half()
    assert store.versions(article.id) == []
    assert store.get(article.id) == article


def mark_gone(store: ArticleStore, article: Article, at: datetime) -> bool:
    with store.transaction() as transaction:
        return transaction.mark_gone(article.id, at)


def test_an_article_is_gone_once_from_when_that_was_first_seen(store: ArticleStore) -> None:
    article = an_article()
    assert not mark_gone(store, article, NOW)
    keep(store, article)
    assert mark_gone(store, article, NOW)
    assert not mark_gone(store, article, NOW + timedelta(hours=1))
    assert store.get(article.id) == replace(article, gone=NOW)


def test_the_gone_among_many_are_told_with_their_times(store: ArticleStore) -> None:
    one, two, there = an_article("satu"), an_article("dua"), an_article("ada")
    keep(store, one, two, there)
    mark_gone(store, one, NOW)
    mark_gone(store, two, NOW + timedelta(hours=1))
    found = store.gone([two.id, there.id, one.id, *(f"nowhere-{number}" for number in range(1200))])
    assert found == {one.id: NOW, two.id: NOW + timedelta(hours=1)}
    assert store.gone([]) == {}


@pytest.mark.parametrize("fetched", [None, NOW - timedelta(hours=1)])
def test_what_was_fetched_since_is_not_gone(store: ArticleStore, fetched: datetime | None) -> None:
    article = an_article(found=NOW - timedelta(hours=2), fetched=fetched)
    keep(store, article)
    assert not mark_gone(store, article, fetched or article.found)
    assert not mark_gone(store, article, NOW - timedelta(hours=3))
    assert mark_gone(store, article, NOW)


def test_an_article_fetched_again_after_it_was_gone_is_there(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    mark_gone(store, article, NOW)
    back = replace(article, fetched=NOW + timedelta(hours=1))
    keep(store, back)
    assert store.get(article.id) == back
    assert mark_gone(store, article, NOW + timedelta(hours=2))


def test_a_gone_article_stays_in_the_index(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    mark_gone(store, article, NOW)
    assert store.not_indexed(10) == []
    assert [it.id for it in store.indexable(None, 10)] == [article.id]


def test_a_story_is_told_from_its_first_print(store: ArticleStore) -> None:
    later = an_article("salinan", outlet="beritarotan.example", story_id="s1")
    first = an_article("asli", story_id="s1", published=NOW - timedelta(hours=9))
    keep(store, later, first, an_article("lain", story_id="s2"))
    assert [article.id for article in store.story("s1")] == [first.id, later.id]


def test_story_candidates_are_alike_recent_relevant_and_others(store: ArticleStore) -> None:
    copy = an_article("salinan", outlet="beritarotan.example", text=TEXT.replace("dua pekan", "tiga pekan"))
    cut = an_article("ringkas", outlet="potongan.example", text="\n".join(TEXT.split("\n")[:2]))
    other = an_article("lain", text="Pemerintah kota meresmikan pasar ikan baru di tepi sungai pada hari Minggu pagi.")
    old = an_article("lama", published=NOW - timedelta(days=30))
    passing = an_article("lewat", relevance="mention")
    keep(store, copy, cut, other, old, passing)
    article = an_article()
    with store.transaction() as transaction:
        transaction.add(article)
        assert [it.id for it in transaction.story_candidates(article).articles] == [copy.id, cut.id]


def test_of_articles_with_the_same_body_no_others_are_candidates(store: ArticleStore) -> None:
    same = an_article("salinan", outlet="beritarotan.example", text=TEXT.replace("SUKAMAJU - ", "Kabar, Sukamaju – "))
    keep(store, same, an_article("ringkas", text="\n".join(TEXT.split("\n")[:2])))
    with store.transaction() as transaction:
        found = transaction.story_candidates(an_article())
    assert [(it.id, it.story_id, it.moment, it.text) for it in found.articles] == [
        (same.id, same.story_id, same.moment, same.text)
    ]


def test_what_is_added_waits_for_the_index_oldest_first(store: ArticleStore) -> None:
    new = an_article("baru")
    old = an_article("lama", published=NOW - timedelta(days=2))
    passing = an_article("lewat", relevance="mention", published=None, found=NOW)
    keep(store, new, old, passing, an_article("bola", relevance="irrelevant", text=""))
    assert [article.id for article in store.not_indexed(10)] == [old.id, new.id, passing.id]
    assert [article.id for article in store.not_indexed(1)] == [old.id]
    store.mark_indexed([old.id, new.id], NOW)
    assert [article.id for article in store.not_indexed(10)] == [passing.id]


def test_an_article_stored_again_waits_for_the_index_again(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    keep(store, article)
    assert store.not_indexed(10) == [article]


def test_an_indexed_article_judged_irrelevant_waits_until_it_is_taken_out(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    dropped = replace(article, analysis=an_analysis(relevance="irrelevant", id=article.id), text="")
    keep(store, dropped)
    assert store.not_indexed(10) == [dropped]
    store.mark_indexed([article.id], NOW)
    assert store.not_indexed(10) == []
    assert store.mark_all_not_indexed() == 0


def test_everything_can_be_made_to_wait_for_the_index_again(store: ArticleStore) -> None:
    old, new = an_article("lama"), an_article("baru")
    keep(store, old, new)
    store.mark_indexed([old.id], NOW - timedelta(hours=1))
    store.mark_indexed([new.id], NOW)
    assert store.mark_all_not_indexed(since=NOW) == 1
    assert store.not_indexed(10) == [new]
    assert store.mark_all_not_indexed() == 1
    assert store.counts()["not_indexed"] == 2


def test_what_the_index_refuses_is_told_and_waits_again_with_the_next_rebuild(store: ArticleStore) -> None:
    bad, good, dropped = an_article("rusak"), an_article("baik"), an_article("bola", relevance="irrelevant", text="")
    keep(store, bad, good, dropped)
    store.mark_indexed([bad.id, good.id, dropped.id], NOW - timedelta(hours=1), refused=[bad.id])
    assert store.refused(10) == [bad]
    assert store.counts()["refused"] == 1
    assert store.not_indexed(10) == []
    assert store.mark_all_not_indexed(since=NOW) == 1
    assert store.not_indexed(10) == [bad]
    assert store.refused(10) == []
    store.mark_indexed([bad.id], NOW - timedelta(hours=1))
    assert store.refused(10) == []
    assert store.mark_all_not_indexed(since=NOW, refused=[good.id]) == 1
    assert store.not_indexed(10) == [good]


def test_what_belongs_in_the_index_is_walked_in_pages(store: ArticleStore) -> None:
    articles = [an_article(f"berita-{number}") for number in range(5)]
    keep(store, *articles, an_article("bola", relevance="irrelevant"))
    walked: list[str] = []
    while page := store.indexable(walked[-1] if walked else None, 2):
        walked += [article.id for article in page]
    assert walked == sorted(article.id for article in articles)


def test_a_digest_is_told_what_was_first_indexed_since_the_last(store: ArticleStore) -> None:
    before, within, passing = an_article("lalu"), an_article("kini"), an_article("lewat", relevance="mention")
    late = an_article("terlambat", published=NOW - timedelta(days=20))
    keep(store, before, within, late, passing)
    store.mark_indexed([before.id], NOW - timedelta(days=1))
    store.mark_indexed([late.id, within.id, passing.id], NOW)
    assert store.indexed_between(NOW - timedelta(days=1), NOW) == [within, late]
    assert store.indexed_between(NOW, NOW + timedelta(days=1)) == []


def test_a_rebuilt_index_makes_no_article_new_again(store: ArticleStore) -> None:
    article = an_article()
    keep(store, article)
    store.mark_indexed([article.id], NOW - timedelta(days=2))
    store.mark_all_not_indexed()
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    assert store.indexed_between(NOW - timedelta(days=1), NOW) == []


def test_an_alert_is_kept_once_per_rule_and_story_with_one_notice(store: ArticleStore) -> None:
    first, copy = an_article(story_id="s1"), an_article("salinan", story_id="s1")
    keep(store, first, copy)
    with store.transaction() as transaction:
        assert transaction.raise_alert(an_alert(first))
        assert not transaction.raise_alert(an_alert(copy, id="another"))
        assert transaction.raise_alert(an_alert(copy, "bocor"))
    assert {alert.rule_id for alert, _ in store.alerts()} == {"negatif", "bocor"}
    with store.transaction() as transaction:
        assert [(notice.kind, notice.alert_id) for notice in transaction.pending_notices()] == [
            ("raised", "bocor-s1"),
            ("raised", "negatif-s1"),
        ]


def test_alerts_come_newest_first_with_the_article(store: ArticleStore) -> None:
    one, two = an_article("satu", tone="negative"), an_article("dua")
    keep(store, one, two)
    newest, oldest = an_alert(two), an_alert(one, raised=NOW - timedelta(hours=1), reasons=("negative", "fraud"))
    with store.transaction() as transaction:
        transaction.raise_alert(oldest)
        transaction.raise_alert(newest)
    assert store.alerts() == [(newest, two), (oldest, one)]
    assert store.alerts(limit=1) == [(newest, two)]


def test_alerts_are_listed_by_how_they_stand_what_they_are_about_once(store: FakeStore | SqlStore) -> None:
    article = an_article(story_id="s1")
    keep(store, article)
    book, hour = store.alert_book, timedelta(hours=1)
    alerts = {
        "open": an_alert(article, about="s1", raised=NOW - 5 * hour),
        "twice": an_alert(article, "bocor", about="s1", raised=NOW - hour),
        "acknowledged": an_alert(article, id="b", about="s2", raised=NOW - 2 * hour, state="acknowledged"),
        "assigned": an_alert(article, id="c", about="s3", raised=NOW, state="acknowledged", assigned_to="Bimo"),
        "snoozed": an_alert(article, id="d", about="s4", raised=NOW - 3 * hour, snoozed_until=NOW + hour),
        "awake": an_alert(article, id="e", about="s5", raised=NOW - 3 * hour, snoozed_until=NOW),
        "closed": an_alert(article, id="f", about="s6", raised=NOW - hour, state="closed", snoozed_until=NOW + hour),
    }
    with store.transaction() as transaction:
        for alert in alerts.values():
            assert transaction.raise_alert(alert)
    assert book.counts(NOW) == {"open": 2, "acknowledged": 1, "assigned": 1, "snoozed": 1, "closed": 1}
    assert book.counts(NOW + 2 * hour)["open"] == 3
    assert [it.about for it in book.listed("open", NOW, 10)] == ["s1", "s5"]
    for standing, about in (("acknowledged", "s2"), ("assigned", "s3"), ("snoozed", "s4"), ("closed", "s6")):
        assert [it.about for it in book.listed(standing, NOW, 10)] == [about]  # type: ignore[arg-type]
    everything = ["s3", "s1", "s6", "s2", "s4", "s5"]
    assert [it.about for it in book.listed(None, NOW, 10)] == everything
    paged, after = [], None
    while page := book.listed(None, NOW, 2, after):
        paged += [it.about for it in page]
        after = page[-1]
    assert paged == everything
    assert book.about(["s1", "s3"]) == [alerts["open"], alerts["twice"], alerts["assigned"]]
    assert (book.get("b"), book.get("tiada")) == (alerts["acknowledged"], None)


def test_a_step_is_written_with_its_history_and_its_notice_once(store: FakeStore | SqlStore) -> None:
    article = an_article(story_id="s1")
    keep(store, article)
    alert = an_alert(article)
    step = close(alert, "handled", "Rani", NOW + timedelta(hours=1), "selesai rapat")
    with store.transaction() as transaction:
        transaction.raise_alert(alert)
        transaction.take_step(step)
        transaction.take_step(step)
        raised, closed = transaction.pending_notices()
        assert closed == step.notice
        transaction.settle_notice(replace(raised, state="told"))
        transaction.settle_notice(replace(closed, reason="Jam tenang."))
    assert store.alert_book.get(alert.id) == step.alert
    assert [it.kind for it in store.alert_book.history("s1")] == ["raised", "closed", "closed"]
    assert store.alert_book.history("s1")[1] == step.event
    assert [(it.kind, it.reason) for it in store.alert_book.notices(["s1"])] == [("closed", "Jam tenang.")]


def test_what_was_told_of_an_alert_is_known_with_its_delivery(store: FakeStore | SqlStore) -> None:
    article = an_article(story_id="s1")
    keep(store, article)
    told = [ToldAlert("negatif-s1", f"m{number}", "humas", "Judul", NOW) for number in (2, 1)]
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(article))
        for it in told:
            transaction.enqueue(a_message(it.message_id), "alert", NOW)
            transaction.record_told(it)
            transaction.record_told(it)
        assert transaction.told_about("s1") == told[::-1]
        assert transaction.told_about("s2") == []
    store.mark_sent("m1", NOW)
    messages = store.alert_book.messages(["s1", "s2"])
    assert [(entry.message.id, entry.state) for entry in messages["s1"]] == [("m1", "sent"), ("m2", "pending")]
    assert "s2" not in messages


def test_a_message_enters_the_outbox_once(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        assert transaction.enqueue(a_message(), "digest", NOW)
        assert not transaction.enqueue(a_message(subject="again"), "digest", NOW)
    (entry,) = store.outbox()
    assert entry.message == a_message()
    assert (entry.cause, entry.state, entry.attempts, entry.due) == ("digest", "pending", 0, NOW)


def test_a_message_brings_its_files_its_thread_and_why_it_was_held(store: ArticleStore) -> None:
    message = replace(
        a_message(),
        channel="grup",
        thread="m0",
        images=(Attached("tren", "image/png", b"\x89PNG"),),
        attachments=(Attached("kliping.pdf", "application/pdf", b"%PDF"), Attached("kliping.csv", "text/csv", b"a")),
    )
    with store.transaction() as transaction:
        transaction.enqueue(message, "digest", NOW, held="jam tenang sampai 06.00")
        transaction.enqueue(a_message("m2"), "digest", NOW)
    told = [(it.message, it.held) for name in (message.id, "m2") if (it := store.message(name)) is not None]
    assert told == [(message, "jam tenang sampai 06.00"), (a_message("m2"), None)]


def test_a_delivery_ends_sent_retried_or_dead(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        for name in ("sent", "retried", "dead"):
            transaction.enqueue(a_message(name), "alert", NOW)
    store.mark_failed("sent", "greylisted", NOW)
    store.mark_sent("sent", NOW)
    store.mark_failed("retried", "timeout", NOW + timedelta(minutes=5))
    store.mark_failed("dead", "550 no such user", None)
    entries = {entry.message.id: entry for entry in store.outbox()}
    assert (entries["sent"].state, entries["sent"].sent, entries["sent"].attempts) == ("sent", NOW, 2)
    assert entries["sent"].error is None
    assert (entries["retried"].state, entries["retried"].due) == ("pending", NOW + timedelta(minutes=5))
    assert (entries["dead"].state, entries["dead"].error) == ("dead", "550 no such user")
    assert store.claim_message(Lane(), "c", NOW, NOW) is None


def test_a_message_that_was_sent_stays_sent(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        transaction.enqueue(a_message(), "alert", NOW)
    store.mark_sent("m1", NOW)
    store.mark_failed("m1", "a second worker was late", NOW)
    assert store.claim_message(Lane(), "c", NOW, NOW) is None


def a_quarantined(url: str = "https://kabarsukamaju.example/rusak", **changes: object) -> Quarantined:
    page = Quarantined(url, "kabarsukamaju.example", "a.warc.gz", "empty", "no text found", NOW)
    return replace(page, **changes)  # type: ignore[arg-type]


def test_a_page_is_quarantined_once_with_its_newest_reason(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        transaction.quarantine(a_quarantined())
    newest = a_quarantined(reason="encoding", at=NOW + timedelta(hours=1))
    with store.transaction() as transaction:
        transaction.quarantine(newest)
        transaction.quarantine(a_quarantined("https://kabarsukamaju.example/lain"))
    assert [page.reason for page in store.quarantined()] == ["encoding", "empty"]
    assert store.quarantined(limit=1) == [newest]


def test_a_page_that_can_be_read_after_all_leaves_quarantine(store: ArticleStore) -> None:
    article = an_article()
    with store.transaction() as transaction:
        transaction.quarantine(a_quarantined(article.url))
    keep(store, article)
    assert store.quarantined() == []


def an_event(outcome: str = "ok", hours_ago: float = 1, kind: str = "feed", **changes: object) -> FetchEvent:
    event = FetchEvent(
        outlet="kabarsukamaju.example",
        source=f"https://kabarsukamaju.example/{kind}",
        kind=kind,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        at=NOW - timedelta(hours=hours_ago),
        reason="" if outcome in ("ok", "unchanged") else "timeout",
    )
    return replace(event, **changes)  # type: ignore[arg-type]


OUTLET = "kabarsukamaju.example"


def the_record(store: ArticleStore, outlet: str = OUTLET, now: datetime = NOW) -> OutletRecord:
    (record,) = store.outlet_records([outlet], now)
    return record


def test_the_record_of_an_outlet_keeps_the_state_of_each_source(store: ArticleStore) -> None:
    store.record_events([an_event("ok", 30, found=4), an_event("ok", 5, "sitemap")])
    store.record_events([an_event("soft", 3), an_event("soft", 2, detail="no answer", retry_at=NOW)])
    feed, sitemap = the_record(store).sources
    assert (feed.kind, feed.outcome, feed.reason, feed.detail) == ("feed", "soft", "timeout", "no answer")
    assert (feed.first, feed.at) == (NOW - timedelta(hours=30), NOW - timedelta(hours=2))
    assert (feed.last_ok, feed.last_new) == (feed.first, feed.first)
    assert (feed.failures, feed.failing_since, feed.retry_at) == (2, NOW - timedelta(hours=3), NOW)
    assert (feed.ok, feed.soft, sitemap.ok, sitemap.soft) == (1, 2, 1, 0)
    assert (sitemap.last_ok, sitemap.last_new) == (NOW - timedelta(hours=5), None)


def test_the_pages_of_an_outlet_have_one_state_together(store: ArticleStore) -> None:
    pages = [an_event(kind="page", source=f"https://{OUTLET}/{number}") for number in range(3)]
    store.record_events([*pages, an_event("hard", 2, "page", reason="http-404")])
    (state,) = the_record(store).sources
    assert (state.kind, state.source, state.ok, state.hard) == ("page", "", 3, 1)
    assert the_record(store).documents == ()


def test_the_record_counts_by_the_hour_what_was_stored_and_how_it_was_read(store: ArticleStore) -> None:
    hour = NOW - timedelta(hours=2)
    keep(
        store,
        an_article("satu", found=hour, reading=Reading("readability", 0.9, 200)),
        an_article("dua", found=hour + timedelta(minutes=59), reading=Reading("readability", 0.9, 59)),
        an_article("tiga", found=hour, relevance="irrelevant", reading=Reading("trafilatura", 0.3, 60)),
        an_article("empat", found=hour - timedelta(hours=1)),
        an_article("lain", found=hour, outlet="lain.example"),
        an_article("esok", found=NOW + timedelta(hours=1)),
    )
    earlier, later = the_record(store).hours
    assert earlier == Hour(hour - timedelta(hours=1), articles=1, relevant=1)
    assert later == Hour(hour, articles=3, relevant=2, short=1, unsure=1)


def test_the_record_counts_pages_that_were_not_read_and_those_behind_a_wall(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        transaction.quarantine(a_quarantined(reason="no-text"))
        transaction.quarantine(a_quarantined(f"https://{OUTLET}/masuk", reason="login"))
    blocked = an_event("hard", 0, "page", reason="http-403")
    store.record_events([blocked, blocked, an_event("hard", 0, "page", reason="http-404"), an_event(kind="page")])
    (hour,) = the_record(store).hours
    assert hour == Hour(NOW, unread=1, walled=2)


def test_a_replay_changes_no_count(store: ArticleStore) -> None:
    article, page = an_article(reading=Reading("outlet", 1.0, 300)), a_quarantined()
    for _ in range(2):
        keep(store, article)
        with store.transaction() as transaction:
            transaction.quarantine(page)
    assert sum(hour.signs for hour in the_record(store).hours) == 2


def test_the_record_of_an_outlet_that_fell_silent_reaches_back_to_the_fortnight_before(store: ArticleStore) -> None:
    days = [timedelta(days=days) for days in (90, 54, 45, 40)]
    keep(store, *(an_article(f"n{ago.days}", found=NOW - ago) for ago in days))
    keep(
        store, an_article("kini", outlet="lain.example"), an_article("lama", outlet="lain.example", found=NOW - days[0])
    )
    silent, alive = store.outlet_records([OUTLET, "lain.example"], NOW)
    assert [hour.at for hour in silent.hours] == [NOW - ago for ago in days[1:]]
    assert [hour.at for hour in alive.hours] == [NOW - timedelta(hours=2)]


def test_records_come_in_the_order_asked_for_and_empty_ones_too(store: ArticleStore) -> None:
    keep(store, an_article())
    records = store.outlet_records(["lain.example", OUTLET], NOW)
    assert [record.outlet for record in records] == ["lain.example", OUTLET]
    assert records[0] == OutletRecord("lain.example")
    assert store.outlet_records([], NOW) == []


def test_the_log_of_an_outlet_tells_the_newest_first_and_no_page_that_went_well(store: ArticleStore) -> None:
    events = [an_event("ok", 4), an_event("hard", 3, "page"), an_event("ok", 2, "page"), an_event("soft", 1)]
    store.record_events([*events, an_event(outlet="lain.example")])
    assert store.fetch_log(OUTLET) == [events[3], events[1], events[0]]
    assert store.fetch_log(OUTLET, limit=1) == [events[3]]


def test_the_newest_articles_of_an_outlet_are_told(store: ArticleStore) -> None:
    old, new = an_article("lama", found=NOW - timedelta(days=3)), an_article("baru", relevance="irrelevant")
    keep(store, old, new, an_article(outlet="lain.example"))
    assert [article.id for article in store.newest_articles(OUTLET)] == [new.id, old.id]
    assert [article.id for article in store.newest_articles(OUTLET, limit=1)] == [new.id]


def test_the_newest_articles_of_an_outlet_stand_in_the_order_of_print(store: ArticleStore) -> None:
    late = an_article("terlambat", published=NOW - timedelta(days=4), found=NOW - timedelta(hours=1))
    undated = an_article("tanpa-tanggal", published=None, found=NOW - timedelta(days=2))
    early = an_article("pagi", published=NOW - timedelta(hours=3), found=NOW - timedelta(hours=2))
    keep(store, late, undated, early)
    assert [article.id for article in store.newest_articles(OUTLET)] == [early.id, undated.id, late.id]
    assert [article.id for article in store.newest_articles(OUTLET, 1)] == [early.id]


def test_what_was_printed_of_late_is_told_by_moment_and_tone(store: ArticleStore) -> None:
    assert (store.first_day(), store.printed_since(NOW)) == (None, [])
    undated = an_article("tanpa-tanggal", published=None, found=NOW - timedelta(hours=1), tone="negative")
    old = an_article("lama", published=NOW - timedelta(days=9))
    about_others = an_article("lain", relevance="irrelevant", published=NOW - timedelta(days=30))
    keep(store, undated, old, about_others, an_article("sebutan", relevance="mention"))
    assert store.first_day() == old.day
    assert store.printed_since(NOW - timedelta(hours=1)) == [(undated.moment, "negative")]
    assert store.printed_since(NOW - timedelta(minutes=59)) == []
    both = [(old.moment, "neutral"), (undated.moment, "negative")]
    assert sorted(store.printed_since(NOW - timedelta(days=9))) == both


def test_what_raised_alerts_of_late_is_told_once_whatever_raised_them(store: ArticleStore) -> None:
    one, other = an_article("satu", story_id="s1"), an_article("dua", story_id="s1")
    keep(store, one, other)
    late, early = NOW - timedelta(hours=1), NOW - timedelta(hours=2)
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(one, raised=late))
        transaction.raise_alert(an_alert(other, "lain", raised=early))
        transaction.raise_alert(an_alert(one, "sepi", about="wilayah:16@2026-11-23", article_id=None, raised=late))
    assert sorted(store.alarmed_since(early)) == [early, late]
    assert store.alarmed_since(NOW) == []


def test_the_pages_in_quarantine_can_be_asked_for_by_outlet(store: ArticleStore) -> None:
    other = a_quarantined("https://lain.example/a", outlet="lain.example")
    with store.transaction() as transaction:
        transaction.quarantine(a_quarantined())
        transaction.quarantine(other)
    assert store.quarantined(outlet="lain.example") == [other]


def test_counts_tell_how_many_there_are(store: ArticleStore) -> None:
    negative = an_article(tone="negative", figures=(a_figure(), a_figure("dua pekan", kind="rule")))
    keep(
        store,
        negative,
        an_article("lewat", relevance="mention", tone="negative", story_id=None),
        an_article("bola", relevance="irrelevant", story_id=None),
    )
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(negative))
        transaction.quarantine(a_quarantined())
        for name in ("m1", "m2", "m3", "m4"):
            transaction.enqueue(a_message(name), "alert", NOW)
    store.mark_sent("m1", NOW)
    store.mark_failed("m2", "no such mailbox", None)
    assert store.counts() == {
        "articles": 3,
        "relevant": 1,
        "mention": 1,
        "irrelevant": 1,
        "hidden": 0,
        "figures": 2,
        "negative": 1,
        "stories": 1,
        "alerts": 1,
        "quarantined": 1,
        "refused": 0,
        "not_indexed": 2,
        "messages_pending": 2,
        "messages_dead": 1,
    }


def test_a_store_of_this_version_answers_a_ping(store: ArticleStore) -> None:
    store.ping()


def correct(store: ArticleStore, *corrections: Correction) -> None:
    with store.transaction() as transaction:
        for correction in corrections:
            transaction.record_correction(correction)


def test_corrections_come_back_with_their_article_the_oldest_first(store: ArticleStore) -> None:
    article, other = an_article(), an_article("lain")
    keep(store, article, other)
    second = Correction(article.id, "topic", "claims", "Budi", NOW, None, "lihat alinea dua", undone=True)
    first = Correction(article.id, "sentiment", "negative", "Rani", NOW - timedelta(hours=1), "neutral")
    of_same_moment = replace(second, undone=False)
    correct(store, second, first, of_same_moment)
    stored = store.get(article.id)
    assert stored is not None
    assert stored.corrections == (first, second, of_same_moment)
    assert [it.corrections for it in store.articles([other.id])] == [()]


def test_an_article_is_added_with_the_corrections_that_are_recorded(store: ArticleStore) -> None:
    article = an_article(tone="neutral", figures=(a_figure(),))
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    correction = Correction(article.id, "relevance", "irrelevant", "Rani", NOW, "relevant")
    correct(store, correction)
    assert store.not_indexed(10) == []
    keep(store, replace(article, title="Judul baru"))
    stored = store.get(article.id)
    assert stored is not None
    assert (stored.corrections, stored.title) == ((correction,), "Judul baru")
    assert (store.counts()["relevant"], store.counts()["irrelevant"], store.counts()["figures"]) == (0, 1, 0)
    assert [it.id for it in store.not_indexed(10)] == [article.id]
    assert store.indexable(None, 10) == []
    assert store.indexed_between(NOW - timedelta(days=1), NOW) == []


def test_what_people_judged_irrelevant_is_told_the_last_judged_first(store: ArticleStore) -> None:
    slugs = ("pertama", "kedua", "lagi", "batal", "balik", "mesin")
    keep(store, *(an_article(slug, relevance="irrelevant" if slug == "mesin" else "relevant") for slug in slugs))
    decided = [
        ("pertama", "irrelevant", 0, False),
        ("kedua", "irrelevant", 2, False),
        ("lagi", "irrelevant", 0, False),
        ("lagi", "irrelevant", 5, False),
        ("batal", "irrelevant", 1, False),
        ("batal", "irrelevant", 3, True),
        ("balik", "irrelevant", 1, False),
        ("balik", "mention", 4, False),
    ]
    with store.transaction() as transaction:
        for slug, value, hours, undone in decided:
            at = NOW + timedelta(hours=hours)
            transaction.record_correction(
                Correction(an_article(slug).id, "relevance", value, "Rani", at, undone=undone)
            )
        transaction.record_correction(Correction(an_article("kedua").id, "topic", "irrelevant", "Rani", NOW))
    assert [it.url.rpartition("/")[2] for it in store.judged_irrelevant(9)] == ["lagi", "kedua", "pertama"]
    assert [it.url.rpartition("/")[2] for it in store.judged_irrelevant(1)] == ["lagi"]


def test_corrected_articles_are_told_in_the_order_of_their_ids(store: ArticleStore) -> None:
    corrected = sorted((an_article(f"berita-{number}") for number in range(3)), key=lambda it: it.id)
    keep(store, *corrected, an_article("lain"))
    correct(store, *(Correction(it.id, "topic", "event", "Rani", NOW) for it in corrected[::-1]))
    correct(store, Correction(corrected[0].id, "topic", "event", "Rani", NOW, undone=True))
    assert [it.id for it in store.corrected(None, 2)] == [it.id for it in corrected[:2]]
    assert [it.id for it in store.corrected(corrected[1].id, 2)] == [corrected[2].id]


def test_articles_of_another_version_are_told_by_archive_file_the_newest_first(store: ArticleStore) -> None:
    older, newer = "2026/11/22/a.warc.gz", "2026/11/23/b.warc.gz"
    old = [an_article(f"lama-{number}", archived_in=older, version="rules-1") for number in range(2)]
    keep(store, *old, an_article("baru", archived_in=older, version="rules-2"))
    keep(store, an_article("kini", archived_in=newer, version="rules-2"), an_article("tanpa", archived_in=None))
    assert store.outdated("rules-2") == [(older, 2), (None, 1)]
    assert store.outdated(None) == [(newer, 1), (older, 3), (None, 1)]
    assert store.outdated("rules-1") == [(newer, 1), (older, 1)]


def test_what_is_understood_of_a_file_is_told_in_short(store: ArticleStore) -> None:
    name = "2026/11/22/a.warc.gz"
    fetched = NOW - timedelta(hours=1, microseconds=7)
    article = an_article(archived_in=name, tone="negative", version="rules-1", fetched=fetched)
    first_schema = an_article("lama", archived_in=None, relevance="mention", tone="positive")
    keep(store, article, first_schema, an_article("lain"))
    assert store.understood(name) == [Understood(article.id, fetched, "rules-1", "relevant", "negative")]
    assert store.understood(None) == [Understood(first_schema.id, None, "rules-1", "mention", "positive")]
    correct(store, Correction(article.id, "sentiment", "neutral", "Rani", NOW, "negative"))
    keep(store, article)
    assert [it.tone for it in store.understood(name)] == ["neutral"]
    assert store.understood("2026/11/22/tiada.warc.gz") == []


def test_an_article_lacks_its_text_where_a_person_calls_it_relevant_after_all(store: ArticleStore) -> None:
    name = "2026/11/22/a.warc.gz"
    passed_over = an_article(archived_in=name, text="", relevance="irrelevant", evidence=(), story_id=None)
    without_words = an_article("foto", archived_in=name, text="", evidence=())
    keep(store, passed_over, without_words)
    assert store.outdated("rules-1") == []
    correct(store, Correction(passed_over.id, "relevance", "relevant", "Rani", NOW, "irrelevant"))
    keep(store, passed_over)
    assert store.outdated("rules-1") == [(name, 1)]
    assert store.outdated("rules-2") == [(name, 2)]
    assert {it.id for it in store.understood(name) if it.lacks_text} == {passed_over.id}
    keep(store, replace(passed_over, text=TEXT))
    assert store.outdated("rules-1") == []
