"""What becomes of archived pages: stored, told as one story, alerted, or put aside; and never half of it."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Extraction, ExtractionError, Page
from crawler.urls import article_id
from nlp.analysis import Analysis, ArticleText, Tone
from service.adapters.sql import SqlStore
from service.domain.alert import Alert
from service.domain.alert_rule import AlertRule
from service.domain.article import WIB, Article, ArticleVersion, Reading
from service.errors import ArchiveDamaged, StoreError
from service.ports import ArticleStore, Transaction
from service.usecases.ingest import MAX_TEXT, Ingest, IngestReport, IngestSpool
from service.usecases.ledger import CHECKS, LedgerChecks
from service.usecases.reading import read_each
from service.usecases.stories import ArrangeStories
from tests.service.builders import NOW, TEXT, TITLE, ManualClock, a_figure, a_page, a_rule, an_analysis
from tests.service.fakes import FakeSpool, FakeStore, FakeTransaction

ARCHIVE = "20261123T000000.warc.gz"


class Reader:
    """Stands for the extractor: reads each page as an article of that URL, unless told otherwise."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[Extraction], Extraction]] = {}
        self.timezones: list[ZoneInfo] = []
        self.by_body: set[str] = set()

    def __call__(self, pages: Sequence[Page], timezone: ZoneInfo) -> Extraction:
        self.timezones.append(timezone)
        url = pages[0].url
        extraction = Extraction(
            url=url, canonical_url=url, title=TITLE, text=TEXT, published=NOW - timedelta(hours=3), section="Daerah"
        )
        if url in self.by_body:
            extraction = replace(extraction, text=pages[0].body.decode())
        return self.answers[url](extraction) if url in self.answers else extraction

    def reads(self, page: Page, **changes: object) -> None:
        self.answers[page.url] = lambda extraction: replace(extraction, **changes)  # type: ignore[arg-type]

    def fails(self, page: Page, error: Exception) -> None:
        def fail(_extraction: Extraction) -> Extraction:
            raise error

        self.answers[page.url] = fail


