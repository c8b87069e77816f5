"""Buku Angka on the desk: what a communications officer sees, filters, decides and downloads."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from service.adapters.sql import SqlStore
from service.domain.ledger.claim import Claim, LedgerFilter
from service.domain.ledger.statement import Statement
from service.domain.ledger.table import COLUMNS
from service.web.desk import Desk
from service.web.language import COOKIE
from service.web.ledger_pages import MOST_FORMS, STATEMENTS_PER_PAGE
from service.web.line_chart import MOST_POINTS
from service.web.review_form import filled
from service.web.security import LARGEST_BODY
from tests.service.builders import NOW, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.ledger_sample import REVIEWER, ledger_desk, small_desk
from tests.service.signed_in import signed_in
from tests.service.test_ledger_contract import a_coverage, stating
from tests.service.test_web_pages import assert_well_formed, get, words

PALEMBANG = "16.71"


def in_memory(folder: Path) -> Desk:
    return ledger_desk(FakeIndex())


def on_sqlite(folder: Path) -> Desk:
    store = SqlStore(f"sqlite:///{folder / 'pantau.db'}")
    store.migrate()
    return ledger_desk(FakeIndex(), store)


@pytest.fixture(scope="module", params=[in_memory, on_sqlite])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For tests that only read."""
    made: Desk = request.param(tmp_path_factory.mktemp("desk"))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


@pytest.fixture
def own() -> Desk:
    """For tests that decide."""
    return small_desk()


@pytest.fixture
def writer(own: Desk) -> TestClient:
    return signed_in(own, name=REVIEWER, follow_redirects=False)


def stated(desk: Desk, surface: str, **asked: str) -> Statement:
    return next(it for it, _ in desk.ledger.each(LedgerFilter(**asked)) if it.surface == surface)  # type: ignore[arg-type]


def claim_of(desk: Desk, surface: str, **asked: str) -> Claim:
    claim = desk.ledger.claim(stated(desk, surface, **asked).claim_id)
    assert claim is not None
    return claim


def decide(client: TestClient, statement: str, **form: str) -> Any:
    return client.post(f"/angka/{statement}/tinjau", data=form)


# --- The list


def test_conflicts_come_first_and_are_told_with_their_arithmetic(client: TestClient) -> None:
    html = get(client, "/angka")
    seen = words(html)
    assert "28.000 + 9.100 + 3.100 = 40.200 orang, tertulis 41.200 orang: selisih 1.000 orang." in seen
    assert "Kabar Sukamaju, Suara Pesisir, Lensa Borneo dan Kilas Nusantara menulis 31,93 persen" in seen
    assert "Angka lama: sama dengan 31,93 persen (Juni 2026, Laporan cabang); angka resmi kini 35,06 persen" in seen
    rows = re.findall(r'<li class="claim( conflict)?"', html)
    assert rows == sorted(rows, reverse=True)
    assert_well_formed(html)


def test_a_finding_that_several_claims_share_is_told_once(client: TestClient) -> None:
    html = get(client, "/angka?wilayah=64.71")
    assert words(html).count("28.000 + 9.100 + 3.100 = 40.200 orang") == 1
    anchors = re.findall(r'class="finding brief"><b>Penjumlahan tidak cocok</b> bersama <a href="#(k-\w+)"', html)
    assert len(anchors) == 3
    assert f'id="{anchors[0]}"' in html


def test_what_definitions_may_explain_is_told_so(client: TestClient) -> None:
    seen = words(get(client, "/angka?wilayah=35.09&periode=2026-10"))
    assert "Mungkin bukan salah: segmen pesertanya berbeda." in seen


