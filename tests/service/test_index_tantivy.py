"""What the embedded index promises beyond the contract: its directory, other processes, damage."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from service.adapters.tantivy_index import TantivyIndex
from service.domain.article import Article
from service.domain.query import Query, Sort
from service.errors import IndexUnavailable
from tests.service.builders import NOW, an_article

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


def an_index(path: Path) -> TantivyIndex:
    return TantivyIndex(path, lock_timeout=0)


def generations(path: Path) -> list[Path]:
    return sorted(path.glob("generation-*"))


def test_searching_writes_nothing(path: Path) -> None:
    assert an_index(path).search(Query()).total == 0
    assert not path.exists()


def test_articles_outlive_the_process(path: Path) -> None:
    an_index(path).put([an_article()])
    assert an_index(path).count() == 1


def test_a_reader_sees_what_another_process_commits(path: Path) -> None:
    reader = an_index(path)
    reader.put([an_article("pertama")])
    assert reader.count() == 1
    program = (
        "import sys; from pathlib import Path\n"
        "from service.adapters.tantivy_index import TantivyIndex\n"
        "from tests.service.builders import NOW, an_article\n"
        "TantivyIndex(Path(sys.argv[1])).put([an_article('kedua')])\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=True)
    assert reader.count() == 2


def test_a_reader_follows_a_rebuild_of_another(path: Path) -> None:
    reader, writer = an_index(path), an_index(path)
    reader.put([an_article("lama")])
    assert reader.count() == 1
    writer.rebuild(iter([an_article("a"), an_article("b")]))
    assert reader.count() == 2
    assert len(generations(path)) == 1


def test_a_rebuild_that_fails_leaves_the_former_index_and_no_debris(path: Path) -> None:
    index = an_index(path)
    index.put([an_article("lama")])

    def failing() -> Iterator[Article]:
        yield an_article("baru")
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        index.rebuild(failing())
    assert index.count() == 1
    assert len(generations(path)) == 1


def test_a_search_during_a_rebuild_is_answered_by_the_former_index(path: Path) -> None:
    index = an_index(path)
    index.put([an_article("lama")])
    counted: list[int] = []

    def watched() -> Iterator[Article]:
        for slug in ("a", "b", "c"):
            counted.append(an_index(path).count())
            yield an_article(slug)

    index.rebuild(watched())
    assert counted == [1, 1, 1]
    assert index.count() == 3


def test_the_lock_is_held_only_while_writing(path: Path) -> None:
    first, second = an_index(path), an_index(path)
    first.put([an_article("a")])
    second.put([an_article("b")])
    first.put([an_article("c")])
    assert second.count() == 3


def test_a_locked_index_is_read_but_not_written(path: Path) -> None:
    index = an_index(path)
    index.put([an_article("a")])
    with (path / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert index.count() == 1
        with pytest.raises(IndexUnavailable, match="Another process"):
            index.put([an_article("b")])
    index.put([an_article("b")])
    assert index.count() == 2


@pytest.mark.parametrize("damage", ["meta", "segment", "pointer", "version", "emptied"])
def test_a_damaged_index_says_how_to_rebuild_it_and_rebuilding_mends_it(path: Path, damage: str) -> None:
    an_index(path).put([an_article("a")])
    generation = generations(path)[0]
    if damage == "meta":
        (generation / "meta.json").write_text("{")
    elif damage == "segment":
        next(generation.glob("*.store")).write_bytes(b"xx")
    elif damage == "pointer":
        (path / "current").unlink()
    elif damage == "version":
        (path / "current").write_text("generation-0.0-abc")
    else:
        for file in generation.iterdir():
            file.unlink()
    with pytest.raises(IndexUnavailable, match="pantau index --rebuild"):
        an_index(path).search(Query())
    index = an_index(path)
    index.rebuild(iter([an_article("a")]))
    assert index.search(Query()).total == 1


def test_a_directory_that_cannot_be_made_is_told_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailable):
        an_index(tmp_path / "file" / "index").put([an_article()])


def test_an_article_of_a_megabyte_is_indexed_and_shown(path: Path) -> None:
    index = an_index(path)
    index.put([an_article(text="klaim " * 180_000, evidence=()), an_article("satu-kata", text="x" * 1_000_000)])
    hit = index.search(Query(text="klaim")).hits[0]
    assert len("".join(fragment.text for fragment in hit.snippet)) < 320


def test_the_relevance_order_survives_a_commit_between_two_pages(path: Path) -> None:
    index = an_index(path)
    index.put([an_article(f"a{n}", title="Klaim") for n in range(6)])
    query = Query(text="klaim", sort="relevance")
    first = index.search(query, size=3)
    index.put([an_article("baru", title="Klaim klaim klaim", text="Klaim.")])
    second = index.search(query, size=3, cursor=first.cursor)
    both = [hit.article_id for hit in (*first.hits, *second.hits)]
    assert len(set(both)) == 6


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_pages_go_on_past_ten_thousand(path: Path, sort: Sort) -> None:
    index = an_index(path)
    count = 10_400
    index.rebuild(
        replace(
            an_article(id=f"a{n}", title="x", text="Klaim.", evidence=()), published=NOW - timedelta(minutes=n // 3)
        )
        for n in range(count)
    )
    seen: list[str] = []
    cursor = None
    while not seen or cursor is not None:
        page = index.search(Query(text="klaim", sort=sort), size=2_000, cursor=cursor)
        seen += [hit.article_id for hit in page.hits]
        cursor = page.cursor
    assert len(seen) == len(set(seen)) == count


def test_searches_of_several_threads_go_on_while_others_write_and_rebuild(path: Path) -> None:
    index, writer = an_index(path), TantivyIndex(path)
    writer.put([an_article("a")])
    writing = Event()

    def write() -> None:
        for number in range(12):
            writer.put([an_article(f"n{number}")])
            writer.rebuild(iter([an_article("a"), an_article("b")]))
        writing.set()

    def search() -> int:
        searches = 0
        while not writing.is_set():
            assert index.search(Query()).total >= 1
            searches += 1
        return searches

    with ThreadPoolExecutor(4) as threads:
        searched = [threads.submit(search) for _ in range(3)]
        threads.submit(write).result()
        assert all(each.result() >= 0 for each in searched)
