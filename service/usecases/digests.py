"""Digest: at every moment of a group's schedule one mail per recipient, which tells what was indexed since the last."""

import logging
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from service.domain.alert import Alert
from service.domain.article import Article
from service.domain.digest import (
    COMPARED_DAYS,
    DAY,
    DayCounts,
    Digest,
    SentDigest,
    compose_digest,
    count_days,
    press_state,
    slot_key,
)
from service.domain.digest_group import DigestGroup
from service.domain.health import judge
from service.domain.ledger.checks import Finding
from service.domain.ledger.statement import Statement
from service.domain.message import Attached, Message
from service.domain.query import Query
from service.domain.query_language.passing import is_found
from service.domain.query_language.reading import read_query
from service.domain.query_language.searchable import searchable
from service.domain.query_language.tree import Node
from service.domain.subscription import MailLinks, fingerprint
from service.errors import ExportError, PantauError, QueryError
from service.ports import ArticleStore, Clock, Digests, Ledger
from service.usecases.subscriptions import Subscriptions

logger = logging.getLogger(__name__)

LONGEST_FIRST = timedelta(days=7)
"""The first digest of a group looks back on as much time as its schedule leaves between two, at most on so much."""

MOST_ALERTS = 200
READ_AT_ONCE = 500
LARGEST_ATTACHMENTS = 8_000_000
"""Bytes of files that go with one digest; many mail servers take ten million in all, and files grow by a third."""

GONE_SEARCH = "Pencarian tersimpan kelompok ini tidak ada atau tidak terbaca lagi, jadi semua berita dimuat."
NO_FILE = "Daftar lengkapnya tidak dapat dilampirkan; buka lewat tautan di bawah."


@dataclass(frozen=True, slots=True)
class DigestMail:
    """A digest as it is read: `images` are shown in the HTML, where they stand as `cid:<name>`."""

    subject: str
    text: str
    html: str
    images: tuple[Attached, ...] = ()

    @property
    def page(self) -> str:
        """The HTML with its pictures within, as a browser shows it."""
        return with_pictures(self.html, self.images)


def with_pictures(html: str, images: Iterable[Attached]) -> str:
    """The HTML of a mail with these of its pictures as addresses that need no mail around them."""
    for image in images:
        content = b64encode(image.content).decode()
        html = html.replace(f'src="cid:{image.name}"', f'src="data:{image.media_type};base64,{content}"')
    return html


RenderDigest = Callable[[Digest, MailLinks | None], DigestMail]
"""The digest for a recipient with these links, or for the desk."""

ReadSearch = Callable[[str], Query | None]
"""What the saved search of an id asks for; None where there is none that can be read."""

AttachList = Callable[[Digest, Sequence[Article]], Sequence[Attached]]
"""The files that the digest's group wants of these articles; ExportError where one cannot be made."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a group's digest is of; `notices` say what of it does not hold."""

    query: Query
    node: Node
    notices: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether every relevant article is told."""
        return self.query == Query()

    def of(self, articles: Iterable[Article]) -> list[Article]:
        """Those of the articles that are told."""
        if self.is_everything:
            return list(articles)
        return [article for article in articles if is_found(self.query, self.node, searchable(article))]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A group with its last digest and the moment of its next; None where the schedule has none any more."""

    group: DigestGroup
    last: SentDigest | None
    next: datetime | None

    @property
    def last_slot(self) -> datetime | None:
        """The moment that the last digest was for."""
        return self.last.slot if self.last else None


