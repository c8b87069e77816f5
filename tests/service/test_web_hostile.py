"""Text from the web must stay text on every page."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import ExtractionError
from nlp.analysis import AlertClass, Entity, Figure, Mention, Quote, Region, Sentiment, Span
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert_life import AlertEvent, AlertStep, assign
from service.domain.article import Article, ArticleVersion
from service.domain.digest_group import DigestGroup
from service.domain.subscription import Absence
from service.ports import FetchEvent, Quarantined
from service.usecases.digests import ComposeDigest, DigestMail
from service.usecases.ledger import ReviewFigure
from service.web.archived import safe_document
from service.web.desk import OutletInfo
from tests.service.builders import NOW, ManualClock, a_message, an_alert, an_analysis, an_article
from tests.service.desk_sample import desk_over
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.hostile_page import EVIL_PAGE, evil_page
from tests.service.signed_in import signed_in

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}"
REVERSED = "\u202emoc.live\u202c \x00\x1b[31m"
LONG_LINE = "klaim<i>&\"'" * 100_000


def _hostile(number: int, text: str) -> Article:
    whole = Span("text", 0, len(text), text)
    figure = Figure(
        "text", 0, min(len(text), 40), text[:40], float("nan"), EVIL, EVIL, EVIL, whole,
        direction=EVIL, comparator=EVIL, period=EVIL, region=EVIL, speaker=EVIL, segment=EVIL, program=EVIL,
    )  # fmt: skip
    analysis = replace(
        an_analysis(tone="negative"),
        sentiment=Sentiment("negative", 0.9, (whole,)),
        mentions=(Mention("text", 0, 9, EVIL, "agency", EVIL), Mention("title", 2, 5, EVIL, "agency", EVIL)),
        regions=(Region(EVIL, "16.71", "kota", EVIL),),
        entities=(Entity("text", 0, 5, EVIL, "PER"),),
        quotes=(Quote("text", 3, len(text), text, "direct", EVIL, EVIL),),
        figures=(figure, replace(figure, field="title", start=1, end=4)),
        alerts=(AlertClass(EVIL, 0.9, (whole,)),),
    )
    scripted = "javascript:alert(document.domain)//" if number % 2 else 'https://x.example/"><script>alert(4)</script>'
    return replace(
        an_article(id=f"jahat{number}"),
        url=scripted,
        outlet='"><script>alert(5)</script>',
        title=text[:100_000],
        text=text,
        analysis=analysis,
        authors=(EVIL,),
        section=EVIL,
        tags=(EVIL,),
        story_id=f"jahat-{number // 2}",
        archived_in="jahat",
        fetched=NOW - timedelta(minutes=30 + number),
        published=NOW - timedelta(hours=number),
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store, index = FakeStore(), TantivyIndex(tmp_path_factory.mktemp("desk") / "index", lock_timeout=0)
    articles = [_hostile(at, text) for at, text in enumerate((EVIL + " klaim", REVERSED + EVIL + " klaim", LONG_LINE))]
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)
            for hours in (1, 2, 3):
                at, text = NOW - timedelta(hours=hours), article.text[hours:90_000]
                transaction.keep_version(ArticleVersion(article.id, at, NOW, text, text, archived_in=EVIL))
            transaction.mark_gone(article.id, NOW)
            alert = replace(an_alert(article, rule_id=EVIL, reasons=(EVIL,), rule_name=EVIL), severity=EVIL)
            transaction.enqueue(a_message(alert.id + article.id), "alert", NOW)
            alert = replace(alert, id=f"peringatan-{article.id}")
            transaction.raise_alert(alert)
            transaction.take_step(assign(alert, EVIL, EVIL, NOW, EVIL))
            nothing = replace(alert, id=f"wilayah-{article.id}", about=f"wilayah:{EVIL}@{article.id}", article_id=None)
            transaction.raise_alert(nothing)
            transaction.take_step(AlertStep(nothing, AlertEvent(nothing.id, "held", NOW, EVIL, EVIL)))
        for outlet in (EVIL, articles[0].outlet):
            transaction.quarantine(Quarantined(f"javascript:alert(6)//{outlet}", outlet, EVIL, EVIL, EVIL, NOW))
    for kind in ("feed", "page"):
        evil = FetchEvent(articles[0].outlet, "javascript:alert(8)", "feed", "hard", NOW, EVIL, EVIL)
        store.record_events([replace(evil, kind=kind)])
    index.put(articles)
    archive = FakeArchive({"jahat": [(evil_page(article, EVIL_PAGE),) for article in articles]})
    evil_group = DigestGroup("harian", EVIL, (EVIL,), query=EVIL, regions=frozenset({EVIL}))
    evil_mail = DigestMail(EVIL, EVIL, f"<p>{EVIL}</p>")
    calm = desk_over(index, store, archive)
    digests = ComposeDigest(
        store,
        store.digests,
        store.ledger,
        lambda digest, links: evil_mail,
        groups=[evil_group],
        subscriptions=calm.subscriptions,
        outlets={},
        clock=ManualClock(),
    )
    store.digests.put_absences([Absence("harian", EVIL, NOW, "page", left=NOW)])
    desk = replace(
        calm,
        outlets=(OutletInfo(articles[0].outlet, EVIL, "javascript:alert(7)", EVIL, EVIL),),
        region_name=lambda code: EVIL,
        region_code=lambda name: None,
        decide=ReviewFigure(store, store.ledger, ManualClock(), lambda code: EVIL).run,
        digests=digests,
        agency_name=EVIL,
    )
    return signed_in(desk, "admin", name=EVIL[:60])


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/cari",
        "/narasumber",
        "/narasumber?q=%3Cscript%3E",
        "/cari?q=klaim",
        "/cari?q=klaim&wilayah=16.71",
        "/cari?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/cari?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%22",
        "/artikel/jahat0",
        "/artikel/jahat1",
        "/artikel/jahat2",
        "/artikel/jahat0/arsip",
        "/artikel/jahat1/arsip",
        "/artikel/jahat2/arsip",
        "/artikel/jahat0/arsip/halaman",
        "/artikel/jahat1/arsip/halaman",
        "/artikel/jahat0/arsip?versi=1",
        "/artikel/jahat0/arsip?versi=%3Cscript%3E",
        "/artikel/%3Cscript%3E/arsip",
        "/artikel/%3Cscript%3E",
        "/angka",
        "/angka?q=%3Cscript%3E&wilayah=%22%3E&metrik=%3Ci%3E&media=%3Ci%3E",
        "/peringatan",
        "/peringatan?status=semua",
        "/peringatan?status=%3Cscript%3E",
        "/peringatan/peringatan-jahat0",
        "/peringatan/peringatan-jahat1",
        "/peringatan/peringatan-jahat2",
        "/peringatan/wilayah-jahat0",
        "/peringatan/%3Cscript%3E",
        "/ringkasan",
        "/ringkasan/berikutnya/harian",
        "/ringkasan/berikutnya/%3Cscript%3E",
        "/ringkasan/terkirim/%3Cscript%3E/%3Cscript%3E",
        "/langganan/%3Cscript%3E",
        "/langganan/%3Cscript%3E/berhenti",
        "/sumber",
        "/sumber/kabarsukamaju.example",
        "/sumber/%3Cscript%3E",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_nothing_hostile_acts_on_any_page(client: TestClient, address: str) -> None:
    assert_inert(client.get(address).text)


def assert_inert(html: str) -> None:
    """Nothing that came from the web acts on the page, and it is bounded in size."""
    assert re.findall(r"<script(?![^>]*\ssrc=\"/static/)", html) == []
    assert re.findall(r"<(?:img|svg/|i>)", html) == []
    # Event handlers as attributes of a real element: names outside quoted values.
    tags = [re.sub(r"\"[^\"]*\"|'[^']*'", "", tag) for tag in re.findall(r"<[a-z][^<>]*>", html)]
    assert [tag for tag in tags if re.search(r"\son\w+\s*=", tag)] == []
    assert re.findall(r"(?:href|src|action)=\"\s*javascript:", html, re.IGNORECASE) == []
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)
    assert "49" not in re.findall(r"&gt;(\d+)", html)
    assert len(html.encode()) < 300_000


def test_the_digest_is_served_where_nothing_can_run(client: TestClient) -> None:
    policy = client.get("/ringkasan/berikutnya/harian/html").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_an_archived_page_keeps_its_words_and_loses_all_that_acts_or_loads() -> None:
    html = safe_document([evil_page(an_article(fetched=NOW), EVIL_PAGE)], "Judul asli")
    body = html.partition("<body>")[2]
    shown = " ".join(re.sub(r"<[^>]+>", " ", body).split())
    words = ("Judul asli", "satu dua tiga empat lima", "di dalam formulir", "berjalan", "rincian isi", "unsur asing")
    assert [word for word in words if word not in shown] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; tetap teks" in body
    tags = re.findall(r"<([a-z0-9]+)([^>]*)>", body)
    names = {name for name, _ in tags}
    assert names.isdisjoint(
        {"script", "style", "link", "meta", "base", "img", "picture", "source", "iframe", "object", "embed", "svg"}
    )
    assert names.isdisjoint(
        {"math", "form", "input", "button", "video", "template", "noscript", "textarea", "xmp", "plaintext"}
    )
    attributes = {
        found for _, written in tags for found in re.findall(r'([\w-]+)="', re.sub(r'"[^"]*"', '""', written))
    }
    assert attributes <= {"class", "id"}
    assert "evil.example" not in re.sub(r">[^<]*<", "><", body)
    assert body.count('id="judul"') == 1
    assert '<h1 id="judul">Judul asli</h1>' in body


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>" + "kata " * 2_000_000, id="ten megabytes"),
        pytest.param("<div>" * 100_000 + "dalam", id="deep nesting"),
        pytest.param("<p>" + "<x-a>isi</x-a>" * 30_000, id="many unknown elements"),
        pytest.param("<p>" + "<img alt=gambar>" * 30_000, id="many pictures"),
        pytest.param("<p " + "a='' " * 100_000 + ">isi", id="many attributes"),
        pytest.param("<!DOCTYPE x [" + "<!ENTITY a 'aaaaaaaaaa'>" * 999 + "]><p>" + "&a;" * 9_999, id="entities"),
        pytest.param("<p>" + "<svg>" * 9_999 + "isi", id="open drawings"),
        pytest.param("<a" * 100_000, id="tags that never end"),
    ],
)
def test_a_page_made_to_cost_is_refused_or_shown_in_bounded_size(html: str) -> None:
    try:
        shown = safe_document([evil_page(an_article(fetched=NOW), html)], "Judul")
    except ExtractionError:
        return
    assert len(shown) < 5_000_000


@given(st.text(alphabet=st.sampled_from("<>/\"'=! abcimgsvgonscript&;#x3-\n"), max_size=300))
def test_whatever_is_printed_only_listed_elements_without_addresses_come_out(html: str) -> None:
    try:
        shown = safe_document([evil_page(an_article(fetched=NOW), f"<p>mulai</p>{html}")], "Judul")
    except ExtractionError:
        return
    collected = _Collector()
    collected.feed(shown.partition("<body>")[2])
    assert collected.attributes <= {"class", "id", "alt", "dir", "lang", "datetime", "colspan", "rowspan"}
    assert collected.names.isdisjoint(
        {"script", "style", "img", "svg", "math", "iframe", "form", "input", "meta", "base"}
    )


class _Collector(HTMLParser):
    """The names of all elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_api_gives_hostile_text_as_json_and_never_as_html(client: TestClient) -> None:
    for address in ("/api/v1/search?q=klaim", "/api/v1/articles/jahat0", "/api/v1/articles/%3Cscript%3E"):
        answer = client.get(address)
        assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
