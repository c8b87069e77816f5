"""The one place that wires: which adapter stands behind which port."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from types import TracebackType
from typing import Any, Self, TypeVar

from crawler.archive import read_articles
from crawler.job import CrawlJob
from crawler.outlets.outlet import Outlet, OutletsError, read_outlets
from nlp.analysis import AgencyProfile
from nlp.gazetteer import Gazetteer
from nlp.profile import ProfileError, read_agency
from service.adapters.analysis_pool import AnalysisPool
from service.adapters.crawl_process import CrawlProcess
from service.adapters.spool import Spool
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert import AlertRule, read_rules
from service.errors import ConfigError
from service.ports import Analyse, Clock, Notifier
from service.settings import ROOT, Settings
from service.usecases.alerting import Deliver
from service.usecases.crawling import Crawl, CrawlReport, Event
from service.usecases.digests import ComposeDigest
from service.usecases.indexing import IndexArticles
from service.usecases.ingest import Ingest, IngestReport

T = TypeVar("T")


def utc_now() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


class App:
    """The product, wired for these settings. Parts are made when first asked for; `close` releases them."""

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
