"""Stored articles are understood anew from their archived pages: all of them, once, and without stale alerts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import ArchiveWriter, publish
from crawler.extract import extract
from crawler.page import Page
from crawler.urls import article_id
from nlp.analysis import Analysis, ArticleText
from service.adapters.page_archive import ArchiveFolder
from service.adapters.spool import SpoolFolder
from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.ports import ArticleStore
from service.usecases.correcting import CorrectArticle
from service.usecases.ingest import Ingest, IngestSpool
from service.usecases.reading import read_each
from service.usecases.reanalysis import Reanalyse, ReanalysisReport, version_of
from tests.service.builders import NOW, ManualClock, a_page, a_rule, an_analysis
from tests.service.fakes import FakeStore

HTML = """<html lang="id"><head><title>{title}</title>
<link rel="canonical" href="https://kabarsukamaju.example/{slug}"></head><body><article>
<h1>{title}</h1><p>{day} November 2026 06:15 WIB</p>
<p>Puluhan pekerja pabrik rotan mengeluhkan pencairan jaminan hari tua yang tertunda sejak awal bulan ini ({slug}).</p>
<p>Kepala kantor cabang BPJS Ketenagakerjaan Sukamaju meminta maaf dan menjanjikan loket tambahan mulai pekan depan.</p>
<p>Menurut petugas, berkas yang lengkap akan dibayar dalam lima hari kerja setelah diperiksa oleh kantor cabang.</p>
</article></body></html>"""


def a_printed_page(slug: str, *, fetched: datetime = NOW - timedelta(hours=1), day: int = 23) -> Page:
    html = HTML.format(slug=slug, title=f"Klaim di Sukamaju tertunda, kata {slug}", day=day)
    return a_page(slug, body=html.encode(), fetched=fetched)


def id_of(slug: str) -> str:
    return article_id(f"https://kabarsukamaju.example/{slug}")


class Analyser:
    """Says of every text what it is told to, and counts what it has read."""

    def __init__(self) -> None:
        self.version = "rules-1"
        self.says: Callable[[str], dict[str, Any]] = lambda text: {}
        self.read: list[str] = []

    def __call__(self, texts: Sequence[ArticleText]) -> list[Analysis]:
        self.read += [text.id for text in texts if text.id != "probe"]
        return [an_analysis(id=text.id, version=self.version, evidence=(), **self.says(text.text)) for text in texts]


class Desk:
    """A store whose articles lie in the archive files that they were read from."""

    def __init__(self, folder: Path, store: ArticleStore) -> None:
        self.store = store
        self.clock = ManualClock()
        self.analyser = Analyser()
        self.archive = folder / "archive"
        self._spool = SpoolFolder(folder / "spool", self.archive)
        self._ingest = Ingest(
            store,
            read_each(lambda pages, zone: extract(pages, timezone=zone.key)),
            self.analyser,
            rules=lambda: (a_rule(max_age=timedelta(days=3)),),
            timezones={},
            clock=self.clock,
            batch_size=2,
        )
        self._reanalyse = Reanalyse(store, ArchiveFolder(self.archive), self._ingest, lambda: version_of(self.analyser))

    def crawl(self, *pages: Page) -> Path:
        """Let these pages be one file of the spool, and ingest it; where the file lies then."""
        writer = ArchiveWriter(self._spool.folder, "test")
        for page in pages:
            writer.add(article_id(page.url), (page,), NOW)
        name = writer.seal()
        assert name is not None
        publish(self._spool.folder, name)
        IngestSpool(self._spool, self._ingest, self.clock).run()
        self.analyser.read.clear()
        return self.archive / self._spool.archive_name(name, self.clock())

    def renew(self, version: str = "rules-2", says: Callable[[str], dict[str, Any]] = lambda text: {}) -> None:
        self.analyser.version, self.analyser.says = version, says

    def run(self, **how: Any) -> ReanalysisReport:
        return self._reanalyse.run(**how)

    def stored(self, slug: str) -> Article:
        article = self.store.get(id_of(slug))
        assert article is not None
        return article

    def versions(self, *slugs: str) -> list[str]:
        return [self.stored(slug).analysis.version for slug in slugs]


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    store: FakeStore | SqlStore = FakeStore()
    if request.param == "sqlite":
        store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        store.migrate()
    yield Desk(tmp_path, store)
    store.close()


def test_articles_of_another_version_are_understood_anew_and_those_of_this_one_are_left(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"), a_printed_page("dua"))
    desk.renew()
    desk.crawl(a_printed_page("tiga"))
    desk.renew(says=lambda text: {"tone": "positive"} if "(satu)" in text else {})
    report = desk.run()
    assert (report.total, report.anew, report.tone, report.relevance, report.unread) == (2, 2, 1, 0, 0)
    assert sorted(desk.analyser.read) == sorted([id_of("satu"), id_of("dua")])
    assert desk.versions("satu", "dua", "tiga") == ["rules-2"] * 3
    assert desk.stored("satu").sentiment.label == "positive"
    assert {it.id for it in desk.store.not_indexed(10)} >= {id_of("satu")}


def test_nothing_but_the_analysis_changes(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"))
    before = desk.stored("satu")
    desk.renew()
    desk.clock.advance(timedelta(days=2))
    desk.run()
    after = desk.stored("satu")
    assert after.analysis.version == "rules-2"
    assert (after.found, after.fetched, after.archived_in) == (before.found, before.fetched, before.archived_in)
    assert (after.text, after.story_id, after.reading) == (before.text, before.story_id, before.reading)
    assert desk.store.versions(after.id) == []


def test_a_second_run_finds_nothing_to_do(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"))
    desk.renew()
    desk.run()
    desk.analyser.read.clear()
    assert desk.run() == ReanalysisReport()
    assert desk.analyser.read == []


def test_all_articles_are_done_where_that_is_asked_for(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"), a_printed_page("dua"))
    report = desk.run(everything=True)
    assert (report.total, report.anew, len(desk.analyser.read)) == (2, 2, 2)


def test_a_run_that_was_cut_short_is_gone_on_with(desk: Desk) -> None:
    desk.crawl(*(a_printed_page(f"berita-{number}") for number in range(5)))
    desk.crawl(*(a_printed_page(f"kabar-{number}") for number in range(3)))
    desk.renew()

    def die(report: ReanalysisReport) -> None:
        if report.anew >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.run(on_progress=die)
    done = set(desk.analyser.read)
    assert 4 <= len(done) < 8
    desk.analyser.read.clear()
    report = desk.run()
    assert report.total == report.anew == 8 - len(done)
    assert done.isdisjoint(desk.analyser.read)
    assert desk.store.outdated("rules-2") == []


def test_no_more_articles_are_done_than_the_limit_says(desk: Desk) -> None:
    desk.crawl(*(a_printed_page(f"berita-{number}") for number in range(5)))
    desk.renew()
    assert [desk.run(limit=2).anew for _ in range(4)] == [2, 2, 1, 0]


def test_old_news_raise_no_alert_and_news_of_today_do(desk: Desk) -> None:
    past = NOW - timedelta(days=10)
    desk.crawl(a_printed_page("lama", fetched=past, day=13), a_printed_page("baru"))
    desk.renew(says=lambda text: {"tone": "negative"})
    report = desk.run()
    assert (report.tone, report.alerts) == (2, 1)
    assert [alert.article_id for alert, _ in desk.store.alerts()] == [id_of("baru")]
    with desk.store.transaction() as transaction:
        assert [notice.kind for notice in transaction.pending_notices()] == ["raised"]
    assert desk.stored("lama").sentiment.label == "negative"


def test_articles_of_a_file_that_is_not_there_stay_as_they_are(desk: Desk) -> None:
    lost = desk.crawl(a_printed_page("hilang"), a_printed_page("lenyap"))
    desk.crawl(a_printed_page("ada"))
    lost.unlink()
    desk.renew()
    report = desk.run()
    assert (report.anew, report.unread) == (1, 2)
    (file,) = report.files
    assert (file.articles, "is not in the archive" in file.reason) == (2, True)
    assert desk.versions("hilang", "lenyap", "ada") == ["rules-1", "rules-1", "rules-2"]


def test_of_a_damaged_file_what_lies_before_the_damage_is_done(desk: Desk) -> None:
    file = desk.crawl(a_printed_page("satu"), a_printed_page("dua"), a_printed_page("tiga"))
    raw = bytearray(file.read_bytes())
    raw[-40] ^= 0xFF
    file.write_bytes(bytes(raw))
    desk.renew()
    report = desk.run()
    assert (report.anew, report.unread, [it.articles for it in report.files]) == (2, 1, [1])
    assert desk.versions("satu", "dua", "tiga") == ["rules-2", "rules-2", "rules-1"]


def test_what_cannot_be_read_does_not_keep_the_others_waiting(desk: Desk) -> None:
    lost = desk.crawl(*(a_printed_page(f"hilang-{number}") for number in range(3)))
    desk.clock.advance(-timedelta(days=1))
    desk.crawl(*(a_printed_page(f"ada-{number}") for number in range(3)))
    lost.unlink()
    desk.renew()
    report = desk.run(limit=2)
    assert (report.anew, report.unread, [it.articles for it in report.files]) == (2, 3, [3])


def test_an_article_without_a_file_is_counted(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"))
    without = desk.stored("satu")
    with desk.store.transaction() as transaction:
        transaction.add(replace(without, archived_in=None))
    desk.renew()
    report = desk.run()
    assert (report.total, report.anew, report.unread, report.without_file) == (1, 0, 1, 1)


def test_of_an_article_with_several_texts_the_one_of_today_is_understood(desk: Desk) -> None:
    first = a_printed_page("satu")
    second = a_page("satu", body=first.body.replace(b"lima hari", b"sepuluh hari"), fetched=NOW)
    desk.crawl(first, second)
    assert len(desk.store.versions(id_of("satu"))) == 1
    desk.renew()
    report = desk.run()
    assert (report.anew, len(desk.analyser.read)) == (1, 1)
    assert "sepuluh hari" in desk.stored("satu").text
    assert len(desk.store.versions(id_of("satu"))) == 1


def test_what_people_decided_holds_and_is_no_change_of_the_analysis(desk: Desk) -> None:
    desk.crawl(a_printed_page("satu"))
    CorrectArticle(desk.store, desk.clock).run(id_of("satu"), "sentiment", "neutral", "Rani")
    desk.renew(says=lambda text: {"tone": "negative"})
    report = desk.run()
    article = desk.stored("satu")
    assert (report.anew, report.tone, report.alerts) == (1, 0, 0)
    assert (article.sentiment.label, article.analysis.sentiment.label) == ("neutral", "negative")


def test_an_article_that_is_irrelevant_no_more_comes_with_its_text(desk: Desk) -> None:
    desk.analyser.says = lambda text: {"relevance": "irrelevant"}
    desk.crawl(a_printed_page("satu"))
    assert desk.stored("satu").text == ""
    desk.renew()
    report = desk.run()
    assert (report.anew, report.relevance) == (1, 1)
    assert "pabrik rotan" in desk.stored("satu").text


def test_a_text_that_a_person_missed_is_fetched_though_the_version_is_the_same(desk: Desk) -> None:
    desk.analyser.says = lambda text: {"relevance": "irrelevant"}
    desk.crawl(a_printed_page("satu"), a_printed_page("dua"))
    CorrectArticle(desk.store, desk.clock).run(id_of("satu"), "relevance", "relevant", "Rani")
    report = desk.run()
    assert (report.total, report.anew, report.relevance) == (1, 1, 0)
    assert "pabrik rotan" in desk.stored("satu").text
    assert desk.run().total == 0


def test_a_page_that_now_calls_itself_another_article_leaves_both_as_they_are(desk: Desk) -> None:
    desk.renew()
    desk.crawl(replace(a_printed_page("lain"), url=a_page("satu").url))
    other = desk.stored("lain")
    once = replace(other, id=id_of("satu"), url=a_page("satu").url, analysis=an_analysis(version="rules-1"))
    with desk.store.transaction() as transaction:
        transaction.add(once)
    report = desk.run()
    assert (report.total, report.anew, report.unread) == (1, 0, 1)
    assert desk.stored("lain") == other
    assert desk.versions("satu") == ["rules-1"]
