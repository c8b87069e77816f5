"""HTTP responses out of WARC records: packed, in chunks, already unpacked, damaged."""

import gzip
import zlib

import brotli
import pytest

from crawler.response import UnreadableBody, read_response

PAGE = "<html><p>Iuran peserta BPU naik, kata Zoë.</p></html>".encode() * 50
LIMIT = 10_000


def body_of(raw: bytes, *headers: str, limit: int = LIMIT) -> bytes:
    response = read_response("\r\n".join(["HTTP/1.1 200 OK", *headers]).encode() + b"\r\n\r\n" + raw)
    assert response is not None
    return response.body(limit)


def bare_deflate(body: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(body) + pack.flush()


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_status_and_headers_are_read() -> None:
    response = read_response("HTTP/1.1 404 Tidak Ada\r\nX-Kota: Zoë\r\nServer:nginx\n\nisi".encode())
    assert response is not None
    assert (response.status, response.headers) == (404, {"x-kota": "Zoë", "server": "nginx"})
    assert response.body(LIMIT) == b"isi"


@pytest.mark.parametrize("block", [b"", b"HTTP/1.1 200 OK", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 20000 OK\r\n\r\n"])
def test_what_is_no_response_is_none(block: bytes) -> None:
    assert read_response(block) is None


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", bare_deflate(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("gzip, br", brotli.compress(gzip.compress(PAGE, mtime=0))),
    ],
)
def test_a_packed_body_is_unpacked_also_in_chunks(encoding: str, packed: bytes) -> None:
    assert body_of(packed, f"Content-Encoding: {encoding}") == PAGE
    assert body_of(chunked(packed), f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked") == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_was_unpacked_before_is_given_as_it_stands(encoding: str) -> None:
    assert body_of(PAGE, f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked") == PAGE


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(b"x" * 10_000_000, mtime=0)),
        ("deflate", zlib.compress(b"x" * 10_000_000)),
        ("br", brotli.compress(b"x" * 10_000_000)),
        ("identity", b"x" * 10_001),
    ],
)
def test_a_body_that_unpacks_to_too_much_is_not_held(encoding: str, bomb: bytes) -> None:
    with pytest.raises(UnreadableBody) as raised:
        body_of(bomb, f"Content-Encoding: {encoding}")
    assert raised.value.reason == "too-large"


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", b"\x1f\x8b\x08rusak" * 9), ("br", b"\xffrusak"), ("zstd", b"(\xb5/\xfd")]
)
def test_a_body_that_cannot_be_unpacked_is_told(encoding: str, packed: bytes) -> None:
    with pytest.raises(UnreadableBody) as raised:
        body_of(packed, f"Content-Encoding: {encoding}")
    assert raised.value.reason == "encoding"


def test_chunks_that_break_off_give_what_came() -> None:
    whole, begun = 3 * len(b"64;a=b\r\n" + PAGE[:100] + b"\r\n"), len(b"64;a=b\r\n") + 12
    assert body_of(chunked(PAGE)[: whole + begun], "Transfer-Encoding: chunked") == PAGE[:312]
