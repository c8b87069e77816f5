"""The link lines that page templates leave in a text: they name what other articles tell."""

import re
from bisect import bisect_right

# "Baca juga: …" with the other article's title on the same line, or alone with the title on the next; after a sentence
# of its own line it reaches to the end of that title.
_LINK_LINE = re.compile(
    r"(?<=[.!?”\"] )baca juga[ \t]{0,4}:[^\n.!?]{0,200}|^[^\w\n]{0,8}(?:(?:baca|lihat|simak|"
    r"tonton) juga\b[ \t]*[:|»>-]?|"
    r"(?:baca|berita terkait|artikel terkait|baca selengkapnya|berita lainnya|tags?|topik|topik terkait|"
    r"pilihan editor|"
    r"read also|also read)[ \t]{0,4}[:|;»>])(?:[ \t]*\n[^\n]*|[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)


class LinkLines:
    """Where a text's link lines lie."""

    def __init__(self, text: str) -> None:
        ranges = [match.span() for match in _LINK_LINE.finditer(text)]
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]

    def __contains__(self, offset: int) -> bool:
        """Whether the character at an offset belongs to a link line."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]