class ComposeDigest:
    """Composes each group's digest when its schedule says so, and leaves it in the outbox.

    A machine that was off then catches up with one digest of all it missed. `outlets` are the names of the outlets by
    id; `ledger` tells which figures are new and which do not add up; `open_alerts` are those that nobody has handled.
    """

    def __init__(
        self,
        store: ArticleStore,
        digests: Digests,
        ledger: Ledger,
        render: RenderDigest,
        *,
        groups: Sequence[DigestGroup],
        subscriptions: Subscriptions,
        outlets: Mapping[str, str],
        clock: Clock,
        list_host: str = "localhost",
        read_search: ReadSearch = lambda search_id: None,
        attach: AttachList = lambda digest, articles: (),
        open_alerts: Callable[[int], Sequence[tuple[Alert, Article | None]]] = lambda limit: (),
    ) -> None:
        """`list_host` is the name under which mail programs know the groups as lists (List-Id, RFC 2919)."""
        self._store = store
        self._digests = digests
        self._ledger = ledger
        self._render = render
        self.groups = tuple(groups)
        self._subscriptions = subscriptions
        self._outlets = outlets
        self._clock = clock
        self._list_host = list_host
        self._read_search = read_search
        self._attach = attach
        self._open_alerts = open_alerts

    def due(self) -> int:
        """Compose what the schedules ask for by now, once per group; how many digests that were.

        A group whose digest cannot be composed does not keep the others waiting; its error is raised at the end.
        """
        composed, failed = 0, None
        for group in self.groups:
            slot = self._slot_due(group)
            if slot is None:
                continue
            try:
                composed += self._run(group, slot)
            except Exception as error:
                logger.exception("a digest cannot be composed", extra={"group": group.id})
                failed = error
        if failed is not None:
            raise failed
        return composed

    def run(self, group_id: str | None = None) -> int:
        """Compose the digest of the day now, of all groups or of one, also before its time; how many were not yet."""
        now = self._clock()
        groups = self.groups if group_id is None else [self.group(group_id)]
        return sum(self._run(group, slot) for group in groups if (slot := _slot_of_today(group, now)) is not None)

    def preview(self, group_id: str | None = None, day: date | None = None) -> DigestMail:
        """What the group's digest of that day tells, or would tell now; nothing is recorded or sent."""
        group = self.group(group_id)
        since, until = self._period(group, day)
        return self._render(self._compose(group, self._scope(group), since, until, day)[0], None)

    def group(self, group_id: str | None) -> DigestGroup:
        """The group of this id, the default one for None; PantauError where there is none."""
        found = next((it for it in self.groups if group_id in (None, it.id)), None)
        if found is None:
            known = ", ".join(group.id for group in self.groups)
            raise PantauError(f"no digest group {group_id!r}; there are {known}")
        return found

    def upcoming(self) -> list[Upcoming]:
        """Every group with its last and its next digest."""
        now = self._clock()
        return [Upcoming(group, self._digests.last(group.id), self._next(group, now)) for group in self.groups]

    def _slot_due(self, group: DigestGroup) -> datetime | None:
        """The last moment of the group's schedule, where its digest is still to be composed."""
        now = self._clock()
        slot, last = group.latest(now), self._digests.last(group.id)
        if slot is None or (last is not None and max(last.slot, last.until) >= slot):
            return None
        # A group that never had a digest has missed none: its first comes on a day of its schedule.
        is_first_elsewhen = last is None and slot.astimezone(group.zone).date() != now.astimezone(group.zone).date()
        return None if is_first_elsewhen else slot

    def _next(self, group: DigestGroup, now: datetime) -> datetime | None:
        coming, last = group.next(now), self._digests.last(group.id)
        # One that was composed by hand before its time will not come again.
        return group.next(coming) if coming and last is not None and last.slot >= coming else coming

    def _run(self, group: DigestGroup, slot: datetime) -> bool:
        """Compose the digest of this moment; False when it was composed before.

        Its end is fixed first, so that what is indexed meanwhile belongs to the next one; and kept, so that a try after
        a failure tells the same. Messages and record appear together.
        """
        until = self._digests.open(group.id, slot, self._clock())
        if until is None:
            return False
        since = self._since(group, until)
        digest, articles = self._compose(group, self._scope(group), since, until, slot.astimezone(group.zone).date())
        digest, attachments = self._with_list(digest, articles)
        messages = [
            self._message(digest, slot, recipient, attachments)
            for recipient in dict.fromkeys(group.recipients)
            if self._subscriptions.wants(group.id, recipient, digest.day)
        ]
        subject = messages[0].subject if messages else self._render(digest, None).subject
        ids = tuple(message.id for message in messages)
        sent = SentDigest(group.id, slot, since, until, digest.counts, digest.differences, subject, ids)
        with self._store.transaction() as transaction:
            if not transaction.record_digest(sent):
                return False
            for message in messages:
                transaction.enqueue(message, "digest", self._clock())
        logger.info("digest composed", extra={"group": group.id, "articles": digest.counts.articles})
        return True

    def _since(self, group: DigestGroup, until: datetime) -> datetime:
        last = self._digests.last(group.id)
        return min(last.until, until) if last else until - _first_period(group, until)

    def _period(self, group: DigestGroup, day: date | None) -> tuple[datetime, datetime]:
        """From when to when the digest of that day tells, or told."""
        now = self._clock()
        if day is None or day == now.astimezone(group.zone).date():
            return self._since(group, now), now
        for sent in self._digests.sent(1_000, group.id):
            if sent.slot.astimezone(group.zone).date() == day:
                return sent.since, sent.until
        midnight = datetime.combine(day, datetime.min.time(), group.zone)
        slot = group.next(midnight - timedelta(minutes=1))
        if slot is None or slot.astimezone(group.zone).date() != day or slot > now:
            raise PantauError(f"group {group.id!r} has no digest on {day}; its schedule is {group.schedule!r}")
        return slot - _first_period(group, slot), slot

    def _scope(self, group: DigestGroup) -> Scope:
        """What the group asks for; everything, with a notice, where its saved search cannot be asked any more."""
        everything = Scope(Query(), read_query(""), (GONE_SEARCH,))
        query: Query | None = Query(text=group.query, regions=group.regions)
        if group.search:
            query = self._read_search(group.search)
        if query is None:
            return everything
        query = replace(query, since=None, until=None, sort="newest", relevances=Query().relevances)
        try:
            return Scope(query, read_query(query.text, self._outlets))
        except QueryError:
            return everything

    def _compose(
        self, group: DigestGroup, scope: Scope, since: datetime, until: datetime, day: date | None
    ) -> tuple[Digest, list[Article]]:
        """The digest, and all articles of its time."""
        articles = scope.of(self._store.indexed_between(since, until))
        told = None if scope.is_everything else {article.id for article in articles}
        health = judge(self._store.outlet_records(list(self._outlets), until), until)
        claims = self._ledger.new_claims(since, until)
        alerts = self._open_alerts(MOST_ALERTS)
        in_scope = {article.id for article in scope.of(article for _, article in alerts if article is not None)}
        digest = compose_digest(
            group,
            day or until.astimezone(group.zone).date(),
            since,
            until,
            articles=articles,
            press=press_state(health, since, self._outlets),
            outlet_names=self._outlets,
            claims=[it for it in claims if told is None or it.statement.article_id in told],
            conflicts=[
                (finding, stated)
                for finding, stated in self._conflicts(since, until)
                if told is None or any(it.article_id in told for it in stated)
            ],
            # What is about no article, such as a silent outlet, is told to those who are told everything.
            alerts=[it for it in alerts if (scope.is_everything if it[1] is None else it[1].id in in_scope)],
            days=self._days(group, scope, until),
            query=scope.query,
            notices=scope.notices,
        )
        return digest, articles

    def _days(self, group: DigestGroup, scope: Scope, until: datetime) -> tuple[DayCounts, ...]:
        marks = self._store.indexed_marks(until - (COMPARED_DAYS + 1) * DAY, until)
        if not scope.is_everything:
            told = {it.id for some in self._read([mark.article_id for mark in marks]) for it in scope.of(some)}
            marks = [mark for mark in marks if mark.article_id in told]
        return count_days(marks, until, self._store.watched_since(), group.zone)

    def _read(self, ids: Sequence[str]) -> Iterator[list[Article]]:
        """The articles, some hundreds at a time."""
        for start in range(0, len(ids), READ_AT_ONCE):
            yield self._store.articles(ids[start : start + READ_AT_ONCE])

    def _conflicts(self, since: datetime, until: datetime) -> list[tuple[Finding, list[Statement]]]:
        """What does not add up, with the statements involved; those that are gone meanwhile are left out."""
        findings = self._ledger.new_conflicts(since, until)
        known = self._ledger.statements({it for finding in findings for it in finding.statements})
        return [(finding, [known[it] for it in finding.statements if it in known]) for finding in findings]

    def _with_list(self, digest: Digest, articles: Sequence[Article]) -> tuple[Digest, tuple[Attached, ...]]:
        """The files of all articles, where the group wants some; else the digest says why there are none."""
        if not digest.group.attachments or not articles:
            return digest, ()
        try:
            files = tuple(self._attach(digest, articles))
        except ExportError as error:
            logger.error("a digest goes without its files", extra={"group": digest.group.id, "error": str(error)})
            return replace(digest, notices=(*digest.notices, NO_FILE)), ()
        if sum(len(file.content) for file in files) > LARGEST_ATTACHMENTS:
            return replace(digest, notices=(*digest.notices, NO_FILE)), ()
        return digest, files

    def _message(self, digest: Digest, slot: datetime, recipient: str, attachments: tuple[Attached, ...]) -> Message:
        """The recipient's own mail. Its id is the same for the same digest, without their address in it."""
        group, links = digest.group, self._subscriptions.links(digest.group.id, recipient)
        mail = self._render(digest, links)
        whose = sha256(recipient.encode()).hexdigest()[:12]
        return Message(
            id=f"digest-{group.id}-{slot_key(slot)}-{whose}",
            recipient=recipient,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            headers={
                "List-Id": f"<{group.id}.pantau.{self._list_host}>",
                "List-Unsubscribe": f"<{links.leave}>",
                # RFC 8058: the mail program asks that address by POST when its button is pressed.
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
            # The mornings of a month are one conversation.
            thread=f"digest-{group.id}-{digest.day:%Y-%m}-{fingerprint(recipient)}",
            images=mail.images,
            attachments=attachments,
        )


def _first_period(group: DigestGroup, until: datetime) -> timedelta:
    """How much time the schedule leaves between its last moment and the one before."""
    slot = group.latest(until)
    before = group.latest(slot - timedelta(minutes=1)) if slot else None
    return min(slot - before, LONGEST_FIRST) if slot and before else DAY


def _slot_of_today(group: DigestGroup, now: datetime) -> datetime | None:
    """The moment that a digest composed by hand stands for: the next one, if it is today's, else the last."""
    coming = group.next(now)
    if coming is not None and coming.astimezone(group.zone).date() == now.astimezone(group.zone).date():
        latest = group.latest(now)
        same_day = latest is not None and latest.astimezone(group.zone).date() == coming.astimezone(group.zone).date()
        return latest if same_day else coming
    return group.latest(now)
