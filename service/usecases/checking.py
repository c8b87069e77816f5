"""Health: look at what can break without a word, and tell when it changes."""

import logging
from collections.abc import Callable, Sequence

from service.domain.health import judge
from service.domain.wording.numbers import number
from service.errors import IndexUnavailable
from service.ports import ArticleStore, Clock, SearchIndex

logger = logging.getLogger(__name__)

LEAST_FREE_BYTES = 1_000_000_000


class CheckHealth:
    """Looks at the outlets, the outbox, the index and the disk."""

    def __init__(
        self,
        store: ArticleStore,
        index: SearchIndex,
        outlets: Sequence[str],
        free_bytes: Callable[[], int],
        clock: Clock,
    ) -> None:
        self._store = store
        self._index = index
        self._outlets = outlets
        self._free_bytes = free_bytes
        self._clock = clock
        self._told = ""

    def run(self) -> str:
        """What is in trouble, where that is another than the last time; empty where all is as it was."""
        troubles = ", ".join(self._troubles())
        if troubles == self._told:
            return ""
        self._told = troubles
        if not troubles:
            logger.info("all that was in trouble is well again")
            return "semua baik lagi"
        logger.warning("health: %s", troubles)
        return troubles

    def _troubles(self) -> list[str]:
        now = self._clock()
        press = judge(self._store.outlet_records(self._outlets, now), now)
        alarmed = sum(bool(row.alarms) for row in press.outlets)
        dead, free = self._store.counts()["messages_dead"], self._free_bytes()
        found = [f"{number(alarmed)} media bermasalah"] if alarmed else []
        if press.alarms:
            found.append("gangguan pada kebanyakan media")
        if dead:
            found.append(f"{number(dead)} pesan tidak dapat dikirim")
        if free < LEAST_FREE_BYTES:
            found.append(f"ruang disk tinggal {number(free // 1_000_000)} MB")
        try:
            self._index.count()
        except IndexUnavailable:
            found.append("indeks pencarian tidak tersedia")
        return found
