"""WARC files of any tool, record by record: a gzip member a record (as the standard asks), one for all, or plain.

A file may be read in parts: a record belongs to the part of the file in which its gzip member (or, in a plain file, the
record itself) begins, so that parts laid side by side give every record once. What is damaged is told in its place, and
reading goes on at the next record that can be found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Protocol

from isal import isal_zlib

MAX_BLOCK = 25_000_000
"""Longer blocks are passed over, not held in memory."""

_CHUNK = 65_536
_STEP = 1_000_000
"""At most so much is unpacked at a time, so that a bomb is measured before it is held."""
_MAX_HEAD = 65_536
_VERSION = b"WARC/"
_GZIP_MEMBER = b"\x1f\x8b\x08"
_ZlibError: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stubs call the class an instance
_GZIP = 31  # zlib's number for "one gzip member, checked"
_PLAIN_RECORD = re.compile(rb"(?:\A|\n)WARC/\d")
_PROBE = 1_024


@dataclass(frozen=True, slots=True)
class Record:
    """One record; names of `fields` are in lower case. `block` is None where it is longer than what may be held."""

    offset: int
    fields: Mapping[str, str]
    block: bytes | None

    @property
    def kind(self) -> str:
        """What the record holds: "response", "request", "revisit", …"""
        return (self.field("WARC-Type") or "").lower()

    @property
    def url(self) -> str:
        """What the record is about; some writers put it in angle brackets, as the grammar of WARC 1.0 did."""
        return (self.field("WARC-Target-URI") or "").strip("<>")

    @property
    def date(self) -> datetime | None:
        """When it was fetched, aware UTC; None where the record does not say."""
        try:
            return datetime.fromisoformat(self.field("WARC-Date") or "").astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def field(self, name: str) -> str | None:
        """The field of this name in any case."""
        return self.fields.get(name.lower())


@dataclass(frozen=True, slots=True)
class Damage:
    """From `offset` on nothing can be read, up to the next record; the reason never quotes the file.

    `cut_off` says that the file ends there before its last record does.
    """

    offset: int
    reason: str
    cut_off: bool = False


class _Broken(Exception):
    """The record cannot be read."""


class _CutOff(_Broken):
    """The file ends within the record."""


def read_records(
    file: BinaryIO, start: int = 0, stop: int | None = None, *, max_block: int = MAX_BLOCK
) -> Iterator[Record | Damage]:
    """The records that begin from byte `start` on and before byte `stop` of the file, and the damage between them."""
    file.seek(0)
    source: _Source = _Plain(file) if file.read(len(_VERSION)) == _VERSION else _Packed(file)
    found = source.seek(start) if start == 0 else source.find(start)
    while found:
        offset = source.begin()
        if offset is None or (stop is not None and offset >= stop):
            return
        try:
            yield _record(source, offset, max_block)
        except (_Broken, _ZlibError) as error:
            reason = str(error) if isinstance(error, _Broken) else "it cannot be unpacked"
            found = source.find(offset + 1)
            yield Damage(offset, reason, cut_off=isinstance(error, _CutOff) and not found)


def _record(source: "_Source", offset: int, max_block: int) -> Record:
    fields = _fields(source.head())
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        raise _Broken("a record does not say how long it is")
    size = int(length)
    block = source.take(size, keep=size <= max_block)
    source.end()
    return Record(offset, fields, block)


def _fields(head: bytes) -> dict[str, str]:
    """The record's fields; the first of a name counts."""
    if not head.startswith(_VERSION):
        raise _Broken("a record does not begin as one")
    fields: dict[str, str] = {}
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().decode("latin-1").lower(), value.strip().decode("utf-8", "replace"))
    return fields


class _Source(Protocol):
    def seek(self, offset: int) -> bool: ...

    def find(self, offset: int) -> bool: ...

    def begin(self) -> int | None: ...

    def head(self) -> bytes: ...

    def take(self, size: int, *, keep: bool) -> bytes | None: ...

    def end(self) -> None: ...