def test_a_claim_tells_its_spread_and_leads_to_its_newest_sentence(client: TestClient, desk: Desk) -> None:
    claim = claim_of(desk, "31,93 persen", region=PALEMBANG, period="2026-06")
    html = get(client, f"/angka?wilayah={PALEMBANG}&periode=2026-06")
    assert f'<a href="/angka/klaim/{claim.id}">4 media, 5 kali, 11–23 Nov 2026</a>' in html
    link = re.search(rf'href="/artikel/{claim.statement.article_id}#(angka-\w+)"', html)
    assert link is not None
    assert f'id="{link[1]}"' in get(client, f"/artikel/{claim.statement.article_id}")


def test_counts_are_told_and_the_filter_can_be_cleared(client: TestClient) -> None:
    seen = words(get(client, f"/angka?wilayah={PALEMBANG}"))
    total = re.search(r"(\d+) klaim, (\d+) beda angka", seen)
    assert total is not None
    assert int(total[2]) == 4
    assert "Hapus saringan" in seen
    assert "Hapus saringan" not in words(get(client, "/angka"))


FILTERS = {
    "metrik": "coverage",
    "wilayah": PALEMBANG,
    "periode": "2026-06",
    "media": "kabarsukamaju",
    "status": "beda",
    "jenis": "level",
    "dari": "2026-11-01",
    "sampai": "2026-11-23",
    "q": "cakupan",
    "ketentuan": "1",
}


def test_every_filter_is_kept_in_the_form_and_in_all_addresses(client: TestClient) -> None:
    html = get(client, "/angka?" + "&".join(f"{name}={value}" for name, value in FILTERS.items()))
    for name in ("metrik", "media", "status", "jenis"):
        select = re.search(rf'<select name="{name}">.*?</select>', html, re.DOTALL)
        assert select is not None
        assert f'value="{FILTERS[name]}" selected' in select[0]
    for name in ("periode", "dari", "sampai", "q"):
        assert re.search(rf'name="{name}"[^>]*value="{FILTERS[name]}"', html)
    assert re.search(r'name="wilayah"[^>]*value="Kota Palembang"', html)
    assert re.search(r'name="ketentuan" value="1" checked', html)
    for ending in ("csv", "xlsx"):
        download = re.search(rf'href="/angka/unduh\.{ending}\?([^"]+)"', html)
        assert download is not None
        assert {it: value[0] for it, value in parse_qs(download[1].replace("&amp;", "&")).items()} == FILTERS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wilayah=Kota+Palembang", "wilayah=16.71"),
        ("periode=Juni+2026", "periode=2026-06"),
        ("dari=2026-11-23&sampai=2026-11-01", "dari=2026-11-01&sampai=2026-11-23"),
    ],
)
def test_words_of_people_ask_for_the_same_as_codes(client: TestClient, one: str, other: str) -> None:
    shown = [re.findall(r'id="k-(\w+)"', get(client, f"/angka?{query}")) for query in (one, other)]
    assert shown[0] == shown[1] != []


@pytest.mark.parametrize(
    ("status", "surface"),
    [
        ("beda", "41.200 orang"), ("mungkin", "64,5 persen"), ("selisih", "34,2 persen"), ("lama", "31,93 persen"),
        ("sesuai", "30,1 persen"), ("belum", "28,9 persen"), ("benar", "35,06 persen"), ("koreksi", "15 persen"),
    ],
)  # fmt: skip
def test_claims_are_filtered_by_status(client: TestClient, status: str, surface: str) -> None:
    assert surface in words(get(client, f"/angka?status={status}"))


def test_empty_states_help(client: TestClient) -> None:
    assert "Hapus semua saringan" in words(get(client, "/angka?q=zzzz"))
    assert "Ke halaman terakhir" in words(get(client, "/angka?halaman=90"))
    assert "Tidak ada angka yang cocok" not in words(get(client, "/angka?halaman=90"))
    empty = signed_in(desk_over(FakeIndex(), FakeStore(), FakeArchive()))
    assert "Buku Angka masih kosong" in words(get(empty, "/angka"))


# --- The chart