class Analyser:
    """Stands for the analyser: negative where the text says so, irrelevant where it is about football."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.is_broken = False
        self.watch: Callable[[], object] = list

    def __call__(self, texts: Sequence[ArticleText]) -> list[Analysis]:
        self.batches.append(len(texts))
        self.watch()
        if self.is_broken or any("racun" in text.text for text in texts):
            raise RuntimeError("the model gave up")
        return [self._analysis(text) for text in texts]

    def _analysis(self, text: ArticleText) -> Analysis:
        if "sepak bola" in text.text:
            return an_analysis(relevance="irrelevant", id=text.id, figures=(a_figure(),))
        tone: Tone = "negative" if "mengeluhkan" in text.text else "positive"
        return an_analysis(tone=tone, id=text.id, figures=(a_figure(),) if TEXT in text.text else ())


class FullDiskTransaction(FakeTransaction):
    def raise_alert(self, alert: Alert) -> bool:
        raise StoreError("the disk is full")


class FullDisk(FakeStore):
    """A store that fails once an article of it deserves an alert."""

    transactions = FullDiskTransaction


class Desk:
    """An ingest over fakes, with all that a test looks at."""

    def __init__(
        self,
        store: ArticleStore | None = None,
        rules: Sequence[AlertRule] = (a_rule(),),
        checks: LedgerChecks = CHECKS,
    ) -> None:
        self.store: ArticleStore = store or FakeStore()
        self.reader = Reader()
        self.analyser = Analyser()
        self.clock = ManualClock()
        self.ingest = Ingest(
            self.store,
            read_each(self.reader),
            self.analyser,
            rules=lambda: rules,
            timezones={"kabarpapua.example": ZoneInfo("Asia/Jayapura")},
            clock=self.clock,
            batch_size=3,
            checks=checks,
        )

    def take(self, *pages: Page, again: bool = False) -> IngestReport:
        return self.ingest.batch([(page,) for page in pages], ARCHIVE, again=again)

    def reads_body(self, page: Page) -> None:
        """From now on the text of the article is what the body of the page fetched says."""
        self.reader.by_body.add(page.url)

    def stored(self, page: Page) -> Article:
        article = self.store.get(article_id(page.url))
        assert article is not None
        return article


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "fake":
        yield Desk()
        return
    store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
    store.migrate()
    yield Desk(store)
    store.close()


def test_an_article_is_stored_with_what_was_read_and_understood(desk: Desk) -> None:
    page = a_page()
    report = desk.take(page)
    article = desk.stored(page)
    assert (article.title, article.text, article.section) == (TITLE, TEXT, "Daerah")
    assert (article.outlet, article.found, article.archived_in) == (page.outlet, page.fetched, ARCHIVE)
    assert article.analysis.sentiment.label == "negative"
    assert article.story_id == f"s{article.id}"
    assert desk.store.not_indexed(10) == [article]
    assert report == IngestReport(read=1, new=1, relevant=1, figures=1, negative=1, alerts=1)


def test_replaying_a_batch_changes_nothing(desk: Desk) -> None:
    pages = [a_page("satu"), a_page("dua", outlet="beritarotan.example"), a_page("bola"), a_page("rusak")]
    desk.reader.reads(pages[2], text="Hasil sepak bola semalam.")
    desk.reader.fails(pages[3], ExtractionError("empty", "no text"))
    desk.take(*pages)
    desk.store.mark_indexed([it.id for it in desk.store.not_indexed(10)], NOW)
    before = (desk.store.counts(), desk.store.outbox(), desk.store.indexable(None, 10))
    desk.clock.advance(timedelta(hours=1))
    report = desk.take(*pages)
    assert (desk.store.counts(), desk.store.outbox(), desk.store.indexable(None, 10)) == before
    assert report == IngestReport(read=4, known=3, quarantined=1)


def test_a_replay_understands_all_again_when_it_is_told_to(desk: Desk) -> None:
    page = a_page()
    desk.take(page)
    report = desk.take(page, again=True)
    assert (report.new, report.changed, report.known, report.alerts) == (0, 1, 0, 0)
    assert desk.store.counts()["articles"] == 1


def test_a_corrected_article_is_understood_again_and_keeps_its_story_and_first_finding(desk: Desk) -> None:
    page = a_page()
    desk.take(page)
    first = desk.stored(page)
    desk.reader.reads(page, text="Pencairan kembali lancar setelah loket ditambah, kata kepala cabang pada Selasa.")
    report = desk.take(replace(page, fetched=NOW))
    second = desk.stored(page)
    assert (report.new, report.changed) == (0, 1)
    assert second.analysis.sentiment.label == "positive"
    assert (second.story_id, second.found) == (first.story_id, first.found)
    assert desk.store.not_indexed(10) == [second]


HOUR = timedelta(hours=1)
FIRST, SECOND, THIRD = (f"{TEXT}\nPembaruan {number}: loket ditambah." for number in ("satu", "dua", "tiga"))


def fetches(desk: Desk, *texts: str) -> list[Page]:
    """One article fetched every hour, with these texts."""
    desk.reads_body(a_page())
    start = NOW - len(texts) * HOUR
    return [a_page(fetched=start + at * HOUR, body=text.encode()) for at, text in enumerate(texts)]


def gone(page: Page, after: timedelta = HOUR, **changes: object) -> Page:
    """The outlet's answer that the article is no more."""
    taken_down = replace(page, status=404, body=b"", fetched=page.fetched + after, article=article_id(page.url))
    return replace(taken_down, **changes)  # type: ignore[arg-type]


def history(desk: Desk, page: Page) -> list[tuple[str, datetime]]:
    """Every text of the article with its time, the oldest first and today's last."""
    article = desk.stored(page)
    assert article.fetched is not None
    versions = desk.store.versions(article.id)
    return [*((version.text, version.fetched) for version in versions), (article.text, article.fetched)]


def state(desk: Desk, page: Page) -> object:
    article = desk.stored(page)
    return (article, desk.store.versions(article.id), desk.store.counts(), desk.store.outbox())


