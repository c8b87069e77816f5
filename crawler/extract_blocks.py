"""The parts of a page's tree that are not the article: taken out before anything reads its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

_TEXT_BLOCKS = ("address", "blockquote", "dd", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre")
_LISTS_AND_TABLES = ("li", "ol", "ul", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_BOXES = (
    "article",
    "aside",
    "body",
    "center",
    "details",
    "div",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
)
_BLOCKS = frozenset([*_TEXT_BLOCKS, *_LISTS_AND_TABLES, *_BOXES, "main", "nav", "section", "summary"])
_SILENT = (
    "nav",
    "footer",
    "form",
    "button",
    "select",
    "textarea",
    "aside",
    "dialog",
    "menu",
    "object",
    "audio",
    "video",
)
_LINK_BOX = re.compile(
    r"baca-?_?juga|bacajuga|linksisip|lihat-?jg|lihatjuga|artikelbox|box_fly|berita-?terkait|terkait|related|read-?also"
    r"|also-?read|read-?more|more-?news|berita-?lain|rekomendasi|recommend|terpopuler|popular|trending|share|sosmed|social"
    r"|advert|adsbygoogle|\bads?\b|\biklan|banner|newsletter|subscri|langganan|komentar|comment|disqus|\btags?\b|breadcrumb"
    r"|pagination|paging|page-links|sidebar|author-?box|post-?nav|navigation|copyright|multi-?content|sisip|inline-?link",
    re.IGNORECASE,
)
_FOREIGN_BOX = re.compile(
    r"komentar|comments?\b|disqus|related|terkait|sidebar|terpopuler|popular|trending|rekomendasi|recommend|footer|newsletter",
    re.IGNORECASE,
)
_CAPTION_BOX = re.compile(
    r"caption|photo-?credit|foto-?credit|img-?credit|image-?desc|ket-?foto|keterangan|pic_?credit|detail__media-caption",
    re.IGNORECASE,
)
_LABEL_END = re.compile(
    r"(?:^|[\s\[(>»•*–-])(?:baca(?:\s+(?:juga|selengkapnya|lagi|pula|berita|artikel))?|simak(?:\s+(?:juga|video|pula))?"
    r"|lihat\s+(?:juga|pula|video)|tonton(?:\s+juga)?|(?:berita|artikel|video)\s+(?:terkait|lainnya)|read\s+(?:also|more)"
    r"|also\s+read|see\s+also|related)\s*[:：]?\s*[»>–-]{0,3}\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:baca\s+juga|lihat\s+juga|simak\s+juga|(?:berita|artikel|konten|video|topik)\s+(?:terkait|lainnya|pilihan|terpopuler"
    r"|terbaru|rekomendasi)|terkait|rekomendasi(?:\s+untuk\s+anda)?|related\s+(?:posts?|news|articles?)|read\s+also"
    r"|terpopuler|berita\s+populer|lainnya|jangan\s+lewatkan|pilihan\s+(?:editor|redaksi)|baca(?:an)?\s+selanjutnya)\W*",
    re.IGNORECASE,
)
_LONG_TEXT = 600
_PARAGRAPH = 80
_PIECES = 50
_SHORT_BOX = 160
_HEADING_LENGTH = 80
_HEADLINE_WORDS = 5
_MANY_LINKS = 0.35
_ONLY_LINKS = 0.85


@dataclass(slots=True)
class _Measure:
    """An element's text in characters: all of it, within links, and in whole paragraphs."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    has_headline: bool = False

    @property
    def link_share(self) -> float:
        return self.linked / self.text if self.text else 0.0


