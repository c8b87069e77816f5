"""The stores that a contract is checked on."""

import os
from pathlib import Path

import pytest

from service.adapters.sql.store import SqlStore
from tests.service.fakes import FakeStore

AnyStore = FakeStore | SqlStore

POSTGRES = os.environ.get("PANTAU_TEST_POSTGRES")


def fake(_folder: Path) -> FakeStore:
    return FakeStore()


def sqlite(folder: Path) -> SqlStore:
    store = SqlStore(f"sqlite:///{folder / 'pantau.db'}")
    store.migrate()
    return store


def postgres(_folder: Path) -> SqlStore:
    from sqlalchemy import create_engine, text

    assert POSTGRES is not None
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    store = SqlStore(POSTGRES)
    store.migrate()
    return store


STORES = [
    pytest.param(fake, id="fake"),
    pytest.param(sqlite, id="sqlite"),
    *([pytest.param(postgres, id="postgres")] if POSTGRES else []),
]
