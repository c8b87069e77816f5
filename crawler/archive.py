"""The page archive: WARC 1.1 files, one gzip member a record, an article's pages one after the other.

Pages are archived decoded: the HTTP headers of the record say so (no Content-Encoding, no Transfer-Encoding). Where a
page came from stands in extension fields of the record, so that the store can be rebuilt from the archive alone.
A page that was looked at again and is the same is a revisit record; an article that was taken down is the response
that said so.
Ordinary WARC files (Common Crawl's, wget's) are read as well: every response is an article of one page.

Errors: ArchiveError.
"""

import base64
import hashlib
import logging
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.page import Page
from crawler.response import UnreadableBody, read_response
from crawler.warc import Damage, Record, read_records

logger = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
PART = ".part"
MAX_BODY = 20_000_000
"""Bodies that unpack to more are left out when a WARC file is read."""

_OUTLET, _DISCOVERY, _VIA = "Pantau-Outlet", "Pantau-Discovery", "Pantau-Via"
_ARTICLE, _NUMBER, _PAGES, _ORIGIN = "Pantau-Article", "Pantau-Page", "Pantau-Pages", "Pantau-Origin"

# What the crawler undid, and what WARC counts itself.
_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LEVEL = 2
# WARC 1.1, 6.7: what a revisit record claims.
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
_NOT_MODIFIED = _REVISIT + "server-not-modified"
_IDENTICAL = _REVISIT + "identical-payload-digest"


class ArchiveError(Exception):
    """A WARC file is damaged; the message says how, without quoting it."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page in the archive as a later record refers to it: its URL, when it was fetched, its payload's digest."""

    url: str
    fetched: datetime
    digest: str


def capture(page: Page) -> Capture:
    """What a later record says to refer to this page."""
    return Capture(page.url, page.fetched, payload_digest(page.body))


def payload_digest(body: bytes) -> str:
    """The digest of a body as WARC files print it."""
    # By custom SHA-1 in base 32: it tells bodies apart and guards nothing.
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


class ArchiveWriter:
    """Writes articles into one `.part` file after the other.

    A file is finished in two steps, so that the caller can note what it holds in between: `seal` (complete and on
    disk), then `publish` (it gets its name).
    """

    def __init__(self, spool: Path, software: str, *, prefix: str = "pantau") -> None:
        """`software` is what the files call their maker, `prefix` how their names begin."""
        self._spool = spool
        self._software = software
        self._prefix = prefix
        self._file: BinaryIO | None = None
        self._part: Path | None = None
        self._writer: WARCWriter | None = None
        self._opened: datetime | None = None
        self.articles = 0
        self.pages = 0

    @property
    def size(self) -> int:
        """Bytes in the open file."""
        return self._file.tell() if self._file is not None else 0

    def age(self, now: datetime) -> float:
        """Seconds since the open file was begun."""
        return (now - self._opened).total_seconds() if self._opened is not None else 0.0

    def add(self, article: str, pages: Sequence[Page], now: datetime) -> None:
        """Append the pages of the article with this id."""
        writer = self._writer or self._open(now)
        for page in pages:
            writer.write_record(_record(writer, article, page, len(pages)))
        self.articles += 1
        self.pages += len(pages)

    def add_revisits(self, article: str, pages: Sequence[tuple[Page, Capture]], now: datetime) -> None:
        """Note that these pages of the article were fetched again and are what was captured before.

        A page of status 304 has no body: the server itself said so.
        """
        writer = self._writer or self._open(now)
        for page, before in pages:
            writer.write_record(_revisit_record(writer, article, page, before, len(pages)))

    def seal(self) -> str | None:
        """Finish the open file on disk; its final name, or None where there is nothing to finish."""
        if self._file is None or self._part is None:
            return None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        _sync_folder(self._spool)
        name = self._part.name.removesuffix(PART)
        self._forget()
        return name

    def discard(self) -> None:
        """Give up the open file: after an error nobody knows what is in it."""
        if self._file is not None:
            # Closing writes what is buffered, which may fail as before; the file is given up either way.
            with suppress(OSError):
                self._file.close()
        if self._part is not None:
            self._part.unlink(missing_ok=True)
        self._forget()

    def _forget(self) -> None:
        self._file = self._part = self._writer = self._opened = None
        self.articles = self.pages = 0

    def _open(self, now: datetime) -> WARCWriter:
        self._spool.mkdir(parents=True, exist_ok=True)
        name = f"{self._prefix}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}{SUFFIX}"
        self._part = self._spool / (name + PART)
        self._file = self._part.open("xb")
        self._opened = now
        writer = _Writer(self._file, gzip=False, warc_version="WARC/1.1")
        info = {"software": self._software, "format": "WARC File Format 1.1", "robots": "obey"}
        writer.write_record(writer.create_warcinfo_record(name, info))
        self._writer = writer
        return writer


def publish(spool: Path, name: str, *, into: Path | None = None) -> Path:
    """Give a sealed file its name, durably, where it lies or in another folder of the file system; its path now."""
    folder = into or spool
    path = folder / name
    (spool / (name + PART)).rename(path)
    _sync_folder(folder)
    return path


