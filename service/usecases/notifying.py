"""Notify: what is to be told of alerts goes into the outbox, in one message per recipient, and is marked as told.

Both happen in one transaction and the message's id follows from what it tells, so it is told exactly once. Only what is
not to be told now waits: for others to go with it, for the end of quiet hours, or for as long as a person put it off.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from service.domain.alert import Alert
from service.domain.alert_life import (
    AlertEvent,
    AlertNews,
    AlertNotice,
    AlertStep,
    EventKind,
    NoticeKind,
    TellingRules,
    ToldAlert,
    escalate,
    most_urgent_first,
    telling_article,
    urgency,
    what_is_due,
)
from service.domain.article import Article
from service.domain.message import Message
from service.domain.recipient import Recipient, each_place_once
from service.domain.watch import region_of
from service.ports import ArticleStore, Clock, Recipients, Transaction

logger = logging.getLogger(__name__)

NOBODY = "Tidak ada penerima untuk peringatan ini."
NOBODY_ABOVE = "Tidak ada penerima eskalasi ([alerts] escalate_to)."
MOST_ARTICLES = 200

_Dues = dict[str, list[tuple[Alert, tuple[AlertNotice, ...]]]]
"""Alerts by what they are about, each with what is to be told of it."""


class AlertWriter(Protocol):
    """Writes what recipients read of alerts."""

    def alert_subject(self, news: AlertNews) -> str:
        """The subject of the story, under which everything about it is told."""

    def alert(
        self, told: Sequence[AlertNews], recipient: Recipient, message_id: str, first: ToldAlert | None
    ) -> Message:
        """The message that tells these; of one story only, where it goes on from the `first` message about it."""


@dataclass(slots=True)
class _Telling:
    """What is to be told about one thing, and to whom."""

    about: str
    articles: list[Article]
    article: Article | None
    told: Sequence[ToldAlert]
    due: list[tuple[Alert, tuple[AlertNotice, ...]]]
    reached: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def regions(self) -> list[str]:
        """The codes of the regions that it speaks of."""
        watched = region_of(self.about)
        if watched is not None:
            return [watched]
        told = self.articles or ([self.article] if self.article is not None else [])
        return list(dict.fromkeys(region.code for article in told for region in article.regions))

    def first(self, recipient: Recipient) -> ToldAlert | None:
        """The message that began to tell the recipient of it."""
        return next((it for it in self.told if it.recipient == recipient.id), None)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one recipient is told about one thing."""

    telling: _Telling
    news: AlertNews
    notices: tuple[AlertNotice, ...]


