"""Searches that people keep, and the secret addresses under which feed readers ask them."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.search_address import SEARCH

LONGEST_SEARCH_NAME = 80
LONGEST_ADDRESS = 4_000
MOST_SEARCHES = 100
"""Searches that one person keeps."""

MOST_FEEDS = 20
"""Feed addresses of one person that hold."""

FEED_MARK = "umpan_"
"""What every secret of a feed begins with: none of them opens anything else."""
FEED_SHOWN = len(FEED_MARK) + 6


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name; `address` are the parameters of the desk's search, in the one form that stands for it."""

    id: str
    person_id: str
    name: str
    address: str
    shared: bool
    created: datetime

    @property
    def path(self) -> str:
        """Where on the desk it stands."""
        return f"{SEARCH}?{self.address}" if self.address else SEARCH


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved search as one person sees it: when they opened it last, and how many articles are new since.

    `new` is None where they never opened it; with `at_least` there may be more.
    """

    search: SavedSearch
    owner: str
    own: bool
    opened: datetime | None
    new: int | None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class FeedKey:
    """What a feed reader shows instead of a password; it reads feeds for its person and nothing else."""

    id: str
    person_id: str
    name: str
    shown: str
    created: datetime
    last_used: datetime | None = None
    revoked: datetime | None = None
