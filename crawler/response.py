"""HTTP responses as a WARC record holds them: as they went over the wire, or unpacked by whoever archived them."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_MAX_HEAD = 65_536
_GZIP_OR_ZLIB, _BARE_DEFLATE = 47, -15  # zlib's numbers


class UnreadableBody(Exception):
    """The body cannot be had as it was meant; `reason` is "too-large" or "encoding"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response; names of headers are in lower case, of those that stand twice the last counts."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    def body(self, limit: int) -> bytes:
        """The body without chunks and content encoding; UnreadableBody where it is longer than `limit` or damaged.

        A body that does not look as its headers say was unpacked by whoever archived it, and is given as it stands.
        """
        body = self.raw
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            body = _joined(body)
        encodings = self.headers.get("content-encoding", "").lower().replace("x-gzip", "gzip").split(",")
        for encoding in reversed([name.strip() for name in encodings if name.strip() not in ("", "identity")]):
            body = _unpacked(body, encoding, limit)
        if len(body) > limit:
            raise UnreadableBody("too-large")
        return body


def read_response(block: bytes) -> HttpResponse | None:
    """The response in a record's block, or None where it is none."""
    status = _STATUS_LINE.match(block)
    end = _HEAD_END.search(block, 0, _MAX_HEAD)
    if status is None or end is None:
        return None
    headers: dict[str, str] = {}
    for line in block[: end.start()].split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            headers[name.strip().decode("latin-1").lower()] = _text(value.strip())
    return HttpResponse(int(status[1]), headers, block[end.end() :])


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _joined(body: bytes) -> bytes:
    """The chunks' contents; the body as it is where it is not in chunks."""
    parts: list[bytes] = []
    position = 0
    while size := _CHUNK_SIZE.match(body, position):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length
        position += 2 if body[position : position + 2] == b"\r\n" else body[position : position + 1] == b"\n"
    # A crawler that gave up in the middle has left whole chunks and the beginning of one.
    return b"".join(parts) if position >= len(body) and parts else body


def _unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding == "gzip":
        return _inflated(body, _GZIP_OR_ZLIB, limit) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":
        return _deflated(body, limit)
    if encoding == "br":
        return _from_brotli(body, limit)
    if body.lstrip()[:1] == b"<":
        return body
    raise UnreadableBody("encoding")


def _deflated(body: bytes, limit: int) -> bytes:
    """zlib's format, or without its head as some servers send it, or not packed at all."""
    for window in (_GZIP_OR_ZLIB, _BARE_DEFLATE):
        try:
            return _inflated(body, window, limit)
        except UnreadableBody as error:
            if error.reason == "too-large":
                raise
    return body


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    unpack = zlib.decompressobj(window)
    try:
        unpacked = unpack.decompress(body, limit + 1)
    except zlib.error as error:
        raise UnreadableBody("encoding") from error
    if len(unpacked) > limit:
        raise UnreadableBody("too-large")
    return unpacked


def _from_brotli(body: bytes, limit: int) -> bytes:
    if body.lstrip()[:1] == b"<":  # no stream of brotli that holds a page begins so
        return body
    unpack = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = unpack.process(body, output_buffer_limit=limit + 1)
        while part:
            parts.append(part)
            size += len(part)
            if size > limit:
                raise UnreadableBody("too-large")
            part = unpack.process(b"", output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise UnreadableBody("encoding") from error
    return b"".join(parts)