class TellAlerts:
    """Tells what is due. `escalate_to` are told of what nobody acknowledged in time, and of what becomes of it."""

    def __init__(
        self,
        store: ArticleStore,
        recipients: Recipients,
        writer: AlertWriter,
        clock: Clock,
        *,
        rules: TellingRules | None = None,
        escalate_to: Sequence[Recipient] = (),
    ) -> None:
        self._store = store
        self._recipients = recipients
        self._writer = writer
        self._clock = clock
        self._rules = rules or TellingRules()
        self._escalate_to = escalate_to

    def run(self, *, at_once: bool = False) -> int:
        """Put what is due into the outbox; how many messages that are. With `at_once` new alerts wait for no others."""
        now = self._clock()
        rules = replace(self._rules, group=timedelta()) if at_once else self._rules
        with self._store.transaction() as transaction:
            self._escalate(transaction, now)
            tellings = _due(transaction, now, rules)
            if not tellings:
                return 0
            sent = 0
            for recipient, parts in self._parts(tellings):
                sent += self._tell(transaction, recipient, parts, now)
            for telling in tellings:
                self._settle(transaction, telling, now)
        if sent:
            logger.info("alerts told", extra={"messages": sent, "about": len(tellings)})
        return sent

    def _escalate(self, transaction: Transaction, now: datetime) -> None:
        for alert in transaction.awaiting():
            waits_since = max(it for it in (alert.waits_since, alert.snoozed_until) if it is not None)
            if now - waits_since >= timedelta(minutes=alert.escalate_minutes or 0) and not alert.is_snoozed(now):
                transaction.take_step(escalate(alert, now))

    def _parts(self, tellings: Sequence[_Telling]) -> list[tuple[Recipient, list[_Part]]]:
        """What each recipient is told, the most urgent first."""
        places: dict[str, Recipient] = {}
        wanted: dict[str, dict[str, list[tuple[Alert, tuple[AlertNotice, ...]]]]] = defaultdict(dict)
        for telling in tellings:
            for alert, notices in telling.due:
                for recipient, kinds in self._reached(telling, alert):
                    own = tuple(notice for notice in notices if notice.kind in kinds)
                    if own:
                        places[recipient.id] = recipient
                        wanted[recipient.id].setdefault(telling.about, []).append((alert, own))
        by_about = {telling.about: telling for telling in tellings}
        return [
            (
                places[place],
                [part for about, own in mine.items() if (part := _part(by_about[about], places[place], own))],
            )
            for place, mine in wanted.items()
        ]

    def _reached(self, telling: _Telling, alert: Alert) -> Iterable[tuple[Recipient, frozenset[NoticeKind]]]:
        """Who is told of the alert, and which kinds of news of it."""
        ordinary: frozenset[NoticeKind] = frozenset({"raised", "grown", "turned", "closed", "reopened"})
        below = each_place_once(self._recipients.for_alert(alert.severity, telling.regions, alert.rule_id))
        above = self._escalate_to if alert.escalated_at is not None else ()
        for recipient in below:
            is_above = any(it.id == recipient.id for it in above)
            yield recipient, ordinary | {"escalated"} if is_above else ordinary
        for recipient in above:
            if all(it.id != recipient.id for it in below):
                yield recipient, ordinary | {"escalated"}

    def _tell(self, transaction: Transaction, recipient: Recipient, parts: Sequence[_Part], now: datetime) -> int:
        """Enqueue what the recipient is told: all that is new to them in one message, and each story that goes on in a
        message of its own.
        """
        new = [part for part in parts if part.telling.first(recipient) is None and "escalated" not in part.news.kinds]
        new.sort(key=lambda part: (urgency(part.news.lead), part.news.lead.raised, part.news.lead.id))
        sent = self._send(transaction, recipient, new, None, now) if new else 0
        for part in parts:
            if part not in new:
                sent += self._send(transaction, recipient, [part], part.telling.first(recipient), now)
        return sent

    def _send(
        self,
        transaction: Transaction,
        recipient: Recipient,
        parts: Sequence[_Part],
        first: ToldAlert | None,
        now: datetime,
    ) -> int:
        told = sorted(notice.id for part in parts for notice in part.notices)
        message_id = f"alert-{sha256('|'.join(told).encode()).hexdigest()[:16]}-{recipient.id}"
        message = self._writer.alert([part.news for part in parts], recipient, message_id, first)
        sent = transaction.enqueue(message, "alert", now)
        for part in parts:
            subject = first.subject if first is not None else self._writer.alert_subject(part.news)
            for alert in part.news.alerts:
                transaction.record_told(ToldAlert(alert.id, message_id, recipient.id, subject, now))
                part.telling.reached[alert.id].add(recipient.id)
        return int(sent)

    def _settle(self, transaction: Transaction, telling: _Telling, now: datetime) -> None:
        """Mark as told what was told, and what nobody was there for as silenced."""
        for alert, notices in telling.due:
            reached = len(telling.reached[alert.id])
            kinds = {notice.kind for notice in notices}
            if "raised" in kinds or "reopened" in kinds:
                alert = replace(alert, waits_since=now)
            if not reached:
                reason = NOBODY_ABOVE if kinds == {"escalated"} else NOBODY
                _mark(transaction, alert, [(notice, reason) for notice in notices], "silenced", now)
                continue
            for notice in notices:
                transaction.settle_notice(replace(notice, state="told", reason=""))
            after = replace(alert, told_at=alert.told_at or now)
            if "raised" in kinds and telling.articles:
                after = replace(after, outlets=max(after.outlets, len({it.outlet for it in telling.articles})))
            transaction.take_step(AlertStep(after, AlertEvent(alert.id, "told", now, note=f"{reached} penerima")))