def test_the_chart_shows_what_is_stated_aimed_at_and_official(client: TestClient) -> None:
    html = get(client, f"/angka?metrik=coverage&grafik={PALEMBANG}")
    chart = re.search(r'<figure class="chart".*?</figure>', html, re.DOTALL)
    assert chart is not None
    assert len(re.findall(r'<circle class="stated"[^>]*r="5"/><title>', chart[0])) == 10
    assert len(re.findall(r'<a [^>]*aria-label="Target ', chart[0])) == 3
    assert len(re.findall(r'<rect class="official"[^>]*><title>', chart[0])) == 5
    assert len(re.findall(r'<circle class="ring"[^>]*r="11"/>', chart[0])) == 4
    assert '<polyline class="aims"' in chart[0]
    assert "style=" not in html
    assert len(re.findall(r"<tr><td>", chart[0])) == 10 + 3 + 5


def test_every_dot_leads_to_its_sentence(client: TestClient) -> None:
    html = get(client, f"/angka?grafik={PALEMBANG}")
    dots = re.findall(r'<a href="(/artikel/\w+)#(angka-\w+)" aria-label="[^"]*">(?:<circle|<path)', html)
    assert len(dots) == 13
    for article, anchor in dots[:4]:
        assert f'id="{anchor}"' in get(client, article)


def test_the_region_of_the_chart_is_chosen_within_the_filter(client: TestClient) -> None:
    html = get(client, "/angka?metrik=coverage&q=cakupan&grafik=73.71")
    pick = re.search(r'<form action="/angka#grafik".*?</form>', html, re.DOTALL)
    assert pick is not None
    assert '<input type="hidden" name="q" value="cakupan">' in pick[0]
    assert '<option value="73.71" selected translate="no">Kota Makassar' in pick[0]


def test_a_filter_that_nothing_can_be_drawn_of_has_no_chart(client: TestClient) -> None:
    assert '<figure class="chart"' not in get(client, "/angka?metrik=award")


# --- One claim


def test_a_claim_shows_everybody_who_states_it(client: TestClient, desk: Desk) -> None:
    claim = claim_of(desk, "31,93 persen", region=PALEMBANG, period="2026-06")
    html = get(client, f"/angka/klaim/{claim.id}")
    seen = words(html)
    for outlet in ("Kabar Sukamaju", "Suara Pesisir", "Lensa Borneo", "Kilas Nusantara"):
        assert outlet in seen
    assert "menurut Abdul Rahman Saleh, Kepala Cabang" in seen
    assert "Angka lain tentang hal yang sama 33,1 persen" in seen
    assert re.search(r'<a class="other" href="/angka/klaim/\w+\?angka=\w+#s-\w+">Warta Celebes: 33,10 persen', html)
    assert html.count('<form class="decide"') == 5
    assert html.count('name="nilai"') == 5
    assert_well_formed(html)


def test_a_claim_tells_where_its_slots_were_read(client: TestClient, desk: Desk) -> None:
    seen = words(get(client, f"/angka/klaim/{stated(desk, '64,5 persen').claim_id}"))
    assert "Wilayah dari judul: Jember" in seen


def test_decisions_are_told_with_who_when_and_what_changed(client: TestClient, desk: Desk) -> None:
    corrected = words(get(client, f"/angka/klaim/{stated(desk, '150 persen').claim_id}"))
    assert f"{REVIEWER} mengoreksi: nilai 150 15 Salah ketik di media. Sen 23 Nov 2026, 07.00 WIB" in corrected
    taken_back = words(get(client, f"/angka/klaim/{stated(desk, '28,9 persen').claim_id}"))
    assert "Bayu Saputra membatalkan putusan" in taken_back
    assert f"{REVIEWER} menilai ini bukan angka" in taken_back


