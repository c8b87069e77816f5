"""The tree of errors that this product raises on purpose.

PantauError
├── ConfigError        a setting or a file of config/ is wrong: all mistakes at once, file and key named
├── StoreError         the database cannot be reached or is of another version (retry / run the migration)
├── IndexUnavailable   the search index cannot be reached or opened (retry; the store goes on)
│   └── IndexBusy      another process writes or rebuilds it (what is to be put in waits in the store)
├── ArchiveDamaged     a WARC file cannot be read (set aside; the others go on)
├── ArchiveUnwritable  the archive takes no file (make room or give the right to write; then the next run goes on)
├── BackfillStopped    a backfill cannot begin or go on (run it again: it goes on where it was)
├── TableUnreadable    a CSV or XLSX file cannot be read (mend it as the message says)
├── QueryError         what a person typed cannot be read; the message is for that person
├── UnknownStatement   the ledger has no such figure (it was changed meanwhile: look at the article again)
├── UnknownArticle     the store has no such article (look for it again)
├── UnknownStory       the store has no such story (look for one of its articles)
├── AccountError       what a person wants of an account cannot be; the message is for that person
│   ├── SignInRefused  e-mail and password do not belong together, or the account is not active
│   └── TooManyAttempts    wait for as long as it says
├── SavedSearchError   a search cannot be kept as asked; the message is for that person
│   └── UnknownSavedSearch there is no such search that this person may see (or change)
├── RuleError          an alert rule cannot be as asked; the message is for that person
│   └── UnknownRule    there is no such rule
├── ChannelError       nothing can be sent over a channel as somebody asks; the message is for that person
├── SubscriptionError  what a recipient chose about their digests cannot be; the message is for that person
├── ExportError        a file cannot be made of a search; the message is for the person who asked for it
├── AlertError         what a person wants of an alert cannot be; the message is for that person
│   └── UnknownAlert   there is no such alert
├── ReviewError        what a person decided about a figure, article or story cannot be; the message is for that person
└── DeliveryError      a notifier could not deliver (retry with back-off)
    ├── ChannelDown        nor could it deliver anything else over this channel now (the others wait)
    └── DeliveryRefused    it never will (dead letter)
"""


class PantauError(Exception):
    """Any error of this product; its message says what to do."""


class ConfigError(PantauError):
    """A setting or a configuration file is wrong; the message lists every mistake with file and key."""


class StoreError(PantauError):
    """The database cannot be reached or is not of this version."""


class IndexUnavailable(PantauError):
    """The search index cannot be reached or opened; the store keeps what is to be indexed."""


class IndexBusy(IndexUnavailable):
    """Another process writes or rebuilds the search index; what is to be put in waits in the store until it is done."""


class ArchiveDamaged(PantauError):
    """A WARC file cannot be read; the message says what is wrong with it."""


class BackfillStopped(PantauError):
    """A backfill cannot begin or go on; the message says why, and what is kept so far stays."""


class ArchiveUnwritable(PantauError):
    """The spool or the archive takes nothing more; the message names the folder and says what to do."""


class TableUnreadable(PantauError):
    """A CSV or XLSX file cannot be read; the message names it and says what to do."""


class QueryError(PantauError):
    """What a person typed cannot be read as a query.

    `start` and `end` enclose the wrong characters of it, both 0 where no place is wrong; `suggestion` is the whole
    query as it was probably meant, None where that cannot be told.
    """

    def __init__(self, message: str, *, start: int = 0, end: int = 0, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.suggestion = suggestion


class UnknownStatement(PantauError):
    """The ledger has no statement of this id."""


class UnknownArticle(PantauError):
    """The store has no article of this id."""


class UnknownStory(PantauError):
    """The store has no story of this id."""


class AccountError(PantauError):
    """Something about an account that cannot be; the message says, in Indonesian, what to do."""


class SignInRefused(AccountError):
    """Nobody is signed in by this; the message does not tell whether there is such an account."""


class TooManyAttempts(AccountError):
    """Too many attempts from one address or at one account; `seconds` are how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class SavedSearchError(PantauError):
    """A search that cannot be kept, shared or named so; the message says, in Indonesian, what to do."""


class UnknownSavedSearch(SavedSearchError):
    """There is no such search, or it is somebody else's."""


class RuleError(PantauError):
    """An alert rule that cannot be kept, changed or tried as asked; the message says, in Indonesian, what to do."""


class UnknownRule(RuleError):
    """There is no alert rule of this id."""


class ChannelError(PantauError):
    """Nothing can be sent over a channel as somebody asks; the message says, in Indonesian, what to do."""


class SubscriptionError(PantauError):
    """A choice about digests that cannot be; the message says, in Indonesian, what to choose instead."""


class ExportError(PantauError):
    """A search cannot be made a file; the message says, in Indonesian, why and what to do."""


class ReviewError(PantauError):
    """A review or correction that cannot be recorded; the message says, in Indonesian, every mistake in it."""


class AlertError(PantauError):
    """Something about an alert that cannot be; the message says, in Indonesian, what to do."""


class UnknownAlert(AlertError):
    """The store has no alert of this id."""


class DeliveryError(PantauError):
    """A message could not be delivered now; it will be tried again."""


class ChannelDown(DeliveryError):
    """The channel itself does not serve now, or is set wrongly; nothing else would be delivered over it either."""


class DeliveryRefused(DeliveryError):
    """A message will never be delivered as it is; it goes to the dead letters with this reason."""
