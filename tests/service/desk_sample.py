# ruff: noqa: E501 (paragraphs of the sample stay readable unbroken)
"""An invented fortnight of regional news for the desk: fictitious outlets, towns' offices, people and events."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from crawler.page import Page
from nlp.analysis import AlertClass, Analysis, Figure, Mention, Quote, Region, Sentiment, Span, Tone
from service.adapters.clip_book import ClipBook
from service.adapters.rendering import Renderer
from service.adapters.spreadsheets import write_clip_csv, write_clip_workbook
from service.adapters.sql import SqlStore
from service.domain.alert_life import ToldAlert
from service.domain.alert_rule import KnownOutlets, read_rules
from service.domain.article import Article, ArticleVersion, Reading
from service.domain.clipping import Clipper
from service.domain.digest_group import DigestGroup
from service.domain.export import ExportKind
from service.domain.message import Message
from service.domain.recipient import MAIL_CHANNEL, Channel
from service.ports import ArticleStore, ClipWriter, FetchEvent, Quarantined, SearchIndex
from service.settings import ROOT, Settings
from service.usecases.alert_handling import HandleAlerts
from service.usecases.alert_rules import AlertRules
from service.usecases.back_test import TryRule
from service.usecases.correcting import CorrectArticle
from service.usecases.digest_history import DigestHistory
from service.usecases.digests import ComposeDigest
from service.usecases.exporting import Exports
from service.usecases.feeds import Feeds
from service.usecases.indexing import IndexArticles
from service.usecases.ledger import ReviewFigure, check_ledger
from service.usecases.outbox import LookAfterOutbox
from service.usecases.people import People
from service.usecases.recipients import AlertRecipients
from service.usecases.saved_searches import SavedSearches
from service.usecases.signing_in import SignIn
from service.usecases.stories import ArrangeStories
from service.usecases.subscriptions import Subscriptions
from service.web.desk import Desk, OutletInfo
from tests.service.builders import NOW, ManualClock, a_rule, an_alert, an_article
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import QUICK

OUTLETS = (
    OutletInfo("kabarsukamaju", "Kabar Sukamaju", "https://kabarsukamaju.example/", "local", "Sumatera Selatan"),
    OutletInfo(
        "suarapesisir", "Suara Pesisir", "https://suarapesisir.example/", "regional", "Kepulauan Bangka Belitung"
    ),
    OutletInfo("hariantimur", "Harian Timur", "https://hariantimur.example/", "regional", "Jawa Timur"),
    OutletInfo("lensaborneo", "Lensa Borneo", "https://lensaborneo.example/", "regional", "Kalimantan Timur"),
    OutletInfo("wartacelebes", "Warta Celebes", "https://wartacelebes.example/", "regional", "Sulawesi Selatan"),
    OutletInfo("pojokpriangan", "Pojok Priangan", "https://pojokpriangan.example/", "local", "Jawa Barat"),
    OutletInfo("kilasnusantara", "Kilas Nusantara", "https://kilasnusantara.example/", "national", "DKI Jakarta"),
    OutletInfo("balikini", "Bali Kini Pagi", "https://balikini.example/", "local", "Bali"),
)

RULES = (a_rule(),)

SILENT = OutletInfo("gemamuara", "Gema Muara", "https://gemamuara.example/", "local", "Kalimantan Selatan")
"""It has printed nothing for four days, and nothing about the agency before."""

PLACES = {
    "Palembang": Region("Kota Palembang", "16.71", "kota", "Sumatera Selatan"),
    "Pangkalpinang": Region("Kota Pangkal Pinang", "19.71", "kota", "Kepulauan Bangka Belitung"),
    "Jember": Region("Kabupaten Jember", "35.09", "kabupaten", "Jawa Timur"),
    "Balikpapan": Region("Kota Balikpapan", "64.71", "kota", "Kalimantan Timur"),
    "Makassar": Region("Kota Makassar", "73.71", "kota", "Sulawesi Selatan"),
    "Garut": Region("Kabupaten Garut", "32.05", "kabupaten", "Jawa Barat"),
    "Badung": Region("Kabupaten Badung", "51.03", "kabupaten", "Bali"),
}
_PROVINCES = {place.code.split(".")[0]: place.province for place in PLACES.values()}
_NAMES = {place.code: place.name for place in PLACES.values()} | _PROVINCES

# Template, tone, alert classes, figures as (surface, value, unit, kind, metric, further fields), deciding sentence.
_STORIES: tuple[dict[str, Any], ...] = (
    {
        "title": "Peserta BPJS Ketenagakerjaan {kota} Turun 10,97 Persen, Ini Penyebabnya",
        "text": (
            "{KOTA} - Cakupan kepesertaan BPJS Ketenagakerjaan di {kota} turun menjadi 31,93 persen per Juni 2026, atau "
            "turun sekitar 10,97 persen dari tahun sebelumnya.\n"
            "Jumlah peserta aktif kini 41.200 orang, sementara 1.608.431 pekerja di provinsi itu belum terlindungi.\n"
            "“Banyak proyek konstruksi selesai dan kontraknya tidak dilanjutkan,” kata Kepala Cabang Abdul Rahman Saleh "
            "di kantornya.\n"
            "Ia menyebut target UCJ tahun ini minimal 52 persen. Pemerintah kota diminta mendaftarkan pekerja rentan "
            "melalui APBD senilai Rp1,2 miliar."
        ),
        "tone": "negative",
        "score": 0.91,
        "alert_classes": ("membership_fall",),
        "evidence": "Cakupan kepesertaan BPJS Ketenagakerjaan",
        "quote": (
            "Banyak proyek konstruksi selesai dan kontraknya tidak dilanjutkan,",
            "Abdul Rahman Saleh",
            "Kepala Cabang",
        ),
        "figures": (
            ("10,97 Persen", 10.97, "percent", "change", "membership", {"direction": "down", "field": "title"}),
            (
                "31,93 persen",
                31.93,
                "percent",
                "level",
                "coverage",
                {"direction": "down", "period": "2026-06", "region": "{kota}"},
            ),
            ("10,97 persen", 10.97, "percent", "change", "coverage", {"direction": "down", "comparator": "about"}),
            ("41.200 orang", 41_200, "people", "count", "membership", {"region": "{kota}"}),
            ("1.608.431", 1_608_431, "people", "count", "uncovered", {}),
            (
                "52 persen",
                52,
                "percent",
                "target",
                "coverage",
                {"comparator": "at_least", "speaker": "Abdul Rahman Saleh"},
            ),
            ("Rp1,2 miliar", 1_200_000_000, "IDR", "amount", "contribution_budget", {}),
        ),
    },
    {
        "title": "Antre Sejak Subuh, Pekerja {kota} Keluhkan Pencairan JHT yang Tertunda Dua Pekan",
        "text": (
            "{KOTA} - Puluhan mantan pekerja pabrik mengeluhkan pencairan jaminan hari tua (JHT) yang tertunda dua pekan "
            "di kantor cabang BPJS Ketenagakerjaan {kota}.\n"
            "“Saya sudah tiga kali datang, selalu diminta kembali besok,” ujar Wulan Pertiwi, 34 tahun.\n"
            "Petugas mengakui hanya 60 antrean yang dilayani setiap hari. Kepala cabang menjanjikan loket tambahan mulai "
            "pekan depan."
        ),
        "tone": "negative",
        "score": 0.95,
        "alert_classes": ("complaint",),
        "evidence": "Puluhan mantan pekerja pabrik mengeluhkan",
        "quote": ("Saya sudah tiga kali datang, selalu diminta kembali besok,", "Wulan Pertiwi", None),
        "figures": (
            ("Puluhan", (10.0, 100.0), "people", "count", "service", {"comparator": "about"}),
            ("60 antrean", 60, "cases", "count", "service", {"region": "{kota}"}),
        ),
    },
    {
        "title": "Ahli Waris Nelayan {kota} Terima Santunan Rp178 Juta dari BPJamsostek",
        "text": (
            "{KOTA} - BPJamsostek menyerahkan santunan kematian dan beasiswa senilai Rp178 juta kepada ahli waris nelayan "
            "yang meninggal saat melaut.\n"
            "Santunan diserahkan langsung oleh wali kota bersama kepala cabang. “Ini bukti negara hadir,” kata Wali Kota "
            "Surya Darmawan.\n"
            "Sepanjang 2026 kantor {kota} telah membayar 2.431 klaim dengan nilai Rp27,6 miliar."
        ),
        "tone": "positive",
        "score": 0.97,
        "evidence": "BPJamsostek menyerahkan santunan",
        "quote": ("Ini bukti negara hadir,", "Surya Darmawan", "Wali Kota"),
        "figures": (
            ("Rp178 juta", 178_000_000, "IDR", "amount", "benefit_amount", {}),
            ("2.431 klaim", 2_431, "cases", "count", "claims_count", {"period": "2026", "region": "{kota}"}),
            ("Rp27,6 miliar", 27_600_000_000, "IDR", "amount", "claims_paid", {"period": "2026", "region": "{kota}"}),
        ),
    },
    {
        "title": "Pemkab Daftarkan 12.500 Pekerja Rentan {kota} ke BPJS Ketenagakerjaan",
        "text": (
            "{KOTA} - Pemerintah daerah menanggung iuran 12.500 pekerja rentan, dari pengemudi ojek sampai buruh tani.\n"
            "Anggarannya Rp2,52 miliar dari APBD perubahan. Dengan tambahan ini cakupan pekerja bukan penerima upah naik "
            "dari 18 persen menjadi 24,5 persen. Iuran mereka Rp16.800 per bulan."
        ),
        "tone": "positive",
        "score": 0.88,
        "evidence": "Pemerintah daerah menanggung iuran",
        "figures": (
            ("12.500 pekerja", 12_500, "people", "count", "membership_new", {"field": "text", "segment": "rentan"}),
            ("Rp2,52 miliar", 2_520_000_000, "IDR", "amount", "contribution_budget", {}),
            ("18 persen", 18, "percent", "level", "coverage", {"segment": "BPU"}),
            ("Rp16.800", 16_800, "IDR", "rule", "contribution_rate", {"segment": "BPU"}),
            ("24,5 persen", 24.5, "percent", "level", "coverage", {"segment": "BPU", "direction": "up"}),
        ),
    },
    {
        "title": "Kejaksaan {kota} Tagih Tunggakan Iuran 37 Perusahaan",
        "text": (
            "{KOTA} - Kejaksaan negeri memanggil 37 perusahaan yang menunggak iuran BPJS Ketenagakerjaan sebesar Rp4,8 "
            "miliar.\nHingga Oktober 2026 tunggakan yang tertagih Rp1,9 miliar atau 39,6 persen. Perusahaan yang tetap "
            "tidak membayar akan digugat."
        ),
        "tone": "neutral",
        "score": 0.64,
        "evidence": "Kejaksaan negeri memanggil",
        "figures": (
            ("37 perusahaan", 37, "companies", "count", "non_compliance", {"region": "{kota}"}),
            ("Rp1,9 miliar", 1_900_000_000, "IDR", "amount", "arrears_recovered", {"period": "2026-10"}),
            ("39,6 persen", 39.6, "percent", "share", "arrears_recovered", {}),
        ),
    },
    {
        "title": "Dugaan Klaim Fiktif, Polisi Periksa Tiga Orang Dekat Kantor BPJS Ketenagakerjaan {kota}",
        "text": (
            "{KOTA} - Polisi memeriksa tiga orang dalam dugaan penggelapan dana klaim fiktif BPJS Ketenagakerjaan {kota}.\n"
            "Kerugian ditaksir Rp640 juta. BPJS Ketenagakerjaan menyatakan menghormati proses hukum dan tidak menoleransi "
            "kecurangan."
        ),
        "tone": "negative",
        "score": 0.93,
        "alert_classes": ("fraud", "legal"),
        "evidence": "Polisi memeriksa tiga orang",
        "figures": (("Rp640 juta", 640_000_000, "IDR", "amount", "other", {"comparator": "about"}),),
    },
    {
        "title": "Begini Cara Cek Saldo JHT Lewat Ponsel untuk Pekerja {kota}",
        "text": (
            "{KOTA} - Peserta dapat memeriksa saldo jaminan hari tua melalui aplikasi JMO.\n"
            "Cukup masuk dengan alamat surel, pilih menu Jaminan Hari Tua, lalu Cek Saldo. Layanan ini tersedia setiap hari."
        ),
        "tone": "neutral",
        "score": 0.83,
        "relevance": "mention",
        "evidence": "",
        "figures": (),
    },
)

CORRECTED = 0
"""The place of the article that its outlet corrected, twice."""

GONE = (CORRECTED, 21)
"""The places of the articles that their outlets took down."""

_COPIES = ((0, "Pangkalpinang", 4), (1, "Palembang", 3), (2, "Makassar", 5), (3, "Jember", 2), (5, "Balikpapan", 3))
"""Stories that several outlets printed: template, town, outlets."""


def sample_articles() -> list[Article]:
    """About forty articles of a fortnight, some of them the same story in several outlets."""
    articles: list[Article] = []
    for template, town, outlets in _COPIES:
        for copy in range(outlets):
            age = timedelta(hours=2 + template * 9 + copy)
            articles.append(_article(len(articles), _STORIES[template], town, age, f"sama-{template}"))
    towns = list(PLACES)
    for number in range(24):
        story, town = _STORIES[number % len(_STORIES)], towns[(number * 3 + number // 7) % len(towns)]
        age = timedelta(hours=5 + number * 13)
        articles.append(_article(len(articles), story, town, age, f"sendiri-{number}"))
    return articles


DIGEST_GROUPS = (
    DigestGroup("harian", "Kliping harian", ("humas@agency.example",), subject_tag="Kliping BPJAMSOSTEK"),
    DigestGroup(
        "sulawesi",
        "Kliping Sulawesi Selatan",
        ("humas@agency.example", "makassar@agency.example"),
        "0 7 * * 1-5",
        ZoneInfo("Asia/Makassar"),
        regions=frozenset({"73"}),
        subject_tag="Kliping BPJAMSOSTEK",
    ),
)


def sample_desk(index: SearchIndex, store: FakeStore | SqlStore | None = None) -> Desk:
    """A desk over the sample, with alerts, health and a digest."""
    store = store or FakeStore()
    database = store._writer.url if isinstance(store, SqlStore) else None
    if isinstance(store, SqlStore) and database is not None and database.drivername.startswith("sqlite"):
        _copy_sample(store, str(database.database))
    else:
        _fill(store)
    articles = sample_articles()
    index.put(articles)
    corrected = articles[CORRECTED]
    return desk_over(
        index, store, FakeArchive({corrected.archived_in or "": _printed(corrected, *_earlier_texts(corrected))})
    )


def _copy_sample(store: SqlStore, path: str) -> None:
    """Fill the store as `_fill` does; it takes seconds, hence once, and what it wrote is copied from then on."""
    with closing(sqlite3.connect(path)) as file:
        if _FILLED:
            _FILLED[0].backup(file)
            return
        _fill(store)
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        file.backup(kept)
        _FILLED.append(kept)


_FILLED: list[sqlite3.Connection] = []


def _fill(store: FakeStore | SqlStore) -> None:
    articles = sample_articles()
    corrected = articles[CORRECTED]
    with store.transaction() as transaction:
        for article in articles:
            check_ledger(transaction, article.id, transaction.add(article))
        for version in _earlier_texts(corrected):
            transaction.keep_version(version)
        for number in GONE:
            transaction.mark_gone(articles[number].id, NOW - timedelta(minutes=20))
        for article in _worth_an_alert(articles):
            alert = replace(
                an_alert(article, reasons=article.analysis.alert_classes), raised=article.found, severity="high"
            )
            transaction.raise_alert(alert)
            message = _message(alert.id, article)
            transaction.enqueue(message, "alert", alert.raised)
            transaction.record_told(ToldAlert(alert.id, message.id, "humas", message.subject, alert.raised))
        transaction.quarantine(
            Quarantined(
                "https://balikini.example/galeri/9",
                "balikini",
                "20261122T230000.warc.gz",
                "no-text",
                "halaman galeri",
                NOW,
            )
        )
    for entry in store.outbox()[1:]:
        store.mark_sent(entry.message.id, NOW)
    store.mark_indexed([article.id for article in articles], NOW)
    store.record_events(_events())
    _add_past(store)


class AtOnce(Executor):
    """Does what it is given before it returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def exports_over(
    index: SearchIndex,
    store: FakeStore | SqlStore,
    clock: ManualClock,
    folder: Path,
    executor: Executor | None = None,
    limits: dict[ExportKind, int] | None = None,
    writers: dict[ExportKind, ClipWriter] | None = None,
) -> Exports:
    """Exports of whatever these hold, made when they are asked for."""
    names = {outlet.id: outlet.name for outlet in (*OUTLETS, SILENT)}
    clipper = Clipper(
        lambda outlet: names.get(outlet, outlet),
        lambda code: _NAMES.get(code, code),
        lambda article_id: f"https://pantau.agency.example/artikel/{article_id}",
    )
    return Exports(
        index,
        store,
        clipper,
        writers or {"csv": write_clip_csv, "xlsx": write_clip_workbook, "pdf": ClipBook(ROOT).write},
        limits or {"csv": 1_000, "xlsx": 1_000, "pdf": 100},
        folder,
        executor or AtOnce(),
        clock,
    )


