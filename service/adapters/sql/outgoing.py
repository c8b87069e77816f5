"""Messages in the outbox, with the files that go with them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from service.adapters.sql.engine import insert_new
from service.adapters.sql.rows import entry_of
from service.adapters.sql.schema import outbox, outbox_files
from service.domain.message import Attached, Cause, Message, OutboxEntry


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


def due(connection: Connection, now: datetime, limit: int) -> list[OutboxEntry]:
    """Pending messages whose time has come, whole, oldest first."""
    found = entries(
        connection,
        select(outbox)
        .where(outbox.c.state == "pending", outbox.c.due <= now)
        .order_by(outbox.c.due, outbox.c.id)
        .limit(limit),
    )
    return _with_files(connection, found)


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
