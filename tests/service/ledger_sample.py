# ruff: noqa: E501 (sentences of the sample stay readable unbroken)
"""An invented year of figures for the ledger: fictitious outlets, people and events; the numbers are made up, too."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nlp.analysis import Figure, Resolution, Span
from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.official import OfficialFigure
from service.ports import SearchIndex
from service.usecases.ledger import ImportOfficial, ReviewFigure, check_ledger
from service.web.desk import Desk
from tests.service.builders import NOW, ManualClock, an_article
from tests.service.desk_sample import OUTLETS, PLACES, desk_over, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore

REVIEWER = "Dewi Anggraini"
OFFICER = "Abdul Rahman Saleh"

# Surface in a sentence, value, and what else differs from a level of coverage in percent.
Said = tuple[str, Any, dict[str, Any]]

_MONTHS = {
    "2025-12": "Desember 2025", "2026-01": "Januari 2026", "2026-03": "Maret 2026", "2026-05": "Mei 2026", "2026-06": "Juni 2026",
    "2026-08": "Agustus 2026", "2026-09": "September 2026", "2026-10": "Oktober 2026",
}  # fmt: skip
_OFFICIAL = (("2025-12", "28.4"), ("2026-03", "30.12"), ("2026-06", "31.93"), ("2026-09", "34.5"), ("2026-10", "35.06"))
# Days ago, period, value as printed, outlets: coverage in Palembang.
_COVERAGE = (
    (318, "2025-12", "28,4", (0,)), (290, "2026-01", "28,9", (2,)), (228, "2026-03", "30,1", (3, 4)),
    (171, "2026-05", "31,2", (5,)), (12, "2026-06", "31,93", (0, 1, 3, 6)), (11, "2026-06", "33,10", (4,)),
    (75, "2026-08", "33,5", (7,)), (45, "2026-09", "34,2", (2, 5)), (9, "2026-10", "31,93", (7,)), (5, "2026-10", "35,06", (6,)),
)  # fmt: skip


def ledger_desk(index: SearchIndex, store: FakeStore | SqlStore | None = None) -> Desk:
    """The sample desk with a ledger worth looking at: conflicts, an official series, decisions."""
    store = store or FakeStore()
    return _with_ledger(sample_desk(index, store), store)


def small_desk() -> Desk:
    """A desk over the ledger's articles alone, made quickly."""
    store = FakeStore()
    return _with_ledger(desk_over(FakeIndex(), store, FakeArchive()), store)


def _with_ledger(desk: Desk, store: FakeStore | SqlStore) -> Desk:
    with store.transaction() as transaction:
        for article in ledger_articles():
            check_ledger(transaction, article.id, transaction.add(article))
    series = [OfficialFigure("coverage", "16.71", at, Decimal(it), "percent", "Laporan cabang") for at, it in _OFFICIAL]
    ImportOfficial(store, store.ledger, ManualClock()).run(series)
    _decide(desk)
    return desk


def ledger_articles() -> list[Article]:
    """What the outlets print of coverage in Palembang over a year, and articles that do not add up."""
    articles = []
    for days, period, printed, outlets in _COVERAGE:
        for copy, outlet in enumerate(outlets):
            sentence = (
                f"Cakupan kepesertaan BPJS Ketenagakerjaan di Palembang {printed} persen per {_MONTHS[period]}, "
                f"kata Kepala Cabang {OFFICER}."
            )
            more = {"period": period, "speaker": OFFICER, "speaker_title": "Kepala Cabang"}
            articles.append(
                _printed(outlet, days - copy * 0.4, sentence, [(f"{printed} persen", _number(printed), more)])
            )
    for days, year, aim in ((330, "2025", "30"), (200, "2026", "45"), (20, "2026", "52")):
        sentence = f"Pemerintah Kota Palembang menargetkan cakupan {aim} persen pada akhir {year}."
        articles.append(
            _printed(3, days, sentence, [(f"{aim} persen", _number(aim), {"kind": "target", "period": year})])
        )
    return [*articles, *_not_adding_up()]


