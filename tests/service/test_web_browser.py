"""The desk in a real browser: what only scripts, styles and the content policy together can show."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    ViewportSize,
)

from tests.service.browsing import chromium, needs_chromium, served
from tests.service.builders import an_article
from tests.service.ledger_sample import ledger_articles
from tests.service.signed_in import PASSWORD
from tests.service.whole_desk import (
    ALTERED_STORY,
    CORRECTED_PAGE,
    EMAIL,
    LEDGER,
    PAGES,
    SEALED,
    SPEAKER,
    STORY,
    whole_desk,
)

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with whole_desk(tmp_path_factory.mktemp("desk")) as desk, served(desk) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def known(browser: Browser, address: str) -> StorageState:
    """What a browser keeps once somebody has signed in with it."""
    context = browser.new_context(base_url=address, locale="id-ID")
    page = context.new_page()
    page.goto("/angka?q=persen")
    assert page.url.endswith("/masuk?ke=%2Fangka%3Fq%3Dpersen")
    page.get_by_label("Surel").fill(EMAIL)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/angka?q=persen")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(browser: Browser, address: str, known: StorageState) -> Iterator[Page]:
    """A page that fails the test when the browser complains, for instance of the content policy."""
    context = browser.new_context(
        base_url=address, locale="id-ID", viewport={"width": 1280, "height": 900}, storage_state=known
    )
    opened = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    opened.on("console", listen)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def test_a_figure_is_searched_and_its_article_opened_with_the_figure_marked(page: Page) -> None:
    page.goto("/cari")
    page.keyboard.press("/")
    page.keyboard.type('"31,93 persen" pangkalpinang')
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?q=*")
    first = page.locator(".story").first
    assert "31,93 persen" in first.locator(".snippet mark.hit").all_inner_texts()
    first.locator("h2 a").click()
    page.wait_for_url("**/artikel/*")
    marked = page.locator(".body mark.figure", has_text="31,93 persen")
    assert marked.count() == 1
    assert marked.is_visible()
    page.locator(".figures a", has_text="31,93 persen").click()
    assert marked.evaluate("element => element.matches(':target')")


def test_more_results_are_loaded_into_the_page(page: Page) -> None:
    page.goto("/cari")
    before = page.locator(".story").count()
    page.get_by_role("link", name="Muat lagi").click()
    page.wait_for_function("count => document.querySelectorAll('.story').length > count", arg=before)
    assert page.url.endswith("/cari")
    assert page.locator("#lagi").count() == 0


def test_whoever_loads_more_by_keyboard_goes_on_at_the_first_new_result(page: Page) -> None:
    page.goto("/cari")
    before = page.locator(".story").count()
    page.get_by_role("link", name="Muat lagi").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("count => document.querySelectorAll('.story').length > count", arg=before)
    first_new = page.locator(".story h2 a").nth(before)
    first_new.and_(page.locator(":focus")).wait_for()


def test_the_key_for_searching_opens_a_box_that_takes_what_is_typed(page: Page) -> None:
    page.goto("/peringatan")
    page.keyboard.press("/")
    page.wait_for_url("**/cari#q")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("klaim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?q=klaim**")


def test_a_search_is_saved_and_its_clip_book_fetched_when_it_is_ready(page: Page) -> None:
    page.goto("/cari?q=klaim&media=kabarsukamaju")
    page.locator("summary", has_text="Simpan pencarian").click()
    page.get_by_label("Nama").fill("Klaim di Sukamaju")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.wait_for_url("**/pencarian?selesai=simpan")
    page.get_by_role("link", name="Klaim di Sukamaju").click()
    page.wait_for_url("**/cari?q=klaim&media=kabarsukamaju")
    page.get_by_role("button", name="Kliping PDF").click()
    page.wait_for_url("**/unduh/*")
    ready = page.get_by_role("link", name="Unduh berkas")
    ready.wait_for(timeout=120_000)
    with page.expect_download() as download:
        ready.click()
    assert download.value.suggested_filename == "kliping-2026-11-23.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_row_of_the_table_of_figures_leads_to_the_figure_itself(page: Page) -> None:
    page.goto("/angka?q=1.608.431")
    page.locator(".claim .outlet").first.click()
    page.wait_for_url("**/artikel/*#angka-*")
    assert page.locator("mark.figure:target").count() == 1


WRONG = "/angka?q=150+persen"


def test_a_dot_of_the_chart_leads_to_its_sentence(page: Page) -> None:
    page.goto(LEDGER)
    dot = page.locator(".chart a", has=page.locator("circle.ring")).last
    assert "31,93 persen, Sab 31 Okt 2026" in (dot.get_attribute("aria-label") or "")
    dot.locator("circle.stated").click()
    page.wait_for_url("**/artikel/*#angka-*")
    assert page.locator("mark.figure:target").count() == 1


def test_the_region_of_the_chart_is_chosen_without_a_button(page: Page) -> None:
    page.goto("/angka")
    assert page.get_by_role("button", name="Tampilkan").count() == 0
    page.select_option("select[name=grafik]", "73.71")
    page.wait_for_url("**grafik=73.71**")
    assert "Kota Makassar" in page.locator(".chart h2").inner_text()


def test_the_chart_opens_at_its_end_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(LEDGER)
    frame = page.locator(".chart-frame").bounding_box()
    last = page.locator(".chart path.target").nth(-2).bounding_box()
    assert frame
    assert last
    assert frame["x"] <= last["x"] <= frame["x"] + frame["width"]


def test_a_figure_is_corrected_confirmed_and_taken_back(page: Page) -> None:
    page.goto("/angka?status=selisih&metrik=coverage&q=33,10")
    page.locator(".claim-value a").first.click()
    page.locator("summary", has_text="Koreksi isinya").click()
    page.get_by_label("Catatan").press("Enter")
    assert "dicatat" not in page.url
    page.get_by_label("Nilai", exact=True).fill("33,15")
    page.get_by_label("Catatan").fill("Sesuai rekaman wawancara.")
    page.get_by_role("button", name="Simpan koreksi").click()
    page.wait_for_url("**dicatat=koreksi**")
    assert "Koreksi dicatat" in page.locator("[role=status]").inner_text()
    assert page.locator("h1").inner_text() == "33,15 persen"
    assert "Rani Saputri mengoreksi" in page.locator(".log").inner_text()
    # The session is out of reach of scripts.
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Batalkan putusan").click()
    page.wait_for_url("**dicatat=batal**")
    assert page.locator("h1").inner_text() == "33,1 persen"


def test_what_is_wrong_is_shown_where_it_was_typed(browser: Browser, address: str, known: StorageState) -> None:
    # The browser itself complains of the answer's status: no page of the fixture.
    page = browser.new_context(base_url=address, locale="id-ID", storage_state=known).new_page()
    page.goto(WRONG)
    page.locator(".claim-value a").first.click()
    page.locator("summary", has_text="Koreksi isinya").click()
    page.get_by_label("Wilayah").fill("Antah Berantah")
    with page.expect_response("**/tinjau") as answered:
        page.get_by_role("button", name="Simpan koreksi").click()
    assert answered.value.status == 400
    assert "tidak dikenal" in page.locator("[role=alert]").inner_text()
    assert page.get_by_label("Wilayah").input_value() == "Antah Berantah"
    assert page.get_by_label("Wilayah").is_visible()
    page.context.close()


def test_another_site_decides_nothing_with_our_readers_browser(page: Page, browser: Browser) -> None:
    page.goto(WRONG)
    own = page.url.partition("/angka")[0]
    page.locator(".claim-value a").first.click()
    action = page.locator("form.decide").first.get_attribute("action")
    elsewhere = page.context.new_page()
    fields = "<button name=putusan value=bukan>Klik</button>"
    form = f"<form method=post action={own}{action}>{fields}</form>"
    elsewhere.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    elsewhere.goto("http://evil.example/")
    with elsewhere.expect_response("**/tinjau*") as answered:
        elsewhere.click("button")
    assert answered.value.status == 403
    elsewhere.close()


HOSTILE = f"/artikel/{an_article('jahat').id}/arsip"


def test_the_history_leads_to_the_archived_copy_of_a_version(page: Page) -> None:
    page.goto(CORRECTED_PAGE)
    page.get_by_role("link", name="Salinan arsip versi 1").click()
    page.wait_for_url("**/arsip?versi=1")
    copy = page.frame_locator("iframe")
    assert "39,7 persen" in copy.locator("article").inner_text()
    styled = copy.locator("main").first.evaluate("element => getComputedStyle(element).maxWidth")
    assert styled == "704px"


@pytest.mark.parametrize("path", [HOSTILE, f"{HOSTILE}/halaman"])
def test_a_hostile_archived_page_runs_loads_and_leads_nowhere(page: Page, path: str) -> None:
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    shown = page.frames[-1]
    assert "unsur asing" in shown.locator("body").inner_text()
    assert shown.locator("a[href], [onclick], script, img, form, iframe").count() == 0
    assert dialogs == []
    assert [url for url in asked if not url.startswith(page.url.partition("/artikel")[0])] == []


def test_changes_are_told_apart_without_colour(page: Page) -> None:
    page.goto(CORRECTED_PAGE)
    line = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator("#riwayat del").last.evaluate(line) == "line-through"
    assert page.locator("#riwayat ins").last.evaluate(line) == "underline"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/cari", "/angka", "/narasumber", "/peringatan", "/ringkasan", "/sumber", "/cari?q=pangkalpinang"),
        *("/pencarian", STORY, SPEAKER, "/notifikasi", "/kotak-keluar"),
        *("/ringkasan/berikutnya/harian", "/langganan/{sealed}", "/langganan/{sealed}/berhenti"),
        *("/pencarian", STORY, ALTERED_STORY, SPEAKER),
        *(CORRECTED_PAGE, f"{CORRECTED_PAGE}/arsip", HOSTILE),
        *(LEDGER, "/angka?halaman=2", "/angka?q=zzzz", f"/artikel/{ledger_articles()[0].id}"),
        *("/aturan", "/aturan/negatif?uji=1", "/aturan/media-diam?uji=1", "/aturan/baru?jenis=article"),
    ],
)
def test_no_page_is_wider_than_a_small_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path.format(**SEALED))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_claim_is_wider_than_a_small_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(LEDGER)
    page.locator(".claim-value a").first.click()
    page.locator("summary", has_text="Koreksi isinya").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(page: Page) -> None:
    page.goto("/cari")
    assert page.locator(".facet").first.is_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    assert not page.locator(".facet").first.is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_kota_is_chosen_by_keyboard(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/cari?q=klaim")
    if width == 360:
        page.locator("details.facets > summary").press("Enter")
    kota = page.get_by_role("button", name="Kota Balikpapan")
    assert not kota.is_visible()
    page.get_by_role("button", name=re.compile("^Kalimantan Timur")).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert kota.evaluate("it => it === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?q=klaim&wilayah=64.71")
    assert page.get_by_label("Hapus saringan Kota Balikpapan").count() == 1


def test_the_search_works_without_scripts(browser: Browser, address: str, known: StorageState) -> None:
    context = browser.new_context(base_url=address, locale="id-ID", java_script_enabled=False, storage_state=known)
    page = context.new_page()
    page.goto("/cari")
    page.fill("#q", "santunan")
    page.get_by_role("button", name="Cari").click()
    assert page.locator(".story").count() > 0
    page.goto("/cari")
    page.get_by_role("link", name="Muat lagi").click()
    page.wait_for_url("**kursor=**")
    assert page.locator(".story").count() > 0
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_keeps_anybody_out(browser: Browser, address: str, known: StorageState, path: str, width: int) -> None:
    viewport: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(base_url=address, locale="id-ID", storage_state=known, viewport=viewport)
    assert grave_faults(context, path) == []


@pytest.mark.parametrize("path", ["/", "/cari?q=pangkalpinang", "/angka", STORY, CORRECTED_PAGE, "/sumber", "/akun"])
def test_no_page_keeps_anybody_out_in_the_dark(browser: Browser, address: str, known: StorageState, path: str) -> None:
    context = browser.new_context(base_url=address, locale="id-ID", storage_state=known, color_scheme="dark")
    assert grave_faults(context, path) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/masuk", "/lupa-sandi", "/sandi/tiada"])
def test_the_door_keeps_nobody_out(browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]) -> None:
    assert grave_faults(browser.new_context(base_url=address, locale="id-ID", color_scheme=scheme), path) == []


def grave_faults(context: BrowserContext, path: str) -> list[tuple[str, list[str]]]:
    """What keeps people out of the page, as axe-core tells it."""
    page = context.new_page()
    page.goto(path.format(**SEALED))
    # Folded parts are pages of their own to whoever opens them.
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(page).response["violations"]
    context.close()
    return [
        (it["id"], [node["html"][:200] for node in it["nodes"][:3]])
        for it in found
        if it["impact"] in ("serious", "critical")
    ]


def test_stories_are_merged_split_and_put_back_with_one_press_each(page: Page) -> None:
    page.goto(ALTERED_STORY)
    assert page.locator(".altered .chip.changed").count() == 1
    before = page.locator(".pick").count()
    page.get_by_role("button", name="Gabungkan: Pekerja rotan mengeluh").click()
    page.wait_for_url("**dicatat=gabung**")
    assert page.locator(".pick").count() == before + 1
    page.get_by_role("checkbox", name="Pisahkan: Antrean klaim di Sukamaju").check()
    page.get_by_role("button", name="Pisahkan yang dicentang").click()
    page.wait_for_url("**dicatat=pisah**")
    assert page.get_by_role("heading", level=1).inner_text() == "Antrean klaim di Sukamaju"
    # The newest decision first: the split, then the merge.
    for _ in range(2):
        page.goto(ALTERED_STORY)
        page.get_by_role("button", name="Batalkan", exact=True).first.click()
        page.wait_for_url("**dicatat=batal**")
    page.goto(ALTERED_STORY)
    assert page.locator(".pick").count() == before
    assert page.get_by_text("dibatalkan", exact=True).count() == 2


def test_the_search_is_where_old_addresses_lead(page: Page) -> None:
    page.goto("/?q=santunan&sentimen=positif")
    page.wait_for_url("**/cari?q=santunan&sentimen=positif")
    assert page.locator(".story").count() > 0


def test_the_dashboard_leads_by_keyboard_to_a_day_and_a_province(page: Page) -> None:
    page.goto("/")
    bar = page.locator(".tones a").last
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?dari=2026-11-23&sampai=2026-11-23")
    page.goto("/")
    tile = page.locator(".tile-map a", has_text="Babel")
    assert "Kepulauan Bangka Belitung" in (tile.get_attribute("aria-label") or "")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?wilayah=19&**")


def test_a_label_typed_on_the_article_finds_it_at_once(page: Page) -> None:
    page.goto(CORRECTED_PAGE)
    page.get_by_label("Label baru").fill("Perlu Klarifikasi")
    page.keyboard.press("Enter")
    page.wait_for_url("**dicatat=label-tambah**")
    page.get_by_role("link", name="perlu klarifikasi").click()
    page.wait_for_url("**/cari?label=**")
    assert page.locator(".total b").inner_text() == "1"
    page.goto(CORRECTED_PAGE)
    page.get_by_role("button", name="Hapus label perlu klarifikasi").click()
    page.wait_for_url("**dicatat=label-hapus**")


def test_a_rule_is_mended_tried_saved_and_switched_off(browser: Browser, address: str, known: StorageState) -> None:
    context = browser.new_context(base_url=address, storage_state=known)
    page = context.new_page()
    page.goto("/aturan")
    page.get_by_role("link", name="Berita", exact=True).click()
    page.wait_for_url("**/aturan/baru?jenis=article")
    page.get_by_label("Nama aturan").fill("Peserta turun di Palembang")
    page.get_by_label("Kata, seperti di pencarian").fill("peserta wilayh:palembang")
    page.get_by_label("Negatif").check()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pakai: peserta wilayah:palembang").click()
    page.locator("#uji").wait_for()
    assert page.get_by_label("Kata, seperti di pencarian").input_value() == "peserta wilayah:palembang"
    assert page.locator("#uji ol a").count() >= 1
    page.get_by_role("button", name="Simpan aturan").click()
    page.wait_for_url("**/aturan?selesai=buat")
    page.get_by_role("button", name="Nonaktifkan Peserta turun di Palembang").click()
    page.wait_for_url("**/aturan?selesai=nonaktif")
    assert page.locator(".rule.off h3").all_inner_texts() == ["Peserta turun di Palembang"]
    context.close()


def test_mistakes_in_a_rule_keep_nobody_out(browser: Browser, address: str, known: StorageState) -> None:
    context = browser.new_context(base_url=address, storage_state=known, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/aturan/baru?jenis=article")
    page.get_by_label("Kata, seperti di pencarian").fill("klaim sentimnt:negatif")
    page.get_by_label("Angka yang dinyatakan").fill("cakupn < 35%")
    page.get_by_role("button", name="Uji pada 30 hari terakhir").click()
    page.locator("#salah-angka").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    context.close()
    assert [it["id"] for it in found if it["impact"] in ("serious", "critical")] == []