CHANNELS = {
    it.name: it
    for it in (
        MAIL_CHANNEL,
        Channel("telegram", "Telegram", "apprise", is_personal=True),
        Channel("ruang", "Ruang humas", "apprise", alerts=True),
    )
}


def desk_over(
    index: SearchIndex, store: FakeStore | SqlStore, archive: FakeArchive, clock: ManualClock | None = None
) -> Desk:
    """A desk over whatever these hold."""
    names = {outlet.id: outlet.name for outlet in (*OUTLETS, SILENT)}
    renderer = Renderer("https://pantau.agency.example", names)
    clock = clock or ManualClock()
    known = KnownOutlets(names, {outlet.id: outlet.tier for outlet in (*OUTLETS, SILENT)})
    file_rules = read_rules(*Settings().table("rules"), known)
    subscriptions = Subscriptions(store.digests, DIGEST_GROUPS, clock, "https://pantau.agency.example")
    people = People(
        store.accounts, QUICK, clock, renderer.account_link, renderer.link_address, ["BPJS Ketenagakerjaan"]
    )
    return Desk(
        store=store,
        ledger=store.ledger,
        speakers=store.speakers,
        index=index,
        archive=archive,
        outlets=(*OUTLETS, SILENT),
        region_name=lambda code: _NAMES.get(code, code),
        region_code=lambda name: next((code for code, known in _NAMES.items() if name in (code, known)), None),
        decide=ReviewFigure(store, store.ledger, ManualClock(), lambda code: _NAMES.get(code, code)).run,
        correcting=CorrectArticle(
            store, ManualClock(), index=IndexArticles(store, index, ManualClock()).at_once, rules=lambda: RULES
        ),
        alerts=store.alert_book,
        handling=HandleAlerts(store, clock),
        arranging=ArrangeStories(store, ManualClock(), index=IndexArticles(store, index, ManualClock()).at_once),
        people=people,
        signing_in=SignIn(store.accounts, QUICK, clock),
        saved_searches=SavedSearches(store.saved_searches, store.accounts, store, clock, names),
        feeds=Feeds(store.saved_searches, store.accounts, people, clock, names),
        # The folder is made by the first export, of which most desks have none.
        exports=exports_over(index, store, clock, Path(gettempdir()) / f"pantau-{uuid4().hex}"),
        rules=AlertRules(file_rules, store.rule_book, known, people.record, clock),
        trying_rules=TryRule(store, store.ledger, list(names), clock),
        outbox=LookAfterOutbox(store, store.messages, people, CHANNELS, clock),
        recipients=AlertRecipients(["humas@agency.example"], CHANNELS, store.subscriptions, clock),
        rule_names=lambda: {"negatif": "Berita negatif", "kecelakaan": "Kecelakaan kerja"},
        jobs=store.jobs,
        clock=clock,
        digests=ComposeDigest(
            store,
            store.digests,
            store.ledger,
            renderer.digest,
            groups=DIGEST_GROUPS,
            subscriptions=subscriptions,
            outlets=names,
            clock=ManualClock(NOW + timedelta(hours=1)),
        ),
        digest_history=DigestHistory(store, store.digests),
        subscriptions=subscriptions,
        agency_name="BPJS Ketenagakerjaan",
        hosts=("testserver",),
    )