def test_an_article_knows_when_it_was_fetched_and_how_well_it_was_read(desk: Desk) -> None:
    page, football = a_page(), a_page("bola")
    desk.reader.reads(page, sources={"text": "readability"}, confidence={"text": 0.8})
    desk.reader.reads(football, text="Hasil sepak bola semalam.")
    desk.take(page, football)
    assert desk.stored(page).fetched == page.fetched
    assert desk.stored(page).reading == Reading("readability", 0.8, len(TEXT.split()))
    assert desk.stored(football).fetched == football.fetched
    assert desk.stored(football).reading == Reading("", 1.0, 4)


def test_a_text_that_another_replaces_is_kept_with_its_times(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, SECOND)
    desk.take(first)
    report = desk.take(second)
    article = desk.stored(second)
    assert (report.new, report.changed, report.alerts) == (0, 1, 0)
    assert desk.store.versions(article.id) == [
        ArticleVersion(
            article_id=article.id,
            fetched=first.fetched,
            replaced=second.fetched,
            title=TITLE,
            text=FIRST,
            published=NOW - timedelta(hours=3),
            archived_in=ARCHIVE,
        )
    ]
    assert (article.text, article.fetched, article.found) == (SECOND, second.fetched, first.fetched)


def test_a_changed_title_makes_a_version_and_another_date_makes_none(desk: Desk) -> None:
    page = a_page()
    desk.take(page)
    desk.reader.reads(page, published=NOW - timedelta(hours=1))
    assert desk.take(replace(page, fetched=page.fetched + HOUR)).changed == 1
    assert desk.store.versions(desk.stored(page).id) == []
    desk.reader.reads(page, published=NOW - timedelta(hours=1), title="Ralat: klaim di Sukamaju")
    assert desk.take(replace(page, fetched=page.fetched + 2 * HOUR)).changed == 1
    assert [version.title for version in desk.store.versions(desk.stored(page).id)] == [TITLE]


def test_a_corrected_article_raises_no_second_alert(desk: Desk) -> None:
    pages = fetches(desk, FIRST, SECOND, THIRD)
    assert sum(desk.take(page).alerts for page in pages) == 1
    assert len(desk.store.alerts()) == 1
    with desk.store.transaction() as transaction:
        assert [notice.kind for notice in transaction.pending_notices()] == ["raised"]


def test_one_file_may_hold_several_fetches_of_one_article(desk: Desk) -> None:
    first, second, third = fetches(desk, FIRST, SECOND, THIRD)
    report = desk.take(first, second, a_page("lain"), third)
    assert (report.new, report.changed, report.skipped) == (2, 2, 0)
    assert history(desk, first) == [(FIRST, first.fetched), (SECOND, second.fetched), (THIRD, third.fetched)]


def test_an_older_page_becomes_a_version_once_and_replaces_nothing_newer(desk: Desk) -> None:
    first, second, third = fetches(desk, FIRST, SECOND, THIRD)
    desk.take(third)
    desk.store.mark_indexed([desk.stored(third).id], NOW)
    assert desk.take(first).changed == 1
    assert desk.take(second).changed == 1
    assert desk.take(first, second) == IngestReport(read=2, known=2)
    assert history(desk, first) == [(FIRST, first.fetched), (SECOND, second.fetched), (THIRD, third.fetched)]
    assert desk.store.versions(desk.stored(first).id)[0].replaced == third.fetched
    assert desk.store.versions(desk.stored(first).id)[1].replaced == third.fetched
    assert desk.store.not_indexed(10) == []


def test_an_older_page_with_the_same_text_makes_no_version(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, FIRST)
    desk.take(second)
    assert desk.take(first) == IngestReport(read=1, known=1)
    assert history(desk, first) == [(FIRST, second.fetched)]


