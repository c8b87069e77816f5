"""Alerts as the pages and the API show them: gathered by the story, or whatever else, that they are about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain.alert import Alert, AlertStanding
from service.domain.alert_life import AlertNotice, most_urgent_first, telling_article
from service.domain.alert_list import Place
from service.domain.article import Article
from service.domain.message import OutboxEntry
from service.domain.wording.alerts import subject_of
from service.domain.wording.language import say
from service.web.desk import Desk

STANDINGS: Sequence[AlertStanding] = ("open", "assigned", "acknowledged", "snoozed", "closed")
"""The one that needs a person most first."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """What alerts are about: all of them, the most urgent first, how they stand, and how their messages fare by state.

    `title` names it; `article` is the one that tells of it, None where none does. `waiting` are the notices
    that were not told yet.
    """

    about: str
    alerts: tuple[Alert, ...]
    standing: AlertStanding
    title: str
    article: Article | None
    waiting: tuple[AlertNotice, ...]
    messages: tuple[OutboxEntry, ...]

    @property
    def lead(self) -> Alert:
        """The most urgent alert of those that stand so."""
        return self.alerts[0]

    @property
    def deliveries(self) -> tuple[tuple[str, int], ...]:
        """How many messages are in each state."""
        counted = Counter(entry.state for entry in self.messages)
        return tuple((state, counted[state]) for state in ("pending", "sent", "dead") if counted[state])

    @property
    def held(self) -> str:
        """Why what is to be told is held back; empty where nothing is."""
        reasons = [notice.reason for notice in self.waiting if notice.reason]
        reasons += [entry.held for entry in self.messages if entry.held and entry.state == "pending"]
        return reasons[-1] if reasons else ""


def alerted(desk: Desk, places: Sequence[Place]) -> list[Alerted]:
    """What stands at these places, in their order."""
    now = desk.clock()
    abouts = [place.about for place in places]
    by_about: dict[str, list[Alert]] = {about: [] for about in abouts}
    for alert in desk.alerts.about(abouts):
        by_about[alert.about].append(alert)
    ordered = {about: _leading(alerts, now) for about, alerts in by_about.items() if alerts}
    raised_by = [alert.article_id for alerts in ordered.values() for alert in alerts[:1] if alert.article_id]
    articles = {article.id: article for article in desk.store.articles(raised_by)}
    shown = {about: _shown(desk, about, articles.get(alerts[0].article_id or "")) for about, alerts in ordered.items()}
    notices, messages = desk.alerts.notices(abouts), desk.alerts.messages(abouts)
    return [
        Alerted(
            about=about,
            alerts=tuple(alerts),
            standing=alerts[0].standing(now),
            title=_title(desk, about, shown[about]),
            article=shown[about],
            waiting=tuple(it for it in notices if any(it.alert_id == alert.id for alert in alerts)),
            messages=tuple(messages.get(about, ())),
        )
        for about, alerts in ordered.items()
    ]


def one_alerted(desk: Desk, alert: Alert) -> Alerted:
    """What this alert is about."""
    return alerted(desk, [Place(alert.raised, alert.about)])[0]


def _leading(alerts: Sequence[Alert], now: datetime) -> list[Alert]:
    """The alerts, those that need a person most first, of these the most urgent."""
    return sorted(most_urgent_first(alerts), key=lambda alert: STANDINGS.index(alert.standing(now)))


def _shown(desk: Desk, about: str, raised_by: Article | None) -> Article | None:
    """The article by which the alerts are shown; the story is read only where that is not the one that raised them."""
    is_news = raised_by is not None and raised_by.counted_as == "relevant"
    return telling_article(raised_by, [] if is_news else desk.store.story(about))


def _title(desk: Desk, about: str, article: Article | None) -> str:
    if article is not None:
        return article.title or say("(tanpa judul)")
    return subject_of(about, desk.region_name, desk.outlet_name)
