"""Pages that stand in an article's place are refused: walls (crawler/walls.py) and error pages.

Errors: ExtractionError with reason "challenge", "not-found", "http-error", "paywall", "login", "cookie-wall" or
"javascript".
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from crawler.metadata import Metadata
from crawler.page import ExtractionError
from crawler.walls import ShownText, challenge_of, wall_before_text

_TITLES = 20
_HEAD = 60_000
_TITLE = re.compile(r"<[tT][iI][tT][lL][eE]\b[^>]{0,200}>([^<]{0,200})")
_NOT_FOUND_TITLE = re.compile(
    r"\s*(?:(?:error\s*)?404\b|(?:page )?not found)|\s*(?:halaman|berita|artikel) tidak (?:ditemukan|ada)"
    r"|.{0,60}(?:page not found|halaman tidak ditemukan)",
    re.IGNORECASE,
)


def raise_if_no_article_can_stand_here(html: str, status: int, headers: Mapping[str, str]) -> None:
    """Raise for challenges and error pages, which no reading of the text makes into news."""
    if (wall := challenge_of(status, headers, html)) is not None:
        raise ExtractionError(wall.reason, wall.detail)
    titles = [found[1] for found in islice(_TITLE.finditer(html[:_HEAD]), _TITLES)]
    if status in {404, 410} or any(map(_NOT_FOUND_TITLE.match, titles)):
        raise ExtractionError("not-found", "the site says that there is no such page")
    if status >= 400:
        raise ExtractionError("http-error", f"the response has status {status}")


def raise_if_the_text_is_withheld(html: str, paragraphs: Sequence[str], metadata: Metadata) -> None:
    """Raise when a wall stands where the text should go on."""
    wall = wall_before_text(html, ShownText(paragraphs, metadata.is_free))
    if wall is not None:
        raise ExtractionError(wall.reason, wall.detail)