class _Buffered:
    """Bytes of records, as `_more` brings them, with what a record is made of: a head, a block, an end."""

    _too_soon: type[_Broken] = _Broken
    """What it means that there are no more bytes within a record."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = b""

    def _more(self) -> bytes:
        """Further bytes; none where there are no more. _CutOff where the file ends within a gzip member."""
        raise NotImplementedError

    def head(self) -> bytes:
        """What stands before the empty line."""
        searched = 0
        while True:
            for mark in (b"\r\n\r\n", b"\n\n"):
                end = self._held.find(mark, max(0, searched - len(mark)))
                if end >= 0:
                    head, self._held = self._held[:end], self._held[end + len(mark) :]
                    return head
            searched = len(self._held)
            if searched > _MAX_HEAD or not (self._held.startswith(_VERSION) or searched < len(_VERSION)):
                raise _Broken("a record does not begin as one")
            more = self._more()
            if not more:
                raise self._too_soon("a record ends within its fields")
            self._held += more

    def take(self, size: int, *, keep: bool) -> bytes | None:
        """The next bytes; passed over and None unless they are to be kept."""
        parts = [self._held[:size]] if keep else []
        missing = size - len(self._held)
        self._held = self._held[size:]
        while missing > 0:
            more = self._more()
            if not more:
                raise self._too_soon("a record is shorter than it says")
            if keep:
                parts.append(more[:missing])
            self._held = more[missing:]
            missing -= len(more)
        return b"".join(parts) if keep else None

    def end(self) -> None:
        """Pass over the empty lines behind a record."""
        while True:
            self._held = self._held.lstrip(b"\r\n")
            if self._held:
                return
            more = self._more()
            if not more:
                return
            self._held = more


class _Packed(_Buffered):
    """Gzip members."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._raw = b""
        self._unpack = isal_zlib.decompressobj(_GZIP)
        self._member = 0

    def seek(self, offset: int) -> bool:
        """Go on at the member that begins there."""
        self._file.seek(offset)
        self._raw = self._held = b""
        self._open(offset)
        return True

    def find(self, offset: int) -> bool:
        """Go on at the first member from there on that begins with a record, if there is one."""
        self._file.seek(offset)
        window = b""
        while chunk := self._file.read(_CHUNK):
            window += chunk
            at = window.find(_GZIP_MEMBER)
            while at >= 0:
                if at + _PROBE > len(window):
                    window += self._file.read(_PROBE)
                if _begins_a_record(window[at : at + _PROBE]):
                    return self.seek(offset + at)
                at = window.find(_GZIP_MEMBER, at + 1)
            kept = len(_GZIP_MEMBER) - 1
            offset += len(window) - kept
            window = window[-kept:]
        return False

    def begin(self) -> int | None:
        """Where the member of the next record begins; None at the end of the file."""
        if self._held:
            return self._member
        if self._unpack.eof:
            self._raw = self._unpack.unused_data
            self._open(self._file.tell() - len(self._raw))
        if not self._raw:
            self._raw = self._file.read(_CHUNK)
        return self._member if self._raw else None

    def _open(self, offset: int) -> None:
        self._member = offset
        self._unpack = isal_zlib.decompressobj(_GZIP)

    def _more(self) -> bytes:
        while not self._unpack.eof:
            raw = self._raw or self._file.read(_CHUNK)
            unpacked = self._unpack.decompress(raw, _STEP)
            self._raw = self._unpack.unconsumed_tail
            if unpacked:
                return unpacked
            if not raw and not self._unpack.eof:
                raise _CutOff("the file ends within a record")
        return b""


def _begins_a_record(raw: bytes) -> bool:
    try:
        return isal_zlib.decompressobj(_GZIP).decompress(raw, len(_VERSION)) == _VERSION
    except _ZlibError:
        return False


class _Plain(_Buffered):
    """Records as they are."""

    _too_soon = _CutOff

    def seek(self, offset: int) -> bool:
        """Go on at the record that begins there."""
        self._file.seek(offset)
        self._held = b""
        return True

    def find(self, offset: int) -> bool:
        """Go on at the first line from there on that begins as a record does, if there is one."""
        begin = max(0, offset - 1)  # a record begins a line, so the end of the line before is needed
        self._file.seek(begin)
        window = b""
        while chunk := self._file.read(_CHUNK):
            window += chunk
            for match in _PLAIN_RECORD.finditer(window):
                at = begin + match.end() - len(_VERSION) - 1
                if at >= offset:
                    return self.seek(at)
            kept = len(_VERSION) + 2
            begin += max(0, len(window) - kept)
            window = window[-kept:]
        return False

    def begin(self) -> int | None:
        """Where the next record begins; None at the end of the file."""
        if not self._held:
            self._held = self._file.read(_CHUNK)
        return self._file.tell() - len(self._held) if self._held else None

    def _more(self) -> bytes:
        return self._file.read(_CHUNK)
