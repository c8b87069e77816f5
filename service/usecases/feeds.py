"""Keys for feed readers, which cannot sign in: one for each address, told once, and revoked by their person."""

import secrets
from collections.abc import Mapping

from service.domain.account import SEEN_EVERY, Actor, Person, fingerprint
from service.domain.ledger.correction import typed
from service.domain.query_language.reading import read_query
from service.domain.saved_search import FEED_MARK, FEED_SHOWN, LONGEST_SEARCH_NAME, MOST_FEEDS, FeedKey
from service.domain.wording.language import say
from service.errors import SavedSearchError
from service.ports import Accounts, Clock, SavedSearches
from service.usecases.people import RESETS_WITHIN, People
from service.usecases.signing_in import MOST_FROM_ADDRESS, address_key, new_id, too_many


class Feeds:
    """Gives out keys, recognises them, and revokes them; who did that stands in the audit."""

    def __init__(
        self, kept: SavedSearches, accounts: Accounts, people: People, clock: Clock, outlets: Mapping[str, str]
    ) -> None:
        """`outlets` are the names of the outlets by id."""
        self._kept = kept
        self._accounts = accounts
        self._people = people
        self._clock = clock
        self._outlets = outlets

    def keys(self, person_id: str) -> list[FeedKey]:
        """The person's keys that hold, the newest first."""
        return self._kept.keys(person_id)

    def issue(self, by: Actor, person: Person, name: str, text: str) -> str:
        """The secret of a new key, which is told here and nowhere else; SavedSearchError where it is one too many.

        `name` tells its person what they read by it, `text` is the query of that; QueryError where it cannot be read.
        """
        read_query(text, self._outlets)
        secret = FEED_MARK + secrets.token_urlsafe(32)
        name = " ".join(typed(name).split())[:LONGEST_SEARCH_NAME] or "semua berita"
        key = FeedKey(new_id(), person.id, name, secret[:FEED_SHOWN], self._clock())
        if not self._kept.add_key(key, fingerprint(secret), MOST_FEEDS):
            raise SavedSearchError(
                say("Paling banyak {most} alamat RSS. Cabut yang tidak dipakai lagi.", most=MOST_FEEDS)
            )
        self._people.record(by, "token-issued", f"RSS: {key.name}")
        return secret

    def revoke(self, by: Actor, person_id: str, key_id: str) -> None:
        """The person's key opens nothing any more; nothing happens where there is none such."""
        key = self._kept.revoke_key(key_id, person_id, self._clock())
        if key is not None:
            self._people.record(by, "token-revoked", f"RSS: {key.name}")

    def recognise(self, secret: str, address: str) -> Person | None:
        """Whose key this is; None where it does not hold or they are not active, TooManyAttempts after many."""
        key, now = self._kept.key(fingerprint(secret)), self._clock()
        person = self._accounts.person(key.person_id) if key is not None and key.revoked is None else None
        if key is None or person is None or not person.active:
            with self._accounts.transaction() as changes:
                until = changes.attempt(address_key("umpan", address), now, MOST_FROM_ADDRESS, RESETS_WITHIN)
            if until is not None:
                raise too_many(until, now)
            return None
        if key.last_used is None or now - key.last_used >= SEEN_EVERY:
            self._kept.mark_key_used(key.id, now)
        return person