def test_a_text_that_comes_back_is_told_again(desk: Desk) -> None:
    pages = fetches(desk, FIRST, SECOND, FIRST)
    desk.take(*pages)
    told = [(FIRST, pages[0].fetched), (SECOND, pages[1].fetched), (FIRST, pages[2].fetched)]
    assert history(desk, pages[0]) == told
    assert desk.take(*reversed(pages)).known == 3
    assert history(desk, pages[0]) == told


def test_the_same_page_read_by_a_better_extractor_is_no_version(desk: Desk) -> None:
    (page,) = fetches(desk, FIRST)
    desk.take(page)
    report = desk.take(replace(page, body=SECOND.encode()))
    assert report.changed == 1
    assert history(desk, page) == [(SECOND, page.fetched)]


def test_an_article_put_behind_a_wall_keeps_the_text_that_was_free(desk: Desk) -> None:
    page = a_page()
    desk.take(page)
    desk.reader.reads(page, text="\n".join(TEXT.split("\n")[:2])[:-20] + " ...", is_whole=False)
    assert desk.take(replace(page, fetched=NOW)) == IngestReport(read=1, known=1)
    assert history(desk, page) == [(TEXT, page.fetched)]
    desk.reader.reads(page, text=TEXT.replace("rotan", "kayu"), is_whole=False)
    assert desk.take(replace(page, fetched=NOW)).changed == 1


def test_an_article_no_longer_about_the_agency_keeps_the_text_that_was(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, "Hasil sepak bola semalam.")
    desk.take(first, second)
    assert history(desk, first) == [(FIRST, first.fetched), ("", second.fetched)]
    assert desk.take(second, first) == IngestReport(read=2, known=2)
    back = replace(first, fetched=NOW)
    desk.take(back)
    assert history(desk, first) == [(FIRST, first.fetched), (FIRST, NOW)]


def test_an_article_rewritten_to_be_about_the_agency_is_noticed(desk: Desk) -> None:
    first, second = fetches(desk, "Hasil sepak bola semalam.", FIRST)
    assert desk.take(first).irrelevant == 1
    assert desk.take(second).relevant == 1
    assert history(desk, first) == [(FIRST, second.fetched)]


def test_an_older_page_about_something_else_makes_no_version(desk: Desk) -> None:
    first, second = fetches(desk, "Hasil sepak bola semalam.", FIRST)
    desk.take(second)
    assert desk.take(first) == IngestReport(read=1, known=1)
    assert history(desk, first) == [(FIRST, second.fetched)]


def test_an_article_that_was_taken_down_is_gone_and_stays_readable(desk: Desk) -> None:
    page = a_page()
    desk.take(page)
    report = desk.take(gone(page))
    assert report == IngestReport(read=1, gone=1)
    article = desk.stored(page)
    assert (article.gone, article.text) == (page.fetched + HOUR, TEXT)
    assert desk.take(gone(page), gone(page, 2 * HOUR)) == IngestReport(read=2, known=2)
    assert desk.take(gone(a_page("asing"))) == IngestReport(read=1, skipped=1)
    assert desk.stored(page) == article


def test_an_article_and_its_removal_may_lie_in_one_file(desk: Desk) -> None:
    page = a_page()
    assert desk.take(page, gone(page), a_page("lain")) == replace(
        IngestReport(read=3, new=2, relevant=2, figures=2, negative=2, alerts=1), gone=1
    )
    assert desk.stored(page).gone == page.fetched + HOUR


@pytest.mark.parametrize("again", [False, True])
def test_an_article_that_is_there_again_is_not_gone(desk: Desk, again: bool) -> None:
    first, second = fetches(desk, FIRST, FIRST)
    taken_down = gone(first, HOUR / 2)
    desk.take(first, taken_down)
    report = desk.take(second, again=again)
    assert (report.changed, report.gone, report.alerts) == (1, 0, 0)
    assert (desk.stored(first).gone, desk.stored(first).fetched) == (None, second.fetched)
    assert desk.take(taken_down, first, second) == IngestReport(read=3, known=3)
    assert desk.stored(first).gone is None