def test_the_ledger_is_told_in_the_language_of_who_reads(desk: Desk) -> None:
    client = signed_in(desk)
    client.cookies[COOKIE] = "en"
    assert "Every figure that the press states about" in words(get(client, "/angka"))
    assert "A period is written 2026," in words(client.get("/angka?periode=kapan").text)
    row = stated(desk, "64,5 persen")
    seen = words(get(client, f"/angka/klaim/{row.claim_id}"))
    assert "Stated in" in seen
    form = filled(row, desk.region_name) | {"putusan": "koreksi"}
    answer = decide(client, row.id, **form)
    assert "A correction must change at least one field." in words(answer.text)


def test_an_unknown_claim_is_not_found(client: TestClient) -> None:
    assert client.get("/angka/klaim/none").status_code == 404
    assert client.post("/angka/none/tinjau", data={}).status_code == 404


@pytest.fixture
def crowded(own: Desk) -> Claim:
    """A claim that more outlets restate than one page shows."""
    with own.store.transaction() as transaction:
        for number in range(STATEMENTS_PER_PAGE + 5):
            transaction.add(stating(f"ulang-{number}", hours_ago=200 - number, outlet=f"media{number}.example"))
    return claim_of(own, "31,93 persen", region="19.71", outlet="media0.example")


def test_a_claim_of_many_outlets_is_leafed_through_and_opens_one_form(
    writer: TestClient, own: Desk, crowded: Claim
) -> None:
    address = f"/angka/klaim/{crowded.id}"
    html = get(writer, address)
    assert html.count('class="claim statement') == STATEMENTS_PER_PAGE > MOST_FORMS
    assert html.count('name="nilai"') == 0
    assert "halaman 1 dari 2" in words(html)
    assert "halaman 2 dari 2" in words(get(writer, f"{address}?halaman=2"))
    last = own.ledger.restatements(crowded.id)[-1]
    chosen = get(writer, f"{address}?angka={last.id}")
    assert f'id="s-{last.id}"' in chosen
    assert chosen.count('name="nilai"') == 1
    # A decision leads back to the page on which the statement stands.
    answer = decide(writer, last.id, putusan="benar")
    assert f'id="s-{last.id}"' in get(writer, answer.headers["Location"])


# --- Deciding


def test_a_figure_is_confirmed_by_who_is_signed_in(writer: TestClient, own: Desk) -> None:
    statement = stated(own, "41.200 orang", region="64.71")
    answer = decide(writer, statement.id, putusan="benar", catatan="Sudah ditanyakan.")
    assert answer.status_code == 303
    location = urlsplit(answer.headers["Location"])
    assert (location.path, location.fragment) == (f"/angka/klaim/{statement.claim_id}", f"s-{statement.id}")
    html = get(writer, answer.headers["Location"])
    assert "Dicatat: angka ini benar." in words(html)
    assert f"{REVIEWER} membenarkan Sudah ditanyakan." in words(html)


def test_a_correction_moves_the_figure_to_the_claim_that_it_makes(writer: TestClient, own: Desk) -> None:
    statement = stated(own, "33,10 persen")
    form = {"putusan": "koreksi", "nilai": "31,93", "wilayah": "Kota Palembang", "periode": "Juni 2026"}
    answer = decide(writer, statement.id, **form)
    assert claim_of(own, "31,93 persen", region=PALEMBANG, period="2026-06").outlets == 5
    seen = words(get(writer, answer.headers["Location"]))
    assert "5 media" in seen
    assert "mengoreksi: nilai 33,1 31,93" in seen
    assert "Media berbeda angka" not in seen


