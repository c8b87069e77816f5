"""The one place that wires: which adapter stands behind which port."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.archive import read_articles
from crawler.extract import extract
from crawler.job import CrawlJob, Limits
from crawler.outlets.outlet import Outlet, OutletsError, read_outlets
from nlp.analysis import AgencyProfile
from nlp.profile import ProfileError, read_agency
from service.adapters.analysis_pool import AnalysisPool
from service.adapters.crawl_process import CrawlProcess
from service.adapters.notifiers import FileNotifier, SmtpNotifier
from service.adapters.rendering import Renderer
from service.adapters.spool import Spool
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert import AlertRule, read_rules
from service.errors import ConfigError
from service.ports import Analyse, Clock, Notifier
from service.settings import ROOT, AnalysisSettings, Settings
from service.usecases.alerting import Deliver
from service.usecases.crawling import Crawl, CrawlReport, OnEvent
from service.usecases.digests import ComposeDigest
from service.usecases.indexing import IndexArticles
from service.usecases.ingest import Ingest, IngestReport


def utc_now() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


class App:
    """The product, wired for these settings.

    The configuration is read at once (ConfigError names every mistake of every file); engines open when first used.
    """

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        mistakes: list[str] = []
        self.outlets: tuple[Outlet, ...] = _read(mistakes, lambda: read_outlets(*settings.table("outlets"))) or ()
        profile = _read(mistakes, lambda: read_agency(*settings.table("agency")))
        self.rules: tuple[AlertRule, ...] = _read(mistakes, lambda: read_rules(*settings.table("rules"))) or ()
        if mistakes or profile is None:
            raise ConfigError("\n".join(mistakes))
        self.agency: AgencyProfile = profile
        settings.data.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # The engines behind the ports.

    @cached_property
    def store(self) -> SqlStore:
        """The database, migrated to this version."""
        store = SqlStore(self.settings.store_url)
        store.migrate()
        return store

    @cached_property
    def index(self) -> TantivyIndex:
        """The embedded search index."""
        return TantivyIndex(self.settings.data / "index")

    @cached_property
    def notifier(self) -> Notifier:
        """SMTP where a server is set, else files."""
        mail = self.settings.mail
        if not mail.smtp_host:
            return FileNotifier(self.outbox_folder, sender=mail.sender)
        return SmtpNotifier(
            host=mail.smtp_host,
            port=mail.smtp_port,
            security=mail.security,
            username=mail.username,
            password=mail.password.get_secret_value(),
            sender=mail.sender,
        )

    @cached_property
    def analyse(self) -> Analyse:
        """The analyser, in worker processes unless the settings say otherwise."""
        if self.settings.analysis.processes == 0:
            return self.build_analyser()
        return AnalysisPool(self._analyser_recipe(), self.settings.analysis.processes)

    def build_analyser(self) -> Analyse:
        """An analyser in this process; spaCy and the models are loaded now."""
        return self._analyser_recipe()()

    def _analyser_recipe(self) -> Callable[[], Analyse]:
        return partial(build_analyser, self.agency, self.settings.analysis)

    @property
    def outbox_folder(self) -> Path:
        """Where messages lie as files while no mail server is set."""
        return self.settings.data / "outbox"

    @property
    def archive_folder(self) -> Path:
        """Where pages lie as they were fetched."""
        return self.settings.data / "archive"

    @cached_property
    def spool(self) -> Spool:
        """The finished WARC files that wait to be read."""
        return Spool(self.settings.data / "spool", self.archive_folder)

    # The stages.

    def crawl(self, outlets: Sequence[str] = (), on_event: OnEvent = lambda event: None) -> CrawlReport:
        """Look at the sources of these outlets (all where none is named) and fetch what is new into the spool."""
        chosen = self._outlets_named(outlets)
        job = self._crawl_job(chosen)
        process = CrawlProcess(str(ROOT))
        return Crawl(self.store, partial(process.run, job)).run(on_event)

    def _outlets_named(self, ids: Sequence[str]) -> tuple[Outlet, ...]:
        unknown = set(ids) - {outlet.id for outlet in self.outlets}
        if unknown:
            raise ConfigError(f"no such outlet: {', '.join(sorted(unknown))}; see {self.settings.paths.outlets}")
        return tuple(outlet for outlet in self.outlets if not ids or outlet.id in ids)
