"""The one place that wires: which adapter stands behind which port."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from random import SystemRandom
from shutil import disk_usage
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from crawler.backfill.run import Backfill, BackfillError, BackfillReport, OnPart
from crawler.backfill.wanted import Wanted
from crawler.extract import extract
from crawler.job import CrawlJob, Limits
from crawler.outlets.outlet import Outlet, OutletsError, read_outlets
from crawler.page import Extraction, Page
from crawler.probe import AskedEvent, OutletEvidence, ProbeEvent, ProbeJob
from crawler.state import CrawlState
from crawler.state_schema import StateError
from nlp.analysis import AgencyProfile
from nlp.choice import ModelChoice, ModelError
from nlp.gazetteer import Gazetteer
from nlp.profile import ProfileError, read_agency
from service.adapters.analysis_pool import AnalysisPool
from service.adapters.clip_book import ClipBook
from service.adapters.crawl_process import CrawlProcess
from service.adapters.extraction_pool import ExtractionPool
from service.adapters.notifiers import ChannelNotifier, FileNotifier, SmtpNotifier, WebhookNotifier
from service.adapters.outlets_file import OutletsFile
from service.adapters.page_archive import ArchiveFolder
from service.adapters.passwords import Argon2
from service.adapters.rendering import Renderer
from service.adapters.spool import SpoolFolder
from service.adapters.spreadsheets import write_clip_csv, write_clip_workbook
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert_life import QuietHours, TellingRules
from service.domain.alert_rule import AlertRule, KnownOutlets, read_rules
from service.domain.article import Article
from service.domain.clipping import Clipper
from service.domain.digest_group import DEFAULT_GROUP, DigestGroup, read_groups
from service.domain.export import ExportKind
from service.domain.ledger.statement import INDONESIA
from service.domain.outlet_check import Mend
from service.domain.outlet_proposal import Place, place_in
from service.domain.query import Query
from service.domain.recipient import MAIL, MAIL_CHANNEL, AlertLimits, Channel, recipient_of_mail
from service.domain.search_address import BadAddress, read_saved
from service.domain.watch import Sighting
from service.domain.wording.rules import sentence
from service.errors import BackfillStopped, ConfigError
from service.ports import Analyse, ClipWriter, Clock, ExtractAll, Fading, Ledger, Notifier, SearchIndex, SingleSignOn
from service.settings import ADDRESS_PLACE, ROOT, AppriseChannel, Models, Settings, WebhookChannel
from service.usecases.alert_handling import HandleAlerts, open_alerts
from service.usecases.alert_rules import AlertRules
from service.usecases.alerting import RUN_LASTS, Deliver, DeliveryReport
from service.usecases.back_test import TryRule
from service.usecases.checking import CheckHealth
from service.usecases.correcting import CorrectArticle
from service.usecases.crawling import Crawl, CrawlReport, OnEvent
from service.usecases.digest_history import DigestHistory
from service.usecases.digest_lists import DigestLists
from service.usecases.digests import ComposeDigest
from service.usecases.exporting import Exports, forget_exports
from service.usecases.feeds import Feeds
from service.usecases.indexing import IndexArticles
from service.usecases.ingest import Ingest, IngestReport, IngestSpool, OnProgress
from service.usecases.job_keeping import JobKeeper
from service.usecases.ledger import ImportOfficial, ReviewFigure, check_entered
from service.usecases.notifying import TellAlerts
from service.usecases.outbox import LookAfterOutbox
from service.usecases.people import People
from service.usecases.reading import read_each
from service.usecases.reanalysis import OnReanalysis, Reanalyse, ReanalysisReport, version_of
from service.usecases.recipients import AlertRecipients
from service.usecases.retention import Tidy
from service.usecases.saved_searches import SavedSearches
from service.usecases.signing_in import SignIn
from service.usecases.stories import ArrangeStories
from service.usecases.subscriptions import Subscriptions
from service.usecases.watching import Watching

if TYPE_CHECKING:
    from service.adapters.elasticsearch_index import ElasticsearchIndex

T = TypeVar("T")

_SHORT_WAIT = 3.0
"""Seconds for which a correction waits for another writer of the index."""

_LONGEST_DUE_CRAWL = timedelta(minutes=1)
"""What a crawl of the worker does not get to comes in the next; no feed waits for a slow host longer than this."""
_LONGEST_IN_PART = timedelta(seconds=15)
"""No article that is fetched waits longer than this for others of its file."""


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
        # Where the outlets cannot be read, that is told, and not that rules name outlets which there are not.
        outlets = self._known_outlets if self.outlets else None
        read = _read(mistakes, lambda: read_rules(*settings.table("rules"), outlets))
        self.file_rules: tuple[AlertRule, ...] = read or ()
        self.digest_groups: tuple[DigestGroup, ...] = _read(mistakes, self._read_digest_groups) or ()
        if mistakes or profile is None:
            raise ConfigError("\n".join(mistakes))
        self.agency: AgencyProfile = profile
        open_data_folder(settings.data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # The engines behind the ports.

    @cached_property
    def store(self) -> SqlStore:
        """The database, migrated to this version."""
        store = SqlStore(self.settings.store_url)
        store.migrate(check_entered)
        return store

    @property
    def ledger(self) -> Ledger:
        """Buku Angka, in the same database."""
        return self.store.ledger

    @property
    def index(self) -> SearchIndex:
        """The search index, on the engine of the settings."""
        return self._elasticsearch_index if self.settings.search.engine == "elasticsearch" else self._embedded_index

    @cached_property
    def _embedded_index(self) -> TantivyIndex:
        return TantivyIndex(self.settings.data / "index", outlets=self._outlet_names)

    @cached_property
    def _elasticsearch_index(self) -> "ElasticsearchIndex":
        # The client is loaded only where it is used.
        from service.adapters.elasticsearch_index import Access, Cluster, ElasticsearchIndex

        search = self.settings.search
        access = Access(
            search.url,
            api_key=search.api_key.get_secret_value(),
            username=search.username,
            password=search.password.get_secret_value(),
            ca_file=search.ca_file,
            verify_certificates=search.verify_certificates,
            timeout=search.timeout_seconds,
        )
        return ElasticsearchIndex(Cluster(access), search.index, outlets=self._outlet_names, shards=search.shards)

    def describe_index(self) -> str:
        """The engine of the index and how it is; IndexUnavailable, with what to do, where it cannot serve."""
        search = self.settings.search
        if search.engine == "embedded":
            return f"embedded in {self.settings.data / 'index'}"
        status = self._elasticsearch_index.status()
        generation = status.generation or "nothing indexed yet"
        return f"Elasticsearch {status.version} at {search.url}, {status.health}, {generation}"

    @cached_property
    def notifier(self) -> Notifier:
        """Every channel; ConfigError names those that are set wrongly, all at once."""
        mistakes: list[str] = []
        notifiers = {name: _read(mistakes, partial(self.notifier_of, name)) for name in self.channels}
        if mistakes:
            raise ConfigError("\n".join(mistakes))
        return ChannelNotifier({name: it for name, it in notifiers.items() if it is not None})

    def notifier_of(self, channel: str) -> Notifier:
        """The channel of this name; ConfigError where it cannot work as it is set."""
        if channel == MAIL:
            return self._mail_notifier()
        settings = self.settings.channels[channel]
        if isinstance(settings, WebhookChannel):
            return WebhookNotifier(
                settings.address,
                settings.secret.get_secret_value(),
                allow_private=settings.allow_private,
                timeout=settings.timeout_seconds,
                clock=self.clock,
            )
        # Loaded only where it is used.
        from service.adapters.notifiers.chat import AppriseNotifier

        try:
            return AppriseNotifier(settings.url.get_secret_value(), place=ADDRESS_PLACE)
        except ConfigError as error:
            raise ConfigError(f"channels.{channel}.url: {error}") from error

    def _mail_notifier(self) -> Notifier:
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

    @property
    def channels(self) -> dict[str, Channel]:
        """The ways by which messages leave the house, by name, the mail first."""
        described = {name: _described(name, it) for name, it in self.settings.channels.items()}
        return {MAIL: MAIL_CHANNEL} | described

    @cached_property
    def recipients(self) -> AlertRecipients:
        """Whom alerts go to."""
        return AlertRecipients(self.settings.alerts.recipients, self.channels, self.store.subscriptions, self.clock)

    @cached_property
    def outbox(self) -> LookAfterOutbox:
        """Shows what became of messages, sends them again, and tries channels out."""
        return LookAfterOutbox(self.store, self.store.messages, self.people, self.channels, self.clock)

    @cached_property
    def extract_all(self) -> ExtractAll:
        """The extractor, in worker processes unless the settings say otherwise."""
        if self.settings.analysis.processes == 0:
            return read_each(extract_in)
        return ExtractionPool(extract_in, self.settings.analysis.processes)

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
        return partial(build_analyser, self.agency, self.settings.models)

    @property
    def outbox_folder(self) -> Path:
        """Where messages lie as files while no mail server is set."""
        return self.settings.data / "outbox"

    @property
    def archive_folder(self) -> Path:
        """Where pages lie as they were fetched."""
        return self.settings.data / "archive"

    @cached_property
    def spool(self) -> SpoolFolder:
        """The finished WARC files that wait to be read."""
        return SpoolFolder(self.settings.data / "spool", self.archive_folder)

    @cached_property
    def page_archive(self) -> ArchiveFolder:
        """The pages as they were fetched."""
        return ArchiveFolder(self.archive_folder)

    @cached_property
    def _crawl_process(self) -> CrawlProcess:
        return CrawlProcess(ROOT)

    # The stages.

    def crawl(
        self, outlets: Sequence[str] = (), on_event: OnEvent = lambda event: None, *, quiet: bool = False
    ) -> CrawlReport:
        """Look at the sources of these outlets (all where none is named) and fetch what is new into the spool."""
        run = partial(self._crawl_process.run, self._crawl_job(self._outlets_named(outlets)), quiet=quiet)
        return Crawl(self.store, run).run(on_event)

    def probe(
        self, outlets: Sequence[Outlet], on_asked: Callable[[AskedEvent], None] = lambda event: None
    ) -> list[OutletEvidence]:
        """Look at these outlets and keep nothing; what was seen of each, in the order in which it was known."""
        seen: list[OutletEvidence] = []

        def take(event: ProbeEvent) -> None:
            if isinstance(event, AskedEvent):
                on_asked(event)
            else:
                seen.append(event)

        self._crawl_process.probe(self._probe_job(tuple(outlets)), take)
        return seen

    def _probe_job(self, outlets: tuple[Outlet, ...]) -> ProbeJob:
        crawl = self._crawl_job(outlets)
        slugs, browser = self._agency_slugs, crawl.browser
        job = ProbeJob(outlets, crawl.user_agent, crawl.allow_loopback, agency_slugs=slugs, browser=browser)
        rounds = -(-len(outlets) // job.at_once)
        # One more than needed: each outlet ends by itself when its time is up.
        limits = replace(crawl.limits, retries=1, seconds=(rounds + 1) * job.seconds)
        return replace(job, limits=limits)

    @property
    def _agency_slugs(self) -> tuple[str, ...]:
        """The agency's names as tag pages write them."""
        name = self.agency.name.lower()
        # A part of the name alone is the look-alike's too: "bpjs".
        words = [word for word in self.settings.crawl.first_words if word not in name]
        return tuple("-".join(words.split()) for words in (name, *words[:2]))

    def add_outlet(self, block: str) -> None:
        """Append the block to the outlets file; ConfigError where the file would not be valid."""
        OutletsFile(self.settings.path_of("outlets")).append(block)

    def mend_outlets(self, mends: Sequence[Mend]) -> int:
        """Write what the checks found into the outlets file, comments kept; how many outlets were changed."""
        return OutletsFile(self.settings.path_of("outlets")).mend(mends)

    @property
    def families(self) -> Mapping[str, Sequence[str]]:
        """The families that the outlets file defines, with the addresses of their sources as written there."""
        table, _ = self.settings.table("outlets")
        return {
            name: [source["url"] for source in family.get("discover", ())]
            for name, family in table.get("family", {}).items()
        }

    def guess_place(self, home: str, name: str) -> Place | None:
        """The region that a host or an outlet's name speaks of."""
        host = urlsplit(home).hostname or ""
        labels = " . ".join(label.title() for label in host.replace("-", " ").split("."))
        matches = self._gazetteer.find(f"{name}. {labels}")
        codes = {match.code for match in matches}
        places = [Place(region.code, region.name) for region in self._gazetteer.regions()]
        return place_in(host, name, [place for place in places if place.code in codes], places)

    def named_outlets(self, ids: Sequence[str]) -> tuple[Outlet, ...]:
        """The outlets of these ids, all where none is given; ConfigError for an id that there is not."""
        return self._outlets_named(ids)

    def crawl_due(self) -> CrawlReport | None:
        """Crawl only the sources whose time has come, with what waits to be fetched or looked at again.

        None, and no process, where there is nothing to do. ConfigError where the crawler's memory cannot be used.
        """
        job = self._crawl_job(self.outlets)
        # Outlets that need a browser where there is none are left alone, so they are no work.
        shown = [outlet for outlet in self.outlets if job.browser or not outlet.javascript]
        sources = {outlet.id: [source.url for source in outlet.sources] for outlet in shown}
        try:
            with closing(CrawlState(job.state)) as state:
                if not state.has_work(sources, self.clock()):
                    return None
        except StateError as error:
            raise ConfigError(f"{job.state}: {error}") from error
        seconds = min(job.limits.seconds, _LONGEST_DUE_CRAWL.total_seconds())
        limits = replace(job.limits, seconds=seconds, warc_seconds=_LONGEST_IN_PART.total_seconds())
        job = replace(job, only_due=True, limits=limits)
        return Crawl(self.store, partial(self._crawl_process.run, job)).run()

    def _outlets_named(self, ids: Sequence[str]) -> tuple[Outlet, ...]:
        unknown = set(ids) - {outlet.id for outlet in self.outlets}
        if unknown:
            raise ConfigError(f"no such outlet: {', '.join(sorted(unknown))}; see {self.settings.paths.outlets}")
        return tuple(outlet for outlet in self.outlets if not ids or outlet.id in ids)

    def _crawl_job(self, outlets: tuple[Outlet, ...]) -> CrawlJob:
        crawl = self.settings.crawl
        return CrawlJob(
            outlets=outlets,
            spool=self.spool.folder,
            state=self.settings.data / "crawl.sqlite",
            user_agent=f"{crawl.user_agent} {crawl.contact}".strip(),
            allow_loopback=crawl.allow_loopback,
            browser=crawl.browser,
            limits=Limits(
                page_bytes=crawl.max_page_bytes,
                timeout=crawl.timeout_seconds,
                delay=crawl.delay_seconds,
                autothrottle=crawl.delay_seconds > 0,
                per_host=crawl.requests_per_host,
                concurrent=crawl.requests_at_once,
                articles_per_outlet=crawl.max_pages_per_outlet,
                seconds=crawl.max_minutes * 60,
                poll_shortest=crawl.poll_min_minutes * 60,
                poll_longest=crawl.poll_max_minutes * 60,
                poll_unmodified=crawl.poll_unmodified_minutes * 60,
                requests_per_host_day=crawl.max_requests_per_host_day,
                requests_per_day=crawl.max_requests_per_day,
                recheck_hours=tuple(sorted(crawl.recheck_hours)),
            ),
            first_words=crawl.first_words,
        )

    def backfill(
        self,
        files: Sequence[Path],
        on_part: OnPart = lambda report: None,
        *,
        outlets: Sequence[str] | None = None,
        by_names: bool = True,
        since: datetime | None = None,
        until: datetime | None = None,
        processes: int = 1,
        again: bool = False,
    ) -> BackfillReport:
        """Bring the wanted pages of WARC files into the spool.

        `by_names`: pages that name the agency. `outlets`: articles of these outlets, of all where the list is empty, of
        any host where it is None. BackfillStopped where it cannot begin or go on.
        """
        wanted = Wanted(
            outlets=self.outlets,
            names=(*self.agency.names, *self.agency.bare, *self.agency.products) if by_names else (),
            only=None if outlets is None else frozenset(outlet.id for outlet in self._outlets_named(outlets)),
            since=since,
            until=until,
            max_bytes=self.settings.crawl.max_page_bytes,
        )
        run = Backfill(
            self.settings.data / "backfill",
            self.spool.folder,
            self.settings.crawl.user_agent,
            self.clock,
            processes=processes,
        )
        try:
            return run.run(files, wanted, on_part, again=again)
        except BackfillError as error:
            raise BackfillStopped(str(error)) from error
        except OSError as error:
            raise BackfillStopped(f"the spool cannot be written ({error.strerror}); run the backfill again") from error

    def ingest(self, on_progress: OnProgress = lambda report: None) -> IngestReport:
        """Read the finished WARC files of the spool into the store; each leaves the spool once all of it is stored."""
        return IngestSpool(self.spool, self.ingesting, self.clock).run(on_progress)

    @cached_property
    def ingesting(self) -> Ingest:
        """Takes the articles of one file into the store."""
        return Ingest(
            self.store,
            self.extract_all,
            self.analyse,
            rules=self.alert_rules.effective,
            timezones={outlet.id: ZoneInfo(outlet.timezone) for outlet in self.outlets},
            clock=self.clock,
            batch_size=self.settings.analysis.batch,
        )

    @cached_property
    def alert_rules(self) -> AlertRules:
        """The alert rules of the file and of the desk."""
        kept, record = self.store.rule_book, self.people.record
        return AlertRules(self.file_rules, kept, self._known_outlets, record, self.clock)

    @cached_property
    def watching(self) -> Watching:
        """Raises the alerts that no single article raises."""
        outlets = [outlet.id for outlet in self.outlets]
        return Watching(self.store, self.alert_rules.effective, outlets, self.tell_sighting, self.clock)

    def tell_sighting(self, sighting: Sighting) -> str:
        """What a watch saw, in a sentence."""
        return sentence(sighting, self.outlet_name, self.region_name)

    @property
    def _known_outlets(self) -> KnownOutlets:
        return KnownOutlets(self._outlet_names, {outlet.id: outlet.tier for outlet in self.outlets})

    @cached_property
    def trying_rules(self) -> TryRule:
        """Tries alert rules on what is stored."""
        return TryRule(self.store, self.ledger, [outlet.id for outlet in self.outlets], self.clock)

    @cached_property
    def analysis_version(self) -> str:
        """The analyser's current version; its models are loaded for it, where analyses are made."""
        return version_of(self.analyse)

    def reanalyse(
        self, on_progress: OnReanalysis = lambda report: None, *, everything: bool = False, limit: int | None = None
    ) -> ReanalysisReport:
        """Understand anew, from their archived pages, the articles that another version of the analyser understood."""
        work = Reanalyse(self.store, self.page_archive, self.ingesting, lambda: self.analysis_version)
        return work.run(on_progress, everything=everything, limit=limit)

    @cached_property
    def _at_once(self) -> Callable[[Sequence[Article]], None]:
        """Brings what a person changed into the index, if it answers soon."""
        index: SearchIndex = self.index
        if self.settings.search.engine == "embedded":
            # A person waits: not as long as a rebuild of the index may take, which indexes the article as well.
            index = TantivyIndex(self.settings.data / "index", outlets=self._outlet_names, lock_timeout=_SHORT_WAIT)
        return IndexArticles(self.store, index, self.clock).at_once

    @cached_property
    def correcting(self) -> CorrectArticle:
        """Records what people decide about articles."""
        return CorrectArticle(self.store, self.clock, index=self._at_once, rules=self.alert_rules.effective)

    @cached_property
    def arranging(self) -> ArrangeStories:
        """Records what people decide about stories."""
        return ArrangeStories(self.store, self.clock, index=self._at_once, rules=self.alert_rules.effective)

    @cached_property
    def reviewing(self) -> ReviewFigure:
        """Records what people decide about figures."""
        return ReviewFigure(self.store, self.ledger, self.clock, self.region_name)

    @cached_property
    def _hasher(self) -> Argon2:
        return Argon2()

    @cached_property
    def signing_in(self) -> SignIn:
        """Lets people in and out of the desk."""
        return SignIn(self.store.accounts, self._hasher, self.clock)

    @cached_property
    def people(self) -> People:
        """Looks after people's accounts."""
        agency = self.agency
        return People(
            self.store.accounts,
            self._hasher,
            self.clock,
            self.renderer.account_link,
            self.renderer.link_address,
            (agency.name, *agency.names, *agency.bare, *agency.products),
        )

    @cached_property
    def saved_searches(self) -> SavedSearches:
        """The searches that people keep."""
        kept, accounts = self.store.saved_searches, self.store.accounts
        return SavedSearches(kept, accounts, self.store, self.clock, self._outlet_names)

    @cached_property
    def feeds(self) -> Feeds:
        """The keys of feed readers."""
        return Feeds(self.store.saved_searches, self.store.accounts, self.people, self.clock, self._outlet_names)

    @cached_property
    def _clip_book(self) -> ClipBook:
        return ClipBook(ROOT, seconds=self.settings.exports.pdf_seconds)

    @cached_property
    def exports(self) -> Exports:
        """Makes files of searches in the background; for the one process that serves the desk."""
        limits = self.settings.exports
        return Exports(
            self.index,
            self.store,
            self._clipper,
            self._clip_writers,
            {"csv": limits.most_rows, "xlsx": limits.most_rows, "pdf": limits.most_clips},
            self._exports_folder,
            ThreadPoolExecutor(limits.at_once, "export"),
            self.clock,
        )

    @property
    def _clipper(self) -> Clipper:
        return Clipper(self.outlet_name, self.region_name, self._desk_address)

    @property
    def _clip_writers(self) -> dict[ExportKind, ClipWriter]:
        return {"csv": write_clip_csv, "xlsx": write_clip_workbook, "pdf": self._clip_book.write}

    @property
    def _exports_folder(self) -> Path:
        return self.settings.data / "exports"

    def _desk_address(self, article_id: str) -> str:
        return f"{self.settings.web.base_url.rstrip('/')}/artikel/{quote(article_id, safe='')}"

    @cached_property
    def single_sign_on(self) -> SingleSignOn | None:
        """The agency's own provider, where one is set; its library is loaded only then."""
        oidc = self.settings.oidc
        if not oidc.issuer:
            return None
        from service.adapters.oidc import OpenIdProvider

        return OpenIdProvider(oidc.issuer, oidc.client_id, oidc.client_secret.get_secret_value(), self.clock)

    @cached_property
    def importing_official(self) -> ImportOfficial:
        """Takes in the agency's own series."""
        return ImportOfficial(self.store, self.ledger, self.clock)

    @cached_property
    def indexing(self) -> IndexArticles:
        """Puts stored articles into the search index."""
        return IndexArticles(self.store, self.index, self.clock)

    @cached_property
    def renderer(self) -> Renderer:
        """Writes the mails."""
        return Renderer(self.settings.web.base_url, self._outlet_names, self.region_name)

    def outlet_name(self, outlet: str) -> str:
        """The outlet's name, its id where the configuration does not know it any more."""
        return self._outlet_names.get(outlet, outlet)

    def _read_digest_groups(self) -> tuple[DigestGroup, ...]:
        daily, (table, path) = self.settings.digest, self.settings.table("digests")
        default = DigestGroup(
            DEFAULT_GROUP,
            "Kliping harian",
            daily.recipients,
            f"{daily.at.minute} {daily.at.hour} * * *",
            subject_tag=daily.subject_tag,
        )
        return read_groups(table, path, default, self._outlet_names)

    @property
    def _outlet_names(self) -> dict[str, str]:
        return {outlet.id: outlet.name for outlet in self.outlets}

    @cached_property
    def digests(self) -> ComposeDigest:
        """Composes the digests of all groups."""
        base_url = self.settings.web.base_url
        return ComposeDigest(
            self.store,
            self.store.digests,
            self.ledger,
            self.renderer.digest,
            groups=self.digest_groups,
            subscriptions=self.subscriptions,
            outlets=self._outlet_names,
            clock=self.clock,
            list_host=urlsplit(base_url).hostname or "localhost",
            read_search=self._saved_query,
            attach=DigestLists(self._clipper, self._clip_writers, self.region_name, self.agency.name, base_url).attach,
            open_alerts=lambda limit: open_alerts(self.store.alert_book, self.store, self.clock(), limit),
        )

    @cached_property
    def telling(self) -> TellAlerts:
        """Tells of alerts what is due."""
        alerts = self.settings.alerts
        rules = TellingRules(
            group=timedelta(seconds=alerts.group_seconds),
            throttle=timedelta(minutes=alerts.update_minutes),
            quiet=QuietHours(alerts.quiet_from, alerts.quiet_to),
        )
        above = [recipient_of_mail(address) for address in alerts.escalate_to]
        return TellAlerts(self.store, self.recipients, self.renderer, self.clock, rules=rules, escalate_to=above)

    @cached_property
    def handling(self) -> HandleAlerts:
        """Records what people decide about alerts."""
        return HandleAlerts(self.store, self.clock)

    def alert(self, *, at_once: bool = False, at_most: timedelta = RUN_LASTS) -> DeliveryReport:
        """Put into the outbox what is due of alerts, and send what waits there; `at_once` as in `TellAlerts.run`."""
        self.telling.run(at_once=at_once)
        return self.delivery.run(at_most=at_most)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """What recipients of digests choose by the links of their mails."""
        return Subscriptions(self.store.digests, self.digest_groups, self.clock, self.settings.web.base_url)

    @cached_property
    def digest_history(self) -> DigestHistory:
        """The digests that were sent."""
        return DigestHistory(self.store, self.store.digests)

    def _saved_query(self, search_id: str) -> Query | None:
        """What the saved search asks for, None where there is none that can be read."""
        saved = self.store.saved_searches.search(search_id)
        if saved is None:
            return None
        try:
            asked = read_saved(saved.address)
        except BadAddress:
            return None
        among = frozenset(outlet.id for outlet in self.outlets if outlet.tier in asked.tiers) if asked.tiers else None
        return replace(asked.query, among=among)

    @cached_property
    def delivery(self) -> Deliver:
        """Sends what waits in the outbox."""
        return Deliver(
            self.store,
            self.notifier,
            self.clock,
            jitter=SystemRandom().random,
            max_attempts=self.settings.alerts.max_attempts,
            channels=[name for name in self.channels if name != MAIL],
        )

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.load()

    def region_name(self, code: str) -> str:
        """The official name of a region's code, the code where there is none."""
        try:
            return self._gazetteer.region(code).name
        except KeyError:
            return "Indonesia" if code == INDONESIA else code

    def region_code(self, name: str) -> str | None:
        """The official code of a region's code or name, "ID" for the country; None where unknown or shared by two."""
        return self._region_codes.get(" ".join(name.split()).casefold())

    @cached_property
    def _region_codes(self) -> dict[str, str | None]:
        """Codes by everything that names a region; a short name that a kota and a kabupaten share names neither."""
        codes: dict[str, str | None] = {}
        for region in self._gazetteer.regions():
            short = region.name.removeprefix("Kabupaten ").removeprefix("Kota ").casefold()
            codes[short] = region.code if short not in codes else None
        for region in self._gazetteer.regions():
            codes |= {region.name.casefold(): region.code, region.code: region.code}
        return codes | {name.casefold(): INDONESIA for name in (INDONESIA, "Indonesia", "nasional")}

    @cached_property
    def tidying(self) -> Tidy:
        """Forgets what is kept for a time only, what is over of accounts, and old exports."""
        kept = self.settings.retention
        days: dict[Fading, int] = {
            "fetch_events": kept.fetch_events_days,
            "sources": kept.fetch_events_days,
            "quarantine": kept.quarantine_days,
            "messages": kept.messages_days,
            "job_runs": kept.job_runs_days,
            "audit": kept.audit_days,
        }
        return Tidy(
            self.store.fading,
            self.page_archive,
            self.clock,
            {kind: timedelta(days=number) for kind, number in days.items()},
            archive=timedelta(days=kept.archive_days) if kept.archive_days else None,
            chores={
                "accounts": self.people.tidy,
                "exports": lambda: forget_exports(self._exports_folder, self.clock()),
            },
        )

    @cached_property
    def checking(self) -> CheckHealth:
        """Looks at what can break without a word."""
        ids = [outlet.id for outlet in self.outlets]
        return CheckHealth(self.store, self.index, ids, lambda: disk_usage(self.settings.data).free, self.clock)

    @cached_property
    def job_keeping(self) -> JobKeeper:
        """Runs the worker's jobs and keeps how they stand."""
        return JobKeeper(self.store.jobs, self.clock)

    def stop(self) -> None:
        """Ask a crawl that is running in another thread to end in order."""
        self._crawl_process.stop()

    def close(self) -> None:
        """End processes, release files and connections of what was used."""
        parts = ("_clip_book", "exports", "extract_all", "analyse", "_embedded_index", "_elasticsearch_index", "store")
        for part in parts:
            close = getattr(self.__dict__.get(part), "close", None)
            if close is not None:
                close()