def _earlier_texts(article: Article) -> list[ArticleVersion]:
    """What the article said first, and what it said before its last correction."""
    wrong = article.text.replace("31,93 persen", "39,7 persen").replace("turun sekitar 10,97", "turun sekitar 3,2")
    first = ArticleVersion(
        article_id=article.id,
        fetched=article.found,
        replaced=article.found + timedelta(minutes=15),
        title=article.title.replace("10,97", "3,2"),
        text=wrong.replace(" di kantornya", ""),
        published=article.published,
        archived_in=article.archived_in,
    )
    again = replace(
        first,
        fetched=first.replaced,
        replaced=article.fetched or article.found,
        text=wrong + "\nRedaksi memohon maaf atas kekeliruan penulisan nama kepala cabang.",
    )
    return [first, again]


def _printed(article: Article, *versions: ArticleVersion) -> list[tuple[Page, ...]]:
    """The page as it was fetched, for each of its texts."""
    texts = [(it.fetched, it.title, it.text) for it in versions]
    texts.append((article.fetched or article.found, article.title, article.text))
    return [
        (
            Page(
                url=f"{article.url}?page=all",
                fetched=fetched,
                status=200,
                headers={"content-type": "text/html; charset=utf-8"},
                body=_site(title, text).encode(),
                outlet=article.outlet,
                article=article.id,
            ),
        )
        for fetched, title, text in texts
    ]