class _Measures:
    """The measures of every element of a tree, taken in one pass: asking each box anew takes quadratic time."""

    def __init__(self, tree: HtmlElement) -> None:
        self._of: dict[HtmlElement, _Measure] = {}
        for element in reversed(list(tree.iter())):  # children come before their parents
            measure = self._of.setdefault(element, _Measure())
            measure.text += _length(element.text)
            if element.tag == "a" and measure.text:
                measure.linked, measure.links = measure.text, 1
            elif element.tag == "p" and measure.text > _PARAGRAPH:
                measure.prose = measure.text
            elif element.tag == "h1":
                measure.has_headline = True
            parent = element.getparent()
            if parent is not None:
                above = self._of.setdefault(parent, _Measure())
                above.text += measure.text + _length(element.tail)
                above.linked += measure.linked
                above.links += measure.links
                above.prose += measure.prose
                above.has_headline |= measure.has_headline

        self.prose = self._of[tree].prose

    def of(self, element: HtmlElement) -> _Measure:
        return self._of[element]

    def is_lesser_part(self, element: HtmlElement) -> bool:
        """Whether the headline and most of the page's prose stand outside."""
        measure = self._of[element]
        return element.tag != "body" and not measure.has_headline and 2 * measure.prose < self.prose

    def holds_article(self, element: HtmlElement) -> bool:
        """Whether the headline or several whole paragraphs stand inside."""
        measure = self._of[element]
        if element.tag in {"html", "body", "main", "article"} or measure.has_headline:
            return True
        return measure.prose > _LONG_TEXT and measure.link_share < _MANY_LINKS


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def take_out_foreign_parts(tree: HtmlElement) -> list[str]:
    """Remove navigation, link boxes, pointers and captions from `tree`; the captions' texts come back."""
    measures = _Measures(tree)
    for element in list(tree.iter(*_SILENT)):
        if not measures.holds_article(element):
            _drop(element)
    captions = _take_captions(tree, measures)
    _drop_pointers(tree, measures)
    measures = _Measures(tree)
    _drop_headed_lists(tree, measures)
    _drop_link_lists(tree, measures)
    for element in list(
        tree.iter("div", "section", "ul", "ol", "table", "p", "span", "strong", "blockquote", "center")
    ):
        label = _label(element)
        if (_LINK_BOX.search(label) and _is_link_box(element, measures)) or (
            _FOREIGN_BOX.search(label) and measures.is_lesser_part(element)
        ):
            _drop(element)
    return captions


def _take_captions(tree: HtmlElement, measures: _Measures) -> list[str]:
    captions = []
    for element in list(tree.iter("figcaption", "div", "span", "p", "small", "em", "i")):
        if element.tag != "figcaption" and not _CAPTION_BOX.search(_label(element)):
            continue
        measure = measures.of(element)
        if measure.text <= _LONG_TEXT and not measure.has_headline:
            captions.append(text_of(element))
            _drop(element)
    return [caption for caption in dict.fromkeys(captions) if caption]


def _drop_pointers(tree: HtmlElement, measures: _Measures) -> None:
    """Remove every link that a label such as "Baca juga:" introduces, and the label with it."""
    for link in list(tree.iter("a")):
        block = _block_of(link)
        if block is None or measures.of(link).text > _LONG_TEXT:
            continue
        if measures.of(block).text < _SHORT_BOX and _HEADING.fullmatch(text_of(link)):
            _drop(block)
            continue
        before = _text_before(link, block)
        label = _LABEL_END.search(before)
        if label is None:
            continue
        ahead = before[: label.start()].strip(" [(>»•*–-")
        if not ahead and measures.of(block).link_share > _MANY_LINKS and not measures.holds_article(block):
            _drop(block)
        elif not ahead or _closes(before[: label.start()] + label[0][:1]) or ":" in label[0]:
            _drop_label(block, link, label[0].strip())


def _closes(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "”", '"', ")", "(", "["))


def _drop_label(block: HtmlElement, link: HtmlElement, label: str) -> None:
    """Remove the link and the label before it, which may be the tail of a sentence's text."""
    previous = link
    while previous is not None and previous is not block:
        before = previous.getprevious()
        parent = previous.getparent()
        if before is not None:
            if before.tail and label in before.tail:
                before.tail = _cut(before.tail, label)
                break
            if label in text_of(before):
                if text_of(before) == label:
                    _drop(before)
                break
        elif parent is not None and parent.text and label in parent.text:
            parent.text = _cut(parent.text, label)
            break
        previous = before if before is not None else parent
    _drop(link)


def _cut(text: str, label: str) -> str:
    return text[: text.rindex(label)].rstrip() + " "