def test_an_older_page_and_newer_rules_leave_a_gone_article_gone(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, SECOND)
    desk.take(second, gone(second, HOUR))
    desk.take(first)
    desk.take(second, again=True)
    assert desk.stored(first).gone == second.fetched + HOUR
    assert history(desk, first) == [(FIRST, first.fetched), (SECOND, second.fetched)]


def test_what_is_understood_again_keeps_when_its_text_was_fetched(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, FIRST)
    desk.take(first)
    before = desk.stored(first)
    assert desk.take(second, first, again=True).changed == 2
    assert desk.stored(first) == before


def test_an_article_of_the_first_schema_is_told_apart_by_when_it_was_found(desk: Desk) -> None:
    first, second = fetches(desk, FIRST, SECOND)
    desk.take(first)
    with desk.store.transaction() as transaction:
        transaction.add(replace(desk.stored(first), fetched=None, reading=Reading()))
    assert desk.take(first) == IngestReport(read=1, known=1)
    desk.take(second)
    assert history(desk, first) == [(FIRST, first.fetched), (SECOND, second.fetched)]


@given(
    st.lists(st.sampled_from([FIRST, SECOND, THIRD, "Hasil sepak bola semalam.", "gone"]), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
def test_replays_in_any_order_change_nothing(texts: list[str], random: Random) -> None:
    desk = Desk()
    pages = fetches(desk, *texts)
    pages = [gone(page, HOUR / 2) if text == "gone" else page for text, page in zip(texts, pages, strict=True)]
    desk.take(*pages)
    if all(page.is_gone for page in pages):
        return
    before = state(desk, a_page())
    for _ in range(2):
        random.shuffle(pages)
        desk.take(*pages)
        assert state(desk, a_page()) == before


def test_an_irrelevant_article_is_stored_without_its_text(desk: Desk) -> None:
    page = a_page("bola")
    desk.reader.reads(page, text="Hasil sepak bola semalam.")
    report = desk.take(page)
    article = desk.stored(page)
    assert (article.text, article.story_id, article.analysis.figures) == ("", None, ())
    assert article.title == TITLE
    assert desk.store.not_indexed(10) == []
    assert report == IngestReport(read=1, new=1, irrelevant=1)


def test_a_page_that_cannot_be_read_is_put_aside_and_the_batch_goes_on(desk: Desk) -> None:
    broken, good = a_page("rusak"), a_page("baik")
    desk.reader.fails(broken, ExtractionError("empty", "no text found"))
    report = desk.take(broken, good)
    (page,) = desk.store.quarantined()
    assert (page.url, page.outlet, page.archived_in) == (broken.url, broken.outlet, ARCHIVE)
    assert (page.reason, page.detail, page.at) == ("empty", "no text found", broken.fetched)
    assert (report.quarantined, report.new) == (1, 1)


def test_an_unforeseen_error_puts_the_page_aside_and_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    strange, good = a_page("aneh"), a_page("baik")
    desk.reader.fails(strange, RecursionError("too deep"))
    with caplog.at_level(logging.ERROR):
        report = desk.take(strange, good)
    assert [(page.url, page.reason) for page in desk.store.quarantined()] == [(strange.url, "unexpected")]
    assert report.new == 1
    assert "page cannot be read" in caplog.text


def test_an_article_that_nobody_can_date_is_put_aside_and_the_files_behind_it_are_read(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    strange, good, later = a_page("aneh"), a_page("baik"), a_page("susulan")
    desk.reader.reads(strange, published=datetime.max.replace(tzinfo=UTC))  # has no day in Asia/Jakarta
    spool = FakeSpool({"a.warc.gz": [(strange,), (good,)], "b.warc.gz": [(later,)]})
    with caplog.at_level(logging.ERROR):
        report = IngestSpool(spool, desk.ingest, desk.clock).run()
    assert (report.read, report.new, report.quarantined) == (3, 2, 1)
    assert [(page.url, page.reason) for page in desk.store.quarantined()] == [(strange.url, "unexpected")]
    assert (spool.pending(), desk.store.get(article_id(strange.url))) == ([], None)
    assert "article cannot be stored" in caplog.text


def test_a_page_that_names_no_address_of_the_web_is_put_aside(desk: Desk) -> None:
    page = a_page()
    desk.reader.reads(page, canonical_url="javascript:alert(1)")
    assert desk.take(page).quarantined == 1
    assert desk.store.counts()["articles"] == 0


def test_a_page_that_is_no_article_is_skipped(desk: Desk) -> None:
    page = a_page("tag/bpjs")
    desk.reader.reads(page, is_article=False)
    assert desk.take(page) == IngestReport(read=1, skipped=1)
    assert desk.store.counts()["articles"] == 0


def test_two_pages_of_one_address_are_stored_once(desk: Desk) -> None:
    page, twin = a_page("kabar"), a_page("amp/kabar")
    desk.reader.reads(twin, canonical_url=page.url)
    report = desk.take(page, a_page("lain"), a_page("lain-lagi"), twin)
    assert (report.read, report.new, report.skipped) == (4, 3, 1)


def test_the_outlet_gives_the_time_zone(desk: Desk) -> None:
    desk.take(a_page(), a_page(outlet="kabarpapua.example"))
    assert desk.reader.timezones == [WIB, ZoneInfo("Asia/Jayapura")]


def test_articles_are_analysed_in_batches_and_progress_is_told(desk: Desk) -> None:
    told: list[int] = []
    pages = [(a_page(f"berita-{number}"),) for number in range(7)]
    desk.ingest.batch(pages, ARCHIVE, on_progress=lambda report: told.append(report.read))
    assert desk.analyser.batches == [3, 3, 1]
    assert told == [3, 6, 7]


class WatchedStore(FakeStore):
    """Tells whether a transaction is open."""

    is_open = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as transaction:
            self.is_open = True
            yield transaction
        self.is_open = False


def test_nothing_is_read_or_analysed_inside_a_transaction() -> None:
    store = WatchedStore()
    desk = Desk(store)
    open_at: list[bool] = []

    def looked(extraction: Extraction) -> Extraction:
        open_at.append(store.is_open)
        return extraction

    desk.reader.answers[a_page("satu").url] = looked
    desk.analyser.watch = lambda: open_at.append(store.is_open)
    desk.take(a_page("satu"), a_page("dua"))
    assert store.counts()["articles"] == 2
    assert open_at == [False, False]


def test_an_article_that_no_analyser_survives_is_put_aside_alone(desk: Desk) -> None:
    poison = a_page("racun")
    desk.reader.reads(poison, text="racun bagi penganalisis")
    report = desk.take(a_page("satu"), poison, a_page("dua"))
    assert [(page.url, page.reason) for page in desk.store.quarantined()] == [(poison.url, "analysis")]
    assert (report.new, report.quarantined) == (2, 1)
    assert desk.take(poison).quarantined == 1


def test_a_broken_analyser_puts_no_page_aside(desk: Desk) -> None:
    desk.analyser.is_broken = True
    with pytest.raises(RuntimeError, match="gave up"):
        desk.take(a_page())
    assert desk.store.quarantined() == []


def test_an_alert_is_raised_once_per_rule_and_story_even_when_copies_arrive(desk: Desk) -> None:
    copies = [a_page(outlet=f"media-{number}.example") for number in range(5)]
    report = desk.take(*copies)
    assert report.alerts == 1
    assert len({desk.stored(page).story_id for page in copies}) == 1
    (alert, article) = desk.store.alerts()[0]
    assert (alert.rule_id, alert.reasons, alert.raised) == ("negatif", ("negative",), NOW)
    assert article == desk.stored(copies[0])
    assert desk.store.outbox() == []
    with desk.store.transaction() as transaction:
        told = Counter(notice.kind for notice in transaction.pending_notices())
    assert told == {"raised": 1, "grown": 3}


def test_an_old_article_raises_no_stale_alert(desk: Desk) -> None:
    page = a_page()
    desk.reader.reads(page, published=NOW - timedelta(days=30))
    assert desk.take(page).alerts == 0
    assert desk.store.counts()["negative"] == 1


def test_a_crash_while_an_article_is_stored_leaves_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    store = FullDisk()
    with pytest.raises(StoreError):
        Desk(store).take(a_page())
    assert set(store.counts().values()) == {0}
    monkeypatch.setattr(FullDisk, "transactions", FakeTransaction)
    assert Desk(store).take(a_page()) == IngestReport(read=1, new=1, relevant=1, figures=1, negative=1, alerts=1)


def test_hostile_text_is_bounded_and_storable(desk: Desk) -> None:
    page = a_page()
    desk.reader.reads(page, title="Judul\0\ud800" + "x" * 9_000, text="a\0b\udfff" + "kata " * 100_000)
    desk.take(page)
    article = desk.stored(page)
    assert article.title.startswith("Judul?x")
    assert len(article.title) == 500
    assert article.text.startswith("ab?")
    assert len(article.text) == MAX_TEXT


def test_an_article_that_meets_several_rules_raises_an_alert_under_each() -> None:
    desk = Desk(rules=[a_rule("biasa"), a_rule("genting", severity="high")])
    report = desk.take(a_page())
    assert report.alerts == 2
    assert {alert.rule_id for alert, _ in desk.store.alerts()} == {"biasa", "genting"}


def test_a_file_leaves_the_spool_once_all_of_it_is_stored() -> None:
    desk, page = Desk(), a_page()
    spool = FakeSpool({"a.warc.gz": [(page,)], "b.warc.gz": [(a_page("susulan"),)]})
    told: list[int] = []
    report = IngestSpool(spool, desk.ingest, desk.clock).run(lambda so_far: told.append(so_far.read))
    assert (report.read, report.new, told) == (2, 2, [1, 2])
    assert (spool.pending(), spool.archived) == ([], ["2026/a.warc.gz", "2026/b.warc.gz"])
    assert desk.stored(page).archived_in == "2026/a.warc.gz"


def test_a_file_stays_in_the_spool_while_the_store_fails() -> None:
    desk = Desk(FullDisk())
    spool = FakeSpool({"a.warc.gz": [(a_page(),)]})
    with pytest.raises(StoreError):
        IngestSpool(spool, desk.ingest, desk.clock).run()
    assert (spool.pending(), spool.archived, spool.set_apart) == (["a.warc.gz"], [], [])


def test_a_damaged_file_is_set_aside_and_the_others_are_read(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    pages = [(a_page(f"berita-{number}"),) for number in range(4)]  # a whole batch, and the beginning of the next
    spool = FakeSpool({"a.warc.gz": [*pages, ArchiveDamaged("bad block")], "b.warc.gz": [(a_page("susulan"),)]})
    with caplog.at_level(logging.ERROR):
        report = IngestSpool(spool, desk.ingest, desk.clock).run()
    assert (spool.set_apart, spool.archived) == (["a.warc.gz"], ["2026/b.warc.gz"])
    assert (report.damaged, report.new, desk.store.counts()["articles"]) == (1, 5, 5)
    (logged,) = caplog.records
    assert logged.levelno == logging.ERROR
    assert "take .damaged off its name" in logged.message
    assert (vars(logged)["file"], vars(logged)["reason"]) == ("a.warc.gz.damaged", "bad block")


def test_understood_again_or_copied_again_articles_stay_where_a_person_put_them(desk: Desk) -> None:
    first, second, sunk = a_page("pertama"), a_page("kedua"), a_page("perahu")
    desk.reader.reads(sunk, text="Perahu penyeberangan terbalik dan dua pekerja bengkel kapal hilang di Teluk Kuning.")
    desk.take(first, second, sunk)
    story, other = desk.stored(first).story_id or "", desk.stored(sunk).story_id or ""
    arrange = ArrangeStories(desk.store, desk.clock)
    split = arrange.split(story, [desk.stored(second).id], "Rani Saputri")
    arrange.merge(story, other, "Rani Saputri")
    desk.take(first, second, sunk, again=True)
    assert [desk.stored(page).story_id for page in (first, second, sunk)] == [story, split, story]
