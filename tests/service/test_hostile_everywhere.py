"""Whatever hostile text is stored, it is shown as text on every page and in every file and mail, within a time."""

import csv
import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from lxml import html as lxml_html
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from nlp.analysis import AlertClass, Entity, Figure, Mention, Quote, Region, Sentiment, Span
from service.adapters.notifiers.mail import compose_mail
from service.adapters.rendering import Renderer
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert import alert_for
from service.domain.alert_life import AlertNews
from service.domain.article import Article
from service.domain.message import Message
from service.domain.recipient import recipient_of_mail
from service.domain.saved_search import LONGEST_SEARCH_NAME
from service.domain.speaker import speaker_key
from service.usecases.ledger import check_ledger
from service.web.desk import Desk, OutletInfo
from tests.service.browsing import chromium, needs_chromium, served
from tests.service.builders import NOW, ManualClock, a_rule, an_analysis, an_article
from tests.service.desk_sample import desk_over, exports_over
from tests.service.fakes import FakeArchive
from tests.service.hostile_page import EVIL_PAGE, evil_page
from tests.service.signed_in import ADMIN, PASSWORD, choose, client_of

EMAIL = "rani@agency.example"

_SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "script": f"klaim {_SCRIPT}</title></textarea><script src=//evil.example/x.js></script>{{{{7*7}}}}{{%x%}}",
    "handlers": "klaim\" onclick=alert(1) '><img src=x onerror=alert(2)><svg/onload=alert(3)><body onload=alert(4)>",
    "addresses": f'klaim <a href="javascript:alert(1)">a</a> data:text/html,{_SCRIPT}<base href=//evil.example>',
    "directions": "klaim \u202emoc.live\u202c \u2066awas\u2069 \u200f\u061c\u001b[31m",
    "nul": "klaim\x00<scr\x00ipt>alert(1)</scr\x00ipt>\x00",
    "formula": "=cmd|' /C calc'!A0 klaim",
    "numbers": "klaim " + "9" * 5_000 + " 1e308 99999999999999999999999999999999,99 persen",
    "long line": "klaim<i>&\"'A" * 900_000,  # ten megabytes
}
SAID = {"numbers": (1e308, float("inf")), "nul": (float("nan"),)}
LONGEST_TEXT = 500_000
"""What the extraction leaves of an article; the archived page is as long as it was."""
LARGEST_PAGE = 300_000
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What loads or leads somewhere, and where each element has it.
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href", "background", "ping")
NEVER = "object, embed, base, applet, frame, frameset, math, meta[http-equiv], style, link[rel=import], svg script"


@dataclass(frozen=True, slots=True)
class Stored:
    """A desk with one hostile article, and who uses it."""

    desk: Desk
    client: TestClient
    article: Article
    search: str


def hostile_article(text: str, values: tuple[float, ...]) -> Article:
    short = text[:2_000]
    whole = Span("text", 0, len(text), text)
    figures = tuple(
        Figure(
            "text", at, min(len(text), 40), text[at:40], value, short, "count", "coverage", whole,
            direction=short, comparator=short, period=short, region=short, speaker=short, segment=short, program=short,
        )
        for at, value in enumerate(values)
    )  # fmt: skip
    analysis = replace(
        an_analysis(tone="negative"),
        sentiment=Sentiment("negative", 0.9, (whole,)),
        mentions=(Mention("text", 0, 5, short, "agency", short),),
        regions=(Region(short, "16.71", "kota", short),),
        entities=(Entity("text", 0, 5, short, "PER"),),
        quotes=(Quote("text", 0, len(text), text, "direct", short, short),),
        figures=figures,
        alerts=(AlertClass("complaint", 0.9, (whole,)),),
    )
    return replace(
        an_article(id="jahat"),
        url=f"javascript:alert(document.domain)//{short}",
        outlet="kabarsukamaju",
        title=text[:200_000],
        text=text,
        analysis=analysis,
        authors=(short,),
        section=short,
        tags=(short,),
        story_id="jahat",
        archived_in="jahat",
        fetched=NOW,
        published=NOW,
        found=NOW,
    )


