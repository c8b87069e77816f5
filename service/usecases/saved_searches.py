"""Keep searches under names, share them, and tell how many articles are new in each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from service.domain.ledger.correction import typed
from service.domain.query import Query
from service.domain.query_language.passing import is_found
from service.domain.query_language.reading import read_query
from service.domain.query_language.searchable import Searchable, searchable
from service.domain.saved_search import (
    LONGEST_ADDRESS,
    LONGEST_SEARCH_NAME,
    MOST_SEARCHES,
    Listed,
    SavedSearch,
)
from service.domain.search_address import read_saved
from service.domain.wording.language import say
from service.errors import QueryError, SavedSearchError, UnknownSavedSearch
from service.ports import Accounts, ArticleStore, Clock
from service.ports import SavedSearches as Kept
from service.usecases.signing_in import new_id

MOST_COUNTED = 500
"""New articles that are looked at to be counted; where there are more, a count is a lower bound."""

COUNTED_WITHIN = timedelta(days=31)


class SavedSearches:
    """Everything that people do with the searches they keep."""

    def __init__(
        self, kept: Kept, accounts: Accounts, store: ArticleStore, clock: Clock, outlets: Mapping[str, str]
    ) -> None:
        """`outlets` are the names of the outlets by id."""
        self._kept = kept
        self._accounts = accounts
        self._store = store
        self._clock = clock
        self._outlets = outlets

    def save(self, person_id: str, name: str, address: str, *, shared: bool = False) -> SavedSearch:
        """The person's search under that name, opened now.

        SavedSearchError where the name is none, the search is too long, was saved before, or is one too many;
        QueryError and BadAddress where it cannot be read.
        """
        if len(address) > LONGEST_ADDRESS:
            raise SavedSearchError(say("Pencarian ini terlalu panjang untuk disimpan. Kurangi saringannya."))
        read_query(read_saved(address).query.text, self._outlets)
        now = self._clock()
        asked = SavedSearch(new_id(), person_id, _named(name), address, shared, now)
        kept = self._kept.keep(asked, MOST_SEARCHES)
        if kept is None:
            raise SavedSearchError(
                say("Paling banyak {most} pencarian. Hapus yang tidak dipakai lagi.", most=MOST_SEARCHES)
            )
        if kept != asked:
            raise SavedSearchError(say("Pencarian ini sudah Anda simpan sebagai “{name}”.", name=kept.name))
        self._kept.mark_opened(kept.id, person_id, now)
        return kept

    def change(
        self, person_id: str, search_id: str, *, name: str | None = None, shared: bool | None = None
    ) -> SavedSearch:
        """The person's own search with another name or sharing; UnknownSavedSearch where it is not theirs."""
        search = self.visible(person_id, search_id)
        changed = replace(
            search,
            name=search.name if name is None else _named(name),
            shared=search.shared if shared is None else shared,
        )
        if search.person_id != person_id or not self._kept.change(changed):
            raise _unknown()
        return changed

    def delete(self, person_id: str, search_id: str) -> SavedSearch:
        """Forget the person's own search; what it was. UnknownSavedSearch where it is not theirs."""
        search = self.visible(person_id, search_id)
        if not self._kept.delete(search_id, person_id):
            raise _unknown()
        return search

    def open(self, person_id: str, search_id: str) -> SavedSearch:
        """The search, from now on with nothing new for this person; UnknownSavedSearch where they may not see it."""
        search = self.visible(person_id, search_id)
        self._kept.mark_opened(search_id, person_id, self._clock())
        return search

    def visible(self, person_id: str, search_id: str) -> SavedSearch:
        """The search; UnknownSavedSearch where there is none, or it is another's and not shared."""
        search = self._kept.search(search_id)
        if search is None or not (search.shared or search.person_id == person_id):
            raise _unknown()
        return search

    def listed(self, person_id: str, question: Callable[[SavedSearch], Query | None]) -> list[Listed]:
        """The person's own searches and those of others that they may see, by name.

        `question` gives what a search asks for, None where it cannot be read any more.
        """
        searches = self._kept.visible_to(person_id)
        opened = self._kept.opened(person_id)
        names = {person.id: person.name for person in self._accounts.people()}
        earliest = self._clock() - COUNTED_WITHIN
        since = {search_id: max(at, earliest) for search_id, at in opened.items()}
        newer = self._store.first_indexed(min(since.values()), MOST_COUNTED + 1) if since else []
        news = [(at, searchable(article)) for at, article in newer[:MOST_COUNTED]]
        uncounted = newer[MOST_COUNTED][0] if len(newer) > MOST_COUNTED else None
        return [
            Listed(
                search,
                names.get(search.person_id, ""),
                own=search.person_id == person_id,
                opened=opened.get(search.id),
                new=self._new(question(search), since[search.id], news) if search.id in since else None,
                at_least=search.id in since
                and (opened[search.id] < earliest or (uncounted is not None and uncounted > since[search.id])),
            )
            for search in searches
        ]

    def _new(self, query: Query | None, after: datetime, news: list[tuple[datetime, Searchable]]) -> int | None:
        """How many of the new articles the query finds after then; None where it cannot be read."""
        if query is None:
            return None
        try:
            node = read_query(query.text, self._outlets)
        except QueryError:
            return None
        return sum(at > after and is_found(query, node, article) for at, article in news)


def _named(name: str) -> str:
    name = " ".join(typed(name).split())
    if not name:
        raise SavedSearchError(say("Isi nama pencariannya."))
    if len(name) > LONGEST_SEARCH_NAME:
        raise SavedSearchError(say("Nama paling banyak {most} huruf.", most=LONGEST_SEARCH_NAME))
    return name


def _unknown() -> UnknownSavedSearch:
    return UnknownSavedSearch(say("Pencarian tersimpan ini tidak ada, atau bukan milik Anda."))
