"""The stores that a contract is checked on."""

import os
from pathlib import Path

import pytest

from service.adapters.sql.store import SqlStore
from tests.postgres.server import NotInstalled, PostgresServer, server
from tests.service.fakes import FakeStore

AnyStore = FakeStore | SqlStore

DEMANDED = "PANTAU_TEST_REQUIRE_POSTGRES"


def fake(_folder: Path) -> FakeStore:
    return FakeStore()


def sqlite(folder: Path) -> SqlStore:
    store = SqlStore(f"sqlite:///{folder / 'pantau.db'}")
    store.migrate()
    return store


def postgres(_folder: Path) -> SqlStore:
    return SqlStore(postgres_server().migrated())


def postgres_server() -> PostgresServer:
    """The server of this run; the test is skipped where there is none, or fails where one is demanded."""
    try:
        return server()
    except NotInstalled as error:
        if os.environ.get(DEMANDED) == "1":
            pytest.fail(f"{DEMANDED} is set, and {error}", pytrace=False)
        pytest.skip(str(error))


STORES = [pytest.param(fake, id="fake"), pytest.param(sqlite, id="sqlite"), pytest.param(postgres, id="postgres")]
