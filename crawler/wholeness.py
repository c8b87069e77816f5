"""Whether a page shows all of its article: a wall, a cut line or a pager's missing pages tell that it does not.

A page with hardly a text before its wall is refused (crawler.extract_walls); here is told which longer texts break off.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from crawler.metadata import Metadata

_WALL = re.compile(
    r"\b(?:untuk\s+(?:terus\s+)?(?:membaca|melanjutkan|mengakses)\b.{0,60}\b(?:berlangganan|login|log\s?in|masuk|daftar)"
    r"|(?:berlangganan|langganan|login|log\s?in|masuk|daftar)\b.{0,40}\buntuk\s+(?:terus\s+)?(?:membaca|melanjutkan|mengakses)"
    r"|lanjutkan\s+membaca\s+dengan\s+berlangganan|(?:konten|artikel|berita)\s+(?:ini\s+)?(?:premium|khusus\s+pelanggan)"
    r"|sudah\s+berlangganan\?|subscribe\s+to\s+(?:read|continue)|this\s+article\s+is\s+for\s+subscribers)",
    re.IGNORECASE,
)
_READ_ON = re.compile(
    r"\W*(?:(?:baca|lihat|simak)\s+(?:berita\s+|artikel\s+)?(?:selengkapnya|lengkapnya|versi\s+lengkap(?:nya)?)"
    r"|selengkapnya|(?:lanjutkan|lanjut)\s+membaca|read\s+more|continue\s+reading)\b.{0,80}",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])[\"'”’)»]*\s*$")
_END = 40
_LINES_BELOW = 4
_ENOUGH = 0.9
_LONGEST_NOTICE = 300


def breaks_off(paragraphs: Sequence[str], metadata: Metadata) -> bool:
    """Whether the words below the text, or what the page tells machines, say that the text goes on elsewhere.

    `metadata` is of the page that holds the last paragraph.
    """
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if metadata.words_declared and words >= _ENOUGH * metadata.words_declared:
        return False
    if not metadata.is_free:
        return True
    below = _lines_below(paragraphs, metadata.lines)
    if any(_WALL.search(line) for line in below):
        return True
    return bool(paragraphs and _CUT.search(paragraphs[-1]) and any(map(_READ_ON.fullmatch, below)))


def _lines_below(paragraphs: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The first short lines that the page prints below the text's last paragraph."""
    if not paragraphs:
        return []
    end = paragraphs[-1][-_END:]
    for place in range(len(lines) - 1, -1, -1):
        if end in lines[place]:
            below = (lines[place].rpartition(end)[2], *lines[place + 1 : place + 1 + _LINES_BELOW])
            return [line[:_LONGEST_NOTICE] for line in below]
    return []


def same_page(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What two addresses of one page of an article have in common."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return host, parts.path.rstrip("/"), tuple(sorted(query))


def pages_missing(further: Iterable[str], had: Iterable[str]) -> list[str]:
    """The pages among `further` that are not among those `had`."""
    known = {same_page(url) for url in had}
    return [url for url in dict.fromkeys(further) if same_page(url) not in known]
