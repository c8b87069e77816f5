"""What is told of alerts: once, together, in the thread of the story, not at night, and not what is over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Tone
from service.adapters.rendering import Renderer
from service.adapters.sql import SqlStore
from service.domain.alert import Alert
from service.domain.alert_life import AlertNews, AlertNotice, QuietHours, TellingRules
from service.domain.alert_rule import AlertRule, rules_met
from service.domain.article import WIB, Article
from service.domain.correction import CorrectedField
from service.domain.message import Message
from service.domain.recipient import Recipient, recipient_of_mail
from service.usecases.alert_handling import HandleAlerts
from service.usecases.alert_raising import merge_alerts, raise_alerts
from service.usecases.correcting import CorrectArticle
from service.usecases.notifying import NOBODY, NOBODY_ABOVE, TellAlerts
from tests.service.builders import NOW, ManualClock, a_rule, an_article
from tests.service.fake_alerts import ListedRecipients
from tests.service.fakes import FakeStore

TEAM = recipient_of_mail("humas@agency.example")
HEAD = recipient_of_mail("pimpinan@agency.example")
GRAVE = a_rule("genting", name="Integritas", severity="high", overrides_quiet=True)
MINUTE = timedelta(minutes=1)
QUIET = QuietHours(time(21), time(6))
NEVER = QuietHours(time(), time())
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=WIB)
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=WIB)


class Team:
    """A newsroom's alerts: what comes in, what people decide, and what was told."""

    def __init__(
        self,
        store: FakeStore | SqlStore,
        rules: Sequence[AlertRule] = (a_rule(),),
        recipients: Sequence[Recipient] = (TEAM,),
        escalate_to: Sequence[Recipient] = (),
        quiet: QuietHours = NEVER,
    ) -> None:
        self.store = store
        self.rules = rules
        self.clock = ManualClock()
        self.telling = TellAlerts(
            store,
            ListedRecipients(recipients),
            Renderer("https://pantau.agency.example"),
            self.clock,
            rules=TellingRules(quiet=quiet),
            escalate_to=escalate_to,
        )
        self.handling = HandleAlerts(store, self.clock)
        self.correcting = CorrectArticle(store, self.clock, rules=lambda: self.rules)
        self.seen: set[str] = set()

    def prints(self, outlet: str, story: str = "s1", tone: Tone = "negative", **changes: object) -> Article:
        """The outlet prints the story now."""
        article = an_article(
            f"{story}-{outlet}",
            outlet=outlet,
            story_id=story,
            tone=tone,
            published=self.clock.now,
            found=self.clock.now,
            **changes,
        )
        with self.store.transaction() as transaction:
            transaction.add(article)
            met = rules_met(article, self.rules, self.clock.now)
            raise_alerts(transaction, article, met, self.clock.now)
        return article

    def told(self, wait: timedelta = timedelta()) -> list[Message]:
        """What is told within that time, looking every 15 seconds as the worker does; each message once."""
        until = self.clock.now + wait
        while True:
            self.telling.run()
            if self.clock.now >= until:
                break
            self.clock.advance(timedelta(seconds=15))
        new = [it.message for it in self.store.outbox(1_000) if it.message.id not in self.seen]
        self.seen |= {message.id for message in new}
        return sorted(new, key=lambda message: (message.recipient, message.subject))

    def alert(self, rule_id: str = "negatif", story: str = "s1") -> Alert:
        return next(it for it in self.store.alert_book.about([story]) if it.rule_id == rule_id)

    def history(self, story: str = "s1") -> list[tuple[str, str, str]]:
        return [(it.kind, it.by, it.note) for it in self.store.alert_book.history(story)]


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeStore | SqlStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
    store.migrate()
    yield store
    store.close()


