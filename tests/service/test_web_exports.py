"""Files of a search on the desk: ordered, watched, fetched, by the person who asked for them."""

import csv
import io
import re
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.query import Query
from service.web.address import read_saved
from service.web.asking import in_words
from service.web.desk import Desk
from tests.service.builders import ManualClock
from tests.service.desk_sample import exports_over, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore
from tests.service.signed_in import signed_in


def a_desk(folder: Path, executor: Executor | None = None, most_clips: int = 30) -> Desk:
    index, store = FakeIndex(), FakeStore()
    limits = {"csv": 1_000, "xlsx": 1_000, "pdf": most_clips}
    exports = exports_over(index, store, ManualClock(), folder, executor, limits=limits)  # type: ignore[arg-type]
    return replace(sample_desk(index, store), exports=exports)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def order(client: TestClient, search: str, kind: str) -> str:
    """The page of the export."""
    answer = client.post(f"/unduh?{search}", data={"format": kind}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_the_file_has_every_article_of_the_search_also_those_folded_into_stories(desk: Desk) -> None:
    client = signed_in(desk)
    page = client.get("/cari?q=peserta&tingkat=local").text
    assert 'action="/unduh?q=peserta&amp;tingkat=local"' in page
    total = re.search(r'class="total" role="status"><b>(\d+)</b>', page)
    assert total is not None
    address = order(client, "q=peserta&tingkat=local", "csv")
    shown = client.get(address).text
    assert f"Selesai:</b> {total[1]} berita" in shown
    answer = client.get(f"{address}/berkas")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="berita-2026-11-23.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    local = frozenset(outlet.id for outlet in desk.outlets if outlet.tier == "local")
    hits = desk.index.search(Query(text="peserta", among=local), size=1_000).hits
    assert [row["Id"] for row in rows] == [hit.article_id for hit in hits]
    assert len(rows) == int(total[1])
    [entry] = desk.people.audit(AuditFilter(kind="exported"), None, 9)
    assert entry.about == "csv: /?q=peserta&tingkat=local"


def test_every_part_of_a_search_is_told_in_words(desk: Desk) -> None:
    told = dict(in_words(desk, read_saved("label=rapat&tersembunyi=1")))
    assert told == {"Label": "rapat", "Cakupan": "hanya yang diabaikan"}
    assert dict(in_words(desk, read_saved("sebutan=1"))) == {"Cakupan": "termasuk yang hanya menyebut"}
    assert in_words(desk, read_saved("")) == ()


@pytest.mark.parametrize(("kind", "magic"), [("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_workbooks_and_clip_books_are_fetched_as_what_they_are(desk: Desk, kind: str, magic: bytes) -> None:
    client = signed_in(desk)
    address = order(client, "q=klaim&media=kabarsukamaju", kind)
    answer = client.get(f"{address}/berkas")
    assert answer.status_code == 200
    assert answer.content.startswith(magic)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"


def test_progress_is_shown_until_it_is_done(tmp_path: Path) -> None:
    class Later(ThreadPoolExecutor):
        """Begins nothing before `go`."""

        def __init__(self) -> None:
            super().__init__(1)
            self.work: list[tuple[object, ...]] = []

        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            self.work.append((fn, *args))

    later = Later()
    desk = a_desk(tmp_path, later)
    client = signed_in(desk)
    address = order(client, "q=klaim", "csv")
    page = client.get(address).text
    assert "Menunggu giliran" in page
    assert f'hx-get="{address}" hx-trigger="every 1s"' in page
    assert client.get(f"{address}/berkas").status_code == 404
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    work, *given = later.work[0]
    work(*given)  # type: ignore[operator]
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert "Unduh berkas" in part
    assert "hx-trigger" not in part


def test_a_search_that_finds_too_much_is_refused_and_the_page_says_so_beforehand(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, most_clips=3)
    client = signed_in(desk)
    page = client.get("/cari").text
    assert "Kliping PDF memuat paling banyak 3 berita" in page
    assert re.search(r'value="pdf" disabled', page)
    assert not re.search(r'value="csv" disabled', page)
    answer = client.post("/unduh", data={"format": "pdf"})
    assert answer.status_code == 400
    assert "PDF memuat paling banyak 3. Persempit saringannya" in answer.text
    assert client.post("/unduh", data={"format": "exe"}).status_code == 400


def test_nobody_else_sees_or_fetches_an_export(desk: Desk) -> None:
    address = order(signed_in(desk, name="Rani Saputri"), "q=klaim", "csv")
    other = signed_in(desk, "admin", name="Budi Hartono")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/berkas").status_code == 404
    assert other.get("/unduh/..%2f..%2fetc%2fpasswd/berkas").status_code == 404


def test_it_can_be_made_anew(desk: Desk) -> None:
    client = signed_in(desk)
    address = order(client, "q=klaim", "csv")
    assert order(client, "q=klaim", "csv") == address
    answer = client.post("/unduh?q=klaim", data={"format": "csv", "baru": "1"}, follow_redirects=False)
    assert answer.headers["Location"] != address


def test_a_query_that_cannot_be_read_and_an_index_that_is_down_are_told(desk: Desk) -> None:
    client = signed_in(desk)
    mistyped = client.post('/unduh?q="klaim', data={"format": "csv"})
    assert (mistyped.status_code, 'class="wrong"' in mistyped.text) == (400, True)
    assert client.post("/unduh?sentimen=marah", data={"format": "csv"}).status_code == 400
    assert isinstance(desk.index, FakeIndex)
    desk.index.unavailable = True
    assert client.post("/unduh?q=klaim", data={"format": "csv"}).status_code == 503


def test_a_program_orders_watches_and_fetches_the_file_of_a_search(desk: Desk) -> None:
    client = signed_in(desk)
    begun = client.post("/api/v1/exports", json={"kind": "csv", "search": "q=peserta&tingkat=local"})
    assert begun.status_code == 202
    told = client.get(f"/api/v1/exports/{begun.json()['id']}").json()
    assert (told["state"], told["problem"], told["search"]) == ("done", "", "q=peserta&tingkat=local")
    assert told["done"] == told["total"] > 0
    answer = client.get(urlsplit(told["file"]).path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) > told["total"]
    assert desk.people.audit(AuditFilter(kind="exported"), None, 5)[0].about == "csv: /?q=peserta&tingkat=local"


def test_what_does_not_fit_or_is_not_ones_own_is_told_as_a_problem(desk: Desk) -> None:
    client = signed_in(desk)
    refused = client.post("/api/v1/exports", json={"kind": "pdf", "search": ""})
    assert (refused.status_code, "paling banyak 30" in refused.json()["detail"]) == (400, True)
    assert client.post("/api/v1/exports", json={"kind": "doc", "search": ""}).status_code == 422
    address = client.post("/api/v1/exports", json={"kind": "csv", "search": "q=klaim"}).json()["file"]
    address = urlsplit(address).path
    other = signed_in(desk, name="Budi Hartono")
    for path in (address, address.removesuffix("/file")):
        assert other.get(path).json() == {"type": "about:blank", "title": "Not Found", "status": 404}
