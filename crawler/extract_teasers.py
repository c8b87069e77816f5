"""Other articles' headlines and leads, which short articles are printed among: told by their repeated shape.

A teaser is a box whose first words are a link with a line of its own and whose few other words sum up what lies behind
the link. One such box may be part of a report; a row of them in the same shape is a list of other reports. Their leads
are whole sentences, so that no reader of the text alone can tell them from the article's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract_measures import Measures, length_of
from crawler.extract_text import BLOCKS, block_of, breaks, drop, text_of

_HEADING = re.compile(
    r"\W*(?:(?:baca|lihat|simak|tonton)\s+juga"
    r"|(?:berita|artikel|konten|video|topik|pos|posting(?:an)?|kabar|tulisan|indeks)"
    r"\s+(?:terkait|lain(?:nya)?|pilihan|terpopuler|populer|terbaru|terkini|terhangat|rekomendasi|serupa|utama|sebelumnya)"
    r"|terkait|rekomendasi(?:\s+(?:untuk|bagi)\s+(?:anda|kamu))?|(?:related|other|latest|more|popular|recent)"
    r"\s+(?:posts?|news|articles?|stories)|read\s+also|you\s+(?:may|might)\s+also\s+like|trending(?:\s+now)?"
    r"|(?:mungkin\s+)?(?:anda|kamu)\s+(?:mungkin\s+)?(?:juga\s+)?(?:suka|tertarik|menyukai)|terpopuler|terkini|terbaru|lainnya"
    r"|(?:paling\s+)?banyak\s+dibaca|jangan\s+lewatkan|pilihan\s+(?:editor|redaksi|(?:untuk\s?)?(?:mu|anda|kamu|kami))"
    r"|baca(?:an)?\s+selanjutnya|untuk\s?(?:mu|\s?anda|\s?kamu)|(?:berita|artikel|bacaan|tulisan)\s+(?:selanjutnya|berikutnya)"
    r"|(?:kata|suara|komentar|tanggapan|pendapat)\s+pembaca|komentar|comments?|terkini\s+lainnya|what\s+to\s+read\s+next"
    r"|(?:most|more)\s+(?:read|viewed|popular|from\s.{2,30}|in\s.{2,30})|recommended(?:\s+for\s+you)?|editors?['’]?s?\s+picks?"
    r"|you\s+may\s+also\s+like|around\s+the\s+web|from\s+the\s+web|read\s+next|up\s+next|trending\s+stories"
    r"|dari\s+(?:kategori|kanal|rubrik)\s+yang\s+sama|(?:simak|baca|lihat)\s+(?:berita|artikel)\s+lainnya)\W*",
    re.IGNORECASE,
)
_POINTER = re.compile(r".*\b(?:juga|also)\W*", re.IGNORECASE)
_GO_ON = re.compile(
    r"\W*(?:(?:baca\s+)?selengkapnya|baca\s+(?:lebih\s+)?lanjut|lanjut(?:kan)?(?:\s+membaca)?|(?:read|see|show)\s+more"
    r"|continue\s+reading|(?:read\s+)?full\s+(?:story|article)|more|detail)\W*",
    re.IGNORECASE,
)
_NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "whatsapp:")
_HEADLINE_WORDS = 4
_LONG_HEADLINE = 300
_HEADING_LENGTH = 80
_KICKER = 60
_LEAD = 600
_MAX_HEADINGS = 100
"""What follows a heading is walked anew for each, so that their number is bounded."""
_LINKS_IN_TEASER = 6
_MAX_RISE = 5
_MOSTLY = 0.8
_ONLY_LINKS = 0.6


def is_list_heading(text: str) -> bool:
    """Whether the text announces other reports: "Berita Terkait", "Terpopuler", "Baca juga"."""
    return bool(_HEADING.fullmatch(text))


def drop_teasers(tree: HtmlElement, measures: Measures) -> None:
    """Remove the lists of other reports, each item with its lead."""
    headlines = [link for link in tree.iter("a") if _is_headline(link, measures)]
    for parent in dict.fromkeys(_line_of(headline).getparent() for headline in headlines):
        if parent is not None and parent.tag not in {"html", "body"} and not measures.of(parent).has_headline:
            _drop_flat_list(_without_heading(list(parent), measures), measures)
    for items in _rows(headlines, measures):
        for item in items:
            drop(item)
    _drop_headed_lists(tree, measures)
    _drop_summaries(tree, measures)


def _drop_summaries(tree: HtmlElement, measures: Measures) -> None:
    """Remove the boxes in which a headline, its summary and a link to go on lead to one other page."""
    for link in tree.iter("a"):
        if measures.of(link).text > _KICKER or not _GO_ON.fullmatch(text_of(link)) or not _leads_elsewhere(link):
            continue
        box = block_of(link)
        while box is not None and measures.of(box).text == measures.of(link).text:
            box = block_of(box)
        if box is None or not measures.is_lesser_part(box) or measures.of(box).text > _LINKS_IN_TEASER * _LEAD:
            continue
        first = next(box.iter("a"))
        if first is not link and first.get("href") == link.get("href") and _words_ahead(box, first) <= _KICKER:
            drop(box)


def _is_headline(link: HtmlElement, measures: Measures) -> bool:
    if not 0 < measures.of(link).text <= _LONG_HEADLINE or not _leads_elsewhere(link):
        return False
    return len(text_of(link).split()) >= _HEADLINE_WORDS and stands_alone(link)


def _leads_elsewhere(link: HtmlElement) -> bool:
    address = (link.get("href") or "").strip().lower()
    return bool(address) and not address.startswith(_NO_PAGE)


def stands_alone(link: HtmlElement) -> bool:
    """Whether nothing but the link is on its line."""
    outer = link
    while not length_of(outer.tail):
        before, after, parent = outer.getprevious(), outer.getnext(), outer.getparent()
        if parent is None:
            return False
        starts = (before is None and not length_of(parent.text)) or (
            before is not None and breaks(before) and not length_of(before.tail)
        )
        ends = after is None or breaks(after)
        if not starts or not ends:
            return False
        if before is not None or after is not None or parent.tag in BLOCKS:
            return True
        outer = parent
    return False


def _rows(headlines: list[HtmlElement], measures: Measures) -> Iterator[list[HtmlElement]]:
    """The rows of siblings of one shape that are all teasers, outer rows first."""
    rows: defaultdict[tuple[HtmlElement, str, str], list[HtmlElement]] = defaultdict(list)
    for headline in headlines:
        item: HtmlElement | None = headline
        for _ in range(_MAX_RISE):
            if item is None or not _is_teaser(item, headline, measures):
                break
            parent = item.getparent()
            if parent is not None and item is not headline:
                row = rows[parent, item.tag, item.get("class") or ""]
                if not row or row[-1] is not item:
                    row.append(item)
            item = parent
    speaking = Counter(
        (parent, child.tag, child.get("class") or "")
        for parent in dict.fromkeys(parent for parent, _, _ in rows)
        for child in parent
        if measures.of(child).text
    )
    for shape, items in rows.items():
        if len(items) > 1 and len(items) >= _MOSTLY * speaking[shape]:
            yield items


def _is_teaser(item: HtmlElement, headline: HtmlElement, measures: Measures) -> bool:
    measure = measures.of(item)
    if item.tag in {"html", "body"} or measure.has_headline or measure.links > _LINKS_IN_TEASER:
        return False
    return measure.text - measure.linked <= _LEAD and _words_ahead(item, headline) <= _KICKER


def _words_ahead(item: HtmlElement, link: HtmlElement) -> int:
    """Characters within `item` before `link`."""
    above = set(link.iterancestors())
    count = 0
    for element in item.iter():
        if element is link:
            break
        count += length_of(element.text) + (0 if element in above else length_of(element.tail))
        if count > _KICKER:
            break
    return count


def _line_of(headline: HtmlElement) -> HtmlElement:
    """The outermost element that holds nothing but the headline."""
    outer = headline
    parent = outer.getparent()
    while parent is not None and len(parent) == 1 and not length_of(parent.text) and not length_of(outer.tail):
        outer, parent = parent, parent.getparent()
    return outer


def _without_heading(children: list[HtmlElement], measures: Measures) -> list[HtmlElement]:
    """The children from the first that speaks on, past a heading of the whole list."""
    speaking = [child for child in children if measures.of(child).text or length_of(child.tail)]
    if speaking and not measures.of(speaking[0]).links and measures.of(speaking[0]).text <= _HEADING_LENGTH:
        return speaking[1:]
    return speaking


def _drop_flat_list(elements: list[HtmlElement], measures: Measures) -> None:
    """Remove `elements` when headlines and leads take turns in them to the end; a second lead is the article's text."""
    headlines = 0
    leads = 1  # no lead stands before the first headline
    for element in elements:
        measure = measures.of(element)
        if length_of(element.tail) or measure.has_headline:
            return
        if measure.links and measure.linked == measure.text and len(text_of(element).split()) >= _HEADLINE_WORDS:
            headlines, leads = headlines + 1, 0
        elif measure.text > _KICKER:
            leads += 1
        if leads > 1 or measure.text > _LEAD:
            return
    if headlines > 1:
        for element in elements:
            drop(element)