def _not_adding_up() -> Iterable[Article]:
    people = {"unit": "people", "kind": "count", "metric": "membership", "period": "2026-09", "town": "Balikpapan"}
    yield _printed(
        3,
        2,
        "Peserta aktif di Balikpapan 41.200 orang, terdiri atas 28.000 penerima upah, 9.100 bukan penerima upah, dan 3.100 jasa konstruksi.",
        [
            ("41.200 orang", 41_200, people),
            ("28.000", 28_000, people | {"segment": "PU"}),
            ("9.100", 9_100, people | {"segment": "BPU"}),
            ("3.100", 3_100, people | {"segment": "Jakon"}),
        ],
    )
    makassar = {"town": "Makassar", "period": "2026-03"}
    yield _printed(
        4,
        3,
        "Cakupan di Makassar merosot 18 persen, dari 61,2 persen menjadi 48,9 persen.",
        [
            ("18 persen", 18, makassar | {"kind": "change", "direction": "down"}),
            ("61,2 persen", 61.2, makassar | {"period": "2025-03"}),
            ("48,9 persen", 48.9, makassar | {"direction": "down", "from_": 61.2, "to": 48.9}),
        ],
    )
    jember = {"town": "Jember", "period": "2026-10", "resolve": "region"}
    yield _printed(
        2, 4, "Cakupan pekerja penerima upah kini 64,5 persen.", [("64,5 persen", 64.5, jember | {"segment": "PU"})]
    )
    yield _printed(
        5,
        4.2,
        "Cakupan pekerja bukan penerima upah baru 21,3 persen.",
        [("21,3 persen", 21.3, jember | {"segment": "BPU"})],
    )
    yield _printed(
        7, 6, "Cakupan di Badung mencapai 150 persen.", [("150 persen", 150, {"town": "Badung", "period": "2026"})]
    )
    money = {"unit": "IDR", "kind": "amount", "metric": "claims_paid", "period": "2026-10", "town": "Garut"}
    yield _printed(
        5,
        7,
        "Sampai Oktober 2026 kantor Garut membayar klaim Rp2,7 miliar untuk 2.431 kasus.",
        [
            ("Rp2,7 miliar", 2_700_000_000, money),
            ("2.431 kasus", 2_431, money | {"unit": "cases", "kind": "count", "metric": "claims_count"}),
        ],
        title="Kantor Garut Bayar Klaim Rp27 Miliar",
        said_in_title=[("Rp27 Miliar", 27_000_000_000, money)],
    )


def _decide(desk: Desk) -> None:
    """One figure was confirmed, one corrected after a first try, one is none, one decision was taken back."""
    review = ReviewFigure(desk.store, desk.ledger, ManualClock(NOW - timedelta(hours=1)), desk.region_name).run
    ours = {article.id for article in ledger_articles()}
    by_surface = {it.surface: it for it, _ in desk.ledger.each(LedgerFilter()) if it.article_id in ours}
    review(by_surface["35,06 persen"].id, "confirmed", REVIEWER, note="Sesuai siaran pers.")
    review(by_surface["150 persen"].id, "corrected", REVIEWER, {"value": 15}, "Salah ketik di media.")
    review(by_surface["28,9 persen"].id, "rejected", REVIEWER)
    review(by_surface["28,9 persen"].id, None, "Bayu Saputra")


def _printed(
    outlet: int,
    days: float,
    sentence: str,
    said: Sequence[Said],
    title: str = "",
    said_in_title: Sequence[Said] = (),
) -> Article:
    source = OUTLETS[outlet]
    at = NOW - timedelta(days=days, hours=2)
    town = said[0][2].get("town", "Palembang")
    title = title or f"Kabar Kepesertaan BPJS Ketenagakerjaan di {town}"
    text = f"{town.upper()} - Jaminan sosial ketenagakerjaan terus diperluas.\n{sentence}"
    figures = [_figure("text", text, sentence, title, *each) for each in said]
    figures += [_figure("title", title, title, title, *each) for each in said_in_title]
    return an_article(
        f"angka-{outlet}-{days}",
        outlet=source.id,
        url=f"https://{source.id}.example/angka-{outlet}-{days}",
        title=title,
        text=text,
        published=at,
        found=at + timedelta(minutes=30),
        story_id=None,
        evidence=(),
        figures=tuple(figures),
        regions=(PLACES[town],),
    )


def _figure(
    field: Any, where: str, sentence: str, title: str, surface: str, value: float, more: dict[str, Any]
) -> Figure:
    more = dict(more)
    town, resolve = more.pop("town", "Palembang"), more.pop("resolve", None)
    begin = where.index(sentence)
    start = where.index(surface, begin)
    fields: dict[str, Any] = {"unit": "percent", "kind": "level", "metric": "coverage"} | more
    resolved = (
        (Resolution("region", town, "headline", Span("title", title.index(town), title.index(town) + len(town), town)),)
        if resolve
        else ()
    )
    return Figure(
        field,
        start,
        start + len(surface),
        surface,
        value,
        sentence=Span(field, begin, begin + len(sentence), sentence),
        region=None if resolve else town,
        region_code=PLACES[town].code,
        confidence=0.93 if not resolve else 0.71,
        resolved=resolved,
        **fields,
    )


def _number(printed: str) -> float:
    return float(printed.replace(",", "."))