def _site(title: str, text: str) -> str:
    body = "\n".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"""<!doctype html><html><head><title>{title} - Suara Pesisir</title><link rel="stylesheet" href="/gaya.css">
<script src="https://iklan.example/pasang.js"></script></head><body onload="mulai()">
<header><a href="/"><img src="/logo.png" alt="Suara Pesisir"></a>
<nav><ul><li><a href="/daerah">Daerah</a></li><li><a href="/ekonomi">Ekonomi</a></li><li><a href="/olahraga">Olahraga</a></li></ul></nav></header>
<article><h1>{title}</h1><p><small>Oleh Rani Saputri</small></p>
<figure><img src="/foto.jpg" onerror="lapor()" alt="Antrean di kantor cabang"><figcaption>Antrean di kantor cabang. (Foto: Rani)</figcaption></figure>
{body}
<p><strong>Baca juga:</strong> <a href="https://iklan.example/">Lima cara hemat listrik</a></p></article>
<aside><h3>Terpopuler</h3><ol><li><a href="/a">Pasar ikan baru dibuka</a></li><li><a href="/b">Jalan lingkar rampung</a></li></ol></aside>
<form action="/cari"><input name="q"><button>Cari</button></form>
<footer>Redaksi · Pedoman media siber</footer><script>lacak()</script></body></html>"""


