"""Saved searches in memory."""

from dataclasses import replace
from datetime import datetime

from service.domain.saved_search import FeedKey, SavedSearch


class FakeSavedSearches:
    def __init__(self) -> None:
        self._searches: dict[str, SavedSearch] = {}
        self._opened: dict[tuple[str, str], datetime] = {}
        self._keys: dict[str, FeedKey] = {}

    def keep(self, search: SavedSearch, most: int) -> SavedSearch | None:
        own = [it for it in self._searches.values() if it.person_id == search.person_id]
        same = next((it for it in own if it.address == search.address), None)
        if same is not None or len(own) >= most:
            return same
        self._searches[search.id] = search
        return search

    def change(self, search: SavedSearch) -> bool:
        kept = self._searches.get(search.id)
        if kept is None or kept.person_id != search.person_id:
            return False
        self._searches[search.id] = replace(kept, name=search.name, shared=search.shared)
        return True

    def delete(self, search_id: str, person_id: str) -> bool:
        kept = self._searches.get(search_id)
        if kept is None or kept.person_id != person_id:
            return False
        del self._searches[search_id]
        self._opened = {key: at for key, at in self._opened.items() if key[0] != search_id}
        return True

    def search(self, search_id: str) -> SavedSearch | None:
        return self._searches.get(search_id)

    def visible_to(self, person_id: str) -> list[SavedSearch]:
        seen = [it for it in self._searches.values() if it.shared or it.person_id == person_id]
        return sorted(seen, key=lambda it: (it.name.lower(), it.id))

    def mark_opened(self, search_id: str, person_id: str, at: datetime) -> None:
        if search_id in self._searches:
            self._opened[search_id, person_id] = at

    def opened(self, person_id: str) -> dict[str, datetime]:
        return {search: at for (search, person), at in self._opened.items() if person == person_id}

    def add_key(self, key: FeedKey, fingerprint: str, most: int) -> bool:
        if len(self.keys(key.person_id)) >= most:
            return False
        self._keys[fingerprint] = key
        return True

    def key(self, fingerprint: str) -> FeedKey | None:
        return self._keys.get(fingerprint)

    def keys(self, person_id: str) -> list[FeedKey]:
        held = [it for it in self._keys.values() if it.person_id == person_id and it.revoked is None]
        return sorted(held, key=lambda it: (-it.created.timestamp(), it.id))

    def mark_key_used(self, key_id: str, at: datetime) -> None:
        self._keys = {k: replace(it, last_used=at) if it.id == key_id else it for k, it in self._keys.items()}

    def revoke_keys(self, person_id: str, at: datetime) -> None:
        for key in self.keys(person_id):
            self.revoke_key(key.id, person_id, at)

    def revoke_key(self, key_id: str, person_id: str, at: datetime) -> FeedKey | None:
        for fingerprint, key in self._keys.items():
            if key.id == key_id and key.person_id == person_id and key.revoked is None:
                self._keys[fingerprint] = replace(key, revoked=at)
                return self._keys[fingerprint]
        return None
