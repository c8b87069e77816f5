"""Messages in the outbox, with the files that go with them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, case, func, insert, or_, select, update

from service.adapters.sql.engine import insert_new, transacting
from service.adapters.sql.rows import entry_of
from service.adapters.sql.schema import outbox, outbox_files
from service.domain.message import Attached, Cause, DeliveryState, Lane, Message, OutboxEntry, OutboxFilter

FORGOTTEN: Mapping[str, Any] = {
    "text": case((outbox.c.cause == "account", ""), else_=outbox.c.text),
    "html": case((outbox.c.cause == "account", None), else_=outbox.c.html),
}
"""What a message for an account says opens that account."""


def enqueue(connection: Connection, message: Message, cause: Cause, due: datetime, held: str | None = None) -> bool:
    """Put a message into the outbox unless one of its id was there before; whether it was new."""
    row = {
        "id": message.id,
        "recipient": message.recipient,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "headers": dict(message.headers),
        "channel": message.channel,
        "thread": message.thread,
        "cause": cause,
        "state": "pending",
        "attempts": 0,
        "due": due,
        "created": due,
        "held": held,
    }
    is_new = insert_new(connection, outbox, row, "id")
    files = [*((True, it) for it in message.images), *((False, it) for it in message.attachments)]
    if is_new and files:
        connection.execute(
            insert(outbox_files),
            [
                {
                    "message_id": message.id,
                    "position": position,
                    "shown": shown,
                    "name": file.name,
                    "media_type": file.media_type,
                    "content": file.content,
                }
                for position, (shown, file) in enumerate(files)
            ],
        )
    return is_new


def entries(connection: Connection, statement: Select[Any]) -> list[OutboxEntry]:
    """The messages of these rows of `outbox` with the state of their delivery, without their files."""
    return [entry_of(row) for row in connection.execute(statement).mappings()]


def claim(
    connection: Connection, lane: Lane, claim: str, now: datetime, until: datetime, due: datetime
) -> OutboxEntry | None:
    """The next message of the lane, whole, for nobody else until then; None where there is none."""
    of = outbox.c
    unclaimed = or_(of.claimed_until.is_(None), of.claimed_until <= now)
    wanted = [of.state == "pending", of.due <= due, unclaimed, *_within(lane)]
    # Who comes back was tried before, so a recipient who costs time each time never keeps others waiting.
    order = (case((of.attempts == 0, 0), else_=1), case((of.cause == "digest", 1), else_=0), of.due, of.id)
    chosen = select(of.id).where(*wanted).order_by(*order).limit(1)
    message_id = connection.scalar(chosen)
    if message_id is None:
        return None
    connection.execute(update(outbox).where(of.id == message_id).values(claim=claim, claimed_until=until))
    return one(connection, message_id)


def _within(lane: Lane) -> Iterator[ColumnElement[bool]]:
    of = outbox.c
    if lane.channel is not None:
        yield of.channel == lane.channel
    if lane.others:
        yield of.channel.not_in(sorted(lane.others))
    if lane.message_id is not None:
        yield of.id == lane.message_id
    if lane.avoided:
        yield of.recipient.not_in(sorted(lane.avoided))


def mark(connection: Connection, message_id: str, claim: str | None = None, **values: Any) -> None:
    """One more attempt at a pending message ended like this; with a claim, unless somebody else has it by now."""
    of = outbox.c
    wanted = [of.id == message_id, of.state == "pending", *([of.claim == claim] if claim is not None else [])]
    ended = {"attempts": of.attempts + 1, "claim": None, "claimed_until": None, **values}
    connection.execute(update(outbox).where(*wanted).values(**ended))


class SqlOutbox:
    """The outbox in the store's database, as people look after it."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def entries(self, asked: OutboxFilter, *, limit: int = 50, offset: int = 0) -> list[OutboxEntry]:
        """A page of the messages that match, the newest first, without their files."""
        newest = select(outbox).where(*_matching(asked)).order_by(outbox.c.created.desc(), outbox.c.id)
        with transacting(self._reader) as connection:
            return entries(connection, newest.limit(limit).offset(offset))

    def tally(self) -> dict[tuple[DeliveryState, Cause, str], int]:
        """How many messages there are by state, cause and channel."""
        of = outbox.c
        counted = select(of.state, of.cause, of.channel, func.count()).group_by(of.state, of.cause, of.channel)
        with transacting(self._reader) as connection:
            return {(row[0], row[1], row[2]): row[3] for row in connection.execute(counted)}

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the message has been due that waits longest; None where none is."""
        waiting = select(func.min(outbox.c.due)).where(outbox.c.state == "pending", outbox.c.due <= now)
        with transacting(self._reader) as connection:
            since: datetime | None = connection.scalar(waiting)
        return since

    def retry(self, asked: OutboxFilter, at: datetime) -> list[str]:
        """Let those that were given up and match be tried again from `at` on, as if for the first time; their ids."""
        of = outbox.c
        again = (
            update(outbox)
            .where(of.state == "dead", of.cause != "account", *_matching(asked))
            .values(state="pending", attempts=0, due=at, held=None, claim=None, claimed_until=None)
            .returning(of.id)
        )
        with transacting(self._writer) as connection:
            return sorted(connection.scalars(again))


def _matching(asked: OutboxFilter) -> list[ColumnElement[bool]]:
    of = outbox.c
    wanted = {of.state: asked.state, of.cause: asked.cause, of.channel: asked.channel, of.id: asked.message_id}
    return [column == value for column, value in wanted.items() if value is not None]


def one(connection: Connection, message_id: str) -> OutboxEntry | None:
    """The message of this id, whole, or None."""
    return next(
        iter(_with_files(connection, entries(connection, select(outbox).where(outbox.c.id == message_id)))), None
    )


def _with_files(connection: Connection, found: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    files: dict[tuple[str, bool], list[Attached]] = defaultdict(list)
    of = outbox_files.c
    ids = [entry.message.id for entry in found]
    for row in connection.execute(select(outbox_files).where(of.message_id.in_(ids)).order_by(of.position)):
        files[row.message_id, row.shown].append(Attached(row.name, row.media_type, row.content))
    return [
        replace(
            entry,
            message=replace(
                entry.message,
                images=tuple(files[entry.message.id, True]),
                attachments=tuple(files[entry.message.id, False]),
            ),
        )
        for entry in found
    ]