def a_hostile_desk(folder: Path, text: str, values: tuple[float, ...]) -> Stored:
    """The desk after everything that takes text has been given this one."""
    store, index = SqlStore(f"sqlite:///{folder / 'pantau.db'}"), TantivyIndex(folder / "index", lock_timeout=0)
    store.migrate()
    article = hostile_article(text[:LONGEST_TEXT], values)
    alert = alert_for(a_rule(name=text[:200]), article, NOW)
    with store.transaction() as transaction:
        check_ledger(transaction, article.id, transaction.add(article))
        transaction.raise_alert(replace(alert, severity="high"))
    index.put([article])
    store.mark_indexed([article.id], NOW)
    desk = desk_over(
        index, store, FakeArchive({"jahat": [(evil_page(article, EVIL_PAGE + escape(text)),)]}), ManualClock()
    )
    desk = replace(
        desk,
        exports=exports_over(index, store, ManualClock(), folder / "exports"),
        outlets=(OutletInfo(article.outlet, text[:200], "javascript:alert(7)", text[:200], text[:200]),),
        region_name=lambda code: text[:200],
        agency_name=text[:200],
    )
    name = text.replace("\0", "")[:60]
    person = desk.people.add(ADMIN, EMAIL, "Rani Saputri", "admin")
    choose(desk, person)
    desk.people.rename(ADMIN, person.id, " ".join(name.split()))
    desk.correcting.label(article.id, text[:40], name)
    desk.correcting.add_note(article.id, text[:2_000], name)
    desk.correcting.run(article.id, "sentiment", "neutral", name, text[:200])
    saved = desk.saved_searches.save(person.id, text[:LONGEST_SEARCH_NAME], "q=klaim", shared=True)
    return Stored(desk, client_of(desk, person), article, saved.id)


@pytest.fixture(scope="module", params=HOSTILE, ids=list(HOSTILE))
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stored]:
    folder = tmp_path_factory.mktemp("jahat")
    made = a_hostile_desk(folder, HOSTILE[request.param], SAID.get(request.param, (31.93,)))
    yield made
    made.desk.store.close()


def pages(stored: Stored) -> list[str]:
    claims = stored.client.get("/api/v1/figures/claims").json()["claims"]
    return [
        "/",
        "/cari",
        "/cari?q=klaim",
        "/cari?q=klaim&label=x",
        "/artikel/jahat",
        "/artikel/jahat/arsip",
        "/artikel/jahat/arsip/halaman",
        "/cerita/jahat",
        "/narasumber",
        f"/narasumber/{speaker_key(stored.article.analysis.quotes[0].speaker or '')}",
        "/angka",
        *(f"/angka/klaim/{it['id']}" for it in claims),
        "/peringatan",
        "/ringkasan",
        "/sumber",
        f"/sumber/{stored.article.outlet}",
        "/pencarian",
        "/akun",
        "/orang",
        "/audit",
    ]


@pytest.mark.timeout(120)
def test_every_page_shows_it_as_text(stored: Stored) -> None:
    for address in pages(stored):
        answer = stored.client.get(address)
        assert answer.status_code in (200, 404), address
        assert_inert(answer.text, address)
        # The archived page itself is as long as it was printed, in bounds of its own.
        assert len(answer.content) < LARGEST_PAGE or address.endswith("/halaman"), address


@pytest.mark.timeout(120)
def test_a_feed_reader_is_given_text(stored: Stored) -> None:
    feed = etree.fromstring(stored.client.get("/rss?q=klaim").content, etree.XMLParser(resolve_entities=False))
    assert len(feed.findall("channel/item")) == 1
    for element in feed.iter():
        assert not UNSEEN.search(element.text or ""), element.tag
    for link in feed.iter("link", "comments"):
        assert urlsplit(link.text or "").scheme in ("http", "https")
    for title in feed.iter("title"):
        assert "<" not in (title.text or "")
    for description in feed.iter("description"):
        assert_inert(description.text or "", "rss")


def fetched(stored: Stored, kind: str) -> bytes:
    begun = stored.client.post("/api/v1/exports", json={"kind": kind, "search": "q=klaim"}).json()
    assert begun["state"] == "done", begun
    return stored.client.get(urlsplit(begun["file"]).path).content


