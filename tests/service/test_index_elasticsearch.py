"""What the index on Elasticsearch promises beyond the contract, on a real server: generations, rebuilds, outages."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from service.adapters.elasticsearch_index import Cluster, ElasticsearchIndex
from service.domain.article import Article
from service.domain.cursor import Position, write_cursor
from service.domain.query import Query, Sort
from service.domain.query_language.searchable import searchable
from service.errors import IndexUnavailable
from service.usecases.indexing import IndexArticles
from tests.elasticsearch.client import VERSION_OF_INDEX, a_cluster
from tests.elasticsearch.server import ElasticsearchServer
from tests.service.builders import NOW, ManualClock, an_article
from tests.service.indexes import TidyIndex
from tests.service.stores import sqlite

ROOT = Path(__file__).parents[2]


@pytest.fixture
def index(elasticsearch_server: ElasticsearchServer) -> Iterator[TidyIndex]:
    made = TidyIndex(elasticsearch_server.url)
    yield made
    made.close()


@pytest.fixture
def cluster(index: TidyIndex) -> Cluster:
    return index.cluster


@pytest.fixture
def name(index: TidyIndex) -> str:
    return index.name


def indices(cluster: Cluster, name: str) -> list[str]:
    return sorted(cluster.read(lambda client: client.indices.get(index=f"{name}*")))


def found(index: ElasticsearchIndex) -> set[str]:
    return {hit.url.rpartition("/")[2] for hit in index.search(Query(), size=100).hits}


def some(*slugs: str) -> list[Article]:
    return [an_article(slug) for slug in slugs]


def test_searching_and_deleting_make_no_index(index: ElasticsearchIndex, cluster: Cluster, name: str) -> None:
    index.search(Query(text="klaim"))
    index.delete(["a"])
    assert indices(cluster, name) == []


def test_processes_that_begin_at_once_share_one_generation(
    index: ElasticsearchIndex, cluster: Cluster, name: str
) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda slug: index.put(some(slug)), "abcd"))
    assert indices(cluster, name) == [f"{name}-{VERSION_OF_INDEX}-000001"]
    assert found(index) == set("abcd")


def test_a_field_that_the_mapping_does_not_know_is_refused(
    index: ElasticsearchIndex, cluster: Cluster, name: str
) -> None:
    index.put(some("a"))
    with pytest.raises(IndexUnavailable, match="strict_dynamic_mapping_exception"):
        cluster.write(lambda client: client.index(index=name, document={"title": "Klaim", "typo": 1}))


def test_a_refused_article_is_told_with_its_id_and_the_reason_and_the_others_go_in(
    index: ElasticsearchIndex, caplog: pytest.LogCaptureFixture
) -> None:
    bad = an_article("b", outlet="x" * 40_000)
    assert index.put([*some("a"), bad, *some("c")]) == [bad.id]
    assert found(index) == {"a", "c"}
    [record] = [record for record in caplog.records if record.name.endswith("bulk")]
    assert record.__dict__["id"] == bad.id
    assert "immense term" in record.__dict__["reason"]
    assert index.rebuild(iter([*some("a", "c"), bad])) == [bad.id]
    assert index.count() == 2


def test_a_rebuild_of_nothing_but_refused_articles_leaves_the_former_index(index: ElasticsearchIndex) -> None:
    index.put(some("a"))
    with pytest.raises(IndexUnavailable, match="holds 0 of 1 articles, 1 were refused"):
        index.rebuild(iter([an_article("b", outlet="x" * 40_000)]))
    assert found(index) == {"a"}


def test_a_rebuild_leaves_one_generation_and_the_neighbours_alone(
    index: ElasticsearchIndex, cluster: Cluster, name: str
) -> None:
    neighbour = ElasticsearchIndex(cluster, f"{name}-lain")
    neighbour.put(some("lain"))
    index.put(some("lama"))
    assert index.rebuild(iter(some("a", "b"))) == []
    assert indices(cluster, name) == [f"{name}-{VERSION_OF_INDEX}-000002", f"{name}-lain-{VERSION_OF_INDEX}-000001"]
    assert (found(index), found(neighbour)) == ({"a", "b"}, {"lain"})
    cluster.write(lambda client: client.indices.delete_index_template(name=f"{name}-lain"))


def test_while_it_is_rebuilt_the_former_index_answers_and_takes_nothing(index: ElasticsearchIndex) -> None:
    index.put(some("lama"))
    counted: list[int] = []

    def watched() -> Iterator[Article]:
        with pytest.raises(IndexUnavailable, match=r"Another process rebuilds.*put in afterwards"):
            index.put(some("susulan"))
        with pytest.raises(IndexUnavailable, match="Another process rebuilds"):
            index.rebuild(iter(()))
        for article in some("a", "b"):
            counted.append(index.count())
            yield article

    assert index.rebuild(watched()) == []
    assert counted == [1, 1]
    index.put(some("susulan"))
    assert found(index) == {"a", "b", "susulan"}


def test_a_first_rebuild_is_alone_too(index: ElasticsearchIndex) -> None:
    def watched() -> Iterator[Article]:
        assert index.search(Query()).total == 0
        with pytest.raises(IndexUnavailable, match="Another process rebuilds"):
            index.put(some("susulan"))
        yield from some("a")

    assert index.rebuild(watched()) == []
    assert found(index) == {"a"}


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_rebuild_that_fails_leaves_the_former_index_in_use_and_no_rubbish(
    index: ElasticsearchIndex, cluster: Cluster, name: str, error: type[BaseException]
) -> None:
    index.put(some("lama"))

    def failing() -> Iterator[Article]:
        yield from some("baru")
        raise error

    with pytest.raises(error):
        index.rebuild(failing())
    assert indices(cluster, name) == [f"{name}-{VERSION_OF_INDEX}-000001"]
    index.put(some("susulan"))
    assert found(index) == {"lama", "susulan"}


KILLED = """
import os, sys
from service.adapters.elasticsearch_index import ElasticsearchIndex
from tests.elasticsearch.client import VERSION_OF_INDEX, a_cluster
from tests.service.builders import an_article

