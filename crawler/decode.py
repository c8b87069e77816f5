"""Bytes to text: what the bytes are comes before what anybody declares them to be.

Errors: ExtractionError with reason "empty", "binary", "not-html" or "too-large".
"""

import codecs
import re
from collections.abc import Iterator, Mapping

from charset_normalizer import from_bytes

from crawler.page import ExtractionError

MAX_BYTES = 8_000_000
_HIGH_BYTES = bytes(range(128, 256))

_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00",
    b"BM\x00",
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|table|br|a|h1|span)\b", re.IGNORECASE
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_OTHER_FORMATS = re.compile(r"^(?:image|audio|video|font)/|pdf|zip|octet-stream|msword|officedocument", re.IGNORECASE)

# UTF-8 once read as Windows-1252 and saved again: the curly quotes and dashes, the accented letters, the hard space.
_TWICE_ENCODED = re.compile("â€[\u0153\u009d\u201c\u201d\u02dc\u2122\u00a6\u00a2]|Ã[\u00a0-\u00bf]|Â[\u00a0«»·©®°]")


def decode(body: bytes, headers: Mapping[str, str] | None = None) -> str:
    """The page's text, whichever charset its header or its markup claims."""
    if not body.strip():
        raise ExtractionError("empty", "the response has no body")
    if len(body) > MAX_BYTES:
        raise ExtractionError("too-large", f"{len(body)} bytes, more than {MAX_BYTES}")
    content_type = (headers or {}).get("content-type", "")
    if body.startswith(_MAGIC) or _OTHER_FORMATS.search(content_type):
        raise ExtractionError("binary", f"the response is a file ({content_type or body[:4]!r})")
    text = _repaired(_decoded(body, content_type))
    if len(_NO_TEXT.findall(text)) > len(text) / 100:
        raise ExtractionError("binary", "the bytes are text in no known charset")
    if not _ELEMENT.search(text):
        raise ExtractionError("not-html", "the response holds no HTML element")
    return text


def _decoded(body: bytes, content_type: str) -> str:
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, errors="replace")
    if body[:200].count(b"\x00") > len(body[:200]) / 4:
        return body.decode("utf-16-be" if body[0] == 0 else "utf-16-le", errors="replace")
    try:
        # An incremental decoder forgives a last character that was cut in two.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return _decoded_as_declared(body, content_type) or _decoded_by_likeness(body)


def _decoded_as_declared(body: bytes, content_type: str) -> str | None:
    """The text in a declared charset that the bytes really obey; UTF-8 has been ruled out already."""
    for name in _declared(body, content_type):
        try:
            codec = codecs.lookup(name).name
            if codec in {"iso8859-1", "ascii", "cp1252"} or codec.startswith("utf"):
                continue  # browsers read the first three as Windows-1252, which _decoded_by_likeness does
            return body.decode(codec)
        except (LookupError, UnicodeError):
            continue
    return None


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    if match := _HEADER_CHARSET.search(content_type):
        yield match[1]
    if meta := _META_CHARSET.search(body[:4096]):
        yield meta[1].decode("ascii")


def _decoded_by_likeness(body: bytes) -> str:
    """Latin pages as UTF-8 with their stray bytes read as Windows-1252; any other script as its statistics say."""
    is_mostly_utf8 = not body.decode("utf-8", errors="ignore").isascii()
    high = len(body) - len(body.translate(None, _HIGH_BYTES))
    if not is_mostly_utf8 and high > len(body) / 10 and (best := from_bytes(body[:200_000]).best()) is not None:
        return body.decode(best.encoding, errors="replace")
    return body.decode("utf-8", errors="pantau.windows1252")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error("pantau.windows1252", _as_windows_1252)


def _repaired(text: str) -> str:
    """`text` with sequences that were encoded twice read as what they were."""
    if "â€" not in text and "Ã" not in text and "Â" not in text:
        return text
    return _TWICE_ENCODED.sub(_decoded_once_more, text)


def _decoded_once_more(match: re.Match[str]) -> str:
    raw = b"".join(bytes([ord(char)]) if ord(char) < 256 else char.encode("cp1252") for char in match[0])
    return raw.decode("utf-8", errors="ignore") or match[0]
