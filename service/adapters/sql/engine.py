"""Connections that behave the same on SQLite and PostgreSQL: consistent reads, one writer at a time."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from service.errors import ConfigError, StoreError

BUSY_TIMEOUT_MS = 30_000
"""How long a SQLite writer waits for another process's short transaction."""

LONGEST_IDLE = timedelta(minutes=1)
"""How long a transaction on PostgreSQL may do nothing: a process that stands still must not hold its locks for ever."""

_WRITES = "pantau_writes"
_WRITERS_LOCK = 0x70616E746175  # any fixed number: PostgreSQL lets one transaction at a time hold it


def connect(url: str) -> tuple[Engine, Engine]:
    """An engine for reading and one for writing, over one pool. ConfigError where the URL cannot be used.

    A transaction for writing waits until there is no other: whatever it reads, also over the engine for reading, nobody
    changes before it has ended.
    """
    try:
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
        # An error must not carry a whole article into the log.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=not is_sqlite)
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigError(f"store.url: {error}") from error
    except ModuleNotFoundError as error:
        raise ConfigError(f"store.url: its database driver is not installed ({error.name})") from error
    if not is_sqlite:
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
        event.listen(engine, "begin", _begin_postgres)
        return engine.execution_options(isolation_level="REPEATABLE READ"), engine.execution_options(**{_WRITES: True})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine, engine.execution_options(**{_WRITES: True})


@contextmanager
def store_errors() -> Iterator[None]:
    """Tells the database's errors as StoreError, the block's own errors as they are."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise StoreError(f"the database did not answer as expected: {reason}") from error


@contextmanager
def transacting(engine: Engine) -> Iterator[Connection]:
    """A transaction of that engine, whose errors are told as `store_errors` does."""
    with store_errors(), engine.begin() as connection:
        yield connection


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin a transaction only at the first write, so two reads could see two states.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # first: switching to WAL may have to wait as well
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is committed outlives a power cut: the page archive is moved away after the commit.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _prepare_postgres(connection: Any, _record: Any) -> None:
    # Outside any transaction, else the setting would go with the first that is rolled back.
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = {LONGEST_IDLE // timedelta(milliseconds=1)}")
    connection.autocommit = False


def _without_nul(
    _connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    # PostgreSQL refuses a text with the character 0, which people can send in any request.
    if isinstance(parameters, Mapping):
        return statement, _cleaned(parameters)
    return statement, [_cleaned(it) for it in parameters]


def _cleaned(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: it.replace("\0", "") if isinstance(it, str) else it for name, it in parameters.items()}


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another writer was faster; an immediate
    # one waits for its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _WRITES in connection.get_execution_options() else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if _WRITES in connection.get_execution_options():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def insert_new(connection: Connection, table: Table, row: dict[str, Any], *key: str) -> bool:
    """Insert the row unless one of its key is there; whether it was new."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**row).on_conflict_do_nothing(index_elements=key)
    # Without this, psycopg's count of inserted rows is not kept.
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1
