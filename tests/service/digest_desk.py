"""Digests over fakes: what a digest tells is kept instead of rendered."""

from collections.abc import Sequence
from datetime import UTC, datetime

from service.domain.article import Article
from service.domain.digest import Digest
from service.domain.digest_group import DigestGroup
from service.domain.subscription import MailLinks
from service.usecases.alert_handling import open_alerts
from service.usecases.digests import AttachList, ComposeDigest, DigestMail, ReadSearch
from service.usecases.subscriptions import Subscriptions
from tests.service.builders import ManualClock
from tests.service.fakes import FakeStore

DUE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Monday 06:30 in Jakarta."""

NAMES = {"kabarsukamaju.example": "Kabar Sukamaju", "beritarotan.example": "Berita Rotan"}
DAILY = DigestGroup("harian", "Kliping harian", ("humas@agency.example", "pimpinan@agency.example"))


class DigestDesk:
    """The digests of these groups at the time of `clock`."""

    def __init__(
        self,
        clock: ManualClock | None = None,
        groups: Sequence[DigestGroup] = (DAILY,),
        read_search: ReadSearch = lambda search_id: None,
        attach: AttachList = lambda digest, articles: (),
        store: FakeStore | None = None,
    ) -> None:
        self.store = store or FakeStore()
        self.clock = clock or ManualClock(DUE)
        self.told: list[Digest] = []
        self.failures: list[Exception] = []
        self.subscriptions = Subscriptions(self.store.digests, groups, self.clock, "https://pantau.agency.example")
        self.digests = ComposeDigest(
            self.store,
            self.store.digests,
            self.store.ledger,
            self._render,
            groups=groups,
            subscriptions=self.subscriptions,
            outlets=NAMES,
            clock=self.clock,
            list_host="pantau.agency.example",
            read_search=read_search,
            attach=attach,
            open_alerts=lambda limit: open_alerts(self.store.alert_book, self.store, self.clock(), limit),
        )

    def index(self, *articles: Article, at: datetime | None = None) -> None:
        with self.store.transaction() as transaction:
            for article in articles:
                transaction.add(article)
        self.store.mark_indexed([article.id for article in articles], at or self.clock())

    def at(self, now: datetime) -> int:
        """How many digests are composed when it is `now`."""
        self.clock.now = now.astimezone(UTC)
        return self.digests.due()

    def _render(self, digest: Digest, links: MailLinks | None) -> DigestMail:
        if self.failures:
            raise self.failures.pop()
        if not self.told or self.told[-1] != digest:
            self.told.append(digest)
        return DigestMail(f"{digest.counts.articles} berita", "teks", "<p>teks</p>")
