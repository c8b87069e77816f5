"""What a run of a job did, in words for the desk; empty where there was nothing to do."""

from service.domain.wording.jobs import KEPT
from service.domain.wording.numbers import number
from service.usecases.alerting import DeliveryReport
from service.usecases.crawling import CrawlReport
from service.usecases.ingest import IngestReport
from service.usecases.retention import TidyReport


def tell_crawl(report: CrawlReport | None) -> str:
    """Sources, articles and failures of a crawl."""
    if report is None:
        return ""
    return _listed(
        (report.sources, "sumber dibaca"),
        (report.unchanged, "tidak berubah"),
        (report.articles, "berita baru diambil"),
        (report.again, "berita dilihat lagi"),
        (len(report.failures), "gagal"),
    )


def tell_ingest(report: IngestReport) -> str:
    """Articles of an ingest, and what they raised."""
    return _listed(
        (report.new, "berita baru"),
        (report.changed, "berubah"),
        (report.gone, "dihapus media"),
        (report.relevant, "relevan"),
        (report.negative, "negatif"),
        (report.alerts, "peringatan"),
        (report.quarantined, "halaman tidak terbaca"),
        (report.damaged, "berkas rusak"),
    )


def tell_index(count: int) -> str:
    """Articles that were indexed."""
    return _listed((count, "berita diindeks"))


def tell_delivery(report: DeliveryReport) -> str:
    """Messages by what became of them."""
    return _listed(
        (report.sent, "pesan terkirim"), (report.retried, "akan dicoba lagi"), (report.dead, "tidak dapat dikirim")
    )


def tell_watch(count: int) -> str:
    """Alerts that no single article raised."""
    return _listed((count, "peringatan"))


def tell_notify(count: int) -> str:
    """Messages that tell of alerts."""
    return _listed((count, "pesan disusun"))


def tell_digests(count: int) -> str:
    """Digests that were composed."""
    return _listed((count, "ringkasan disusun"))


def tell_tidy(report: TidyReport) -> str:
    """What was forgotten."""
    told = _listed(*((count, KEPT.get(kind, kind)) for kind, count in report.counts.items()))
    return told if report.is_done else f"{told}; sisanya pada giliran berikut"


def _listed(*counted: tuple[int, str]) -> str:
    return ", ".join(f"{number(count)} {what}" for count, what in counted if count)
