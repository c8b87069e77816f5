"""Digest: each morning, one e-mail per recipient that tells what was indexed since the last one."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from service.domain.article import WIB
from service.domain.digest import Digest, compose_digest, press_state
from service.domain.health import judge
from service.domain.ledger.checks import Finding
from service.domain.ledger.statement import Statement
from service.domain.message import Message
from service.ports import ArticleStore, Clock, Ledger

logger = logging.getLogger(__name__)

FIRST_PERIOD = timedelta(days=1)
"""What the first digest of all looks back on."""

RenderDigest = Callable[[Digest], tuple[str, str, str]]
"""Subject, plain text and HTML of a digest."""


class ComposeDigest:
    """Composes a digest once a day at the time `at` in Asia/Jakarta and leaves it in the outbox.

    A machine that was off at that time catches up with one digest of all it missed. `outlets` are the names of the
    outlets by id; `ledger` tells which figures are new and which do not add up.
    """

    def __init__(
        self,
        store: ArticleStore,
        ledger: Ledger,
        render: RenderDigest,
        *,
        recipients: Sequence[str],
        outlets: Mapping[str, str],
        clock: Clock,
        name: str = "harian",
        at: time = time(6, 30),
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._render = render
        self._recipients = recipients
        self._outlets = outlets
        self._clock = clock
        self._name = name
        self._at = at

    def due(self) -> int:
        """Compose today's digest when its time has come, unless it is composed; how many digests that were."""
        today = self._clock().astimezone(WIB).date()
        time_of_day = datetime.combine(today, self._at, tzinfo=WIB)
        last = self._store.last_digest(self._name)
        if self._clock() < time_of_day or (last is not None and last >= time_of_day):
            return 0
        return int(self.run(today))

    def run(self, day: date) -> bool:
        """Compose the digest of this day now; False when it was composed before."""
        until = self._clock()
        with self._store.transaction() as transaction:
            if not self._store.record_digest(transaction, self._name, day, until):
                return False
            # Read only now that the digest is recorded: what is indexed from here on belongs to the next one.
            digest = self._compose(day, until)
            subject, text, html = self._render(digest)
            for recipient in self._recipients:
                message = Message(self._message_id(day, recipient), recipient, subject, text, html)
                transaction.enqueue(message, "digest", until)
        logger.info("digest composed", extra={"day": day.isoformat(), "articles": digest.counts.articles})
        return True

    def preview(self) -> tuple[str, str, str]:
        """Subject, plain text and HTML of what a digest would tell now; nothing is recorded or sent."""
        now = self._clock()
        return self._render(self._compose(now.astimezone(WIB).date(), now))

    def _compose(self, day: date, until: datetime) -> Digest:
        last = self._store.last_digest(self._name)
        since = min(last or until - FIRST_PERIOD, until)
        health = judge(self._store.outlet_records(list(self._outlets), until), until)
        return compose_digest(
            self._name,
            day,
            since,
            until,
            articles=self._store.indexed_between(since, until),
            before=self._store.indexed_between(since - (until - since), since) if last else None,
            press=press_state(health, since, self._outlets),
            outlet_names=self._outlets,
            claims=self._ledger.new_claims(since, until),
            conflicts=self._conflicts(since, until),
        )

    def _conflicts(self, since: datetime, until: datetime) -> list[tuple[Finding, list[Statement]]]:
        """What does not add up, with the statements involved; those that are gone meanwhile are left out."""
        findings = self._ledger.new_conflicts(since, until)
        known = self._ledger.statements({it for finding in findings for it in finding.statements})
        return [(finding, [known[it] for it in finding.statements if it in known]) for finding in findings]

    def _message_id(self, day: date, recipient: str) -> str:
        """The same for the same digest and recipient, without the recipient's address in it."""
        return f"digest-{self._name}-{day.isoformat()}-{sha256(recipient.encode()).hexdigest()[:12]}"
