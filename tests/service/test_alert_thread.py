"""A negative story in twelve outlets, from the pages as they were fetched to the mails that a mail server accepts."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from service.adapters.rendering import Renderer
from service.adapters.sql import SqlStore
from service.domain.alert_life import TellingRules
from service.domain.recipient import recipient_of_mail
from service.usecases.alerting import Deliver
from service.usecases.correcting import CorrectArticle
from service.usecases.ingest import Ingest
from service.usecases.notifying import TellAlerts
from service.usecases.reading import read_each
from tests.service.builders import NOW, ManualClock, a_page, a_rule
from tests.service.fake_alerts import ListedRecipients
from tests.service.test_ingest import Analyser, Reader
from tests.service.test_notifiers import MailServer, a_notifier, serving

OUTLETS = 12
RULES = (a_rule(),)


class Newsroom:
    """The walk of the worker from pages to mails, on a database and a mail server."""

    def __init__(self, store: SqlStore, port: int) -> None:
        self.store = store
        self.clock = ManualClock()
        self.ingest = Ingest(
            store, read_each(Reader()), Analyser(), rules=lambda: RULES, timezones={}, clock=self.clock
        )
        recipients = ListedRecipients([recipient_of_mail("humas@agency.example")])
        renderer = Renderer("https://pantau.agency.example")
        self.telling = TellAlerts(store, recipients, renderer, self.clock, rules=TellingRules())
        self.delivery = Deliver(store, a_notifier(port), self.clock, jitter=lambda: 0.5)
        self.correcting = CorrectArticle(store, self.clock, rules=lambda: RULES)

    def works(self, length: timedelta) -> None:
        """Let the worker look every 15 seconds for that long."""
        until = self.clock.now + length
        while self.clock.now < until:
            self.telling.run()
            self.delivery.run()
            self.clock.advance(timedelta(seconds=15))

    def prints(self, number: int) -> None:
        page = a_page(outlet=f"media-{number}.example", fetched=self.clock.now)
        self.ingest.batch([(page,)], "a.warc.gz")


@pytest.fixture
def mails() -> MailServer:
    return MailServer()


def read(server: MailServer) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=SMTP) for _, _, content in server.received]


def test_a_negative_story_in_twelve_outlets_is_one_alert_told_in_one_thread_until_a_person_corrects_it(
    tmp_path: Path, mails: MailServer
) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
    store.migrate()
    with serving(mails) as port:
        newsroom = Newsroom(store, port)
        for number in range(OUTLETS):
            newsroom.prints(number)
            newsroom.works(timedelta(minutes=10))
        newsroom.works(timedelta(minutes=30))
        ((alert, _),) = store.alerts()
        assert (alert.state, alert.outlets) == ("open", OUTLETS)
        growth = read(mails)
        assert newsroom.correcting.story(alert.about, "sentiment", "neutral", "Rani Saputri") == OUTLETS
        newsroom.works(timedelta(minutes=1))
        corrected = store.alerts()[0][0]
        assert newsroom.correcting.story(alert.about, "sentiment", None, "Rani Saputri") == OUTLETS
        newsroom.works(timedelta(minutes=1))
    store.close()
    first, *updates = growth
    assert first["Subject"].startswith("[Peringatan] Berita negatif: ")
    assert first["In-Reply-To"] is None
    told = [mail.get_body(("plain",)).get_content() for mail in updates]  # type: ignore[union-attr]
    assert "Kini dimuat 12 media." in told[-1]
    assert 2 <= len(updates) <= 5
    assert (corrected.state, corrected.closed_reason, corrected.closed_by) == ("closed", "corrected", "Rani Saputri")
    closing, reopening = read(mails)[len(growth) :]
    assert "penilaiannya dikoreksi oleh Rani Saputri" in closing.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "dibuka kembali" in reopening.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for mail in (*updates, closing, reopening):
        assert mail["In-Reply-To"] == mail["References"] == first["Message-ID"]
        assert mail["Subject"] == f"Re: {first['Subject']}"
    ids = [mail["Message-ID"] for mail in read(mails)]
    assert len(set(ids)) == len(ids)


def test_twelve_copies_at_once_are_one_mail(tmp_path: Path, mails: MailServer) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
    store.migrate()
    with serving(mails) as port:
        newsroom = Newsroom(store, port)
        for number in range(OUTLETS):
            newsroom.prints(number)
        newsroom.works(timedelta(minutes=1))
        assert newsroom.clock.now - NOW == timedelta(minutes=1)
        (mail,) = read(mails)
        newsroom.works(timedelta(hours=2))
    store.close()
    assert "Dimuat 12 media" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert len(mails.received) == 1
