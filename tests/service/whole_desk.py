"""A desk with something on every page, over the engines of the product, and the addresses of its pages."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.job import JobRun, JobState
from service.web.desk import Desk
from tests.service.builders import NOW, ManualClock, an_article
from tests.service.desk_sample import CORRECTED, exports_over, sample_articles
from tests.service.fakes import FakeArchive
from tests.service.hostile_page import EVIL_PAGE, evil_page
from tests.service.ledger_sample import ledger_desk
from tests.service.signed_in import ADMIN, choose
from tests.service.test_web_stories import ALL as ALTERED

EMAIL = "rani@agency.example"
LEDGER = "/angka?metrik=coverage&wilayah=16.71"
CORRECTED_PAGE = f"/artikel/{sample_articles()[CORRECTED].id}"
STORY = "/cerita/sama-0"
ALERT = "/peringatan/negatif-sama-0"
MESSAGE = "/kotak-keluar/negatif-sama-0:humas"
PERSON = "/orang/{person}"
ALTERED_STORY = f"/cerita/{ALTERED[0].story_id}"
SPEAKER = "/narasumber/abdul%20rahman%20saleh"

SEALED: dict[str, str] = {}
"""The sealed part of a recipient's link and the id of a person, once the desk is there."""

PAGES = [
    *("/pencarian", "/cari?q=tone:x", "/cari?q=klaim&sentimen=negatif&tingkat=local&sebutan=1"),
    *("/tidak-relevan", "/sumber?q=kabar&keadaan=failing", "/sumber?q=zzzz"),
    *("/", "/cari", "/cari?q=pangkalpinang", "/cari?q=zzzz", "/angka", LEDGER, "/narasumber", SPEAKER, STORY),
    *("/peringatan", "/peringatan?status=semua", ALERT, "/ringkasan", "/sumber", "/sumber/hariantimur", "/akun"),
    *("/notifikasi", "/kotak-keluar", MESSAGE, "/pekerjaan", "/pekerjaan?pekerjaan=ingest", "/tiada"),
    *("/orang", PERSON, "/audit", "/audit?jenis=exported"),
    *("/ringkasan/berikutnya/harian", "/langganan/{sealed}", "/langganan/{sealed}/berhenti"),
    *("/aturan", "/aturan/negatif?uji=1", "/aturan/media-diam?uji=1", "/aturan/baru?jenis=article"),
    *("/aturan/baru?jenis=spike", "/aturan/baru?jenis=silent_outlets", "/aturan/baru?jenis=standstill"),
    *(CORRECTED_PAGE, f"{CORRECTED_PAGE}/arsip", ALTERED_STORY),
]


@contextmanager
def whole_desk(folder: Path) -> Iterator[Desk]:
    """The desk of the sample, with an analyst who can sign in, jobs that ran, exports and a hostile archived page."""
    store = SqlStore(f"sqlite:///{folder / 'pantau.db'}")
    store.migrate()
    index = TantivyIndex(folder / "index")
    desk = ledger_desk(index, store)
    waiting = ThreadPoolExecutor(1)
    desk = replace(desk, exports=exports_over(index, store, ManualClock(), folder / "exports", waiting))
    hostile = an_article("jahat", archived_in="jahat", fetched=NOW, story_id=None)
    with store.transaction() as transaction:
        for article in (hostile, *ALTERED):
            transaction.add(article)
    worked = JobRun("ingest", NOW, 12.4, "ok", "31 berita baru, 12 relevan, 3 negatif, 1 peringatan")
    broken = JobRun("index", NOW, 0.2, "failed", "", "indeks sedang dibuat ulang oleh proses lain")
    crawled = JobRun("crawl", NOW, 38.0, "ok", "163 sumber dibaca, 104 tidak berubah, 31 berita baru diambil, 2 gagal")
    states = [replace(JobState(run.job).after(run), next=NOW) for run in (crawled, worked, broken)]
    store.jobs.keep(states, [crawled, worked, broken])
    store.jobs.take("a", "kantor-pusat", 4711)
    rani = desk.people.add(ADMIN, EMAIL, "Rani Saputri", "analis")
    choose(desk, rani)
    desk.people.issue_token(rani, "laporan bulanan", "pembaca", 90, "192.0.2.1")
    desk.signing_in.after_choosing(rani, "192.0.2.1", "Firefox")
    SEALED["person"] = rani.id
    desk.digests.run("harian")
    SEALED["sealed"] = desk.subscriptions.links("harian", "humas@agency.example").choices.rpartition("/")[2]
    assert isinstance(desk.archive, FakeArchive)
    desk.archive.files["jahat"] = [(evil_page(hostile, EVIL_PAGE),)]
    yield desk
    desk.exports.close()
    store.close()