def _article(number: int, story: dict[str, Any], town: str, age: timedelta, story_id: str) -> Article:
    outlet = OUTLETS[(number * 5 + 1) % len(OUTLETS)]
    title = story["title"].format(kota=town)
    text = story["text"].format(kota=town, KOTA=town.upper())
    return an_article(
        f"berita-{number}",
        outlet=outlet.id,
        url=f"https://{outlet.id}.example/berita-{number}",
        title=title,
        text=text,
        published=NOW - age,
        found=NOW - age + timedelta(minutes=40),
        fetched=NOW - age + timedelta(minutes=70 if number == CORRECTED else 40),
        story_id=story_id,
        analysis=_analysis(story, title, text, town),
    )


def _analysis(story: dict[str, Any], title: str, text: str, town: str) -> Analysis:
    tone: Tone = story["tone"]
    evidence = tuple(_sentences_with(text, story["evidence"])) if story["evidence"] else ()
    return Analysis(
        id="",
        language="id",
        relevance=story.get("relevance", "relevant"),
        sentiment=Sentiment(tone, story["score"], evidence),
        version="sample",
        mentions=tuple(
            Mention("text", found.start(), found.end(), found.group(), "agency", "BPJS Ketenagakerjaan")
            for found in re.finditer("BPJS Ketenagakerjaan|BPJamsostek", text)
        ),
        regions=(PLACES[town],),
        quotes=tuple(_quotes(story, text)),
        figures=tuple(_figure(title, text, town, *figure) for figure in story["figures"]),
        alerts=tuple(AlertClass(code, 0.9) for code in story.get("alert_classes", ())),
    )


