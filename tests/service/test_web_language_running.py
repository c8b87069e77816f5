"""What is refused, and what is kept in Indonesian, is told in the language of whoever reads it."""

import pytest
from fastapi.testclient import TestClient
from lxml import html as lxml_html

from service.domain.job import JobRun, JobState
from service.web.desk import Desk
from service.web.language import COOKIE, language_of
from tests.service.builders import NOW, a_message
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import a_person, client_of, signed_in

ENGLISH = language_of("en")


@pytest.fixture
def desk() -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive())


def in_english(client: TestClient) -> TestClient:
    client.cookies[COOKIE] = "en"
    return client


@pytest.mark.parametrize(
    ("path", "form", "told"),
    [
        ("/orang", {"surel": "rani", "nama": "Rani"}, "'rani' is not an e-mail address."),
        ("/orang", {"surel": "r@x.example", "nama": "Rani", "peran": "raja"}, "Choose the role."),
        ("/akun", {"aksi": "nama", "nama": "x" * 61}, "A name has at most 60 "),
        ("/akun", {"aksi": "sandi", "sandi": "a", "sandi-lagi": "b"}, "The two new passwords differ."),
        ("/notifikasi", {"aksi": "simpan", "saluran": "mail"}, "Choose at least one severity of alerts"),
        ("/kotak-keluar", {"aksi": "uji", "saluran": "fax"}, "There is no channel 'fax'. Choose: mail, "),
    ],
)
def test_what_is_refused_is_told_in_the_language_of_the_page(
    desk: Desk, path: str, form: dict[str, str], told: str
) -> None:
    client = client_of(desk, a_person(desk, "admin"))
    form = {"peran": "analis", **form}
    indonesian = refusal(client, path, form)
    assert told in refusal(in_english(client), path, form)
    assert told not in indonesian
    assert indonesian


def refusal(client: TestClient, path: str, form: dict[str, str]) -> str:
    answer = client.post(path, data=form)
    assert answer.status_code == 400
    [notice] = lxml_html.document_fromstring(answer.text).cssselect(".notice.bad")
    return "".join(map(str, notice.itertext()))


def test_a_region_that_is_unknown_is_named_in_both_languages(desk: Desk) -> None:
    client = signed_in(desk)
    form = {"aksi": "simpan", "saluran": "mail", "tingkat-high": "1", "wilayah": "Antah {Berantah}"}
    assert "Wilayah tidak dikenal atau dimiliki dua wilayah: Antah {Berantah}." in refusal(client, "/notifikasi", form)
    told = refusal(in_english(client), "/notifikasi", form)
    assert "Unknown regions, or names of two regions: Antah {Berantah}." in told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("1.608 sumber dibaca, 2 gagal", "1,608 sources read, 2 failed"),
        ("1 berita baru, 1 peringatan", "1 new article, 1 alert"),
        ("12 catatan audit; sisanya pada giliran berikut", "12 audit records; the rest in the next turn"),
        ("semua baik lagi", "all is well again"),
        ("3 media bermasalah, ruang disk tinggal 812 MB", "3 outlets in trouble, only 812 MB of disk space left"),
        ("7 hal yang asing, 2 gagal", "7 hal yang asing, 2 gagal"),
    ],
)
def test_what_a_job_did_is_told_in_english(desk: Desk, kept: str, told: str) -> None:
    run = JobRun("crawl", NOW, 12.0, "ok", kept)
    desk.jobs.keep([JobState("crawl").after(run)], [run])
    client = signed_in(desk)
    assert client.get("/pekerjaan").text.count(kept) == 2
    assert in_english(client).get("/pekerjaan").text.count(told) == 2


def test_a_mail_is_marked_as_indonesian_on_an_english_page(desk: Desk) -> None:
    with desk.store.transaction() as transaction:
        transaction.enqueue(a_message("satu", subject="Peringatan penting", text="Isi surat"), "alert", NOW)
    page = lxml_html.document_fromstring(in_english(signed_in(desk)).get("/kotak-keluar/satu").text)
    assert [it.text for it in page.cssselect("h1 [lang=id], pre[lang=id]")] == ["Peringatan penting", "Isi surat"]


def test_the_audit_tells_who_was_no_person_and_marks_what_is_kept(desk: Desk) -> None:
    client = client_of(desk, a_person(desk, "admin"))
    desk.people.forgot("orang0@agency.example", "192.0.2.1")
    page = lxml_html.document_fromstring(in_english(client).get("/audit").text)
    rows = [["".join(map(str, it.itertext())) for it in row.cssselect("td")] for row in page.cssselect("tbody tr")]
    assert "forgotten password" in {row[1] for row in rows}
    assert {"new password", "by a link"} <= {row[3] for row in rows}
    assert "orang0@agency.example (admin)" in {it.text for it in page.cssselect("td [lang=id]")}


def test_a_form_of_another_site_is_refused_in_the_language_that_was_chosen(desk: Desk) -> None:
    client = signed_in(desk)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert "Permintaan dari situs lain ditolak." in client.post("/akun", headers=elsewhere).text
    assert "A request from another site was refused." in in_english(client).post("/akun", headers=elsewhere).text
