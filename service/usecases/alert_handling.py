"""Alerts as people handle them: acknowledged, assigned, put off, closed, opened again. Always all about one story."""

from collections.abc import Callable
from datetime import datetime

from service.domain.alert import Alert, ClosedReason
from service.domain.alert_life import (
    LONGEST_NOTE,
    AlertStep,
    acknowledge,
    assign,
    close,
    most_urgent_first,
    reopen,
    snooze,
    wake,
)
from service.domain.article import Article
from service.domain.wording.language import say
from service.errors import AlertError, UnknownAlert
from service.ports import AlertBook, ArticleStore, Clock


def open_alerts(book: AlertBook, store: ArticleStore, now: datetime, limit: int) -> list[tuple[Alert, Article | None]]:
    """The most urgent alert about each thing that nobody has handled, the newest first, with its article if it has one.

    Those of hidden articles are left out.
    """
    places = book.listed("open", now, limit)
    standing = [alert for alert in book.about([place.about for place in places]) if alert.standing(now) == "open"]
    leading = {alert.about: alert for alert in reversed(most_urgent_first(standing))}
    leads = [leading[place.about] for place in places if place.about in leading]
    raised_by = {it.id: it for it in store.articles([lead.article_id for lead in leads if lead.article_id])}
    told = [(lead, raised_by.get(lead.article_id or "")) for lead in leads]
    return [(lead, article) for lead, article in told if article is None or not article.is_hidden]


class HandleAlerts:
    """Records what people decide about an alert and all others about the same, and when.

    Every decision answers with the alert as it is after it. UnknownAlert where there is none of this id; AlertError,
    worded for the person, where the decision cannot be.
    """

    def __init__(self, store: ArticleStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def acknowledge(self, alert_id: str, by: str, note: str = "") -> Alert:
        """Somebody looks after it."""
        return self._each(alert_id, note, lambda alert, at, told: acknowledge(alert, by, at, told))

    def assign(self, alert_id: str, to: str, by: str, note: str = "") -> Alert:
        """It is this person's, by name."""
        if not to:
            raise AlertError(say("Pilih orangnya."))
        return self._each(alert_id, note, lambda alert, at, told: assign(alert, to, by, at, told))

    def snooze(self, alert_id: str, until: datetime, by: str, note: str = "") -> Alert:
        """Nothing is told of it until then."""
        return self._each(alert_id, note, lambda alert, at, told: snooze(alert, until, by, at, told))

    def wake(self, alert_id: str, by: str) -> Alert:
        """It is put off no longer."""
        return self._each(alert_id, "", lambda alert, at, told: wake(alert, by, at))

    def close(self, alert_id: str, reason: ClosedReason, by: str, note: str = "") -> Alert:
        """Nothing is left to be done."""
        return self._each(alert_id, note, lambda alert, at, told: close(alert, reason, by, at, told))

    def reopen(self, alert_id: str, by: str, note: str = "") -> Alert:
        """It waits for somebody again."""
        return self._each(alert_id, note, lambda alert, at, told: reopen(alert, by, at, told))

    def _each(self, alert_id: str, note: str, decide: Callable[[Alert, datetime, str], AlertStep]) -> Alert:
        """Decide about each alert about the same for which that can be; refused where it can for none."""
        note = " ".join(note.split())
        if len(note) > LONGEST_NOTE:
            raise AlertError(say("Catatan paling banyak {count} huruf.", count=LONGEST_NOTE))
        at = self._clock()
        with self._store.transaction() as transaction:
            asked = transaction.alert(alert_id)
            if asked is None:
                raise UnknownAlert(say("Peringatan ini tidak ada."))
            refused: list[AlertError] = []
            decided = 0
            for alert in transaction.alerts_about(asked.about):
                try:
                    transaction.take_step(decide(alert, at, note))
                    decided += 1
                except AlertError as error:
                    refused.append(error)
            if not decided:
                raise refused[0]
            return transaction.alert(alert_id) or asked
