"""What the desk needs of the rest of the product; `service.app` puts it together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from service.domain.account import Role
from service.domain.health import PressHealth, judge
from service.domain.ledger.review import Verdict
from service.domain.ledger.statement import Statement
from service.ports import AlertBook, ArticleStore, Clock, Ledger, PageArchive, SearchIndex, SingleSignOn, Speakers
from service.usecases.alert_handling import HandleAlerts
from service.usecases.correcting import CorrectArticle
from service.usecases.exporting import Exports
from service.usecases.feeds import Feeds
from service.usecases.outbox import LookAfterOutbox
from service.usecases.people import People
from service.usecases.recipients import AlertRecipients
from service.usecases.saved_searches import SavedSearches
from service.usecases.signing_in import SignIn


@dataclass(frozen=True, slots=True)
class OutletInfo:
    """One outlet as the pages name it."""

    id: str
    name: str
    home: str
    tier: str = ""
    province: str = ""


class NotFound(Exception):
    """There is no such article or claim."""


class Decide(Protocol):
    """`service.usecases.ledger.ReviewFigure.run`."""

    def __call__(
        self,
        statement_id: str,
        verdict: Verdict | None,
        by: str,
        changes: Mapping[str, Any] | None = None,
        note: str = "",
    ) -> Statement:
        """Record the decision; the statement as it is after it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything behind the pages.

    `region_name` gives the official name of a code, the code where unknown; `region_code` the code of a code or a name,
    None where unknown or shared; `decide` records what a person decided about a figure, `correcting` about an article;
    `digest_preview` gives subject, plain text and HTML, as `service.usecases.digests.ComposeDigest.preview` does.
    """

    store: ArticleStore
    ledger: Ledger
    speakers: Speakers
    index: SearchIndex
    archive: PageArchive
    outlets: Sequence[OutletInfo]
    region_name: Callable[[str], str]
    region_code: Callable[[str], str | None]
    decide: Decide
    correcting: CorrectArticle
    alerts: AlertBook
    handling: HandleAlerts
    people: People
    signing_in: SignIn
    saved_searches: SavedSearches
    feeds: Feeds
    exports: Exports
    outbox: LookAfterOutbox
    recipients: AlertRecipients
    clock: Clock
    digest_preview: Callable[[], tuple[str, str, str]]
    agency_name: str
    hosts: Sequence[str] = ()
    """The names under which people reach the desk, besides localhost and literal addresses."""

    sign_in: bool = True
    """Whether people sign in; else everybody is the demo person."""

    single_sign_on: SingleSignOn | None = None
    """The agency's own provider, where people may sign in there too."""

    create_role: Role | None = None
    """The role of whoever the provider knows and nobody invited; None where they are refused."""

    base_url: str = "http://127.0.0.1:8400"
    """The address under which people reach the desk."""

    sends_mail: bool = False
    """Whether mails leave the machine; else whoever invites is shown the link."""

    metrics: bool = True
    """Whether /metrics tells counts to a monitoring system."""
    rule_names: Callable[[], Mapping[str, str]] = dict
    """What the alert rules are called, by id."""

    spool_files: Callable[[], int] = lambda: 0
    """How many files wait in the spool."""

    def is_secure(self, scheme: str) -> bool:
        """Whether the browser reaches the desk over https, so that its cookies travel over nothing else."""
        return scheme == "https" or self.base_url.startswith("https:")

    def press(self) -> PressHealth:
        """How the outlets are doing now."""
        now = self.clock()
        return judge(self.store.outlet_records([outlet.id for outlet in self.outlets], now), now)

    def outlet_name(self, outlet: str) -> str:
        """The outlet's name, its id where the configuration does not know it any more."""
        return next((known.name for known in self.outlets if known.id == outlet), outlet)
