"""The search indexes that a contract is checked on; one more engine is one more entry."""

from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_hex

import pytest

from service.adapters.elasticsearch_index import ElasticsearchIndex
from service.adapters.tantivy_index import TantivyIndex
from service.ports import SearchIndex
from tests.elasticsearch.client import a_cluster
from tests.elasticsearch.server import ElasticsearchServer
from tests.service.fake_index import FakeIndex

MakeIndex = Callable[[Path, Mapping[str, str] | None], SearchIndex]


def fake(_folder: Path, outlets: Mapping[str, str] | None = None) -> FakeIndex:
    return FakeIndex(outlets)


def tantivy(folder: Path, outlets: Mapping[str, str] | None = None) -> TantivyIndex:
    return TantivyIndex(folder / "index", outlets=outlets, lock_timeout=0)


class TidyIndex(ElasticsearchIndex):
    """An index of its own on the server, which is gone when it is closed."""

    def __init__(self, url: str, outlets: Mapping[str, str] | None = None) -> None:
        self.cluster = a_cluster(url)
        self.name = f"berita-{token_hex(4)}"
        super().__init__(self.cluster, self.name, outlets=outlets)

    def close(self) -> None:
        self.cluster.write(lambda client: client.indices.delete(index=f"{self.name}*"))
        self.cluster.write(
            lambda client: client.options(ignore_status=404).indices.delete_index_template(name=self.name)
        )
        super().close()


ELASTICSEARCH = pytest.param("elasticsearch", id="elasticsearch")
INDEXES = [pytest.param(fake, id="fake"), pytest.param(tantivy, id="tantivy"), ELASTICSEARCH]
ENGINES = [pytest.param(tantivy, id="tantivy"), ELASTICSEARCH]
"""Those that have a language of their own to put a query into."""


def maker_of(request: pytest.FixtureRequest) -> MakeIndex:
    """Makes the index that the fixture's parameter stands for; the test is skipped where it needs a server in vain."""
    if request.param != "elasticsearch":
        make: MakeIndex = request.param
        return make
    server: ElasticsearchServer = request.getfixturevalue("elasticsearch_server")
    return lambda _folder, outlets: TidyIndex(server.url, outlets)
