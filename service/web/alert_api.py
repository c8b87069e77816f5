"""Alerts as JSON, and what people decide about them."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.domain.account import read_email
from service.domain.alert import Alert
from service.domain.alert_life import LONGEST_NOTE
from service.domain.alert_list import read_place, write_place
from service.domain.wording.language import say
from service.errors import AlertError
from service.web.address import BadAddress
from service.web.alert_decisions import able_people, closed_reason
from service.web.alert_view import STANDINGS, Alerted, alerted, one_alerted
from service.web.desk import Desk, NotFound
from service.web.visitor import needs, visitor

MOST_ALERTS = 100

_Id = Annotated[str, Path(max_length=64)]


class _Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AlertOut(_Model):
    """One alert: a rule that was met. `outlets` is how many told the story when that was last noticed."""

    id: str
    rule_id: str
    rule_name: str
    about: str
    article_id: str | None
    raised: datetime
    severity: str
    reasons: list[str]
    state: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    assigned_to: str | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None
    outlets: int
    told_at: datetime | None
    escalated_at: datetime | None


class AlertedOut(_Model):
    """All alerts about one story, or about one thing that is no story; `held` is why what is to be told is held back.

    `standing` is "open", "assigned", "acknowledged", "snoozed" or "closed"; `deliveries` counts messages by state.
    """

    about: str
    standing: str
    title: str
    alerts: list[AlertOut]
    held: str
    deliveries: dict[str, int]


class AlertsOut(BaseModel):
    """One page; `cursor` asks for the next."""

    alerts: list[AlertedOut]
    cursor: str | None


class AlertEventOut(_Model):
    """What happened to an alert; `by` is empty where Pantau did it."""

    alert_id: str
    kind: str
    at: datetime
    by: str
    note: str


class AlertDetailOut(AlertedOut):
    """What alerts are about, with their history, the first event first."""

    history: list[AlertEventOut]


class AlertDecisionIn(BaseModel):
    """What is decided about the alert and all others about the same.

    "assign" takes in `to` the e-mail of a person who may decide, "snooze" takes `until`, "close" takes `reason`.
    """

    model_config = ConfigDict(extra="forbid")

    decision: Literal["acknowledge", "assign", "snooze", "wake", "close", "reopen"]
    to: Annotated[str, Field(max_length=254)] = ""
    until: AwareDatetime | None = None
    reason: Annotated[str, Field(max_length=16)] = ""
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


def add_alert_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    @router.get("/api/v1/alerts")
    def alerts(
        state: Literal["open", "assigned", "acknowledged", "snoozed", "closed"] | None = None,
        size: Annotated[int, Query(ge=1, le=MOST_ALERTS)] = 20,
        cursor: Annotated[str | None, Query(max_length=400)] = None,
    ) -> AlertsOut:
        """What alerts are about, the newest first; all where no state is asked for."""
        standing = next((it for it in STANDINGS if it == state), None)
        places = desk.alerts.listed(standing, desk.clock(), size + 1, read_place(cursor) if cursor else None)
        shown = places[:size]
        more = write_place(shown[-1]) if len(places) > size else None
        return AlertsOut(alerts=[AlertedOut.model_validate(_fields(it)) for it in alerted(desk, shown)], cursor=more)

    @router.get("/api/v1/alerts/{alert_id}")
    def alert(alert_id: _Id) -> AlertDetailOut:
        """One alert with all others about the same, and their history."""
        return _detail(desk, alert_id)

    @router.post("/api/v1/alerts/{alert_id}/decisions", dependencies=[needs("decide")])
    def decide(alert_id: _Id, it: AlertDecisionIn) -> AlertDetailOut:
        """Acknowledge the alert, assign it, put it off, close it or open it again. It is kept under your name."""
        if desk.alerts.get(alert_id) is None:
            raise NotFound
        try:
            _decide(desk, alert_id, it, visitor().name)
        except AlertError as error:
            raise BadAddress(str(error)) from error
        desk.people.record(visitor().actor, "alert-decided", f"{it.decision}, peringatan {alert_id}")
        return _detail(desk, alert_id)


def _decide(desk: Desk, alert_id: str, it: AlertDecisionIn, by: str) -> Alert:
    handling = desk.handling
    match it.decision:
        case "acknowledge":
            return handling.acknowledge(alert_id, by, it.note)
        case "assign":
            return handling.assign(alert_id, _assignee(desk, it.to), by, it.note)
        case "snooze":
            if it.until is None:
                raise AlertError(say("Isi until: sampai kapan peringatan ini ditunda."))
            return handling.snooze(alert_id, it.until, by, it.note)
        case "wake":
            return handling.wake(alert_id, by)
        case "close":
            return handling.close(alert_id, closed_reason(it.reason), by, it.note)
        case _:
            return handling.reopen(alert_id, by, it.note)


def _assignee(desk: Desk, email: str) -> str:
    found = next((person for person in able_people(desk) if person.email == read_email(email)), None)
    if found is None:
        raise AlertError(say("Isi to: surel orang yang boleh menangani peringatan."))
    return found.name


def _detail(desk: Desk, alert_id: str) -> AlertDetailOut:
    found = desk.alerts.get(alert_id)
    if found is None:
        raise NotFound
    history = [AlertEventOut.model_validate(event) for event in desk.alerts.history(found.about)]
    return AlertDetailOut.model_validate(_fields(one_alerted(desk, found)) | {"history": history})


def _fields(it: Alerted) -> dict[str, object]:
    return {
        "about": it.about,
        "standing": it.standing,
        "title": it.title,
        "alerts": [AlertOut.model_validate(alert) for alert in it.alerts],
        "held": it.held,
        "deliveries": dict(it.deliveries),
    }
