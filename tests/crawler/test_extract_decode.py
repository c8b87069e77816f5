"""Bytes to text, whatever the page claims about its charset."""

import pytest

from crawler.decode import decode
from crawler.page import ExtractionError

TEXT = "<p>“Iuran Rp16.800 – murah,” kata Bu Café’s owner…</p>"


@pytest.mark.parametrize("actual", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize(
    "header", ["text/html", "text/html; charset=utf-8", "text/html; charset=ISO-8859-1", "text/html; charset=x"]
)
@pytest.mark.parametrize(
    "meta", ["", "<meta charset='utf-8'>", "<meta charset='iso-8859-1'>", "<meta charset='windows-1252'>"]
)
def test_the_bytes_decide_and_not_the_declaration(actual: str, header: str, meta: str) -> None:
    page = f"<html><head>{meta}</head><body>{TEXT}</body></html>"
    assert TEXT in decode(page.encode(actual), {"content-type": header})


def test_a_few_stray_bytes_do_not_spoil_a_utf8_page() -> None:
    assert decode("<p>Café – ".encode() + b"\x93kutipan\x94</p>") == "<p>Café – “kutipan”</p>"


def test_a_last_character_cut_in_two_is_forgiven() -> None:
    assert decode("<p>harga naik ”".encode()[:-1]) == "<p>harga naik "


def test_text_encoded_twice_is_read_once() -> None:
    twice = TEXT.encode().decode("cp1252", errors="replace").replace("\ufffd", "\x9d")
    assert decode(twice.encode()) == TEXT


def test_another_script_is_read_as_it_declares_itself() -> None:
    page = "<html><body><p>" + "ニュース記事の本文です。" * 20 + "</p></body></html>"
    assert "ニュース" in decode(page.encode("shift_jis"), {"content-type": "text/html; charset=Shift_JIS"})


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty"),
        (b"  \n ", "text/html", "empty"),
        (b"%PDF-1.7 ...", "text/html", "binary"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "binary"),
        (b"\x1f\x8b\x08\x00", "text/html", "binary"),
        (b"<p>x</p>", "application/pdf", "binary"),
        (bytes(range(256)) * 50, "text/html", "binary"),
        (b'{"berita": []}', "application/json", "not-html"),
        (b"hanya teks polos tanpa markup", "text/plain", "not-html"),
        (b"<p>x</p>" * 1_100_000, "text/html", "too-large"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        decode(body, {"content-type": content_type})
    assert caught.value.reason == reason
