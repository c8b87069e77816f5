"""Where on a page the article's paragraphs stand: the box that holds most of them side by side.

Every run of sentences speaks for the box around it, half as loudly for the box around that one, and so on. The box for
which most is said is the trunk, and boxes next to it that hold paragraphs of the same kind are its continuation.
After Arc90's readability, with the counts taken in one walk over a tree that is clean already.
"""

import re
from collections import defaultdict
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract_measures import Measures, length_of
from crawler.extract_text import BLOCKS, lines_of

_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd", "dt"})
_PARTS_OF_LISTS = _PARAGRAPHS | {"ul", "ol", "dl", "table", "tbody", "tr"}
_PARTS_OF_TEXT = frozenset({"p", "ul", "ol", "blockquote", "pre", "dl"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_PROSE = frozenset({"script", "style", "title", "a"})
_PRAISED = re.compile(
    r"article|body|content|entry|hentry|main|page|post|text|blog|story|konten|isi|berita|detail|read|news",
    re.IGNORECASE,
)
_BLAMED = re.compile(
    r"comment|komentar|diskusi|combx|contact|foot|masthead|media-body|meta|outbrain|promo|related|terkait|scroll|shoutbox"
    r"|sidebar|sponsor|shopping|tags|tool|widget|popul|rekomend|lainnya|recent|latest|terkini|terbaru|aside|banner"
    r"|cookie|consent|newsletter|subscri|bio\b|author",
    re.IGNORECASE,
)
_LEAST_RUN = 25
_PIECE = 100
_MOST_PIECES = 3
_SHARE = 0.2
_OWN_SHARE = 0.35
_COUSIN_SHARE = 0.3
_MUFFLED = 0.3
_LONG_PARAGRAPH = 80
_MANY_LINKS = 0.25
_LEVELS = (1.0, 0.5, 1 / 3, 0.25)


def trunk_lines(tree: HtmlElement, measures: Measures) -> list[str]:
    """The lines of the trunk and of its continuations, in their order; nothing on a page without sentences."""
    said = _said(tree)
    scores = {
        box: score * (1 - measures.of(box).link_share) * _weight(_label(box), box.tag)
        for box, score in said.items()
        if box.tag not in {"html", "head"}
    }
    if not scores:
        return []
    best = max(scores, key=scores.__getitem__)
    trunk = _risen(best, said)
    boxes = _neighbours(trunk, scores, measures) if trunk is not best else _cousins(trunk, scores, measures)
    return [line for box in boxes or _neighbours(trunk, scores, measures) for line in lines_of(box)]


def _risen(best: HtmlElement, said: dict[HtmlElement, float]) -> HtmlElement:
    """The outermost box above for which paragraphs of its own speak as well: the text is set in several parts."""
    trunk = best
    for above, inherited in zip(best.iterancestors(), _LEVELS[1:], strict=False):
        if above.tag in {"body", "html"} or _is_blamed(_label(above)):
            break
        if said[above] - inherited * said[best] >= _OWN_SHARE * said[best] or trunk.tag in _PARTS_OF_LISTS:
            trunk = above
    return trunk


def _said(tree: HtmlElement) -> dict[HtmlElement, float]:
    """For every box, how much the sentences in it and just below it speak for it."""
    said: defaultdict[HtmlElement, float] = defaultdict(float)
    for block, (length, commas, pieces) in _runs(tree).items():
        if length < _LEAST_RUN or block.tag in _HEADINGS:
            continue
        score = 1 + commas + min(length / _PIECE, _MOST_PIECES * pieces)
        box = block.getparent() if block.tag in _PARAGRAPHS or (pieces == 1 and block.tag != "td") else block
        for share in _LEVELS:
            if box is None:
                break
            said[box] += score * share
            if _is_blamed(_label(box)):
                score *= _MUFFLED
            box = box.getparent()
    return said


def _runs(tree: HtmlElement) -> dict[HtmlElement, tuple[int, int, int]]:
    """For every block, its own text outside inner blocks and links: characters, commas, and pieces that breaks make."""
    runs: dict[HtmlElement, tuple[int, int, int]] = {}
    home: dict[HtmlElement, HtmlElement] = {}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        outer = home.get(parent, tree) if parent is not None else tree
        inner = element if element.tag in BLOCKS else outer
        home[element] = inner
        if element.tag == "br":
            length, commas, pieces = runs.get(outer, (0, 0, 1))
            runs[outer] = (length, commas, pieces + 1)
        elif element.text and element.tag not in _NO_PROSE:
            _add(runs, inner, element.text)
        if element.tail and element is not tree:
            _add(runs, outer, element.tail)
    return runs


def _add(runs: dict[HtmlElement, tuple[int, int, int]], block: HtmlElement, text: str) -> None:
    length, commas, pieces = runs.get(block, (0, 0, 1))
    runs[block] = (length + length_of(text), commas + text.count(","), pieces)


def _label(box: HtmlElement) -> str:
    return f"{box.get('class') or ''} {box.get('id') or ''}"[:300]


@lru_cache(maxsize=4096)
def _weight(label: str, tag: str) -> float:
    if label == " ":
        return 1.1 if tag in {"article", "main"} else 1.0
    return (1.25 if _PRAISED.search(label) else 1.0) * (0.5 if _BLAMED.search(label) else 1.0)


@lru_cache(maxsize=4096)
def _is_blamed(label: str) -> bool:
    return label != " " and bool(_BLAMED.search(label))


def _cousins(trunk: HtmlElement, scores: dict[HtmlElement, float], measures: Measures) -> list[HtmlElement]:
    """The trunk with the boxes elsewhere that look the same and say nearly as much: a text cut up by a grid."""
    if not trunk.get("class"):
        return []
    enough = _COUSIN_SHARE * scores[trunk]
    found = [
        box
        for box, score in scores.items()
        if score >= enough
        and box.tag == trunk.tag
        and box.get("class") == trunk.get("class")
        and measures.of(box).link_share < _MANY_LINKS
    ]
    alike = set(found)
    if len(found) < 2 or not all(alike.isdisjoint(box.iterancestors()) for box in found):
        return []
    return [box for box in trunk.getroottree().iter(trunk.tag) if box in alike]


def _neighbours(trunk: HtmlElement, scores: dict[HtmlElement, float], measures: Measures) -> list[HtmlElement]:
    """The trunk with those of the boxes next to it that go on with its text."""
    parent = trunk.getparent()
    if parent is None or trunk.tag in {"body", "article", "td"}:
        return [trunk]
    enough = _SHARE * scores.get(trunk, 0.0)
    return [
        child
        for child in parent
        if child is trunk
        or (
            measures.of(child).link_share < _MANY_LINKS
            and not _is_blamed(_label(child))
            and (
                (
                    child.tag == trunk.tag
                    and child.get("class") == trunk.get("class")
                    and scores.get(child, 0.0) >= enough
                )
                or (child.tag in _PARTS_OF_TEXT and measures.of(child).text > _LONG_PARAGRAPH)
            )
        )
    ]