def _drop_headed_lists(tree: HtmlElement, measures: Measures) -> None:
    """Remove "Berita Terkait" and its kin together with what it announces."""
    headings = [
        element
        for element in tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "span")
        if 0 < measures.of(element).text <= _HEADING_LENGTH and is_list_heading(text_of(element))
    ]
    for heading in headings[:_MAX_HEADINGS]:
        block = heading if heading.tag in BLOCKS else block_of(heading)
        if block is None or measures.of(block).text > _HEADING_LENGTH:
            continue
        box = _box_headed_by(block, measures)
        if box is not None:
            drop(box)
            continue
        following = list(block.itersiblings())
        if not _POINTER.fullmatch(text_of(heading)):
            _drop_flat_list(following, measures)
        for element in following:
            if not _is_announced(element, measures):
                break
            drop(element)
        drop(block)


def _box_headed_by(heading: HtmlElement, measures: Measures) -> HtmlElement | None:
    """The box that a section's heading opens, when the article's headline is not in it and most prose is elsewhere."""
    box = heading.getparent()
    while box is not None and box.tag not in {"html", "body"} and measures.of(box).text == measures.of(heading).text:
        box = box.getparent()
    if box is None or box.tag in {"html", "body"} or _words_ahead(box, heading):
        return None
    is_list = heading.tag.startswith("h") and _repeats_a_shape(box, measures)
    return box if is_list or measures.is_lesser_part(box) else None


def _repeats_a_shape(box: HtmlElement, measures: Measures) -> bool:
    """Whether the box is a row of boxes of one shape, each of several parts, rather than a row of paragraphs."""
    if box.tag in {"html", "body", "main", "article"} or measures.of(box).has_headline:
        return False
    shapes = Counter(
        (child.tag, child.get("class"))
        for child in islice(box.iterdescendants(), 400)
        if len(child) > 1 and child.tag in BLOCKS and 0 < measures.of(child).text <= _LEAD
    )
    return any(count > 2 for count in shapes.values())


def _is_announced(element: HtmlElement, measures: Measures) -> bool:
    measure = measures.of(element)
    if measures.holds_article(element):
        return False
    return not measure.text or measure.link_share > _ONLY_LINKS or _repeats_a_shape(element, measures)