def test_an_alert_is_told_within_the_time_that_it_may_wait_for_others(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    article = team.prints("kabar")
    assert team.told(timedelta(seconds=30)) == []
    (message,) = team.told(timedelta(seconds=15))
    assert (message.recipient, message.subject) == (TEAM.address, f"[Peringatan] Berita negatif: {article.title}")
    assert message.thread is None
    assert team.alert().told_at is not None
    assert team.alert().told_at - NOW <= MINUTE  # type: ignore[operator]
    assert team.told(60 * MINUTE) == []


def test_several_alerts_go_out_in_one_message_with_the_first_of_them(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("kabar", "s1", title="Antrean klaim di Sukamaju")
    team.clock.advance(timedelta(seconds=40))
    team.prints("kabar", "s2", title="Aplikasi mati sehari")
    team.prints("kabar", "s3", title="Kantor cabang didemo")
    (message,) = team.told(timedelta(seconds=20))
    assert message.subject.startswith("[Peringatan] 3 peringatan baru: ")
    for title in ("Antrean klaim di Sukamaju", "Aplikasi mati sehari", "Kantor cabang didemo"):
        assert title in message.text
    assert team.told(60 * MINUTE) == []


def test_one_article_that_meets_several_rules_is_one_message_under_the_most_urgent(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[a_rule(), a_rule("penting", name="Penting sekali", severity="high")])
    team.prints("kabar")
    (message,) = team.told(MINUTE)
    assert message.subject.startswith("[Peringatan] Penting sekali: ")
    assert "Berita negatif" in message.text
    assert message.headers["Importance"] == "high"


def test_the_gravest_alert_waits_for_no_other(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[GRAVE])
    team.prints("kabar")
    assert len(team.told()) == 1


def test_a_story_that_grows_is_told_again_in_its_thread_and_not_at_every_outlet(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("media-1")
    (first,) = team.told(MINUTE)
    for number in range(2, 7):
        team.prints(f"media-{number}")
    assert team.told(28 * MINUTE) == []
    (update,) = team.told(3 * MINUTE)
    assert (update.thread, update.subject) == (first.id, f"Re: {first.subject}")
    assert "Kini dimuat 6 media." in update.text
    team.prints("media-7")
    assert team.told(120 * MINUTE) == []
    team.prints("media-8")
    (update,) = team.told(60 * MINUTE)
    assert update.thread == first.id
    assert len(store.alerts()) == 1


def test_a_story_that_turns_negative_is_told(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[replace(a_rule("kecelakaan"), sentiments=frozenset({"positive", "negative"}))])
    team.prints("kabar", tone="positive")
    (first,) = team.told(MINUTE)
    team.prints("suara", tone="negative")
    (update,) = team.told(35 * MINUTE)
    assert update.thread == first.id
    assert "Sentimennya kini negatif." in update.text


def test_what_is_in_the_outbox_is_told_once_even_where_the_mark_is_lost(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("kabar")
    assert len(team.told(MINUTE)) == 1
    with store.transaction() as transaction:
        alert = team.alert()
        transaction.settle_notice(AlertNotice(f"{alert.id}:raised", alert.id, "raised", NOW))
    team.telling.run(at_once=True)
    assert len(store.outbox()) == 1


def test_where_a_message_cannot_be_written_nothing_counts_as_told(store: FakeStore | SqlStore) -> None:
    class Breaking(Renderer):
        def alert(self, told: Sequence[AlertNews], recipient: Recipient, *more: Any) -> Message:
            if recipient.id == HEAD.id:
                raise RuntimeError("the power went out")
            return super().alert(told, recipient, *more)

    team = Team(store, recipients=[TEAM, HEAD])
    team.prints("kabar")
    recipients, renderer = ListedRecipients([TEAM, HEAD]), Breaking("https://pantau.agency.example")
    broken = TellAlerts(store, recipients, renderer, team.clock)
    with pytest.raises(RuntimeError):
        broken.run(at_once=True)
    assert store.outbox() == []
    assert [message.recipient for message in team.told(MINUTE)] == [TEAM.address, HEAD.address]


# Quiet hours.


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T20:59+07:00", None),
        ("2026-11-23T21:00+07:00", "2026-11-24T06:00+07:00"),
        ("2026-11-24T05:59+07:00", "2026-11-24T06:00+07:00"),
        ("2026-11-24T06:00+07:00", None),
        ("2026-11-30T23:30+07:00", "2026-12-01T06:00+07:00"),
        ("2026-11-30T23:30+09:00", "2026-12-01T06:00+07:00"),
    ],
)
def test_quiet_hours_are_those_of_jakarta_and_pass_midnight(now: str, until: str | None) -> None:
    assert QUIET.until(datetime.fromisoformat(now)) == (until and datetime.fromisoformat(until))


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert NEVER.until(NOW) is None


def test_quiet_hours_hold_what_is_told_and_not_what_is_found(store: FakeStore | SqlStore) -> None:
    team = Team(store, quiet=QUIET)
    team.clock.now = NIGHT
    team.prints("kabar", "s1")
    assert team.told(60 * MINUTE) == []
    team.prints("kabar", "s2")
    assert store.counts()["alerts"] == 2
    assert team.told(MINUTE) == []
    reason = "Jam tenang sampai Sel 24 Nov 2026, 06.00 WIB."
    assert team.history() == [("raised", "", ""), ("held", "", reason)]
    assert [notice.reason for notice in store.alert_book.notices(["s1"])] == [reason]
    team.clock.now = MORNING
    (message,) = team.told()
    assert message.subject.startswith("[Peringatan] 2 peringatan baru")
    assert team.history()[-1] == ("told", "", "1 penerima")


def test_the_gravest_alert_is_told_in_quiet_hours(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[a_rule(), GRAVE], quiet=QUIET)
    team.clock.now = NIGHT
    team.prints("kabar")
    (message,) = team.told(MINUTE)
    assert message.subject.startswith("[Peringatan] Integritas")


# Handling.


def test_an_alert_that_nobody_acknowledges_is_escalated_once(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[replace(a_rule(), escalate_minutes=20)], escalate_to=[HEAD])
    team.prints("kabar")
    (first,) = team.told(MINUTE)
    assert team.told(15 * MINUTE) == []
    (escalation,) = team.told(10 * MINUTE)
    assert escalation.recipient == HEAD.address
    assert escalation.subject == first.subject.replace("[Peringatan]", "[Eskalasi]")
    assert "Belum ada yang menangani sejak" in escalation.text
    assert ("escalated", "", "20 menit") in team.history()
    assert team.told(120 * MINUTE) == []


@pytest.mark.parametrize("decision", ["acknowledge", "assign", "snooze", "close"])
def test_what_somebody_looks_after_is_not_escalated(store: FakeStore | SqlStore, decision: str) -> None:
    team = Team(store, rules=[replace(a_rule(), escalate_minutes=20)], escalate_to=[HEAD])
    team.prints("kabar")
    team.told(MINUTE)
    alert_id = team.alert().id
    match decision:
        case "acknowledge":
            team.handling.acknowledge(alert_id, "Rani")
        case "assign":
            team.handling.assign(alert_id, "Bimo", "Rani")
        case "snooze":
            team.handling.snooze(alert_id, team.clock.now + timedelta(hours=5), "Rani")
        case _:
            team.handling.close(alert_id, "handled", "Rani")
    assert [it for it in team.told(60 * MINUTE) if it.recipient == HEAD.address] == []


def test_an_escalation_for_which_there_is_nobody_is_said_so(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[replace(a_rule(), escalate_minutes=20)])
    team.prints("kabar")
    assert len(team.told(60 * MINUTE)) == 1
    assert team.history()[-1] == ("silenced", "", NOBODY_ABOVE)


def test_an_alert_for_which_there_is_nobody_is_said_so(store: FakeStore | SqlStore) -> None:
    only_regional = replace(TEAM, regions=frozenset({"73"}))
    team = Team(store, recipients=[only_regional])
    team.prints("kabar")
    assert team.told(MINUTE) == []
    assert team.history()[-1] == ("silenced", "", NOBODY)


def test_nothing_is_told_of_a_story_that_is_put_off_until_then(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("media-1")
    (first,) = team.told(MINUTE)
    team.handling.snooze(team.alert().id, team.clock.now + timedelta(hours=3), "Rani", "tunggu rapat")
    for number in range(2, 6):
        team.prints(f"media-{number}")
    assert team.alert().standing(team.clock.now) == "snoozed"
    assert team.told(170 * MINUTE) == []
    assert "held" in [kind for kind, _, _ in team.history()]
    (update,) = team.told(15 * MINUTE)
    assert update.thread == first.id
    assert "Kini dimuat 5 media." in update.text


def test_a_new_rule_of_a_story_that_is_put_off_waits_unless_it_is_more_urgent(store: FakeStore | SqlStore) -> None:
    same = a_rule("keluhan", name="Keluhan", sentiments=frozenset({"neutral"}))
    worse = a_rule("bocor", name="Kebocoran", sentiments=frozenset({"positive"}), severity="high")
    team = Team(store, rules=[a_rule(), same, worse])
    team.prints("media-1")
    (first,) = team.told(MINUTE)
    team.handling.snooze(team.alert().id, team.clock.now + timedelta(hours=3), "Rani")
    team.prints("media-1b", tone="neutral")
    assert team.told(60 * MINUTE) == []
    team.prints("media-1c", tone="positive")
    (update,) = team.told(MINUTE)
    assert (update.thread, "memenuhi aturan Kebocoran" in update.text) == (first.id, True)


def test_closing_is_told_in_the_thread_and_opening_again_too(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("media-1")
    (first,) = team.told(MINUTE)
    team.handling.close(team.alert().id, "handled", "Rani", "klarifikasi terkirim")
    (update,) = team.told()
    assert (update.thread, "Selesai: sudah ditangani oleh Rani" in update.text) == (first.id, True)
    assert dict(update.headers) == {}
    for number in range(2, 6):
        team.prints(f"media-{number}")
    assert team.told(60 * MINUTE) == []
    team.handling.reopen(team.alert().id, "Bimo")
    (update,) = team.told()
    assert (update.thread, "dibuka kembali" in update.text) == (first.id, True)
    assert [kind for kind, _, _ in team.history()] == ["raised", "told", "closed", "told", "reopened", "told"]


def test_an_alert_that_is_closed_before_it_was_told_is_not_told(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("kabar")
    team.handling.close(team.alert().id, "withdrawn", "Rani")
    assert team.told(60 * MINUTE) == []
    assert team.history()[-1][0] == "silenced"


# Corrections.


def test_a_story_that_people_correct_closes_its_alert_and_the_correction_undone_opens_it(
    store: FakeStore | SqlStore,
) -> None:
    team = Team(store)
    articles = [team.prints(f"media-{number}") for number in range(3)]
    (first,) = team.told(MINUTE)
    team.correcting.run(articles[0].id, "sentiment", "neutral", "Rani")
    assert team.alert().state == "open"
    assert team.told(MINUTE) == []
    assert team.correcting.story("s1", "sentiment", "neutral", "Rani") == 2
    alert = team.alert()
    assert (alert.state, alert.closed_reason, alert.closed_by) == ("closed", "corrected", "Rani")
    (update,) = team.told()
    assert (update.thread, "penilaiannya dikoreksi oleh Rani" in update.text) == (first.id, True)
    team.correcting.run(articles[1].id, "sentiment", None, "Rani")
    assert team.alert().state == "open"
    (update,) = team.told()
    assert update.thread == first.id


@pytest.mark.parametrize(("field", "value"), [("relevance", "irrelevant"), ("visibility", "hidden")])
def test_what_is_no_news_of_the_agency_closes_the_alert(
    store: FakeStore | SqlStore, field: CorrectedField, value: str
) -> None:
    team = Team(store)
    article = an_article(tone="negative")
    with store.transaction() as transaction:
        transaction.add(article)
        raise_alerts(transaction, article, team.rules, NOW)
    team.told(MINUTE)
    team.correcting.run(article.id, field, value, "Rani")
    assert [alert.state for alert, _ in store.alerts()] == ["closed"]
    team.correcting.run(article.id, field, None, "Rani")
    assert [alert.state for alert, _ in store.alerts()] == ["open"]


def test_a_new_article_that_meets_the_rule_opens_what_a_correction_closed(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    article = team.prints("media-1")
    team.told(MINUTE)
    team.correcting.run(article.id, "sentiment", "positive", "Rani")
    team.told()
    team.prints("media-2", title="Pekerja Sukamaju kembali mengeluh")
    assert team.alert().state == "open"
    (update,) = team.told()
    assert "dibuka kembali" in update.text


def test_a_correction_and_its_undoing_at_once_tell_nothing(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    article = team.prints("media-1")
    team.told(MINUTE)
    team.correcting.run(article.id, "sentiment", "neutral", "Rani")
    team.correcting.run(article.id, "sentiment", None, "Rani")
    assert team.told(60 * MINUTE) == []


def test_what_a_person_closed_no_correction_opens(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    article = team.prints("media-1")
    team.handling.close(team.alert().id, "handled", "Rani")
    team.correcting.run(article.id, "sentiment", "neutral", "Rani")
    team.correcting.run(article.id, "sentiment", None, "Rani")
    assert team.alert().state == "closed"


# Stories that people merge.


def test_the_alert_of_a_merged_story_goes_on_in_its_thread(store: FakeStore | SqlStore) -> None:
    team = Team(store, rules=[a_rule(), a_rule("keluhan", name="Keluhan", sentiments=frozenset({"neutral"}))])
    team.prints("media-1", "s1", tone="neutral")
    team.prints("media-2", "s2")
    (first,) = team.told(MINUTE)
    with store.transaction() as transaction:
        merge_alerts(transaction, "s2", "s1", "Rani", team.clock.now)
    assert {alert.rule_id for alert in store.alert_book.about(["s1"])} == {"keluhan", "negatif"}
    assert store.alert_book.about(["s2"]) == []
    with store.transaction() as transaction:
        assert not transaction.raise_alert(replace(team.alert(), about="s2"))
    for number in range(3, 6):
        team.prints(f"media-{number}", "s1")
    (update,) = team.told(35 * MINUTE)
    assert update.thread == first.id


def test_of_two_alerts_of_one_rule_the_merged_storys_is_closed(store: FakeStore | SqlStore) -> None:
    team = Team(store)
    team.prints("media-1", "s1")
    team.prints("media-2", "s2")
    team.told(MINUTE)
    with store.transaction() as transaction:
        merge_alerts(transaction, "s2", "s1", "Rani", team.clock.now)
    assert (team.alert(story="s1").state, team.alert(story="s2").state) == ("open", "closed")