def read_articles(path: Path) -> Iterator[tuple[Page, ...]]:
    """The articles of a WARC file, each with its pages in order.

    A truncated tail is left out, and with it an article whose pages are not all there. Any other damage ends the
    reading with ArchiveError, after the articles that stand before it.
    """
    with path.open("rb") as file:
        article, pages = "", list[Page]()
        for name, expected, page in _read_pages(file, path):
            if name != article:
                _leave_out(pages, path)
                article, pages = name, []
            pages.append(page)
            if len(pages) >= expected:
                yield tuple(sorted(pages, key=lambda page: page.number))
                pages = []
        _leave_out(pages, path)


def holds_revisits(path: Path) -> bool:
    """Whether the file says of some page that it was the same as before."""
    with path.open("rb") as file:
        return any(isinstance(record, Record) and record.kind == "revisit" for record in read_records(file))


def _leave_out(pages: Sequence[Page], path: Path) -> None:
    if pages:
        logger.warning("incomplete article in archive file=%s url=%s", path.name, pages[0].url)


def _read_pages(file: BinaryIO, path: Path) -> Iterator[tuple[str, int, Page]]:
    """Article id (empty in files of other tools), number of pages of the article, page."""
    for record in read_records(file):
        if isinstance(record, Damage):
            if not record.cut_off:
                raise ArchiveError(record.reason)
            logger.warning("truncated archive file=%s", path.name)
        elif (page := _page(record)) is not None:
            yield record.field(_ARTICLE) or "", _number(record.field(_PAGES)), page


def _page(record: Record) -> Page | None:
    """The page that a response record holds, or None where it holds none, or one that is too large."""
    url, fetched = record.url, record.date
    if record.kind != "response" or not url.startswith(("http://", "https://")) or fetched is None:
        return None
    if record.block is None:
        logger.warning("too large in archive url=%s", url)
        return None
    response = read_response(record.block)
    if response is None:
        return None
    try:
        body = response.body(MAX_BODY)
    except UnreadableBody as error:
        logger.warning("unreadable in archive url=%s reason=%s", url, error.reason)
        return None
    return Page(
        url=url,
        fetched=fetched,
        status=response.status,
        headers=response.headers,
        body=body,
        outlet=record.field(_OUTLET) or "",
        discovery=record.field(_DISCOVERY) or "",
        via=record.field(_VIA),
        number=_number(record.field(_NUMBER)),
        article=record.field(_ARTICLE) or "",
        origin=record.field(_ORIGIN),
    )


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Packs records with ISA-L: zlib at its usual level takes ten times as long for a tenth less."""

    def write_record(self, record, params=None) -> None:  # type: ignore[no-untyped-def]
        self._write_warc_record(_Member(self.out), record)


class _Member:
    """One gzip member of a file."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._compressor = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, isal_zlib.MAX_WBITS + 16)

    def write(self, piece: bytes) -> None:
        """Pack the piece."""
        self._out.write(self._compressor.compress(piece))

    def flush(self) -> None:
        """End the member."""
        self._out.write(self._compressor.flush())


def _record(writer: WARCWriter, article: str, page: Page, pages: int):  # type: ignore[no-untyped-def]
    return writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(_status_line(page.status), _http_fields(page), protocol="HTTP/1.1"),
        warc_headers_dict=_warc_fields(article, page, pages),
    )


def _revisit_record(writer: WARCWriter, article: str, page: Page, before: Capture, pages: int):  # type: ignore[no-untyped-def]
    fields = _warc_fields(article, page, pages) | {
        "WARC-Profile": _NOT_MODIFIED if page.status == HTTPStatus.NOT_MODIFIED else _IDENTICAL,
        "WARC-Refers-To-Target-URI": before.url,
        "WARC-Refers-To-Date": _warc_date(before.fetched),
        "WARC-Payload-Digest": before.digest,
    }
    return writer.create_warc_record(
        page.url,
        "revisit",
        http_headers=StatusAndHeaders(_status_line(page.status), _http_fields(page), protocol="HTTP/1.1"),
        warc_headers_dict=fields,
    )


def _warc_fields(article: str, page: Page, pages: int) -> dict[str, str]:
    fields = {
        "WARC-Date": _warc_date(page.fetched),
        _ARTICLE: article,
        _NUMBER: str(page.number),
        _PAGES: str(pages),
        _OUTLET: page.outlet,
        _DISCOVERY: page.discovery,
    }
    if page.via:
        fields[_VIA] = page.via
    if page.origin:
        fields[_ORIGIN] = page.origin
    return _clean(fields)


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _status_line(status: int) -> str:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    return f"{status} {phrase}"


def _http_fields(page: Page) -> list[tuple[str, str]]:
    kept = {name: value for name, value in page.headers.items() if name.lower() not in _TRANSPORT}
    length = [] if page.status == HTTPStatus.NOT_MODIFIED else [("content-length", str(len(page.body)))]
    return [*_clean(kept).items(), *length]


def _clean(fields: Mapping[str, str]) -> dict[str, str]:
    """Without what could end a header line early."""
    return {name: _CONTROL.sub(" ", value) for name, value in fields.items()}


def _number(text: str | None) -> int:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,6}", text) else 1


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def leftovers(spool: Path) -> Iterable[Path]:
    """The files in the spool that no crawl finished."""
    return sorted(spool.glob(f"*{SUFFIX}{PART}"))
