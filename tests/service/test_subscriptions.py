"""Recipients leave, pause and come back by the links of their own mails, and by nobody else's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.domain.digest_group import DigestGroup
from service.domain.subscription import Absence, fingerprint, read_token, sign, without_links
from service.errors import SubscriptionError
from tests.service.builders import ManualClock, a_message
from tests.service.digest_desk import DAILY, DUE, DigestDesk

HUMAS, PIMPINAN = DAILY.recipients
WEEKLY = DigestGroup("sepekan", "Kliping sepekan", (HUMAS.upper(),), "30 6 * * 1")
KEY = b"a key of some length"


def a_desk() -> DigestDesk:
    return DigestDesk(ManualClock(DUE), [DAILY, WEEKLY])


def token(desk: DigestDesk, group: str = "harian", recipient: str = HUMAS) -> str:
    return desk.subscriptions.links(group, recipient).choices.rpartition("/")[2]


def recipients(desk: DigestDesk) -> list[tuple[str, str]]:
    """Group and recipient of every message so far, and forget them."""
    sent = [(entry.message.id.split("-")[1], entry.message.recipient) for entry in desk.store.outbox()]
    desk.store._state.outbox.clear()
    return sorted(sent)


def test_a_link_tells_group_and_recipient_and_hides_the_address() -> None:
    signed = sign(KEY, "harian", HUMAS)
    assert read_token(KEY, signed) == ("harian", fingerprint(HUMAS))
    assert "humas" not in signed
    assert fingerprint(" Humas@Agency.Example ") == fingerprint(HUMAS)


def test_a_message_is_shown_without_the_links_in_it() -> None:
    choices = f"https://pantau.agency.example/desk/langganan/{sign(KEY, 'sulawesi-selatan', HUMAS)}"
    other = "https://koran.example/langganan/paket.html"
    message = a_message(
        "m", subject=f"x {choices}", text=f"{choices}\n{choices}/berhenti.", html=f'<a href="{choices}">{other}</a>'
    )
    shown = without_links(replace(message, headers={"List-Unsubscribe": f"<{choices}/berhenti>"}))
    page = "https://pantau.agency.example/desk/ringkasan"
    assert (shown.subject, shown.text) == (f"x {page}", f"{page}\n{page}.")
    assert shown.html == f'<a href="{page}">{other}</a>'
    assert shown.headers == {"List-Unsubscribe": f"<{page}>"}
    assert without_links(a_message("m")) == a_message("m")


def test_a_link_that_was_changed_or_sealed_with_another_key_is_none() -> None:
    signed = sign(KEY, "harian", HUMAS)
    other = sign(KEY, "sepekan", HUMAS)
    forged = [
        "",
        "x" * 500,
        "a.b",
        "é.b.c",
        signed[:-1],
        signed[:-1] + ("0" if signed[-1] != "0" else "1"),
        signed.replace("harian", "sepekan"),
        f"{other.rsplit('.', 1)[0]}.{signed.rsplit('.', 1)[1]}",
        signed + ".x",
    ]
    assert [it for it in forged if read_token(KEY, it)] == []
    assert read_token(b"another", signed) is None


def test_every_mail_carries_its_recipients_own_links_for_one_click() -> None:
    desk = a_desk()
    desk.digests.due()
    headers = {
        entry.message.recipient: entry.message.headers for entry in desk.store.outbox() if "harian" in entry.message.id
    }
    for recipient in DAILY.recipients:
        links = desk.subscriptions.links("harian", recipient)
        assert headers[recipient]["List-Unsubscribe"] == f"<{links.leave}>"
        assert links.leave.startswith("https://pantau.agency.example/langganan/harian.")
        assert headers[recipient]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers[recipient]["List-Id"] == "<harian.pantau.pantau.agency.example>"
    assert headers[HUMAS]["List-Unsubscribe"] != headers[PIMPINAN]["List-Unsubscribe"]


def test_the_mornings_of_a_month_are_one_conversation_for_each_recipient() -> None:
    desk = DigestDesk()
    for days in (0, 1, 8):
        desk.at(DUE + timedelta(days=days))
    threads = {(entry.message.recipient, entry.message.thread) for entry in desk.store.outbox()}
    assert len(threads) == 4
    assert all(
        thread and thread.startswith(("digest-harian-2026-11-", "digest-harian-2026-12-")) for _, thread in threads
    )


def test_who_left_one_group_still_gets_the_other() -> None:
    desk = a_desk()
    subscriber = desk.subscriptions.leave(token(desk), "one-click")
    assert subscriber is not None
    assert subscriber.has_left
    desk.digests.due()
    assert recipients(desk) == [("harian", PIMPINAN), ("sepekan", HUMAS.upper())]
    assert desk.subscriptions.absences() == [Absence("harian", HUMAS, DUE, "one-click", left=DUE)]


def test_leaving_twice_changes_nothing() -> None:
    desk = a_desk()
    desk.subscriptions.leave(token(desk), "one-click")
    desk.clock.advance(timedelta(days=1))
    desk.subscriptions.leave(token(desk), "page")
    assert desk.subscriptions.absences() == [Absence("harian", HUMAS, DUE, "one-click", left=DUE)]


def test_a_pause_ends_by_itself_and_what_came_meanwhile_is_not_sent_again() -> None:
    desk = a_desk()
    desk.subscriptions.choose(token(desk), frozenset({"harian", "sepekan"}), date(2026, 11, 25))
    got = []
    for days in range(3):
        desk.at(DUE + timedelta(days=days))
        got.append((HUMAS, "harian") in [(recipient, group) for group, recipient in recipients(desk)])
    assert got == [False, False, True]
    assert desk.subscriptions.absences() == []
    assert [digest.since for digest in desk.told if digest.group.id == "harian"][2] == DUE + timedelta(days=1)


def test_choices_hold_for_every_group_that_names_the_recipient_and_for_no_other() -> None:
    desk = a_desk()
    subscriber = desk.subscriptions.choose(token(desk, "sepekan", HUMAS), frozenset({"harian", "other"}), None)
    assert subscriber is not None
    assert [(it.group.id, it.has_left) for it in subscriber.choices] == [("harian", False), ("sepekan", True)]
    desk.digests.due()
    assert recipients(desk) == [("harian", HUMAS), ("harian", PIMPINAN)]
    back = desk.subscriptions.choose(token(desk, "sepekan", HUMAS), frozenset({"harian", "sepekan"}), None)
    assert back is not None
    assert desk.subscriptions.absences() == []


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2020, 1, 1), date(2028, 1, 1)])
def test_a_pause_that_is_over_or_endless_is_refused(until: date) -> None:
    desk = a_desk()
    with pytest.raises(SubscriptionError, match="sesudah hari ini"):
        desk.subscriptions.choose(token(desk), frozenset({"harian"}), until)
    assert desk.subscriptions.absences() == []


def test_who_is_no_recipient_any_more_has_nothing_to_choose() -> None:
    desk = a_desk()
    stale = token(desk, "harian", "mantan@agency.example")
    gone = token(desk, "bubar", HUMAS)
    for link in (stale, gone):
        assert desk.subscriptions.whose(link) is None
        assert desk.subscriptions.leave(link, "page") is None
        assert desk.subscriptions.choose(link, frozenset(), None) is None
    assert desk.subscriptions.absences() == []


def test_a_digest_that_nobody_wants_is_recorded_and_sent_to_nobody() -> None:
    desk = DigestDesk()
    for recipient in DAILY.recipients:
        desk.subscriptions.leave(token(desk, "harian", recipient), "page")
    assert desk.digests.due() == 1
    last = desk.store.digests.last("harian")
    assert last is not None
    assert (last.messages, desk.store.outbox()) == ((), [])
