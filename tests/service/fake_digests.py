"""The digests in memory."""

from collections.abc import Callable, Sequence
from datetime import datetime

from service.domain.digest import SentDigest
from service.domain.subscription import Absence

Kept = dict[tuple[str, datetime], datetime | SentDigest]


class FakeDigests:
    """`kept` gives the digests of the store: their end where they were opened only."""

    def __init__(self, kept: Callable[[], Kept]) -> None:
        self._kept = kept
        self._absences: dict[tuple[str, str], Absence] = {}

    def open(self, group: str, slot: datetime, until: datetime) -> datetime | None:
        kept = self._kept().setdefault((group, slot), until)
        return None if isinstance(kept, SentDigest) else kept

    def last(self, group: str) -> SentDigest | None:
        return next(iter(self.sent(1, group)), None)

    def sent(self, limit: int = 50, group: str | None = None) -> list[SentDigest]:
        composed = [it for it in self._kept().values() if isinstance(it, SentDigest) and group in (None, it.group)]
        return sorted(composed, key=lambda it: (-it.until.timestamp(), it.group))[:limit]

    def absences(self) -> list[Absence]:
        return sorted(self._absences.values(), key=lambda it: (it.recipient, it.group))

    def put_absences(self, absences: Sequence[Absence]) -> None:
        for it in absences:
            self._absences.pop((it.group, it.recipient), None)
            if it.left is not None or it.paused_until is not None:
                self._absences[it.group, it.recipient] = it

    def signing_key(self) -> bytes:
        return b"a secret of thirty-two bytes, eh"
