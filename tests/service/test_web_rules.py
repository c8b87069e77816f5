"""Alert rules on the desk: tried before they are saved, each mistake in its place, who changed what in the audit."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.alert_rule import KeptRule
from service.domain.article import Article
from service.usecases import back_test
from service.web.desk import Desk
from service.web.language import COOKIE
from service.web.rule_form import read_rule_form
from tests.service.builders import JEMBER, NOW, ManualClock, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import ADMIN, signed_in
from tests.steps import steps

DAY = timedelta(days=1)
HOSTILE = '"><script>alert(1)</script>\u202etxt'
NEW = "/aturan/baru"
FORM = {"jenis": "article", "nama": "Klaim tertunda", "kata": "klaim", "sentimen-negative": "1"}


@pytest.fixture
def desk() -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive(), ManualClock())


@pytest.fixture
def rani(desk: Desk) -> TestClient:
    return signed_in(desk, "analis", follow_redirects=False)


def printed(desk: Desk, *articles: Article) -> None:
    with desk.store.transaction() as transaction:
        for article in articles:
            transaction.add(article)


def told(slug: str, days_ago: int, **changes: object) -> Article:
    found = NOW - days_ago * DAY
    return an_article(slug, **{"tone": "negative", "found": found, "published": found, **changes})


def seen(html: str) -> str:
    found = re.search(r'name="dilihat" value="(\w*)"', html)
    assert found is not None
    return found[1]


def saved(client: TestClient, form: dict[str, str], address: str = NEW) -> None:
    tried = client.post(address, data=form | {"aksi": "lihat"})
    assert tried.status_code == 200, tried.text
    answer = client.post(address, data=form | {"aksi": "simpan", "dilihat": seen(tried.text)})
    assert (answer.status_code, answer.headers["Location"][:16]) == (303, "/aturan?selesai=")


def of_desk(desk: Desk) -> list[str]:
    return [it.id for it in desk.rules.listed() if not it.of_file]


@pytest.mark.parametrize("field", ["wilayah", "media"])
def test_a_form_full_of_unknown_names_is_read_with_little_more_work_than_one(desk: Desk, field: str) -> None:
    def work(count: int) -> int:
        names = ", ".join(f"tiada{number:03}" for number in range(count))
        return steps(lambda: read_rule_form(desk, FORM | {field: names}))

    work(1)  # what is kept from the first time on
    assert work(200) < 3 * work(1)


def test_a_new_rule_shows_what_it_would_have_raised_and_is_saved_after_that_alone(desk: Desk, rani: TestClient) -> None:
    printed(desk, told("satu", 1, title="Klaim tertunda di Muara Rimba"), told("dua", 3), told("lama", 40))
    blind = rani.post(NEW, data=FORM | {"aksi": "simpan"})
    assert (blind.status_code, of_desk(desk)) == (200, [])
    assert "Isian berubah sesudah diuji" in blind.text
    tried = rani.post(NEW, data=FORM | {"aksi": "lihat"}).text
    assert "30 hari terakhir: 2 peringatan" in tried
    assert tried.index("Klaim tertunda di Muara Rimba") < tried.index(told("dua", 3).title)
    assert re.findall(r"<td>(\S+ \d+ Nov 2026)</td><td class=\"n\">(\d)</td>", tried) == [
        ("Min 22 Nov 2026", "1"),
        ("Jum 20 Nov 2026", "1"),
    ]
    other = rani.post(NEW, data=FORM | {"kata": "santunan", "aksi": "simpan", "dilihat": seen(tried)})
    assert "Isian berubah sesudah diuji" in other.text
    assert of_desk(desk) == []
    saved(rani, FORM)
    (rule_id,) = of_desk(desk)
    page = rani.get("/aturan?selesai=buat").text
    assert "Aturan dibuat dan langsung berlaku." in page
    assert "Klaim tertunda" in page
    entry = desk.people.audit(AuditFilter(kind="rule-added"), None, 1)[0]
    assert (entry.by.name, entry.about) == ("Rani Saputri", f"Klaim tertunda ({rule_id})")


def test_a_mistake_is_told_in_its_place_with_a_button_that_mends_it(desk: Desk, rani: TestClient) -> None:
    form = FORM | {"kata": "klaim sentimnt:negatif", "angka": "peserta turun\ncakupn < 35%", "wilayah": "Jembr"}
    answer = rani.post(NEW, data=form | {"aksi": "lihat"})
    assert answer.status_code == 400
    html = unescape(answer.text)
    assert '<mark class="wrong">sentimnt:</mark>' in html
    assert 'name="saran-kata" value="klaim sentimen:negatif"' in html
    assert 'name="saran-angka" value="peserta turun\ncakupan<35%"' in html
    assert 'name="saran-wilayah" value="Kabupaten Jember"' in html
    assert 'aria-invalid="true" aria-describedby="salah-kata"' in html
    mended = rani.post(NEW, data=form | {"aksi": "pakai-kata", "saran-kata": "klaim sentimen:negatif"})
    assert 'value="klaim sentimen:negatif"' in mended.text
    assert "salah-kata" not in mended.text
    assert "salah-angka" in mended.text
    assert of_desk(desk) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nama": ""}, "Isi nama aturannya"),
        ({"kata": "", "sentimen-negative": ""}, "Isi sedikitnya satu syarat"),
        ({"kata": "(klaim OR media:antara"}, "media"),
        ({"media": "Harian Timr"}, "Mungkin maksudnya: Harian Timur"),
        ({"keyakinan": "120"}, "Isi bilangan dari 0 sampai 100"),
        ({"umur": "banyak"}, "Isi bilangan dari 1 sampai 8.760"),
        ({"eskalasi": "1,5"}, "Isi bilangan bulat dari 1"),
        ({"jenis": "spike", "kali": "1"}, "Isi bilangan dari 1,5 sampai 100"),
        ({"jenis": "standstill", "jam": "nan"}, "Isi bilangan dari 1 sampai 336"),
        ({"jenis": "standstill", "jam": "inf"}, "Isi bilangan dari 1 sampai 336"),
        ({"angka": "\n".join(["cakupan < 35"] * 11)}, "Paling banyak 10 syarat angka"),
    ],
)
def test_what_cannot_be_is_said_in_words(rani: TestClient, change: dict[str, str], message: str) -> None:
    answer = rani.post(NEW, data=FORM | change | {"aksi": "simpan", "dilihat": "x"})
    assert answer.status_code == 400
    assert message in answer.text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nama": ""}, "Give the rule a name of at most 80 characters."),
        ({"kata": "", "sentimen-negative": ""}, "Fill in at least one condition"),
        ({"media": "Harian Timr"}, "There is no outlet called “Harian Timr”, or more than one."),
        ({"wilayah": "Jembr"}, "There is no region called “Jembr”, or more than one."),
        ({"umur": "banyak"}, "Enter a number from 1 to 8,760."),
        ({"eskalasi": "1,5"}, "Enter a whole number from 1 to 1,440."),
        ({"angka": "\n".join(["cakupan < 35"] * 11)}, "At most 10 conditions on figures."),
    ],
)
def test_what_cannot_be_is_said_in_english_to_whoever_reads_english(
    rani: TestClient, change: dict[str, str], message: str
) -> None:
    rani.cookies[COOKIE] = "en"
    answer = rani.post(NEW, data=FORM | change | {"aksi": "lihat"})
    assert answer.status_code == 400
    assert message in answer.text


def test_a_rule_that_was_written_in_english_is_kept_as_any_other(desk: Desk, rani: TestClient) -> None:
    printed(desk, told("satu", 1))
    saved(rani, FORM)
    rani.cookies[COOKIE] = "en"
    assert "Alerts in the last 30 days: 1" in rani.post(NEW, data=FORM | {"aksi": "lihat"}).text
    saved(rani, FORM)
    one, other = (desk.rules.get(it).block for it in of_desk(desk))
    assert one is not None
    assert other is not None
    assert {**one, "id": ""} == {**other, "id": ""}
    assert "Klaim tertunda (salinan)" in rani.get(f"{NEW}?seperti={of_desk(desk)[0]}").text


def test_every_kind_of_rule_is_written_read_and_copied(desk: Desk, rani: TestClient) -> None:
    article = FORM | {
        "keyakinan": "80",
        "isi-complaint": "1",
        "wilayah": "Kabupaten Jember, 16",
        "media": "Harian Timur,suarapesisir",
        "tingkat-regional": "1",
        "angka": "cakupan < 35%\r\npeserta turun",
        "konflik": "1",
        "urgensi": "high",
        "umur": "24",
        "eskalasi": "30",
        "tembus": "1",
    }
    saved(rani, article)
    saved(rani, {"jenis": "spike", "nama": "Lonjakan", "lonjakan-dari": "topic", "kali": "2,5", "sedikitnya": "4"})
    saved(rani, {"jenis": "silent_outlets", "nama": "Diam", "tingkat-national": "1"})
    saved(rani, {"jenis": "standstill", "nama": "Terhenti", "jam": "12"})
    rules = {it.name: it.rule for it in desk.rules.listed() if not it.of_file}
    written = rules["Klaim tertunda"]
    assert written is not None
    assert written.regions == {"35.09", "16"}
    assert written.outlets == {"hariantimur", "suarapesisir"}
    assert (written.min_score, written.max_age, written.escalate_minutes) == (0.8, DAY, 30)
    assert (written.conflict, written.overrides_quiet, written.severity) == (True, True, "high")
    for rule_id in of_desk(desk):
        before = desk.rules.get(rule_id)
        form = dict(re.findall(r'name="([\w-]+)"[^>]*? value="([^"]*)"', rani.get(f"/aturan/{rule_id}/ubah").text))
        assert form["nama"] == before.name
        shown = rani.get(f"/aturan/{rule_id}?uji=1").text
        assert "peringatan" in shown
        copied = rani.get(f"{NEW}?seperti={rule_id}").text
        assert f"{before.name} (salinan)" in copied


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("article", {"umur": "72"}), ("spike", {"kali": "3", "sedikitnya": "5"}), ("standstill", {"jam": "6"})],
)
def test_a_new_form_shows_what_holds_if_nothing_is_changed(
    desk: Desk, rani: TestClient, kind: str, fields: dict[str, str]
) -> None:
    html = rani.get(f"{NEW}?jenis={kind}").text
    shown = dict(re.findall(r'name="(umur|kali|sedikitnya|jam)"[^>]*? value="([^"]*)"', html))
    assert shown == fields
    saved(rani, {"jenis": kind, "nama": "Baru", "sentimen-negative": "1"})
    (rule_id,) = of_desk(desk)
    again = rani.get(f"/aturan/{rule_id}/ubah").text
    assert dict(re.findall(r'name="(umur|kali|sedikitnya|jam)"[^>]*? value="([^"]*)"', again)) == fields


def test_a_rule_of_the_desk_is_changed_switched_and_deleted(desk: Desk, rani: TestClient) -> None:
    saved(rani, FORM)
    (rule_id,) = of_desk(desk)
    saved(rani, FORM | {"kata": "pencairan"}, f"/aturan/{rule_id}/ubah")
    assert [rule.query for rule in desk.rules.effective() if rule.id == rule_id] == ["pencairan"]
    assert rani.post(f"/aturan/{rule_id}", data={"aksi": "nonaktif"}).headers["Location"] == "/aturan?selesai=nonaktif"
    assert rule_id not in [rule.id for rule in desk.rules.effective()]
    assert rani.post(f"/aturan/{rule_id}", data={"aksi": "apa"}).status_code == 400
    assert rani.post(f"/aturan/{rule_id}", data={"aksi": "hapus"}).status_code == 303
    assert rani.get(f"/aturan/{rule_id}").status_code == 404
    kinds = [it.kind for it in desk.people.audit(AuditFilter(), None, 4)]
    assert kinds == ["rule-removed", "rule-switched", "rule-changed", "rule-added"]


def test_a_rule_of_the_file_is_switched_off_and_not_edited(desk: Desk, rani: TestClient) -> None:
    assert rani.post("/aturan/negatif", data={"aksi": "nonaktif"}).status_code == 303
    assert "negatif" not in [rule.id for rule in desk.rules.effective()]
    page = rani.get("/aturan/negatif").text
    assert "nonaktif" in page
    assert "/aturan/negatif/ubah" not in page
    for answer in (
        rani.get("/aturan/negatif/ubah"),
        rani.post("/aturan/negatif/ubah", data=FORM),
        rani.post("/aturan/negatif", data={"aksi": "hapus"}),
    ):
        assert answer.status_code == 400
        assert "config/rules.toml" in answer.text


def test_readers_see_the_rules_and_change_nothing(desk: Desk) -> None:
    reader = signed_in(desk, "pembaca")
    for address in ("/aturan", "/aturan/negatif?uji=1"):
        html = reader.get(address).text
        assert "Berita negatif" in html
        assert not re.search(r"[Nn]onaktifkan|[Ss]alin|Aturan baru|<form action=\"/aturan", html)


def test_a_rule_that_cannot_be_read_any_more_says_so_and_is_mended_in_its_form(desk: Desk, rani: TestClient) -> None:
    block = {"id": "lama", "name": "Lama", "outlets": ["hilang"], "sentiments": ["negative"]}
    assert isinstance(desk.store, FakeStore)
    desk.store.rule_book.add(KeptRule("lama", True, NOW, "Rani Saputri", block), 10)
    assert "tidak berlaku" in rani.get("/aturan").text
    assert "tidak dapat dibaca lagi" in rani.get("/aturan/lama?uji=1").text
    assert 'value="hilang"' in rani.get("/aturan/lama/ubah").text
    saved(rani, {"jenis": "article", "nama": "Lama", "sentimen-negative": "1"}, "/aturan/lama/ubah")
    assert "lama" in [rule.id for rule in desk.rules.effective()]


def test_a_test_that_was_cut_off_says_so(desk: Desk, rani: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_test, "MOST_TESTED", 2)
    monkeypatch.setattr(back_test, "MOST_SHOWN", 1)
    printed(desk, *(told(f"b{n}", n) for n in range(1, 5)))
    html = rani.get("/aturan/negatif?uji=1").text
    assert "Tidak semua diperiksa." in html
    assert "Hanya 2 berita terbaru yang dibaca, sampai Sab 21 Nov 2026" in html
    assert "1 yang terbaru dari 2." in html


def test_what_people_and_the_press_write_is_shown_as_text(desk: Desk, rani: TestClient) -> None:
    printed(desk, told("jahat", 1, title=HOSTILE, regions=(JEMBER,)))
    form = FORM | {"nama": HOSTILE, "kata": "", "wilayah": HOSTILE, "angka": HOSTILE}
    pages = [
        rani.post(NEW, data=form | {"aksi": "lihat"}).text,
        rani.post(NEW, data=form | {"aksi": "lihat", "wilayah": "", "angka": ""}).text,
        rani.post(NEW, data=form | {"aksi": "pakai-kata", "saran-kata": HOSTILE}).text,
    ]
    desk.rules.add(replace(ADMIN, name=HOSTILE), {"name": HOSTILE, "sentiments": ["negative"]})
    (rule_id,) = of_desk(desk)
    pages += [rani.get(it).text for it in ("/aturan", f"/aturan/{rule_id}?uji=1", f"/aturan/{rule_id}/ubah")]
    for html in pages:
        assert "<script>alert" not in html
        assert "\u202e" not in html


@pytest.mark.parametrize("address", ["/aturan/tiada", "/aturan/tiada/ubah", "/aturan/baru?seperti=tiada"])
def test_a_rule_that_there_is_not_is_not_found(rani: TestClient, address: str) -> None:
    assert rani.get(address).status_code == 404
