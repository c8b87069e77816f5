"""The outbox and notifications in a real browser: a test message shows its delivery while it happens."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from service.domain.message import OutboxFilter
from service.errors import DeliveryRefused
from service.usecases.alerting import Deliver
from service.web.desk import Desk
from tests.service.browsing import chromium, needs_chromium, served
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeNotifier, FakeStore
from tests.service.signed_in import PASSWORD, a_person

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive())


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(desk: Desk, browser: Browser, address: str) -> Iterator[Page]:
    """A page in which an admin is signed in."""
    admin = a_person(desk, "admin")
    context = browser.new_context(base_url=address, locale="id-ID", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto("/masuk?ke=%2Fkotak-keluar")
    opened.get_by_label("Surel").fill(admin.email)
    opened.get_by_label("Kata sandi").fill(PASSWORD)
    opened.get_by_role("button", name="Masuk").click()
    opened.wait_for_url("**/kotak-keluar")
    yield opened
    context.close()


def deliver(desk: Desk, notifier: FakeNotifier) -> None:
    Deliver(desk.store, notifier, desk.clock, jitter=lambda: 0.0, channels=["telegram", "ruang"]).run("telegram")


def test_a_test_shows_that_it_failed_and_sent_again_that_it_arrived(page: Page, desk: Desk) -> None:
    page.goto("/kotak-keluar")
    page.locator("summary", has_text="Uji sebuah saluran").click()
    form = page.locator("form", has=page.get_by_role("button", name="Kirim pesan uji"))
    form.get_by_label("Saluran").select_option("telegram")
    form.get_by_label("Kirim ke").fill("@rani")
    page.get_by_role("button", name="Kirim pesan uji").click()
    page.wait_for_url("**/kotak-keluar/test-*")
    state = page.locator("#pengiriman")
    assert "menunggu giliran" in state.inner_text()

    deliver(desk, FakeNotifier([DeliveryRefused("Telegram answered 403 Forbidden")]))
    state.get_by_text("Telegram answered 403 Forbidden").wait_for()
    state.get_by_role("button", name="Kirim ulang").click()
    page.wait_for_url("**?selesai=ulang")

    deliver(desk, FakeNotifier())
    page.locator("#pengiriman").get_by_text("Terkirim").wait_for()


def test_a_person_asks_to_be_told_over_a_chat_and_ends_it(page: Page) -> None:
    page.goto("/notifikasi")
    chat = page.get_by_role("region", name="Telegram")
    chat.get_by_label("Alamat Anda").fill("@rani")
    chat.get_by_label("Rendah").uncheck()
    chat.get_by_label("Kecelakaan kerja").check()
    chat.get_by_label("Wilayah").fill("Kota Palembang")
    chat.get_by_role("button", name="Beri tahu saya").click()
    page.wait_for_url("**/notifikasi?selesai=simpan")
    chat = page.get_by_role("region", name="Telegram")
    assert chat.get_by_label("Alamat Anda").input_value() == "@rani"
    assert not chat.get_by_label("Rendah").is_checked()
    assert chat.get_by_label("Kecelakaan kerja").is_checked()
    assert chat.get_by_label("Wilayah").input_value() == "Kota Palembang"
    chat.get_by_role("button", name="Berhenti").click()
    page.wait_for_url("**/notifikasi?selesai=berhenti")
    assert page.get_by_text("tidak aktif").count() == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/kotak-keluar", "/kotak-keluar?keadaan=dead&halaman=9", "/notifikasi", "message"])
def test_pages_break_no_rule_of_accessibility_and_fit_a_phone(page: Page, desk: Desk, path: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    entries, _ = desk.outbox.page(OutboxFilter(), 1)
    page.goto(f"/kotak-keluar/{entries[0].message.id}" if path == "message" else path)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})