def articles():
    for number in range(600):
        yield an_article(f"baru-{number}")
    os._exit(9)

ElasticsearchIndex(a_cluster(sys.argv[1]), sys.argv[2]).rebuild(articles())
"""


@pytest.mark.parametrize("then", ["put", "rebuild"])
def test_what_a_killed_rebuild_leaves_is_cleared_away_once_its_time_is_up(
    index: ElasticsearchIndex, cluster: Cluster, name: str, then: str
) -> None:
    index.put(some("lama"))
    killed = subprocess.run([sys.executable, "-c", KILLED, cluster.url, name], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert found(index) == {"lama"}
    with pytest.raises(IndexUnavailable, match="ends by itself after two minutes"):
        index.put(some("a"))
    long_ago = {"renewed": time.time() - 121}
    cluster.write(lambda client: client.indices.put_mapping(index=f"{name}-{VERSION_OF_INDEX}-000002", meta=long_ago))
    if then == "put":
        index.put(some("a"))
        assert found(index) == {"lama", "a"}
    else:
        assert index.rebuild(iter(some("a"))) == []
        assert found(index) == {"a"}
    assert len(indices(cluster, name)) == 1


def test_an_index_of_another_version_says_how_to_rebuild_it_and_rebuilding_mends_it(
    index: ElasticsearchIndex, cluster: Cluster, name: str
) -> None:
    cluster.write(lambda client: client.indices.create(index=f"{name}-0.9-000007", aliases={name: {}}))
    for use in (index.count, lambda: index.put(some("a")), lambda: index.search(Query())):
        with pytest.raises(IndexUnavailable, match=r"another version.*pantau index --rebuild"):
            use()
    assert index.rebuild(iter(some("a"))) == []
    assert indices(cluster, name) == [f"{name}-{VERSION_OF_INDEX}-000008"]


def test_a_lost_alias_is_told_and_rebuilding_mends_it(index: ElasticsearchIndex, cluster: Cluster, name: str) -> None:
    index.put(some("a"))
    cluster.write(lambda client: client.indices.delete_alias(index=f"{name}-*", name=name))
    with pytest.raises(IndexUnavailable, match=r"lost its alias.*pantau index --rebuild"):
        index.put(some("b"))
    assert index.rebuild(iter(some("a", "b"))) == []
    assert len(indices(cluster, name)) == 1


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_stories_go_on_past_ten_thousand(index: ElasticsearchIndex, sort: Sort) -> None:
    printed = [
        replace(
            an_article(id=f"a{number}", title="x", text="Klaim.", evidence=()),
            published=NOW - timedelta(minutes=number),
            story_id=f"s{number % 10_200}",
        )
        for number in range(10_300)
    ]
    index.rebuild(iter(printed))
    query = Query(text="klaim", sort=sort, collapse=True)
    score = index.search(query, size=1).hits[0].score
    cursor: str | None = write_cursor(sort, Position(searchable(printed[10_100]).order, score, 10_101))
    seen: list[str] = []
    while cursor is not None:
        page = index.search(query, size=40, cursor=cursor)
        assert page.total == 10_300
        seen += [hit.article_id for hit in page.hits]
        cursor = page.cursor
    # The last hundred are second articles of the first stories.
    assert seen == [f"a{number}" for number in range(10_101, 10_200)]


def as_index(client: Elasticsearch, name: str) -> Any:
    return client.indices.create(index=name)


def as_alias(client: Elasticsearch, name: str) -> Any:
    return client.indices.create(index=f"{name}-milik-orang", aliases={name: {}})


@pytest.mark.parametrize("taken", [as_index, as_alias])
def test_the_index_of_a_stranger_is_left_alone(
    index: ElasticsearchIndex, cluster: Cluster, name: str, taken: Callable[[Elasticsearch, str], Any]
) -> None:
    cluster.write(lambda client: taken(client, name))
    for use in (index.count, lambda: index.put(some("a")), lambda: index.rebuild(iter(some("a")))):
        with pytest.raises(IndexUnavailable, match=r"no index of Pantau.*another \[search\] index"):
            use()
    assert len(indices(cluster, name)) == 1


def test_paging_goes_on_behind_what_the_engine_ranks_at_once(
    index: ElasticsearchIndex, cluster: Cluster, name: str
) -> None:
    index.put([an_article(f"a{n:02}", published=NOW - timedelta(hours=n)) for n in range(60)])
    cluster.write(lambda client: client.indices.put_settings(index=name, settings={"index.max_result_window": 11}))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = index.search(Query(), size=10, cursor=cursor)
        seen += [hit.url[-3:] for hit in page.hits]
        cursor = page.cursor
    assert seen == [f"a{n:02}" for n in range(60)]


def test_the_status_names_version_health_generation_and_articles(index: ElasticsearchIndex, name: str) -> None:
    assert index.status().generation is None
    index.put(some("a", "b"))
    status = index.status()
    assert (status.version, status.generation, status.articles) == ("7.9.2", f"{name}-{VERSION_OF_INDEX}-000001", 2)
    assert status.health in ("green", "yellow")


def test_a_server_that_hangs_is_told_and_used_again_when_it_goes_on(
    elasticsearch_server: ElasticsearchServer, index: ElasticsearchIndex, name: str
) -> None:
    index.put(some("a"))
    impatient = ElasticsearchIndex(a_cluster(elasticsearch_server.url, timeout=0.3, retries=0), name)
    with (
        elasticsearch_server.frozen(),
        pytest.raises(IndexUnavailable, match=r"did not answer in time \(0\.3 s\).*timeout_seconds"),
    ):
        impatient.search(Query())
    assert found(impatient) == {"a"}


def test_articles_wait_while_the_server_is_killed_and_none_is_lost_or_doubled(
    elasticsearch_server: ElasticsearchServer, index: ElasticsearchIndex, tmp_path: Path
) -> None:
    store = sqlite(tmp_path)
    clock = ManualClock()
    indexing = IndexArticles(store, index, clock, batch_size=2)

    def arrive(*slugs: str) -> None:
        with store.transaction() as transaction:
            for article in some(*slugs):
                transaction.add(article)

    arrive("a", "b", "c")
    assert indexing.run() == 3
    elasticsearch_server.kill()
    try:
        arrive("d", "e", "f")
        for _ in range(2):
            with pytest.raises(IndexUnavailable, match="cannot be reached"):
                indexing.run()
        assert store.counts()["not_indexed"] == 3
    finally:
        elasticsearch_server.start()
    assert indexing.run() == 3
    assert found(index) == set("abcdef")
    assert (index.count(), store.counts()["not_indexed"]) == (6, 0)
    store.close()