def _sentences_with(text: str, words: str) -> Iterator[Span]:
    for sentence in re.finditer(r"[^\n]+?(?:[.!?]”?(?=\s)|$)", text, re.MULTILINE):
        if words in sentence.group():
            lead = len(sentence.group()) - len(sentence.group().lstrip())
            yield Span("text", sentence.start() + lead, sentence.end(), sentence.group().lstrip())


def _quotes(story: dict[str, Any], text: str) -> Iterator[Quote]:
    if "quote" in story:
        words, speaker, title = story["quote"]
        start = text.index(words)
        yield Quote("text", start, start + len(words), words, "direct", speaker, title)


def _figure(
    title: str, text: str, town: str, surface: str, value: Any, unit: str, kind: str, metric: str, more: dict[str, Any]
) -> Figure:
    more = dict(more)
    field = more.pop("field", "text")
    where = title if field == "title" else text
    if "region" in more:
        more["region"] = town
        more["region_code"] = PLACES[town].code
    start = where.index(surface)
    sentence = next(
        (span for span in _sentences_with(where, surface) if span.start <= start < span.end),
        Span(field, 0, len(where), where),
    )
    sentence = replace(sentence, field=field)
    return Figure(field, start, start + len(surface), surface, value, unit, kind, metric, sentence, **more)


