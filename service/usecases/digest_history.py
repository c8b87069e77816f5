"""Look back at the digests that were sent: what they told, how their delivery went, and how they looked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.digest import SentDigest
from service.domain.message import DeliveryState
from service.domain.subscription import without_links
from service.ports import ArticleStore, Digests
from service.usecases.digests import DigestMail


@dataclass(frozen=True, slots=True)
class Delivered:
    """A composed digest and how many of its messages are how far; those that are forgotten are in no state."""

    digest: SentDigest
    states: Mapping[DeliveryState, int]

    @property
    def recipients(self) -> int:
        """For how many it was."""
        return len(self.digest.messages)


class DigestHistory:
    """Reads what was composed; nobody's own links are shown to others, who could use them."""

    def __init__(self, store: ArticleStore, digests: Digests) -> None:
        self._store = store
        self._digests = digests

    def newest(self, limit: int = 30) -> list[Delivered]:
        """The digests that were composed last, of all groups."""
        sent = self._digests.sent(limit)
        states = self._store.deliveries(it for digest in sent for it in digest.messages)
        return [Delivered(digest, Counter(states[it] for it in digest.messages if it in states)) for digest in sent]

    def digest(self, group_id: str, key: str) -> SentDigest | None:
        """The group's digest of that key, None where it is not among the last ones."""
        return next((it for it in self._digests.sent(1_000, group_id) if it.key == key), None)

    def mail(self, digest: SentDigest) -> DigestMail | None:
        """The digest as it was sent, without its recipient's own links; None where it went to nobody or is gone."""
        for message_id in digest.messages:
            entry = self._store.message(message_id)
            if entry is not None and entry.message.html is not None:
                message = without_links(entry.message)
                return DigestMail(message.subject, message.text, message.html or "", message.images)
        return None
