"""The searches that people keep, and their keys to feeds, in SQL."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, and_, delete, func, or_, select, update

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import feed_keys, saved_search_openings, saved_searches
from service.domain.saved_search import FeedKey, SavedSearch


class SqlSavedSearches:
    """Saved searches in the store's database; each change is a short transaction of its own."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def keep(self, search: SavedSearch, most: int) -> SavedSearch | None:
        """Keep the search; instead the person's own of the same address, or None where they have `most`, if so."""
        with transacting(self._writer) as connection:
            own = select(saved_searches).where(saved_searches.c.person_id == search.person_id)
            kept = [SavedSearch(**row) for row in connection.execute(own).mappings()]
            same = next((it for it in kept if it.address == search.address), None)
            if same is not None or len(kept) >= most:
                return same
            connection.execute(saved_searches.insert().values(**asdict(search)))
            return search

    def change(self, search: SavedSearch) -> bool:
        """Put name and sharing of the search that its person has under this id; False where they have none."""
        with transacting(self._writer) as connection:
            changed = (
                update(saved_searches)
                .where(_owned(search.id, search.person_id))
                .values(name=search.name, shared=search.shared)
            )
            return connection.execute(changed).rowcount > 0

    def delete(self, search_id: str, person_id: str) -> bool:
        """Forget that search of the person's, and who opened it; False where they have none such."""
        with transacting(self._writer) as connection:
            found = select(saved_searches.c.id).where(_owned(search_id, person_id))
            if connection.scalar(found) is None:
                return False
            connection.execute(delete(saved_search_openings).where(saved_search_openings.c.search_id == search_id))
            connection.execute(delete(saved_searches).where(saved_searches.c.id == search_id))
            return True

    def search(self, search_id: str) -> SavedSearch | None:
        """The search, or None."""
        with transacting(self._reader) as connection:
            found = select(saved_searches).where(saved_searches.c.id == search_id)
            row = connection.execute(found).mappings().first()
        return None if row is None else SavedSearch(**row)

    def visible_to(self, person_id: str) -> list[SavedSearch]:
        """The person's own searches and what others share, by name."""
        of = saved_searches.c
        seen = select(saved_searches).where(or_(of.person_id == person_id, of.shared))
        with transacting(self._reader) as connection:
            found = connection.execute(seen.order_by(func.lower(of.name), of.id)).mappings()
            return [SavedSearch(**row) for row in found]

    def mark_opened(self, search_id: str, person_id: str, at: datetime) -> None:
        """The person opened the search; nothing happens where there is none such."""
        of = saved_search_openings.c
        with transacting(self._writer) as connection:
            found = select(saved_searches.c.id).where(saved_searches.c.id == search_id)
            if connection.scalar(found) is None:
                return
            again = update(saved_search_openings).where(of.search_id == search_id, of.person_id == person_id)
            if connection.execute(again.values(opened=at)).rowcount == 0:
                first = {"search_id": search_id, "person_id": person_id, "opened": at}
                connection.execute(saved_search_openings.insert().values(**first))

    def opened(self, person_id: str) -> dict[str, datetime]:
        """When the person last opened which search."""
        of = saved_search_openings.c
        with transacting(self._reader) as connection:
            found = connection.execute(select(of.search_id, of.opened).where(of.person_id == person_id))
            return {row.search_id: row.opened for row in found}

    def add_key(self, key: FeedKey, fingerprint: str, most: int) -> bool:
        """Whoever has the secret of this fingerprint reads feeds for the person; False where `most` of theirs hold."""
        with transacting(self._writer) as connection:
            if len(_keys(connection, key.person_id)) >= most:
                return False
            connection.execute(feed_keys.insert().values(**asdict(key), fingerprint=fingerprint))
            return True

    def key(self, fingerprint: str) -> FeedKey | None:
        """The key of this fingerprint, revoked or not."""
        with transacting(self._reader) as connection:
            found = select(feed_keys).where(feed_keys.c.fingerprint == fingerprint)
            row = connection.execute(found).mappings().first()
        return None if row is None else _key(row)

    def keys(self, person_id: str) -> list[FeedKey]:
        """The person's keys that hold, the newest first."""
        with transacting(self._reader) as connection:
            return _keys(connection, person_id)

    def mark_key_used(self, key_id: str, at: datetime) -> None:
        """The key was used."""
        with transacting(self._writer) as connection:
            connection.execute(update(feed_keys).where(feed_keys.c.id == key_id).values(last_used=at))

    def revoke_key(self, key_id: str, person_id: str, at: datetime) -> FeedKey | None:
        """This key of the person's opens nothing any more; the key, None where it did not hold."""
        of = feed_keys.c
        revoked = (
            update(feed_keys)
            .where(of.id == key_id, of.person_id == person_id, of.revoked.is_(None))
            .values(revoked=at)
            .returning(*feed_keys.columns)
        )
        with transacting(self._writer) as connection:
            row = connection.execute(revoked).mappings().first()
        return None if row is None else _key(row)


def _owned(search_id: str, person_id: str) -> ColumnElement[bool]:
    return and_(saved_searches.c.id == search_id, saved_searches.c.person_id == person_id)


def _keys(connection: Connection, person_id: str) -> list[FeedKey]:
    of = feed_keys.c
    holding = select(feed_keys).where(of.person_id == person_id, of.revoked.is_(None))
    found = connection.execute(holding.order_by(of.created.desc(), of.id)).mappings()
    return [_key(row) for row in found]


def _key(row: RowMapping) -> FeedKey:
    return FeedKey(**{name: value for name, value in row.items() if name != "fingerprint"})
