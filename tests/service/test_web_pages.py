"""What a communications officer sees on the pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from nlp.gazetteer import Gazetteer
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.article import ArticleVersion
from service.domain.query_language.reading import LONGEST_QUERY
from service.errors import ArchiveDamaged, StoreError
from service.ports import FetchEvent, Quarantined, SearchIndex
from service.usecases.digest_history import Delivered, DigestHistory
from service.web.desk import Desk, OutletInfo
from tests.service.builders import NOW, ManualClock, a_page, an_alert, an_analysis, an_article
from tests.service.desk_sample import CORRECTED, GONE, desk_over, sample_articles, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in

PAGES = (
    "/",
    "/cari",
    "/cari?q=klaim",
    "/narasumber",
    "/angka",
    "/peringatan",
    "/ringkasan",
    "/ringkasan/berikutnya/harian",
    "/sumber",
    "/sumber/hariantimur",
)


class _Balance(HTMLParser):
    """Collects elements that are closed in the wrong order or never."""

    _VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def assert_well_formed(html: str) -> None:
    balance = _Balance()
    balance.feed(html)
    assert (balance.wrong, balance.open) == ([], [])
    assert len(balance.ids) == len(set(balance.ids))


@pytest.fixture(scope="module", params=["fakes", "engines"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The pages only read, so that all tests share a desk."""
    tmp_path = tmp_path_factory.mktemp("desk")
    index: SearchIndex = FakeIndex()
    store: FakeStore | SqlStore = FakeStore()
    if request.param == "engines":
        index = TantivyIndex(tmp_path / "index", lock_timeout=0)
        sql = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        sql.migrate()
        store = sql
    yield sample_desk(index, store)
    index.close()
    store.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


