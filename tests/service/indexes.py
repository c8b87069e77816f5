"""The search indexes that a contract is checked on; one more engine is one more entry."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from service.adapters.tantivy_index import TantivyIndex
from service.ports import SearchIndex
from tests.service.fake_index import FakeIndex

MakeIndex = Callable[[Path, Mapping[str, str] | None], SearchIndex]


def fake(_folder: Path, outlets: Mapping[str, str] | None = None) -> FakeIndex:
    return FakeIndex(outlets)


def tantivy(folder: Path, outlets: Mapping[str, str] | None = None) -> TantivyIndex:
    return TantivyIndex(folder / "index", outlets=outlets, lock_timeout=0)


INDEXES = [pytest.param(fake, id="fake"), pytest.param(tantivy, id="tantivy")]
ENGINES = [pytest.param(tantivy, id="tantivy")]
"""Those that have a language of their own to put a query into."""