def _drop_headed_lists(tree: HtmlElement, measures: _Measures) -> None:
    """Remove "Berita Terkait" and its kin together with the list of links that follows."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "span")):
        if not 0 < measures.of(heading).text <= _HEADING_LENGTH or not _HEADING.fullmatch(text_of(heading)):
            continue
        block = heading if heading.tag in _BLOCKS else _block_of(heading)
        if block is None or measures.of(block).text > _HEADING_LENGTH:
            continue
        following = block.getnext()
        while following is not None and _is_teaser(following, measures):
            after = following.getnext()
            _drop(following)
            following = after
        _drop(block)


def _is_teaser(element: HtmlElement, measures: _Measures) -> bool:
    measure = measures.of(element)
    return not measures.holds_article(element) and (not measure.text or measure.link_share > 0.6)


def _drop_link_lists(tree: HtmlElement, measures: _Measures) -> None:
    """Remove lists that are nothing but links, and linked headlines that have a line of their own."""
    for element in list(tree.iter("ul", "ol", "table", "td", "div", "p", "section")):
        measure = measures.of(element)
        if measure.links > 1 and measure.link_share > _ONLY_LINKS and not measures.holds_article(element):
            _drop(element)
    for link in list(tree.iter("a")):
        if (
            _stands_alone(link)
            and len(text_of(link).split()) >= _HEADLINE_WORDS
            and measures.of(link).text < _LONG_TEXT
        ):
            _drop(link)


def _stands_alone(link: HtmlElement) -> bool:
    """Whether nothing but the link is on its line."""
    outer = link
    while not _length(outer.tail):
        before, after, parent = outer.getprevious(), outer.getnext(), outer.getparent()
        if parent is None:
            return False
        starts = (before is None and not _length(parent.text)) or (
            before is not None and _breaks(before) and not _length(before.tail)
        )
        ends = after is None or _breaks(after)
        if not starts or not ends:
            return False
        if before is not None or after is not None or parent.tag in _BLOCKS:
            return True
        outer = parent
    return False


def _breaks(element: HtmlElement) -> bool:
    return element.tag == "br" or element.tag in _BLOCKS


def _is_link_box(element: HtmlElement, measures: _Measures) -> bool:
    """Whether a box that is called a link box also reads as one: mostly links, or hardly any text."""
    measure = measures.of(element)
    return not measures.holds_article(element) and (measure.text < _SHORT_BOX or measure.link_share > _MANY_LINKS)


def _label(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _block_of(element: HtmlElement) -> HtmlElement | None:
    return next((ancestor for ancestor in element.iterancestors() if ancestor.tag in _BLOCKS), None)


def _text_before(link: HtmlElement, block: HtmlElement) -> str:
    """The last words of `block` before `link`, back to the line break before it."""
    words: list[str] = []
    element = link
    while element is not block:
        before = element.getprevious()
        while before is not None:
            words.append(before.tail or "")
            if _breaks(before):
                return "".join(reversed(words))[-120:]
            words.append("".join(islice(before.itertext(), _PIECES)))
            if sum(map(len, words)) > 120:
                return "".join(reversed(words))[-120:]
            before = before.getprevious()
        parent = element.getparent()
        if parent is None:
            break
        words.append(parent.text or "")
        element = parent
    return "".join(reversed(words))[-120:]


def _drop(element: HtmlElement) -> None:
    """Remove the element, keeping the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def text_of(element: HtmlElement) -> str:
    """The element's words with single blanks between them."""
    return " ".join("".join(element.itertext()).split())


def lines_of(element: HtmlElement) -> list[str]:
    """The element's text, one line for each block and each forced break."""
    lines: list[str] = []
    words: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            lines.append(" ".join("".join(words).split()))
            words = []
        else:
            words.append(piece)
    lines.append(" ".join("".join(words).split()))
    return [line for line in lines if line]


def _pieces(element: HtmlElement) -> Iterator[str | None]:
    """Runs of text, with None wherever a line ends."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        current, is_done = stack.pop()
        breaks = current.tag in _BLOCKS or current.tag == "br"
        if is_done:
            if breaks:
                yield None
            if current is not element:
                yield current.tail or ""
            continue
        if breaks:
            yield None
        yield current.text or ""
        stack.append((current, True))
        stack.extend((child, False) for child in reversed(current) if isinstance(child.tag, str))
