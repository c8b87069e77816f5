"""What every ledger answers, the fake included."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Figure, Resolution, Span
from nlp.serialise import figure_to_json
from service.domain.article import Article
from service.domain.digest import Digest
from service.domain.ledger.checks import Finding, Term
from service.domain.ledger.claim import LedgerFilter, Status
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review, Verdict, statement_ids
from service.domain.ledger.statement import Statement, Subject, statements_of
from service.domain.subscription import MailLinks
from service.usecases.digests import ComposeDigest, DigestMail
from service.usecases.subscriptions import Subscriptions
from tests.service.builders import NOW, ManualClock, a_figure, an_article
from tests.service.digest_desk import DAILY
from tests.service.stores import STORES, AnyStore

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SUBJECT = Subject("coverage", "19.71", "2026-06")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    yield store
    store.close()


def a_coverage(value: float | tuple[float, float] = 31.93, text: str = "", **changes: Any) -> Figure:
    """A level of coverage in Pangkalpinang in June 2026, as `text` states it."""
    printed = "–".join(f"{end:n}" for end in value) if isinstance(value, tuple) else f"{value:n}"
    surface = changes.pop("surface", f"{printed} persen".replace(".", ","))
    fields = {
        "value": value,
        "kind": "level",
        "metric": "coverage",
        "direction": None,
        "region": "Pangkalpinang",
        "region_code": "19.71",
        "period": "2026-06",
    }
    return a_figure(surface, text or f"Cakupan di sana {surface} per Juni.", **fields | changes)


def stating(slug: str, *figures: Figure, hours_ago: float = 3, **changes: Any) -> Article:
    """An article of that age that states these figures, by default one of coverage."""
    figures = figures or (a_coverage(),)
    text = "\n".join(dict.fromkeys(figure.sentence.text for figure in figures))
    at = NOW - timedelta(hours=hours_ago)
    return an_article(slug, **{"text": text, "figures": figures, "published": at, "found": at} | changes)


def keep(store: AnyStore, *articles: Article) -> frozenset[Subject]:
    with store.transaction() as transaction:
        return frozenset[Subject]().union(*(transaction.add(article) for article in articles))


def decide(store: AnyStore, article: Article, verdict: Verdict | None, at: int = 0, **changes: Any) -> str:
    """Record a decision about the article's first figure and enter the article again; the statement's id."""
    figure = article.analysis.figures[at]
    statement = statement_ids(article.id, article.analysis.figures)[at]
    moment = NOW + timedelta(minutes=len(store.ledger.reviews()))
    review = Review(statement, article.id, verdict, "Rani", moment, changes, figure_to_json(figure), "catatan")
    with store.transaction() as transaction:
        transaction.record_review(review)
        transaction.enter(article)
    return statement


def shown(store: AnyStore, **asked: Any) -> list[Decimal]:
    """The values of the claims on a page, in its order."""
    return [claim.statement.low for claim in store.ledger.claims(LedgerFilter(**asked)).claims]


def found(store: AnyStore, **asked: Any) -> list[Decimal]:
    """The values of the statements that match, newest first."""
    total, statements = store.ledger.find(LedgerFilter(**asked))
    each = [statement for statement, _ in store.ledger.each(LedgerFilter(**asked))]
    assert (total, each) == (len(statements), statements)
    return [statement.low for statement in statements]


def a_finding(*statements: Statement, **changes: Any) -> Finding:
    terms = tuple(Term("stated", it.low, it.unit, it.surface, it.outlet) for it in statements)
    return replace(Finding("outlets", tuple(it.id for it in statements), terms), **changes)


def put(store: AnyStore, scope: str, *findings: Finding) -> None:
    with store.transaction() as transaction:
        transaction.put_findings(scope, findings)


def stated(*articles: Article) -> list[Statement]:
    return [statement for article in articles for statement in statements_of(article)]


def test_a_statement_comes_back_with_all_that_it_says(store: AnyStore) -> None:
    span = Span("text", 0, 7, "Cakupan")
    figure = a_coverage(
        25.43,
        direction="up",
        comparator="about",
        from_=20.1,
        to=25.43,
        segment="PU",
        program="JHT",
        status="active",
        period=None,
        speaker="Wulan",
        speaker_title="Kepala cabang",
        confidence=0.75,
        tags=("approximate", "respectively"),
        resolved=(Resolution("period", "2026-06", "lead", span),),
    )
    article = stating("lengkap", figure, a_coverage((10.0, 100.0), surface="Cakupan"))
    assert keep(store, article) == {SUBJECT}
    first, second = statements_of(article)
    with store.transaction() as transaction:
        assert transaction.statements(article.id) == [first, second]
        assert transaction.statements_on(SUBJECT, 10) == [first, second]
    assert store.ledger.statements([second.id, first.id, "nowhere"]) == {first.id: first, second.id: second}
    assert (first.period, second.is_range) == ("2026-06", True)
    assert store.ledger.statement("nowhere") is None


@pytest.mark.parametrize("value", [25.43, 0.1, 31.9, 100.0, 1_608_431.0, 1.1e12, 123456789.123, 0.3333333333])
def test_numbers_stay_exact(store: AnyStore, value: float) -> None:
    keep(store, stating("tepat", a_coverage(surface="Cakupan", value=value)))
    [low] = found(store)
    assert (low, str(low)) == (Decimal(str(value)), str(Decimal(repr(value))))


def test_a_claim_gathers_what_outlets_restate(store: AnyStore) -> None:
    first = stating("satu", hours_ago=9)
    copy = stating("dua", hours_ago=5, outlet="beritarotan.example")
    headline = stating("tiga", replace(a_coverage(), field="title"), hours_ago=1, outlet="beritarotan.example")
    other = stating("lain", a_coverage(32.5), hours_ago=2)
    keep(store, first, copy, headline, other)
    page = store.ledger.claims(LedgerFilter())
    assert (page.total, page.conflicts) == (2, 0)
    claim = page.claims[0]
    assert (claim.statements, claim.outlets) == (3, 2)
    assert (claim.first, claim.last) == (NOW - 9 * HOUR, NOW - HOUR)
    assert claim.statement.article_id == copy.id  # a headline stands for it only where there is no other
    assert store.ledger.claim(claim.id) == claim
    assert store.ledger.claim("nowhere") is None
    told = [it.article_id for it in store.ledger.restatements(claim.id)]
    assert told == [first.id, copy.id, headline.id]
    assert [it.article_id for it in store.ledger.restatements(claim.id, limit=1)] == [first.id]


def test_pages_of_claims_follow_each_other(store: AnyStore) -> None:
    keep(store, *(stating(f"berita-{at}", a_coverage(10.5 + at), hours_ago=at) for at in range(5)))
    pages = [store.ledger.claims(LedgerFilter(), limit=2, offset=at) for at in (0, 2, 4)]
    assert [claim.statement.low for page in pages for claim in page.claims] == [
        Decimal(f"{10 + at}.5") for at in range(5)
    ]
    assert {page.total for page in pages} == {5}


def test_an_article_that_is_replaced_leaves_nothing_of_what_it_stated(store: AnyStore) -> None:
    article = stating("berita", a_coverage(), a_coverage(40.5, region_code="19", text="Provinsi 40,5 persen."))
    keep(store, article)
    touched = keep(store, stating("berita", a_coverage(32.5, period="2026-07")))
    assert touched == {SUBJECT, Subject("coverage", "19", "2026-06"), Subject("coverage", "19.71", "2026-07")}
    assert shown(store) == [Decimal("32.5")]
    assert found(store) == [Decimal("32.5")]
    keep(store, stating("berita", relevance="irrelevant"))
    assert (shown(store), found(store)) == ([], [])
    assert set(store.ledger.counts().values()) == {0}


def test_a_corrected_figure_belongs_to_the_claim_that_it_should_have_been(store: AnyStore) -> None:
    right, wrong = stating("benar"), stating("salah", a_coverage(39.13, surface="Cakupan"), outlet="lain.example")
    keep(store, right, wrong)
    assert len(shown(store)) == 2
    statement = decide(store, wrong, "corrected", value=31.93)
    [claim] = store.ledger.claims(LedgerFilter()).claims
    assert (claim.statements, claim.outlets) == (2, 2)
    corrected = store.ledger.statement(statement)
    assert corrected is not None
    assert (corrected.low, corrected.verdict, corrected.surface) == (Decimal("31.93"), "corrected", "Cakupan")
    again = store.get(wrong.id)
    assert again is not None
    assert [figure.value for figure in again.figures] == [31.93]
    assert [figure.value for figure in again.analysis.figures] == [39.13]
    decide(store, wrong, None)
    assert len(shown(store)) == 2


def test_a_rejected_figure_is_counted_nowhere_and_can_be_found_again(store: AnyStore) -> None:
    article, copy = stating("satu"), stating("dua", outlet="beritarotan.example")
    keep(store, article, copy)
    statement = decide(store, copy, "rejected")
    [claim] = store.ledger.claims(LedgerFilter()).claims
    assert (claim.statements, claim.outlets, claim.statement.article_id) == (1, 1, article.id)
    decide(store, article, "rejected")
    assert (shown(store), found(store), store.counts()["figures"]) == ([], [], 0)
    assert store.ledger.counts() == dict.fromkeys(store.ledger.counts(), 0)
    assert store.ledger.chart("coverage", "19.71") is None
    assert list(store.ledger.claims_on(["coverage"])) == []
    with store.transaction() as transaction:
        assert transaction.statements_on(SUBJECT, 10) == []
        assert [it.verdict for it in transaction.statements(copy.id)] == ["rejected"]
    again = store.get(article.id)
    assert again is not None
    assert again.figures == ()
    [hidden] = store.ledger.claims(LedgerFilter(status="rejected")).claims
    assert (hidden.statements, hidden.outlets) == (0, 0)
    assert len(found(store, status="rejected")) == 2
    assert [it.id for it in store.ledger.restatements(hidden.id)].count(statement) == 1
    decide(store, copy, None)
    [claim] = store.ledger.claims(LedgerFilter()).claims
    assert (claim.statements, claim.statement.article_id) == (1, copy.id)


def test_a_digest_tells_no_rejected_figure(store: AnyStore) -> None:
    article = stating("satu", a_coverage(), a_coverage(40.5, period="2026-07"))
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    decide(store, article, "rejected")
    told: list[list[str]] = []

    def render(digest: Digest, links: MailLinks | None) -> DigestMail:
        told.append([it.surface for it in digest.figures])
        return DigestMail("", "", "")

    clock = ManualClock(NOW + HOUR)
    compose = ComposeDigest(
        store,
        store.digests,
        store.ledger,
        render,
        groups=[DAILY],
        subscriptions=Subscriptions(store.digests, [DAILY], clock, ""),
        outlets={},
        clock=clock,
    )
    compose.preview()
    assert told == [["40,5 persen"]]


def test_reviews_are_a_log_and_the_newest_holds(store: AnyStore) -> None:
    article = stating("satu")
    keep(store, article)
    statement = decide(store, article, "corrected", value=32.0)
    decide(store, article, "confirmed")
    log = store.ledger.reviews()
    assert [(it.verdict, it.changes, it.by, it.note) for it in log] == [
        ("corrected", {"value": 32.0}, "Rani", "catatan"),
        ("confirmed", {}, "Rani", "catatan"),
    ]
    assert log[0].said == figure_to_json(article.analysis.figures[0])
    assert store.ledger.reviews(statement_id=statement) == log
    assert store.ledger.reviews(statement_id="other") == []
    again = store.get(article.id)
    assert again is not None
    assert again.reviews == tuple(log)
    assert store.articles([article.id]) == [again]
    assert [(it.figure.value, it.verdict) for it in again.judged_figures] == [(31.93, "confirmed")]


def test_a_review_leaves_the_article_in_the_index(store: AnyStore) -> None:
    article = stating("satu")
    keep(store, article)
    store.mark_indexed([article.id], NOW)
    decide(store, article, "rejected")
    assert store.not_indexed(10) == []


def test_reviews_survive_an_analysis_with_other_offsets(store: AnyStore) -> None:
    article = stating("satu")
    keep(store, article)
    statement = decide(store, article, "corrected", region="Kota Pangkal Pinang")
    [figure] = article.analysis.figures
    text = f"Kabar terbaru.\n{article.text}"
    moved = stating("satu", replace(a_figure("31,93 persen", text), **_as_read(figure)), text=text)
    assert moved.analysis.figures[0].start != figure.start
    keep(store, moved)
    found_again = store.ledger.statement(statement)
    assert found_again is not None
    assert (found_again.region, found_again.verdict) == ("Kota Pangkal Pinang", "corrected")
    keep(store, stating("satu", a_coverage(40.5)))
    assert store.ledger.statement(statement) is None
    assert len(store.ledger.reviews()) == 1


def _as_read(figure: Figure) -> dict[str, Any]:
    names = ("value", "kind", "metric", "direction", "region", "region_code", "period")
    return {name: getattr(figure, name) for name in names}


def test_conflicts_come_first_then_the_newest(store: AnyStore) -> None:
    articles = [stating(f"berita-{at}", a_coverage(10.5 + at), hours_ago=at) for at in range(4)]
    keep(store, *articles)
    first, second, third, fourth = stated(*articles)
    put(store, SUBJECT.key, a_finding(third, fourth), a_finding(second, explanations=("rounding",)))
    page = store.ledger.claims(LedgerFilter())
    assert [claim.statement.id for claim in page.claims] == [third.id, fourth.id, first.id, second.id]
    assert (page.total, page.conflicts) == (4, 2)
    assert page.claims[0].findings == (a_finding(third, fourth),)
    assert page.claims[0].has_conflict
    assert not page.claims[3].has_conflict
    assert page.claims[3].findings == (a_finding(second, explanations=("rounding",)),)
    assert shown(store, status="conflict") == [third.low, fourth.low]
    assert shown(store, status="explained") == [second.low]
    assert found(store, status="conflict") == [third.low, fourth.low]
    assert store.ledger.counts()["conflicts"] == 2


def test_findings_of_a_scope_are_replaced(store: AnyStore) -> None:
    one, two = stating("satu"), stating("dua", a_coverage(40.5), hours_ago=1)
    keep(store, one, two)
    first, second = stated(one, two)
    put(store, SUBJECT.key, a_finding(first, second))
    put(store, one.id, a_finding(first, check="sum"))
    claim = store.ledger.claim(first.claim_id)
    assert claim is not None
    assert [it.check for it in claim.findings] == ["outlets", "sum"]
    put(store, SUBJECT.key)
    assert shown(store, status="conflict") == [first.low]
    put(store, one.id, a_finding(first, check="sum", explanations=("cumulative",)))
    assert (shown(store, status="conflict"), shown(store, status="explained")) == ([], [first.low])
    put(store, one.id)
    assert shown(store, status="explained") == []


def test_a_conflict_stays_with_a_claim_when_an_article_is_entered_again(store: AnyStore) -> None:
    one, two = stating("satu"), stating("dua", a_coverage(40.5), hours_ago=1)
    keep(store, one, two)
    put(store, SUBJECT.key, a_finding(*stated(one, two)))
    keep(store, one)
    assert store.ledger.claims(LedgerFilter()).conflicts == 2
    decide(store, one, "rejected")
    put(store, SUBJECT.key)
    assert store.ledger.claims(LedgerFilter()).conflicts == 0


def test_the_ledger_is_filtered(store: AnyStore) -> None:
    here = stating("sini", title="Peserta 100% di Pulau", hours_ago=1)
    there = stating(
        "sana",
        a_coverage(52.5, metric="membership", region="Kabupaten Bangka", region_code="19.01", period="2026"),
        outlet="beritarotan.example",
        hours_ago=24 * 3,
    )
    country = stating(
        "negeri",
        a_coverage(60.5, region="Indonesia", region_code="ID", period="2025-12", kind="target"),
        hours_ago=24 * 9,
        title="Kabar lain",
    )
    nowhere = stating("entah", a_coverage(70.5, region="Suka_Maju", region_code=None, period=None), hours_ago=24 * 20)
    rule = stating("aturan", a_coverage(80.5, kind="rule", region_code="35.09"), hours_ago=24 * 30)
    keep(store, here, there, country, nowhere, rule)
    every = [Decimal(it) for it in ("31.93", "52.5", "60.5", "70.5", "80.5")]

    def match(*expected: int, **asked: Any) -> None:
        wanted = [every[at] for at in expected]
        assert (shown(store, **asked), found(store, **asked)) == (wanted, wanted), asked

    match(0, 1, 2, 3)
    match(0, 1, 2, 3, 4, rules=True)
    match(0, 2, 3, metric="coverage")
    match(1, metric="membership")
    match(0, 1, region="19")
    match(0, region="19.71")
    match(2, region="ID")
    match(region="35")
    match(4, region="35", rules=True)
    match(0, region="PANGKAL")
    match(3, region="a_m")
    match(region="a_x")
    match(0, 1, period="2026")
    match(0, period="2026-06")
    match(2, period="2025")
    match(period="202")
    match(1, outlet="beritarotan.example")
    match(2, kind="target")
    match(0, text="100%")
    match(0, text="31,93 PERSEN per")
    match(2, text="kabar lain")
    match(text="pasar ikan")
    day = here.day
    match(0, since=day)
    match(0, 1, 2, 3, since=date.min, until=date.max)
    match(0, 1, since=day - 3 * DAY)
    match(1, 2, 3, until=day - 3 * DAY)
    match(1, since=day - 3 * DAY, until=day - 3 * DAY)
    match(2, 3, until=day - 4 * DAY)
    match(
        0, metric="coverage", region="19", period="2026-06", outlet=here.outlet, text="pulau", since=day, kind="level"
    )
    match(outlet="beritarotan.example", text="pulau")
    match(1, outlet="beritarotan.example", since=day - 3 * DAY)
    match(outlet="beritarotan.example", since=day - 2 * DAY)


def test_a_claim_is_of_the_days_on_which_it_was_printed(store: AnyStore) -> None:
    early, late = stating("dulu", hours_ago=24 * 9), stating("kini", hours_ago=1)
    keep(store, early, late)
    between = {"since": late.day - 5 * DAY, "until": late.day - 3 * DAY}
    assert shown(store, **between) == []
    assert shown(store, since=early.day, until=early.day) == [Decimal("31.93")]
    assert shown(store, since=late.day - 5 * DAY, until=late.day) == [Decimal("31.93")]
    keep(store, stating("tengah", hours_ago=24 * 4))
    assert shown(store, **between) == [Decimal("31.93")]


@pytest.mark.parametrize("status", ["confirmed", "corrected"])
def test_claims_are_found_by_what_was_decided(store: AnyStore, status: Status) -> None:
    one, two = stating("satu"), stating("dua", a_coverage(40.5), hours_ago=1)
    keep(store, one, two)
    if status == "corrected":
        decide(store, one, "corrected", speaker="Wulan")
    else:
        decide(store, one, "confirmed")
    assert (shown(store, status=status), found(store, status=status)) == ([Decimal("31.93")], [Decimal("31.93")])
    assert (shown(store, status="unreviewed"), found(store, status="unreviewed")) == (
        [Decimal("40.5")],
        [Decimal("40.5")],
    )
    assert store.ledger.counts()["unreviewed"] == 1


def an_official(value: str = "31.90", period: str = "2026-06", **changes: Any) -> OfficialFigure:
    figure = OfficialFigure("coverage", "19.71", period, Decimal(value), "percent", "laporan bulanan")
    return replace(figure, **changes)


def test_the_official_series_is_kept_exactly_and_replaced_by_its_place(store: AnyStore) -> None:
    june, may = an_official(), an_official("30.10", "2026-05")
    segment = an_official("50.00", segment="BPU")
    other = an_official("41", metric="membership", region="ID", unit="people")
    with store.transaction() as transaction:
        assert transaction.put_official([june, may, segment, other], NOW) == 4
        assert transaction.put_official([an_official("31.93")], NOW) == 1
        assert transaction.official_on(["coverage"]) == [may, an_official("31.93"), segment]
    assert store.ledger.official() == [may, an_official("31.93"), segment, other]
    assert [str(it.value) for it in store.ledger.official("coverage", "19.71")] == ["30.10", "31.93", "50.00"]
    assert store.ledger.official(region="ID") == [other]
    assert store.ledger.official("membership", "19.71") == []
    assert store.ledger.counts()["official"] == 4


@pytest.mark.parametrize(
    ("verdict", "status"), [("agrees", "agrees"), ("rounded", "agrees"), ("differs", "differs"), ("stale", "stale")]
)
def test_claims_stand_to_the_official_series(store: AnyStore, verdict: Any, status: Status) -> None:
    article = stating("satu")
    keep(store, article, stating("dua", a_coverage(40.5)))
    [statement] = statements_of(article)
    newer = an_official("33.00", "2026-07") if verdict == "stale" else None
    standing = Standing(verdict, an_official(), Decimal("0.03"), newer)
    with store.transaction() as transaction:
        [claim] = transaction.claims_in(article.id)
        transaction.put_standings({claim.id: standing, "nowhere": standing})
    claim = store.ledger.claims(LedgerFilter(status=status)).claims[0]
    assert (claim.id, claim.standing) == (statement.claim_id, standing)
    assert shown(store, status=status) == found(store, status=status) == [Decimal("31.93")]
    assert [it.standing for it in store.ledger.claims_on(["coverage"]) if it.standing] == [standing]
    keep(store, stating("tiga", outlet="lain.example"))
    assert store.ledger.claims(LedgerFilter(status=status)).claims[0].standing == standing
    with store.transaction() as transaction:
        transaction.put_standings({claim.id: None})
    assert shown(store, status=status) == []


def test_every_claim_of_a_metric_is_walked_through(store: AnyStore) -> None:
    keep(
        store,
        *(stating(f"berita-{at}", a_coverage(at + 0.5)) for at in range(3)),
        stating("lain", a_coverage(metric="fund")),
    )
    walked = list(store.ledger.claims_on(["coverage"]))
    assert [claim.id for claim in walked] == sorted(claim.id for claim in walked)
    assert {claim.statement.metric for claim in walked} == {"coverage"}
    assert len(walked) == 3
    assert len(list(store.ledger.claims_on(["fund", "coverage"]))) == 4
    assert list(store.ledger.claims_on([])) == []


def test_a_chart_has_what_was_stated_and_aimed_at_over_time(store: AnyStore) -> None:
    may = stating("mei", a_coverage(30.5, period="2026-05"))
    now = stating("kini", a_coverage(33.5, period=None), story_id=None)
    target = stating("target", a_coverage(60.5, period="2026", kind="target"))
    others = stating(
        "lain",
        a_coverage(5.5, kind="change"),
        a_coverage(9_000, unit="people", surface="Cakupan"),
        a_coverage(41.5, region_code="19"),
        a_coverage(42.5, metric="membership"),
        a_coverage((10.0, 20.0), surface="sana"),
    )
    keep(store, may, now, target, others)
    put(store, may.id, a_finding(*stated(may)))
    with store.transaction() as transaction:
        transaction.put_official([an_official(), an_official("9", unit="people"), an_official(region="19")], NOW)
    chart = store.ledger.chart("coverage", "19.71")
    assert chart is not None
    assert [(it.day, str(it.value), it.role, it.has_conflict) for it in chart.points] == [
        (date(2026, 5, 31), "30.5", "stated", True),
        (now.day, "33.5", "stated", False),
        (date(2026, 12, 31), "60.5", "target", False),
    ]
    assert (chart.unit, chart.official) == ("percent", (an_official(),))
    assert store.ledger.chart("coverage", "35.09") is None
    assert store.ledger.charted_regions("coverage") == [("19.71", 5), ("19", 1)]
    assert store.ledger.charted_regions("coverage", limit=1) == [("19.71", 5)]


def test_new_claims_are_those_that_nothing_indexed_before_stated(store: AnyStore) -> None:
    old = stating("lama", hours_ago=50)
    keep(store, old)
    store.mark_indexed([old.id], NOW - DAY)
    again = stating("ulang", outlet="beritarotan.example")
    new = stating("baru", a_coverage(40.5), a_coverage(9.5, kind="rule"), hours_ago=1)
    troubled = stating("ganjil", a_coverage(50.5), hours_ago=9)
    twice = [stating(f"dua-{at}", a_coverage(45.5), outlet=f"media-{at}.example", hours_ago=4) for at in range(2)]
    rejected = stating("salah", a_coverage(70.5))
    waiting = stating("menunggu", a_coverage(80.5))
    keep(store, again, new, troubled, *twice, rejected, waiting)
    decide(store, rejected, "rejected")
    put(store, troubled.id, a_finding(*stated(troubled)))
    store.mark_indexed([it.id for it in (again, new, troubled, *twice, rejected)], NOW)
    told = store.ledger.new_claims(NOW - HOUR, NOW)
    assert [str(claim.statement.low) for claim in told] == ["50.5", "45.5", "40.5"]
    assert told[0].has_conflict
    assert store.ledger.new_claims(NOW - HOUR, NOW, limit=1) == told[:1]
    assert [claim.statement.low for claim in store.ledger.new_claims(NOW - 2 * DAY, NOW - HOUR)] == [Decimal("31.93")]
    assert store.ledger.new_claims(NOW, NOW + DAY) == []


def test_new_conflicts_are_those_that_a_new_article_has_part_in(store: AnyStore) -> None:
    old, new, other = (
        stating("lama", hours_ago=50),
        stating("baru", a_coverage(40.5)),
        stating("lain", a_coverage(50.5)),
    )
    keep(store, old, new, other)
    store.mark_indexed([old.id, other.id], NOW - DAY)
    store.mark_indexed([new.id], NOW)
    one, two, three = stated(old, new, other)
    explained = a_finding(two, check="sum", explanations=("rounding",))
    between = a_finding(one, two)
    put(store, new.id, explained)
    put(store, SUBJECT.key, between, a_finding(one, three))
    assert store.ledger.new_conflicts(NOW - HOUR, NOW) == [between, explained]
    assert store.ledger.new_conflicts(NOW - HOUR, NOW, limit=1) == [between]
    assert store.ledger.new_conflicts(NOW, NOW + DAY) == []


def test_subjects_have_their_newest_statements(store: AnyStore) -> None:
    old, new = stating("lama", hours_ago=9), stating("baru", a_coverage(40.5), hours_ago=1)
    keep(store, old, new, stating("lain", a_coverage(period="2026-07")))
    with store.transaction() as transaction:
        assert transaction.statements_on(SUBJECT, 5) == stated(new, old)
        assert transaction.statements_on(SUBJECT, 1) == stated(new)
        assert transaction.statements_on(Subject("coverage", "19", "2026-06"), 5) == []


def test_a_transaction_that_fails_leaves_nothing_half(store: AnyStore) -> None:
    article = stating("satu")
    keep(store, article)
    before = (store.ledger.claims(LedgerFilter()), store.ledger.counts())

    def half() -> None:
        with store.transaction() as transaction:
            transaction.add(stating("satu", a_coverage(40.5)))
            transaction.add(stating("dua", a_coverage(50.5)))
            transaction.put_findings(article.id, [a_finding(*stated(article))])
            transaction.put_official([an_official()], NOW)
            transaction.record_review(Review(stated(article)[0].id, article.id, "rejected", "Rani", NOW))
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError, match="power"):
        half()
    assert (store.ledger.claims(LedgerFilter()), store.ledger.counts()) == before
    assert store.ledger.reviews() == []


def test_what_is_only_supposed_or_of_others_is_not_in_the_ledger(store: AnyStore) -> None:
    supposed = stating("andai", a_coverage(tags=("hypothetical",)))
    keep(store, supposed, stating("lewat", relevance="mention"))
    assert (shown(store, rules=True), found(store, rules=True)) == ([], [])


def test_an_export_goes_on_beyond_a_batch(store: AnyStore) -> None:
    figures = [a_coverage(at + 0.5) for at in range(40)]
    articles = [stating(f"berita-{at}", *figures, hours_ago=at // 2) for at in range(15)]
    keep(store, *articles)
    each = list(store.ledger.each(LedgerFilter()))
    assert len(each) == 600
    order = [(-it.moment.timestamp(), it.article_id, it.position) for it, _ in each]
    assert order == sorted(order)
    assert all(statement.claim_id == claim.id and claim.statements == 15 for statement, claim in each)