def _worth_an_alert(articles: list[Article]) -> list[Article]:
    stories: dict[str | None, Article] = {}
    for article in articles:
        if article.analysis.alert_classes:
            stories.setdefault(article.story_id, article)
    return sorted(stories.values(), key=lambda article: article.found, reverse=True)[:6]


def _message(alert_id: str, article: Article) -> Message:
    return Message(id=f"{alert_id}:humas", recipient="humas@agency.example", subject=article.title, text=article.url)


def _events() -> list[FetchEvent]:
    hour = timedelta(hours=1)
    events = [
        FetchEvent(outlet.id, f"{outlet.home}feed", "feed", "ok", NOW - timedelta(days=days) - hour, found=3)
        for days in range(20, -1, -1)
        for outlet in (*OUTLETS[:-2], SILENT)
    ]
    failing, broken = OUTLETS[0], OUTLETS[-2]
    return [
        *events,
        FetchEvent(failing.id, f"{failing.home}sitemap.xml", "sitemap", "soft", NOW - hour, "timeout", "", 0, NOW),
        FetchEvent(failing.id, f"{failing.home}sitemap.xml", "sitemap", "soft", NOW - hour / 2, "timeout", "", 0, NOW),
        FetchEvent(broken.id, f"{broken.home}feed", "feed", "hard", NOW - hour, reason="robots"),
    ]


def _add_past(store: ArticleStore) -> None:
    """A fortnight of other news: one outlet prints far less today, one fell silent, one has a new layout."""
    quiet, changed = OUTLETS[1].id, OUTLETS[2].id
    with store.transaction() as transaction:
        for place, outlet in enumerate((*OUTLETS[:-1], SILENT)):
            for days in range(15):
                is_sunday = (NOW - timedelta(days=days, hours=3)).weekday() == 6
                number = (16 + place * 2 - days % 3) // (2 if is_sunday else 1)
                if outlet.id == quiet:
                    number = number * 3 if days else 1
                elif outlet not in (SILENT, OUTLETS[2]):
                    number //= 4
                for each in range(0 if outlet is SILENT and days < 4 else number):
                    found = NOW - timedelta(days=days, minutes=20 + each * 15)
                    poorly = outlet.id == changed and found > NOW - timedelta(hours=20)
                    transaction.add(
                        an_article(
                            f"lain-{days}-{each}",
                            outlet=outlet.id,
                            title="Jadwal Kapal Penyeberangan Berubah Mulai Pekan Depan",
                            text="",
                            found=found,
                            published=found - timedelta(minutes=15),
                            relevance="irrelevant",
                            story_id=None,
                            reading=Reading("trafilatura", 0.4, 31) if poorly else Reading("readability", 0.95, 320),
                        )
                    )