@pytest.mark.timeout(120)
def test_a_spreadsheet_runs_and_opens_nothing(stored: Stored) -> None:
    files = [fetched(stored, "csv"), stored.client.get("/angka/unduh.csv").content]
    rows = [row for each in files for row in csv.reader(io.StringIO(each.decode("utf-8-sig")))]
    assert len(rows) >= 3
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [cell for row in rows for cell in row if "\0" in cell or "\x1b" in cell] == []
    for book in (fetched(stored, "xlsx"), stored.client.get("/angka/unduh.xlsx").content):
        cells = [cell for sheet in load_workbook(io.BytesIO(book)) for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        links = [cell.hyperlink.target for cell in cells if cell.hyperlink is not None]
        assert {urlsplit(it or "").scheme for it in links} <= {"http", "https"}


@pytest.mark.timeout(120)
def test_the_clip_book_runs_and_opens_nothing(stored: Stored) -> None:
    book = fetched(stored, "pdf")
    read = PdfReader(io.BytesIO(book))
    assert "klaim" in "".join(page.extract_text() for page in read.pages)
    assert re.findall(rb"/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|SubmitForm)\b", book) == []
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    addresses = [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]
    assert {urlsplit(it).scheme for it in addresses} <= {"http", "https"}
    assert len(read.pages) < 20


@pytest.mark.timeout(120)
def test_a_mail_is_one_mail_and_shows_text(stored: Stored) -> None:
    renderer = Renderer("https://pantau.agency.example", {stored.article.outlet: stored.article.title[:200]})
    alert = replace(alert_for(a_rule(name=stored.article.title[:200]), stored.article, NOW), severity="high")
    news = AlertNews((alert,), frozenset({"raised"}), stored.article, (stored.article,))
    digest = stored.desk.digests.preview()
    messages = [
        renderer.alert([news], recipient_of_mail("humas@agency.example"), "alert-x", None),
        Message("ringkasan", "humas@agency.example", digest.subject, digest.text, digest.html, images=digest.images),
    ]
    for message in messages:
        written = compose_mail(message, "Pantau <pantau@agency.example>", NOW).as_bytes()
        assert len(written) < LARGEST_PAGE
        mail = email.message_from_bytes(written, policy=email.policy.default)
        assert {name.lower() for name in mail} <= {
            "from", "to", "subject", "date", "message-id", "list-id", "auto-submitted", "importance", "x-priority",
            "mime-version", "content-type",
        }  # fmt: skip
        assert mail["To"] == "humas@agency.example"
        assert not UNSEEN.search(str(mail["Subject"]))
        texts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
        parts = {part.get_content_type(): str(part.get_content()) for part in texts}
        assert set(parts) == {"text/plain", "text/html"}
        assert not UNSEEN.search(parts["text/plain"])
        assert_inert(parts["text/html"], message.id, is_mail=True)


def assert_inert(page: str, where: str, *, is_mail: bool = False) -> None:
    """Nothing on the page runs, nothing loads from elsewhere, and no character acts unseen."""
    assert not UNSEEN.search(page), where
    if not page.strip():
        return
    tree = lxml_html.document_fromstring(page)
    for element in tree.iter(etree.Element):
        names = [str(name).lower() for name in element.attrib]
        assert [name for name in names if name.startswith("on") or name == "srcdoc"] == [], where
        for name in ADDRESSES:
            address = (element.get(name) or "").strip().lower()
            assert urlsplit(address).scheme in ("", "http", "https", "mailto"), (where, address[:80])
            if name not in ("href", "action") or element.tag in ("link", "use", "image"):
                assert not address or (address.startswith("/") and not address.startswith("//")), (where, address[:80])
    scripts = [it for it in tree.iter("script") if not (it.get("src") or "").startswith("/static/") or it.text]
    assert scripts == [], where
    allowed = ("style", "meta") if is_mail or where.endswith("/halaman") else ()
    found = [it.tag for it in tree.cssselect(NEVER) if it.tag not in allowed]
    assert found == [], where


@pytest.mark.browser
@needs_chromium
@pytest.mark.timeout(180)
@pytest.mark.parametrize("stored", ["script", "handlers", "addresses", "long line"], indirect=True)
def test_a_browser_runs_no_script_of_it_and_asks_nobody_else(stored: Stored) -> None:
    with served(stored.desk) as origin, chromium() as browser:
        page = browser.new_page(base_url=origin, locale="id-ID")
        acted = _watched(page, origin)
        _sign_in(page)
        for address in (*pages(stored), "/ringkasan/berikutnya/harian/html"):
            page.goto(address)
            assert page.evaluate("document.querySelectorAll('base[href], object, embed').length") == 0
    assert acted == []


def _watched(page: Page, origin: str) -> list[str]:
    """What happens on the page that should not, as it happens."""
    acted: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(origin) else acted.append(asked.url[:200]))
    page.on("dialog", lambda dialog: acted.append(f"dialog {dialog.message}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("pageerror", lambda error: acted.append(str(error)))
    page.on("console", lambda told: acted.append(told.text) if "Content Security Policy" in told.text else None)
    page.on("popup", lambda opened: acted.append(f"popup {opened.url[:200]}"))
    return acted


def _sign_in(page: Page) -> None:
    page.goto("/masuk")
    page.get_by_label("Surel").fill(EMAIL)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")
