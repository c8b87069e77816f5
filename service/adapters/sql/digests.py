"""Which digests were composed, and who wants none, in SQL."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, and_, delete, select, update

from service.adapters.sql.engine import insert_new, transacting
from service.adapters.sql.schema import digest_absences, digest_keys, digests
from service.domain.digest import Counts, SentDigest
from service.domain.subscription import Absence

_KEY_BYTES = 32


class SqlDigests:
    """The digests of the store's database; each change is a short transaction of its own."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def open(self, group: str, slot: datetime, until: datetime) -> datetime | None:
        """Fix the end of a digest: `until`, or what an earlier try fixed; None where it was composed."""
        with transacting(self._writer) as connection:
            is_new = insert_new(connection, digests, {"name": group, "slot": slot, "until": until}, "name", "slot")
            if is_new:
                return until
            of = digests.c
            opened = select(of.until).where(of.name == group, of.slot == slot, of.told.is_(None))
            return connection.scalar(opened)

    def last(self, group: str) -> SentDigest | None:
        """The digest of this group that was composed last, None where none was."""
        return next(iter(self.sent(1, group)), None)

    def sent(self, limit: int = 50, group: str | None = None) -> list[SentDigest]:
        """Composed digests, of all groups or of one, the newest first."""
        of = digests.c
        wanted = of.told.is_not(None) if group is None else and_(of.told.is_not(None), of.name == group)
        newest = select(digests).where(wanted).order_by(of.until.desc(), of.name).limit(limit)
        with transacting(self._reader) as connection:
            return [_sent(row) for row in connection.execute(newest).mappings()]

    def absences(self) -> list[Absence]:
        """Everybody who left a group or pauses, by address and group."""
        of = digest_absences.c
        with transacting(self._reader) as connection:
            found = connection.execute(select(digest_absences).order_by(of.recipient, of.group)).mappings()
            return [Absence(**row) for row in found]

    def put_absences(self, absences: Sequence[Absence]) -> None:
        """Keep these instead of what was kept of the same recipient and group; one that tells nothing is forgotten."""
        of = digest_absences.c
        with transacting(self._writer) as connection:
            for it in absences:
                connection.execute(delete(digest_absences).where(of.group == it.group, of.recipient == it.recipient))
                if it.left is not None or it.paused_until is not None:
                    connection.execute(digest_absences.insert().values(**asdict(it)))

    def signing_key(self) -> bytes:
        """The secret that seals the links in mails, the same ever after."""
        held = select(digest_keys.c.secret).order_by(digest_keys.c.made).limit(1)
        with transacting(self._reader) as connection:
            key = connection.scalar(held)
        if key is None:
            with transacting(self._writer) as connection:
                row = {"id": 1, "secret": secrets.token_bytes(_KEY_BYTES), "made": datetime.now(UTC)}
                insert_new(connection, digest_keys, row, "id")
                key = connection.scalar(held)
        return bytes(key) if key is not None else b""


def close(connection: Connection, sent: SentDigest) -> bool:
    """The digest is composed; False where it was before, or was never opened."""
    told: dict[str, Any] = {
        "counts": asdict(sent.counts),
        "differences": sent.differences,
        "subject": sent.subject,
        "messages": list(sent.messages),
    }
    of = digests.c
    composed = (
        update(digests)
        .where(of.name == sent.group, of.slot == sent.slot, of.told.is_(None))
        .values(since=sent.since, told=told)
    )
    return connection.execute(composed).rowcount == 1


def _sent(row: RowMapping) -> SentDigest:
    told = row["told"]
    return SentDigest(
        group=row["name"],
        slot=row["slot"],
        since=row["since"] or row["until"],
        until=row["until"],
        counts=Counts(**told.get("counts", {})),
        differences=told.get("differences", 0),
        subject=told.get("subject", ""),
        messages=tuple(told.get("messages", ())),
    )
