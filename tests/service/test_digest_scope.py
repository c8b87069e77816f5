"""A group's digest is of what the group asks for: a query, regions, or a saved search; its files list just that."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from service.adapters.spreadsheets import write_clip_csv, write_clip_workbook
from service.domain.article import Article
from service.domain.clipping import Clipper
from service.domain.digest import Digest
from service.domain.digest_group import DigestGroup
from service.domain.message import Attached
from service.domain.query import Query
from service.errors import ExportError
from service.usecases.digest_lists import MOST_LISTED, DigestLists
from service.usecases.digests import GONE_SEARCH, LARGEST_ATTACHMENTS, NO_FILE
from tests.service.builders import JEMBER, ManualClock, an_alert, an_article
from tests.service.digest_desk import DAILY, DUE, DigestDesk

HOUR = timedelta(hours=1)
NEWS = (
    an_article("jember", title="Santunan di Jember", regions=(JEMBER,), published=DUE - HOUR),
    an_article("klaim", title="Klaim JHT di Palembang", published=DUE - 2 * HOUR),
    an_article("iuran", title="Iuran naik", text="Iuran pekerja naik.", published=DUE - 3 * HOUR, evidence=()),
)
LISTS = DigestLists(
    Clipper(lambda outlet: outlet, lambda code: code, lambda article_id: f"https://pantau.agency.example/{article_id}"),
    {"xlsx": write_clip_workbook, "pdf": write_clip_csv},
    lambda code: {"35": "Jawa Timur"}.get(code, code),
    "BPJS Ketenagakerjaan",
    "https://pantau.agency.example",
)


def told(group: DigestGroup, saved: Query | None = None) -> Digest:
    desk = DigestDesk(groups=[group], read_search=lambda search_id: saved if search_id == "s-1" else None)
    desk.index(*NEWS, at=DUE - HOUR)
    desk.digests.due()
    return desk.told[0]


def titles(digest: Digest) -> set[str]:
    return {entry.title for entry in digest.stories}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({}, {0, 1, 2}),
        ({"query": "iuran OR santunan"}, {0, 2}),
        ({"regions": frozenset({"35"})}, {0}),
        ({"regions": frozenset({"16.71"}), "query": "klaim"}, {1}),
    ],
)
def test_a_digest_tells_what_its_group_asks_for_and_counts_just_that(
    scope: dict[str, object], expected: set[int]
) -> None:
    digest = told(replace(DAILY, **scope))  # type: ignore[arg-type]
    assert titles(digest) == {NEWS[number].title for number in expected}
    assert digest.counts.articles == digest.days[-1].counts.articles == len(expected)


def test_a_saved_search_is_asked_whenever_it_is_saved_for_and_without_its_own_days() -> None:
    saved = Query(text="jember", since=date(2020, 1, 1), until=date(2020, 1, 2), sort="relevance")
    digest = told(replace(DAILY, search="s-1"), saved)
    assert titles(digest) == {NEWS[0].title}
    assert digest.address == "/cari?q=jember&dari=2026-11-22&sampai=2026-11-23"
    assert digest.notices == ()


@pytest.mark.parametrize("saved", [None, Query(text="sentimen:senang")])
def test_a_search_that_is_gone_or_broken_leaves_nothing_out_and_says_so(saved: Query | None) -> None:
    search = "s-1" if saved else "s-2"
    digest = told(replace(DAILY, search=search), saved)
    assert len(titles(digest)) == 3
    assert digest.notices == (GONE_SEARCH,)


def test_alerts_of_other_regions_are_not_told() -> None:
    desk = DigestDesk(groups=[replace(DAILY, regions=frozenset({"35"}))])
    desk.index(*NEWS, at=DUE - HOUR)
    with desk.store.transaction() as transaction:
        for article in NEWS[:2]:
            transaction.raise_alert(replace(an_alert(article), raised=DUE - HOUR))
    desk.digests.due()
    assert [alert.article_id for alert in desk.told[0].alerts] == [NEWS[0].id]


# Files.


def test_the_file_lists_exactly_what_the_digest_tells() -> None:
    group = replace(DAILY, regions=frozenset({"35"}), attachments=("xlsx",))
    desk = DigestDesk(groups=[group], attach=LISTS.attach)
    desk.index(*NEWS, at=DUE - HOUR)
    desk.digests.due()
    (file,) = desk.store.outbox()[0].message.attachments
    assert (file.name, file.media_type.rpartition(".")[2]) == ("harian-2026-11-23.xlsx", "sheet")
    book = load_workbook(io.BytesIO(file.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[2] for row in rows] == ["Judul", "Santunan di Jember"]
    notes = " ".join(str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row)
    assert "Jawa Timur" in notes
    assert "Sen 23 Nov 2026, 06.30 WIB" in notes


def attached(attach: Sequence[Attached] | Exception) -> tuple[Digest, tuple[Attached, ...]]:
    def answer(digest: Digest, articles: Sequence[Article]) -> Sequence[Attached]:
        if isinstance(attach, Exception):
            raise attach
        return attach

    desk = DigestDesk(ManualClock(DUE), [replace(DAILY, attachments=("pdf",))], attach=answer)
    desk.index(*NEWS, at=DUE - HOUR)
    assert desk.digests.due() == 1
    return desk.told[-1], desk.store.outbox()[0].message.attachments


def test_a_file_that_cannot_be_made_or_is_too_large_keeps_no_digest_back_and_the_mail_says_so() -> None:
    large = Attached("a.pdf", "application/pdf", b"x" * (LARGEST_ATTACHMENTS + 1))
    for refused in (ExportError("Pango tidak ada"), [large]):
        digest, files = attached(refused)
        assert (files, digest.notices) == ((), (NO_FILE,))
    small = Attached("a.pdf", "application/pdf", b"%PDF")
    digest, files = attached([small])
    assert (files, digest.notices) == ((small,), ())


def test_a_list_has_a_length() -> None:
    digest = told(replace(DAILY, attachments=("pdf",)))
    with pytest.raises(ExportError, match="tidak muat"):
        LISTS.attach(digest, [NEWS[0]] * (MOST_LISTED["pdf"] + 1))


def test_a_quiet_day_brings_no_empty_file() -> None:
    desk = DigestDesk(groups=[replace(DAILY, attachments=("xlsx",))], attach=LISTS.attach)
    desk.digests.due()
    assert desk.store.outbox()[0].message.attachments == ()