def test_a_figure_that_is_none_is_no_longer_counted_and_can_be_taken_back(writer: TestClient, own: Desk) -> None:
    statement = stated(own, "3.100")
    answer = decide(writer, statement.id, putusan="bukan")
    assert "Dinilai bukan angka" in words(get(writer, answer.headers["Location"]))
    assert "3.100" not in {it.surface for it, _ in own.ledger.each(LedgerFilter(region="64.71"))}
    assert "3.100" in words(get(writer, "/angka?status=ditolak"))
    decide(writer, statement.id, putusan="batal")
    assert stated(own, "3.100").verdict is None


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"putusan": "benar", "catatan": "a" * 501}, "catatan paling banyak 500"),
        ({"putusan": "mungkin"}, "Pilih salah satu"),
        ({"putusan": "koreksi"}, "Koreksi harus mengubah setidaknya satu isian."),
        ({"putusan": "koreksi", "nilai": "tiga puluh"}, "bukan angka; tulis misalnya 31,93"),
        ({"putusan": "koreksi", "wilayah": "Antah Berantah"}, "tidak dikenal atau dimiliki dua daerah"),
        ({"putusan": "koreksi", "periode": "kemarin"}, "tidak terbaca"),
        ({"putusan": "koreksi", "metrik": "<i>"}, "tidak dikenal"),
    ],
)
def test_what_is_wrong_is_told_in_the_form_and_what_was_typed_is_kept(
    writer: TestClient, own: Desk, form: dict[str, str], told: str
) -> None:
    before = own.ledger.reviews()
    answer = decide(writer, stated(own, "33,10 persen").id, **({"catatan": "Lihat rilis"} | form))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert told in words(answer.text)
    assert f'name="catatan" maxlength="500" value="{form.get("catatan", "Lihat rilis")}"' in answer.text
    assert_well_formed(answer.text)
    assert own.ledger.reviews() == before


def test_enter_decides_nothing(client: TestClient, desk: Desk) -> None:
    html = get(client, f"/angka/klaim/{stated(desk, '33,10 persen').claim_id}")
    form = re.search(r'<form class="decide".*?</form>', html, re.DOTALL)
    assert form is not None
    assert re.findall(r"<button[^>]*>", form[0])[0] == "<button disabled hidden>"


CROSS_SITE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_other_sites_decide_nothing(writer: TestClient, own: Desk, headers: dict[str, str]) -> None:
    before = own.ledger.reviews()
    address = f"/angka/{stated(own, '33,10 persen').id}/tinjau"
    answer = writer.post(address, data={"putusan": "bukan"}, headers=headers)
    assert answer.status_code == 403
    assert own.ledger.reviews() == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_pages_and_programs_decide(writer: TestClient, own: Desk, headers: dict[str, str]) -> None:
    address = f"/angka/{stated(own, '33,10 persen').id}/tinjau"
    assert writer.post(address, data={"putusan": "benar"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"catatan=" + b"a" * LARGEST_BODY, 413),
        (b"&".join(b"a%d=1" % number for number in range(100)), 400),
        (b"catatan=\xff\xfe", 400),
    ],
)
def test_bodies_that_are_no_form_of_ours_are_refused(writer: TestClient, own: Desk, body: bytes, status: int) -> None:
    address = f"/angka/{stated(own, '33,10 persen').id}/tinjau"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert writer.post(address, content=body, headers=headers).status_code == status


# --- The article's page


def test_an_articles_figures_lead_to_their_claims_with_what_is_known_of_them(client: TestClient, desk: Desk) -> None:
    stale = stated(desk, "31,93 persen", region=PALEMBANG, period="2026-10")
    html = get(client, f"/artikel/{stale.article_id}")
    listed = re.search(r'<span class="badges">.*?</li>', html, re.DOTALL)
    assert listed is not None
    assert f'href="/angka/klaim/{stale.claim_id}"' in listed[0]
    assert words(f"<main {listed[0]}") == "Buku Angka Media berbeda angka angka lama"
    confirmed = stated(desk, "35,06 persen")
    assert ">Benar</span>" in get(client, f"/artikel/{confirmed.article_id}")


def test_an_article_without_a_ledger_shows_its_figures_all_the_same(writer: TestClient, own: Desk) -> None:
    article = stating("contoh", a_coverage(tags=("hypothetical",)))
    with own.store.transaction() as transaction:
        transaction.add(article)
    html = get(writer, f"/artikel/{article.id}")
    assert "31,93 persen" in words(html)
    assert 'class="badges"' not in html