def _due(transaction: Transaction, now: datetime, rules: TellingRules) -> list[_Telling]:
    """What is to be told now; what is silenced or held is marked so at once. Stories are read only of what is told."""
    by_alert: dict[str, list[AlertNotice]] = defaultdict(list)
    for notice in transaction.pending_notices():
        by_alert[notice.alert_id].append(notice)
    told: dict[str, list[ToldAlert]] = {}
    now_due, waiting = _Dues(), _Dues()
    for alert_id, notices in by_alert.items():
        alert = transaction.alert(alert_id)
        if alert is None:
            continue
        if alert.about not in told:
            told[alert.about] = transaction.told_about(alert.about)
        last = max((it.at for it in told[alert.about]), default=None)
        due = what_is_due(alert, notices, last, now, rules)
        _mark(transaction, alert, due.silence, "silenced", now)
        _mark(transaction, alert, [it for it in due.hold if it[0].reason != it[1]], "held", now)
        if due.tell:
            (waiting if due.goes_along else now_due).setdefault(alert.about, []).append((alert, due.tell))
    goes = any(notice.kind == "raised" for dues in now_due.values() for _, its in dues for notice in its)
    for about, dues in waiting.items():
        # An alert of a story that is told now goes with it, and so do all new ones once one of them has to go.
        if goes or about in now_due:
            now_due.setdefault(about, []).extend(dues)
    return [_telling(transaction, about, dues, told[about]) for about, dues in now_due.items()]


def _telling(
    transaction: Transaction,
    about: str,
    due: list[tuple[Alert, tuple[AlertNotice, ...]]],
    told: Sequence[ToldAlert],
) -> _Telling:
    story = [it for it in transaction.story_articles(about) if it.counted_as == "relevant"]
    lead = most_urgent_first(alert for alert, _ in due)[0]
    raised_by = transaction.articles([lead.article_id]) if lead.article_id is not None else []
    article = telling_article(next(iter(raised_by), None), story)
    return _Telling(about, story[:MOST_ARTICLES], article, told, due)


def _part(
    telling: _Telling, recipient: Recipient, own: Sequence[tuple[Alert, tuple[AlertNotice, ...]]]
) -> _Part | None:
    """What the recipient is told about one thing; None where it is over and they never heard of it."""
    notices = tuple(notice for _, told in own for notice in told)
    kinds = frozenset(notice.kind for notice in notices)
    if telling.first(recipient) is None:
        if kinds == {"closed"}:
            return None
        if "escalated" not in kinds:
            kinds |= {"raised"}
    news = AlertNews(
        tuple(most_urgent_first(alert for alert, _ in own)), kinds, telling.article, tuple(telling.articles)
    )
    return _Part(telling, news, notices)


def _mark(
    transaction: Transaction,
    alert: Alert,
    notices: Sequence[tuple[AlertNotice, str]],
    kind: EventKind,
    now: datetime,
) -> None:
    """Mark the notices as silenced, or as held by their reason, and write it into the history once for each reason."""
    for notice, reason in notices:
        state = "silenced" if kind == "silenced" else notice.state
        transaction.settle_notice(replace(notice, state=state, reason=reason))
    for reason in dict.fromkeys(reason for _, reason in notices):
        transaction.take_step(AlertStep(alert, AlertEvent(alert.id, kind, now, note=reason)))