def open_data_folder(path: Path) -> None:
    """Make the data folder where there is none; ConfigError where it cannot be made or written.

    It is made for this user alone: password hashes, the key of sealed links and mails that open accounts lie in it.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"paths.data: {path} cannot be made a folder ({error.strerror})") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError(f"paths.data: {path} cannot be written by this user")


def _described(name: str, channel: AppriseChannel | WebhookChannel) -> Channel:
    """The channel as people are told of it; nothing secret is in it."""
    limits = AlertLimits(frozenset(channel.severities), frozenset(channel.regions), frozenset(channel.rules))
    is_personal = isinstance(channel, AppriseChannel) and ADDRESS_PLACE in channel.url.get_secret_value()
    return Channel(name, channel.label or name.capitalize(), channel.type, is_personal, channel.alerts, limits)


def extract_in(pages: Sequence[Page], zone: ZoneInfo) -> Extraction:
    """What the pages of an article of that time zone say."""
    return extract(pages, timezone=zone.key)


def build_analyser(profile: AgencyProfile, models: Models) -> Analyse:
    """The analyser for this agency, with the models of the settings; spaCy is loaded here and not before.

    ConfigError where a model cannot be used.
    """
    from nlp.analyser import Analyser

    try:
        return Analyser(profile, model_choice(models)).analyse
    except ModelError as error:
        raise ConfigError(f"models: {error}") from error


def model_choice(models: Models) -> ModelChoice:
    """The models of the settings, as the analyser takes them."""
    return ModelChoice(models.sentiment, models.sentiment_labels, models.names, models.names_labels)


def _read(mistakes: list[str], read: Callable[[], T]) -> T | None:
    """What `read` reads, or None with its mistakes added."""
    try:
        return read()
    except (ConfigError, OutletsError, ProfileError) as error:
        mistakes.append(str(error))
        return None