# --- Downloads


def rows_of(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "query",
    ["", "wilayah=Kota+Palembang", "status=beda", "status=koreksi", "metrik=coverage&media=wartacelebes", "q=zzzz"],
)
def test_a_download_holds_what_the_filter_shows(client: TestClient, query: str) -> None:
    asked = f"?{query}" if query else ""
    rows = rows_of(client.get(f"/angka/unduh.csv{asked}"))
    pages = range(1, 2 if query else 4)
    shown = [it for page in pages for it in re.findall(r'id="k-(\w+)"', get(client, f"/angka?{query}&halaman={page}"))]
    assert set(shown) == {row["Klaim"] for row in rows}
    days = [row["Tanggal"] for row in rows]
    assert days == sorted(days, reverse=True)


def test_a_download_tells_findings_standing_and_decision(client: TestClient) -> None:
    rows = {row["Angka"]: row for row in rows_of(client.get(f"/angka/unduh.csv?wilayah={PALEMBANG}&periode=2026-10"))}
    stale = rows["31,93 persen"]
    assert list(stale) == [column.heading for column in COLUMNS]
    assert (stale["Media"], stale["Metrik"], stale["Kode wilayah"]) == (
        "Bali Kini Pagi",
        "Cakupan kepesertaan",
        "16.71",
    )
    assert "selisih 3,13 poin persen" in stale["Pemeriksaan"]
    assert (stale["Terhadap angka resmi"], stale["Angka resmi"]) == ("Angka lama", "31.93")
    assert rows["35,06 persen"]["Putusan"] == "Benar"


def test_the_workbook_has_the_rows_of_the_csv(client: TestClient) -> None:
    query = f"wilayah={PALEMBANG}"
    answer = client.get(f"/angka/unduh.xlsx?{query}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="angka-2026-11-23.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    book = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows = rows_of(client.get(f"/angka/unduh.csv?{query}"))
    assert book[0] == list(rows[0])
    ids = book[0].index("Id")
    assert [row[ids] for row in book[1:]] == [row["Id"] for row in rows]


def test_decisions_are_downloaded_for_training(client: TestClient) -> None:
    answer = client.get("/angka/koreksi.jsonl")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [(row["verdict"], row["said"]["surface"]) for row in rows] == [
        ("confirmed", "35,06 persen"),
        ("corrected", "150 persen"),
    ]
    assert (rows[1]["said"]["value"], rows[1]["figure"]["value"], rows[1]["by"]) == (150.0, 15.0, REVIEWER)


def test_an_address_that_cannot_be_read_downloads_nothing(client: TestClient) -> None:
    assert client.get("/angka/unduh.csv?status=zzz").status_code == 400
    assert client.get("/angka/unduh.xlsx?dari=gestern").status_code == 400


# --- Size


def test_a_full_page_stays_small(writer: TestClient, own: Desk) -> None:
    long = "Cakupan kepesertaan pekerja di Pangkalpinang " + "yang terus diperluas ke desa-desa " * 12
    with own.store.transaction() as transaction:
        for number in range(MOST_POINTS + 40):
            value = round(20 + number / 10, 1)
            text = f"{long} mencapai {value:n} persen.".replace(".", ",", 1)
            figure = a_coverage(value, text, period=f"20{10 + number % 16}-0{1 + number % 9}")
            transaction.add(stating(f"padat-{number}", figure, hours_ago=number))
    html = get(writer, "/angka?wilayah=19.71&metrik=coverage")
    assert html.count('class="claim') > 50
    assert html.count('<circle class="stated"') > MOST_POINTS - 20
    assert len(html.encode()) < 300_000


def test_a_title_without_text_is_no_trouble(writer: TestClient, own: Desk) -> None:
    with own.store.transaction() as transaction:
        transaction.add(an_article("kosong", text="", figures=(), found=NOW))
    assert writer.get("/angka").status_code == 200
