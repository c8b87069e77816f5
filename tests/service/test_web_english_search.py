"""The search, saved searches and downloads in English; what they keep and what programs get stays Indonesian."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.saved_search import MOST_FEEDS, MOST_SEARCHES
from service.web.desk import Desk
from service.web.language import COOKIE
from tests.service.signed_in import a_person, client_of
from tests.service.test_web_exports import a_desk, order
from tests.service.test_web_language import words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, most_clips=3)


@pytest.fixture
def reader(desk: Desk) -> TestClient:
    """Somebody who chose English."""
    client = client_of(desk, a_person(desk))
    client.cookies[COOKIE] = "en"
    return client


@pytest.mark.parametrize(
    ("typed", "told", "told_to_programs"),
    [
        ("tone:x", "There is no filter called tone:. Did you mean sentimen:? There are: judul:,", "Tidak ada saringan"),
        (
            "sentimen:jelek",
            "Tone “jelek” is not known. Choose from: positif, netral, negatif.",
            "Sentimen “jelek”",
        ),
        ("wilayah:bandng", "There is no region called “bandng”. Perhaps you meant: Bandung", "Tidak ada wilayah"),
        ("klaim OR", "OR must stand between two words, for example: klaim OR santunan.", "OR harus berada"),
        ("(klaim OR iuran", "A bracket is not closed. Add ) at the end of its part.", "Tanda kurung belum ditutup."),
        ("tanggal:22/11/2026", "Write dates as YYYY-MM-DD, for example 2026-11-22, or YYYY-MM", "Tanggal ditulis TTTT"),
    ],
)
def test_a_mistake_in_the_search_is_told_in_english_and_to_programs_in_indonesian(
    reader: TestClient, typed: str, told: str, told_to_programs: str
) -> None:
    page = reader.get("/cari", params={"q": typed})
    assert page.status_code == 400
    assert f"The search cannot be read. {told}" in words(page.text)
    assert reader.get("/api/v1/search", params={"q": typed}).json()["detail"].startswith(told_to_programs)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/cari?dari=kemarin", "A date has the form YYYY-MM-DD, for example 2026-11-23."),
        ("/cari?wilayah=x", "The code of the region is not known."),
        ("/cari?kursor=x", "The mark of the page is not known. Search again from the first page."),
        ("/tiada", "There is no such page or article."),
    ],
)
def test_a_wrong_address_is_told_in_english(reader: TestClient, address: str, told: str) -> None:
    assert told in words(reader.get(address).text)


def test_a_search_that_cannot_be_saved_is_refused_in_english(reader: TestClient) -> None:
    def answer(**form: str) -> str:
        return words(reader.post("/pencarian?q=klaim&sentimen=negatif", data=form).text)

    assert "Give the search a name." in answer(aksi="simpan", nama=" ")
    assert "A name has at most 80 characters." in answer(aksi="simpan", nama="x" * 81)
    assert "Choose what to change." in answer(aksi="tiada")
    assert "The search is saved." in answer(aksi="simpan", nama="Pagi {ini}")
    refused = answer(aksi="simpan", nama="Lagi")
    assert "You have saved this search already, as “Pagi {ini}”." in refused
    # The list stands below a refusal too, and in the same language.
    assert "klaim; Negative" in refused


def test_too_many_saved_searches_are_refused_in_english(desk: Desk, reader: TestClient) -> None:
    person = desk.people.everybody()[0]
    for number in range(MOST_SEARCHES):
        desk.saved_searches.save(person.id, f"Cari {number}", f"q={number}")
    page = reader.post("/pencarian?q=klaim", data={"aksi": "simpan", "nama": "Lagi"}).text
    assert f"At most {MOST_SEARCHES} searches. Delete those that are no longer used." in words(page)


def test_a_feed_is_named_in_indonesian_by_whoever_reads_english(desk: Desk, reader: TestClient) -> None:
    page = words(reader.post("/pencarian?sentimen=negatif", data={"aksi": "rss"}).text)
    assert "Copy this RSS address now." in page
    [entry] = desk.people.audit(AuditFilter(kind="token-issued"), None, 9)
    assert entry.about == "RSS: Negatif"
    for _ in range(MOST_FEEDS):
        page = words(reader.post("/pencarian?sentimen=negatif", data={"aksi": "rss"}).text)
    assert f"At most {MOST_FEEDS} RSS addresses. Revoke those that are no longer used." in page


def test_a_download_is_watched_in_english_and_holds_indonesian(reader: TestClient) -> None:
    address = order(reader, "q=klaim&sentimen=negatif&dari=2026-11-01", "csv")
    page = words(reader.get(address).text)
    assert "Done. Articles: " in page
    assert "ToneNegative" in page
    assert "Periodsince Sun 1 Nov 2026" in page
    assert "Tanggal,Waktu (WIB),Judul,Nama media," in reader.get(f"{address}/berkas").text


def test_a_download_that_is_too_large_is_refused_in_english(reader: TestClient) -> None:
    page = words(reader.post("/unduh", data={"format": "pdf"}).text)
    assert "PDF holds at most 3. Narrow the filter, for example to a month." in page
    assert "Choose CSV, Excel or PDF." in words(reader.post("/unduh", data={"format": "exe"}).text)