def get(client: TestClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return answer.text


def words(html: str) -> str:
    """What a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", "", html.partition("<main")[2]).split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_well_formed_small_and_names_itself_in_the_menu(client: TestClient, address: str) -> None:
    html = get(client, address)
    assert_well_formed(html)
    assert len(html.encode()) < 300_000
    assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize("address", PAGES)
def test_no_page_needs_inline_code_or_anything_from_elsewhere(client: TestClient, address: str) -> None:
    html = get(client, address)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert re.findall(r'(?:src|<link[^>]+href)="(?!/)[^"]*', html) == []
    assert all(tag.count("src=") == 1 for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize(
    "address", [*PAGES, "/static/desk.css", "/ringkasan/berikutnya/harian/html", "/tidak-ada", "/api/v1/search"]
)
def test_every_answer_carries_the_protecting_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert ("unsafe" in policy) == (address == "/ringkasan/berikutnya/harian/html")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == ("SAMEORIGIN" if address == "/ringkasan/berikutnya/harian/html" else "DENY")


def test_a_figure_is_found_and_marked_in_title_and_snippet(client: TestClient) -> None:
    html = get(client, '/cari?q="31,93 persen"')
    assert '<mark class="hit">31,93 persen</mark>' in html
    assert "Antre Sejak Subuh" not in html


def test_copies_of_a_story_are_gathered_under_the_first(client: TestClient) -> None:
    seen = words(get(client, "/cari?q=pangkalpinang&dari=2026-11-22"))
    assert seen.count("Turun 10,97 Persen, Ini Penyebabnya") == 1
    assert "3 media lain" in seen
    assert "Juga di Kilas Nusantara, Lensa Borneo, Kabar Sukamaju" in seen


def test_facets_keep_the_query_and_offer_the_other_values(client: TestClient) -> None:
    html = get(client, "/cari?q=klaim&wilayah=35")
    assert "/cari?q=klaim&amp;wilayah=35&amp;sentimen=negatif" in html
    assert 'aria-label="Hapus saringan Jawa Timur"' in html
    regions = region_form(html)
    assert '<button name="wilayah" value="64">' in regions
    assert '<input type="hidden" name="wilayah" value="35">' in regions
    assert '<input type="hidden" name="q" value="klaim">' in regions


def test_a_province_stands_before_its_kota(client: TestClient) -> None:
    seen = words(get(client, "/cari"))
    assert re.search(r"Kalimantan Timur ?7 ?Kabupaten dan kota di Kalimantan Timur ?Kota Balikpapan ?7", seen)


@pytest.fixture(scope="module")
def everywhere() -> Iterator[TestClient]:
    """A desk with news of every region, from 250 outlets."""
    index, store = FakeIndex(), FakeStore()
    regions = Gazetteer.load().regions()
    names = {region.code: region.name for region in regions}
    desk = sample_desk(index, store)
    index.put(
        [
            an_article(f"w{number}", outlet=f"media{number % 250}", analysis=an_analysis(regions=(region,)))
            for number, region in enumerate(regions)
        ]
    )
    yield signed_in(replace(desk, region_name=names.__getitem__))
    index.close()
    store.close()


def region_form(html: str) -> str:
    return next(it[0] for it in re.finditer(r"(?s)<form.*?</form>", html) if '<button name="wilayah"' in it[0])


def test_every_region_can_be_chosen_on_a_small_page(everywhere: TestClient) -> None:
    longest = "-" + "z" * (LONGEST_QUERY - 1)
    for address in ("/cari", f"/cari?q={longest}"):
        html = get(everywhere, address)
        assert_well_formed(html)
        offered = re.findall(r'<button name="wilayah" value="([\d.]+)">', region_form(html))
        assert sorted(offered) == sorted(region.code for region in Gazetteer.load().regions())
        assert len(html.encode()) < 300_000


def test_kabupaten_and_kota_are_folded_into_their_province(everywhere: TestClient) -> None:
    folded = re.findall(r"(?s)<details><summary>.*?</details>", region_form(get(everywhere, "/cari")))
    codes = [re.findall(r'value="([\d.]+)"', it) for it in folded]
    assert len(codes) == 38
    assert all({code[:2] for code in parts} == {parts[0][:2]} for parts in codes)
    assert "Kabupaten dan kota di Jawa Timur" in words(f"<main>{folded[0]}")


@pytest.mark.parametrize(("chosen", "opened"), [("", []), ("wilayah=35", ["35"]), ("wilayah=35.09", ["35"])])
def test_the_province_that_is_asked_for_is_open(everywhere: TestClient, chosen: str, opened: list[str]) -> None:
    html = get(everywhere, f"/cari?{chosen}").replace("\n", " ")
    assert re.findall(r'<details open><summary>.*?value="(\d\d)', html) == opened


def test_a_province_behind_the_first_is_shown_where_it_is_asked_for(everywhere: TestClient) -> None:
    shown, rest = region_form(get(everywhere, "/cari?wilayah=92.02")).split("28 lagi")
    assert 'value="92"' in rest
    assert shown.rstrip().endswith("<details open>\n      <summary>")


def test_what_a_facet_does_not_list_is_told(everywhere: TestClient) -> None:
    seen = words(get(everywhere, "/cari"))
    assert "248 lagi" in seen
    assert "… dan 198 lainnya" in seen


def test_filters_narrow_the_answer(client: TestClient) -> None:
    everything = words(get(client, "/cari"))
    assert "38 berita" in everything
    assert "14 berita" in words(get(client, "/cari?sentimen=positif"))
    assert "41 berita" in words(get(client, "/cari?sebutan=1"))
    day = words(get(client, "/cari?dari=2026-11-23&sampai=2026-11-23"))
    assert "5 berita" in day


def test_the_histogram_leads_to_single_days(client: TestClient) -> None:
    html = get(client, "/cari?q=klaim")
    assert re.search(r'aria-label="Min 22 Nov 2026: \d+ berita"', html)
    assert "/cari?q=klaim&amp;dari=2026-11-22&amp;sampai=2026-11-22" in html


def test_more_results_come_as_a_part_with_htmx_and_as_a_page_without(client: TestClient) -> None:
    first = get(client, "/cari")
    found = re.search(r'href="(/cari\?kursor=[^"]+)" hx-get="([^"]+)"', first)
    assert found is not None
    assert found[1] == found[2]
    part = client.get(found[1], headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<li class="story')
    assert part.headers["Vary"].count("HX-Request") == 1
    whole = get(client, found[1])
    assert_well_formed(whole)
    ids = re.compile(r'href="/artikel/(\w+)"')
    assert set(ids.findall(whole)) == set(ids.findall(part.text))
    assert set(ids.findall(first)).isdisjoint(ids.findall(part.text))


def test_an_empty_answer_says_what_to_try(client: TestClient) -> None:
    seen = words(get(client, '/cari?q="tidak pernah tercetak"&sentimen=positif'))
    assert "Belum ada berita yang cocok" in seen
    assert "Hapus semua saringan" in seen
    assert "lepaskan tanda kutip" in seen


def test_a_query_that_cannot_be_read_is_explained_and_kept_in_the_box(client: TestClient) -> None:
    html = get(client, '/cari?q="belum ditutup', status=400)
    assert "Tanda kutip belum ditutup" in html
    assert 'value="&#34;belum ditutup"' in html
    assert_well_formed(html)


def test_a_mistyped_query_shows_the_wrong_place_and_links_to_what_was_meant(client: TestClient) -> None:
    html = get(client, '/cari?q=klaim+sumber:"<b>wulan"&wilayah=35', status=400)
    assert 'klaim <mark class="wrong">sumber:</mark>&#34;&lt;b&gt;wulan&#34;' in html
    assert "/cari?q=klaim+narasumber%3A%22%3Cb%3Ewulan%22&amp;wilayah=35" in html
    assert_well_formed(html)


def test_more_than_a_query_may_have_is_told_in_place(client: TestClient) -> None:
    html = get(client, "/cari?q=" + "a" * 501 + "&wilayah=35", status=400)
    assert "paling banyak 500 karakter" in html
    assert f'{"a" * 500}<mark class="wrong">a</mark>' in html
    assert f'value="{"a" * 501}"' in html
    assert 'id="q" name="q" type="search" maxlength' not in html + get(client, "/cari") + get(client, "/")
    assert_well_formed(html)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("dari=2026-13-01", "TTTT-BB-HH"),
        ("dari=kemarin&sampai=2026-13-01", "TTTT-BB-HH"),
        ("sentimen=marah", "positif, netral, atau negatif"),
        ("media=a%20b", "Nama media tidak dikenal"),
        ("&".join(f"media=m{n}" for n in range(60)), "Terlalu banyak saringan"),
        ("kursor=" + "a" * 200, "terlalu panjang"),
        ("q=" + "a" * 4_001, "terlalu panjang"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_above_the_form_with_all_others(
    client: TestClient, wrong: str, says: str
) -> None:
    html = get(client, f"/cari?q=klaim+cair&wilayah=16.71&{wrong}", status=400)
    assert says in html.split('id="salah"')[1]
    assert '<input type="hidden" name="wilayah" value="16.71">' in html
    assert 'value="klaim cair"' in html or wrong.startswith("q=")
    assert "belum ditutup" not in html
    assert_well_formed(html)


def test_a_label_of_several_words_without_quotes_is_told() -> None:
    index = FakeIndex()
    index.put([an_article("a", labels=("Perlu jawab",))])
    client = signed_in(desk_over(index, FakeStore(), FakeArchive()))
    html = get(client, "/cari?q=label:perlu+jawab", status=400)
    assert '<mark class="wrong">perlu jawab</mark>' in html
    told = client.get("/api/v1/search", params={"q": "label:perlu jawab"})
    assert (told.status_code, told.json()["suggestion"]) == (400, 'label:"perlu jawab"')
    assert get(client, "/cari?q=label:perlu+klaim")
    index.unavailable = True
    assert get(client, "/cari?q=label:perlu+jawab", status=503)


def test_every_example_of_the_search_help_is_answered(client: TestClient) -> None:
    html = get(client, "/cari")
    help_ = html.split('class="search-help"')[1].split("</details>")[0]
    examples = re.findall(r'href="([^"]+)"', help_)
    assert len(examples) > 10
    for example in examples:
        assert client.get(unescape(example)).status_code == 200, example


def test_the_results_are_counted_by_topic_speaker_and_tier_and_narrowed_by_them(client: TestClient) -> None:
    html = get(client, "/cari?q=pangkalpinang")
    assert "Tingkat media" in html
    assert "/cari?q=pangkalpinang&amp;tingkat=national" in html
    national = words(get(client, "/cari?q=pangkalpinang&tingkat=national"))
    assert "Kilas Nusantara" in national.split("Hasil")[-1]
    assert "Juga di" not in national


@pytest.mark.parametrize(
    "address",
    [
        "/angka?halaman=0",
        "/angka?halaman=99999",
        "/angka?q=" + "a" * 200,
    ],
)
def test_an_address_that_cannot_be_read_is_refused_kindly(client: TestClient, address: str) -> None:
    html = get(client, address, status=400)
    assert "Ke pencarian" in html
    assert_well_formed(html)


def test_a_forged_cursor_is_explained(client: TestClient) -> None:
    assert "Penanda halaman tidak dikenal" in get(client, "/cari?kursor=zzz", status=400)


def test_an_unknown_article_or_page_is_a_friendly_404(client: TestClient) -> None:
    for address in ("/artikel/tidak-ada", "/tidak-ada", "/static/tidak-ada.css"):
        html = get(client, address, status=404)
        assert "Halaman atau artikel ini tidak ada." in html
        assert_well_formed(html)


def test_an_unforeseen_error_is_a_page_without_its_details() -> None:
    class Failing(DigestHistory):
        def newest(self, limit: int = 30) -> list[Delivered]:
            raise RuntimeError("secret detail")

    desk = sample_desk(FakeIndex())
    desk = replace(desk, digest_history=Failing(desk.store, FakeStore().digests))
    client = signed_in(desk, raise_server_exceptions=False)
    html = get(client, "/ringkasan", status=500)
    assert "Terjadi kesalahan" in html
    assert "secret detail" not in html
    assert "default-src" in client.get("/ringkasan").headers.get("Content-Security-Policy", "")


def article_with(title: str) -> str:
    return next(article.id for article in sample_articles() if article.title.startswith(title))


def test_an_article_shows_its_figures_in_their_sentences(client: TestClient) -> None:
    html = get(client, f"/artikel/{article_with('Peserta BPJS')}")
    assert_well_formed(html)
    figure = r'<mark class="figure evidence" id="angka-\w+" title="Cakupan kepesertaan: 31,93 persen[^"]*">'
    assert re.search(figure + "31,93 persen</mark>", html)
    assert re.search(r'<h1><bdi>Peserta .*<mark class="figure" id="angka-\w+"[^>]*>10,97 Persen</mark>', html)
    seen = words(html)
    assert "minimal 52 persen" in seen
    assert "menurut Abdul Rahman Saleh" in seen
    assert "Juni 2026 · Pangkalpinang" in seen


def test_an_article_shows_mentions_quotes_evidence_and_its_original(client: TestClient) -> None:
    html = get(client, f"/artikel/{article_with('Peserta BPJS')}")
    assert re.search(r'<span class="evidence mention" title="[^"]+">BPJS Ketenagakerjaan</span>', html)
    assert '<span class="quote" title="Kutipan">Banyak proyek konstruksi' in html
    assert "Mengapa negatif" in html
    assert re.search(r'href="https://suarapesisir\.example/berita-0" rel="noopener noreferrer nofollow"', html)
    seen = words(html)
    assert "Berita serupa 4 media" in seen
    assert "Kepesertaan turun" in seen
    assert "Sen 23 Nov 2026, 06.00 WIB" in seen


def test_every_figure_of_the_table_leads_to_its_place_in_an_article(client: TestClient) -> None:
    html = get(client, "/angka?q=Pangkalpinang")
    links = set(re.findall(r'href="(/artikel/\w+)#(angka-\w+)"', html))
    assert len(links) > 10
    for page, anchor in sorted(links)[:8]:
        assert f'id="{anchor}"' in get(client, page)


def test_the_table_of_figures_is_filtered_and_paged(client: TestClient) -> None:
    seen = words(get(client, "/angka"))
    assert "halaman 1 dari 2" in seen
    assert "halaman 2 dari 2" in words(get(client, "/angka?halaman=2"))
    arrears = words(get(client, "/angka?metrik=arrears_recovered&media=&wilayah="))
    assert "Rp1,9 miliar" in arrears
    assert "31,93 persen" not in arrears
    assert "Tidak ada angka yang cocok" in get(client, "/angka?q=zzzz")


def test_statutory_constants_are_shown_only_when_asked_for(client: TestClient) -> None:
    assert "Rp16.800" not in words(get(client, "/angka?q=iuran"))
    assert "Rp16.800" in words(get(client, "/angka?q=iuran&ketentuan=1"))


def test_alerts_show_rule_reason_article_and_delivery(client: TestClient) -> None:
    seen = words(get(client, "/peringatan"))
    assert "Berita negatif" in seen
    assert "Alasan: Kepesertaan turun" in seen
    assert "Menunggu" in seen
    assert "Terkirim" in seen


def test_an_article_that_met_several_rules_is_listed_once_under_the_most_urgent() -> None:
    desk, article = sample_desk(FakeIndex()), an_article("dua-aturan", title="Dua aturan", story_id="s-dua")
    with desk.store.transaction() as transaction:
        transaction.add(article)
        transaction.raise_alert(replace(an_alert(article, "negatif"), rule_name="Nada buruk"))
        urgent = replace(an_alert(article, "integritas"), rule_name="Integritas", severity="high", reasons=("fraud",))
        transaction.raise_alert(urgent)
    seen = words(get(signed_in(desk), "/peringatan"))
    assert seen.count("Dua aturan") == 1
    assert "Integritas · Nada buruk" in seen
    assert "Alasan: Dugaan korupsi atau kecurangan" in seen


CORRECTED_PAGE = f"/artikel/{sample_articles()[CORRECTED].id}"


def test_an_article_tells_its_history_with_the_changes_marked(client: TestClient) -> None:
    html = get(client, CORRECTED_PAGE)
    assert_well_formed(html)
    seen = words(html)
    assert "Sen 23 Nov 2026, 06.40 WIB Ditemukan Salinan arsip versi 1" in seen
    assert "Sen 23 Nov 2026, 06.55 WIB Isi berubah Salinan arsip versi 2" in seen
    assert "Media menyatakan koreksi: “Redaksi memohon maaf atas kekeliruan penulisan nama kepala cabang”." in seen
    assert "Angka berubah dari 3,2 Persen, 39,7 persen menjadi 10,97 Persen, 31,93 persen; judul juga diganti." in seen
    assert '<del><span class="hidden-text">[dihapus] </span>39,7</del> ' in html
    assert '<ins><span class="hidden-text">[ditambah] </span>31,93</ins> ' in html
    assert "3 paragraf tetap" in seen
    assert "Sen 23 Nov 2026, 07.40 WIB Dihapus oleh media" in seen


def test_an_article_that_never_changed_has_only_its_finding_in_its_history(client: TestClient) -> None:
    html = get(client, f"/artikel/{sample_articles()[5].id}")
    history = words("<main" + html.partition('id="riwayat"')[2])
    assert "Ditemukan Salinan arsip" in history
    assert "Isi berubah" not in history
    assert "Dihapus" not in history


def test_what_the_outlet_took_down_says_so_wherever_it_is_listed(client: TestClient) -> None:
    for number in GONE:
        article = sample_articles()[number]
        assert "Dihapus oleh media pada Sen 23 Nov 2026" in words(get(client, f"/artikel/{article.id}"))
    hits = get(client, "/cari?q=pangkalpinang&dari=2026-11-22")
    assert words(hits).count("Dihapus oleh media pada") == 1
    similar = get(client, f"/artikel/{sample_articles()[1].id}").partition('id="serupa"')[2]
    assert similar.count("Dihapus oleh media pada") == 1
    assert "Dihapus oleh media pada" in words(get(client, "/peringatan"))


def test_a_copy_that_was_taken_down_says_so_where_it_is_only_named() -> None:
    desk = sample_desk(FakeIndex())
    with desk.store.transaction() as transaction:
        transaction.mark_gone(sample_articles()[1].id, NOW)
    seen = words(get(signed_in(desk), "/cari?q=pangkalpinang&dari=2026-11-22"))
    assert "Juga di Kilas Nusantara (dihapus), Lensa Borneo, Kabar Sukamaju" in seen


def test_the_archived_copy_stands_in_a_sandbox_under_what_it_is(client: TestClient) -> None:
    html = get(client, f"{CORRECTED_PAGE}/arsip")
    assert_well_formed(html)
    seen = words(html)
    assert "Ini salinan arsip, bukan halaman media yang sekarang." in seen
    assert "Media Suara Pesisir" in " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Diambil Sen 23 Nov 2026, 07.10 WIB" in " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "https://suarapesisir.example/berita-0?page=all" in html
    frame = re.search(r"<iframe[^>]+>", html)
    assert frame is not None
    assert f'src="{CORRECTED_PAGE}/arsip/halaman"' in frame[0]
    assert " sandbox " in frame[0]
    assert "allow-" not in frame[0]


def test_the_archived_page_itself_is_the_outlets_words_and_nothing_else(client: TestClient) -> None:
    answer = client.get(f"{CORRECTED_PAGE}/arsip/halaman")
    assert '<h1 id="judul">Peserta BPJS Ketenagakerjaan Pangkalpinang Turun 10,97 Persen' in answer.text
    assert "turun menjadi 31,93 persen" in answer.text
    assert '<span class="picture">[Gambar: Antrean di kantor cabang]</span>' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("; sandbox")
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_every_version_has_its_own_archived_copy(client: TestClient) -> None:
    first = get(client, f"{CORRECTED_PAGE}/arsip/halaman?versi=1")
    assert "39,7 persen" in first
    assert "memohon maaf" not in first
    assert "memohon maaf" in get(client, f"{CORRECTED_PAGE}/arsip/halaman?versi=2")
    assert "31,93 persen" in get(client, f"{CORRECTED_PAGE}/arsip/halaman?versi=3")
    shown = get(client, f"{CORRECTED_PAGE}/arsip?versi=1")
    assert "Turun 3,2 Persen" in shown
    assert f'src="{CORRECTED_PAGE}/arsip/halaman?versi=1"' in shown


@pytest.mark.parametrize("part", ["arsip", "arsip/halaman"])
def test_an_unknown_copy_is_a_friendly_404(client: TestClient, part: str) -> None:
    get(client, f"/artikel/tidak-ada/{part}", status=404)
    get(client, f"{CORRECTED_PAGE}/{part}?versi=4", status=404)
    get(client, f"{CORRECTED_PAGE}/{part}?versi=0", status=422)
    get(client, f"{CORRECTED_PAGE}/{part}?versi=x", status=422)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param({}, "Halaman ini tidak ada dalam arsip.", id="missing"),
        pytest.param({"a": ArchiveDamaged("a: bad block")}, "Berkas arsip halaman ini rusak", id="damaged"),
        pytest.param({"a": [b"<p>" + b"kata " * 2_000_000]}, "Halaman ini terlalu besar", id="too large"),
        pytest.param({"a": [b"<p>" * 9 + b"<div>" * 9_000]}, "Susunan halaman ini terlalu dalam", id="too deep"),
        pytest.param({"a": [b"%PDF-1.7"]}, "bukan halaman teks", id="a file"),
    ],
)
def test_a_copy_that_cannot_be_shown_says_why(files: dict[str, list[bytes] | ArchiveDamaged], said: str) -> None:
    article = an_article(archived_in="a", fetched=NOW)
    archive = FakeArchive(
        {
            name: pages
            if isinstance(pages, ArchiveDamaged)
            else [(a_page(body=body, fetched=NOW, article=article.id),) for body in pages]
            for name, pages in files.items()
        }
    )
    desk = replace(sample_desk(FakeIndex()), archive=archive)
    with desk.store.transaction() as transaction:
        transaction.add(article)
    client = signed_in(desk)
    html = get(client, f"/artikel/{article.id}/arsip", status=404)
    assert said in html
    assert "<iframe" not in html
    assert_well_formed(html)
    get(client, f"/artikel/{article.id}/arsip/halaman", status=404)


def test_an_article_whose_file_is_not_known_offers_no_copy() -> None:
    desk, article = sample_desk(FakeIndex()), an_article(archived_in=None)
    with desk.store.transaction() as transaction:
        transaction.add(article)
    client = signed_in(desk)
    assert "/arsip" not in get(client, f"/artikel/{article.id}")
    assert "tidak ada dalam arsip" in get(client, f"/artikel/{article.id}/arsip", status=404)


def test_a_history_longer_than_any_is_bounded_and_tells_the_newest() -> None:
    desk, article = sample_desk(FakeIndex()), an_article("hidup", fetched=NOW, relevance="irrelevant", text="")
    with desk.store.transaction() as transaction:
        transaction.add(article)
        for number in range(60):
            at = NOW - timedelta(hours=60 - number)
            text = "\n".join(f"Kata {number} {line} " * 20 for line in range(100))
            transaction.keep_version(ArticleVersion(article.id, at, at, f"Judul {number}", text, archived_in="a"))
    html = get(signed_in(desk), f"/artikel/{article.id}")
    assert html.count("Salinan arsip versi") == 29
    assert "versi 32<" in html
    assert "versi 31<" not in html
    assert "Sejak versi ini berita dinilai tidak tentang" in html
    assert "bandingkan salinan arsipnya" in html
    assert "Ditemukan" not in html.partition('id="riwayat"')[2].partition("</section>")[0]
    assert len(html.encode()) < 150_000
    assert_well_formed(html)


def test_outlets_in_trouble_come_first_with_what_is_wrong(client: TestClient) -> None:
    seen = words(get(client, "/sumber"))
    assert "9 media dipantau, 4 lancar, 1 sebagian gagal dibaca. 4 perlu perhatian." in seen
    states = (
        "Tertutup bagi kita",
        "Tata letak berubah",
        "Tidak ada berita baru",
        "Jauh lebih sepi",
        "Sebagian gagal",
        "Lancar",
    )
    table = seen[seen.index("Terbaca baik") :]
    assert [table.index(state) for state in states] == sorted(table.index(state) for state in states)
    assert "Situs tidak mau dibaca: dilarang robots.txt." in seen
    assert "10 dari 14 halaman terakhir kosong, sangat pendek, atau terbaca kurang yakin; biasanya 0 persen." in seen
    assert "Tidak ada halaman baru selama 4 hari" in seen
    assert re.search(r"Hanya \d artikel dalam 24 jam; biasanya sekitar \d\d\.", seen)
    assert "https://balikini.example/galeri/9" in seen
    assert "tidak ada teks berita" in seen


def many_outlets() -> Desk:
    """A desk over as many outlets as the shipped configuration has, of which one was fetched."""
    provinces = ("Bali", "Aceh", "Papua Selatan")
    outlets = tuple(
        OutletInfo(
            f"media-{at}", f"Warta {at:03} Nusantara", f"https://media-{at}.example/", "local", provinces[at % 3]
        )
        for at in range(250)
    )
    store = FakeStore()
    store.record_events([FetchEvent("media-7", "https://media-7.example/feed", "feed", "hard", NOW, reason="robots")])
    return replace(desk_over(FakeIndex(), store, FakeArchive({})), outlets=outlets)


def test_hundreds_of_outlets_are_listed_by_the_page() -> None:
    client = signed_in(many_outlets())
    html = get(client, "/sumber")
    assert len(html.encode()) < 100_000
    assert html.count('href="/sumber/media-') == 51
    assert html.count('class="spark"') == 2
    assert "250 media · halaman 1 dari 5" in words(html)
    table = html[html.index('id="semua"') :]
    assert table.index("media-7") < table.index("media-0")
    assert_well_formed(html)
    last = get(client, "/sumber?halaman=5")
    assert ("media-249" in last, "halaman=4#semua" in last, "halaman=6" in last) == (True, True, False)
    assert "Perlu perhatian" not in last
    beyond = get(client, "/sumber?halaman=6")
    assert ("Halaman ini tidak ada lagi" in beyond, 'href="/sumber?halaman=5#semua"' in beyond) == (True, True)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=warta+01", 10),
        ("q=warta+01&provinsi=Bali", 3),
        ("keadaan=blocked", 1),
        ("keadaan=unseen", 249),
        ("q=%2525", 0),
    ],
)
def test_outlets_are_found_by_name_province_and_state(query: str, count: int) -> None:
    html = get(signed_in(many_outlets()), f"/sumber?{query}")
    assert f" {count} media ·" in words(html)
    assert html.count("<tr>") == (1 + min(count, 50) if count else 0)
    assert ("Tidak ada media yang cocok" in html) == (count == 0)
    assert_well_formed(html)


def test_pages_of_filtered_outlets_keep_the_filter() -> None:
    html = get(signed_in(many_outlets()), "/sumber?q=warta&keadaan=unseen&halaman=2")
    assert 'href="/sumber?q=warta&amp;keadaan=unseen&amp;halaman=3#semua"' in html
    assert '<option value="unseen" selected>' in html


@pytest.mark.parametrize("query", ["provinsi=Atlantis", "keadaan=baik", "halaman=0"])
def test_outlets_are_not_filtered_by_what_is_unknown(client: TestClient, query: str) -> None:
    get(client, f"/sumber?{query}", status=400)


def test_a_fortnight_is_drawn_and_told_in_words(client: TestClient) -> None:
    html = get(client, "/sumber")
    label = re.search(r'aria-label="Artikel per hari selama 14 hari, hari ini terakhir: ([\d, ]+)"', html)
    assert label
    assert len(label[1].split(",")) == 14


def test_an_outlet_has_a_page_of_its_own(client: TestClient) -> None:
    seen = words(get(client, "/sumber/kabarsukamaju"))
    assert "Ada sumber yang gagal dibaca: situs terlalu lama menjawab." in seen
    assert "https://kabarsukamaju.example/sitemap.xml" in seen
    assert "2 kali berturut-turut" in seen
    assert "3 artikel baru" in seen
    assert "Jadwal Kapal Penyeberangan Berubah Mulai Pekan Depan" in seen
    assert "320 kata · tidak tentang BPJS Ketenagakerjaan" in seen
    assert "tidak ada teks berita" in words(get(client, "/sumber/balikini"))


def test_an_outlet_that_is_not_read_has_no_page(client: TestClient) -> None:
    get(client, "/sumber/entah", status=404)


def test_trouble_of_all_outlets_is_told_once_on_top() -> None:
    desk = sample_desk(FakeIndex())
    later = replace(desk, clock=ManualClock(NOW + timedelta(hours=12)))
    html = get(signed_in(later), "/sumber")
    assert "Pengambilan berita terhenti. Sudah 12 jam tidak ada sumber yang diperiksa" in words(html)
    assert 'class="state silent"' not in html


def test_without_the_index_the_search_says_so_and_the_other_pages_work() -> None:
    index = FakeIndex()
    desk = sample_desk(index)
    index.unavailable = True
    client = signed_in(desk)
    html = get(client, "/cari", status=503)
    assert "Pencarian sedang tidak tersedia" in html
    assert "pantau index --rebuild" in html
    assert_well_formed(html)
    for address in (
        "/",
        "/angka",
        "/narasumber",
        "/peringatan",
        "/ringkasan",
        "/sumber",
        f"/artikel/{article_with('Peserta')}",
    ):
        get(client, address)
    health = client.get("/healthz")
    assert (health.status_code, health.json()["status"]) == (200, "degraded")


class _StoreDown(FakeStore):
    def ping(self) -> None:
        raise StoreError("gone")

    def quarantined(self, limit: int = 100, *, outlet: str | None = None) -> list[Quarantined]:
        raise StoreError("gone")


def test_without_the_store_every_page_says_so() -> None:
    client = signed_in(replace(sample_desk(FakeIndex()), store=_StoreDown()))
    assert "Basis data sedang tidak tersedia" in get(client, "/sumber", status=503)
    assert client.get("/healthz").status_code == 503


def test_own_files_are_kept_by_browsers_and_change_their_address(client: TestClient) -> None:
    html = get(client, "/cari")
    address = re.search(r'href="(/static/desk\.css\?v=\w+)"', html)
    assert address is not None
    assert "immutable" in client.get(address[1]).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/desk.css").headers["Cache-Control"]


@pytest.mark.parametrize("host", ["testserver", "localhost:8400", "127.0.0.1:8400", "[::1]:8400", "10.1.2.3"])
def test_the_desk_answers_to_its_own_names_and_literal_addresses(client: TestClient, host: str) -> None:
    assert client.get("/sumber", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["rebound.example", "localhost.rebound.example", "[::1", ""])
def test_a_name_that_was_made_to_lead_here_reaches_no_page(client: TestClient, host: str) -> None:
    answer = client.get("/sumber", headers={"Host": host})
    assert (answer.status_code, answer.text) == (400, "unknown host")
