"""The parts of a page's tree that are not the article: taken out before anything reads its sentences."""

import re
from collections.abc import Iterator

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


def take_out_foreign_parts(tree: HtmlElement) -> list[str]:
    """Remove navigation, link boxes, pointers and captions from `tree`; the captions' texts come back."""
    for element in list(tree.iter(*_SILENT)):
        if not _holds_article(element):
            _drop(element)
    captions = _take_captions(tree)
    _drop_pointers(tree)
    _drop_headed_lists(tree)
    _drop_link_lists(tree)
    for element in list(
        tree.iter("div", "section", "ul", "ol", "table", "p", "span", "strong", "blockquote", "center")
    ):
        if _LINK_BOX.search(_label(element)) and _is_link_box(element):
            _drop(element)
    return captions


def _take_captions(tree: HtmlElement) -> list[str]:
    captions = []
    for element in list(tree.iter("figcaption", "div", "span", "p", "small", "em", "i")):
        if element.tag != "figcaption" and not _CAPTION_BOX.search(_label(element)):
            continue
        text = text_of(element)
        if len(text) <= _LONG_TEXT and not element.xpath(".//h1"):
            if text:
                captions.append(text)
            _drop(element)
    return list(dict.fromkeys(captions))


def _drop_pointers(tree: HtmlElement) -> None:
    """Remove every link that a label such as "Baca juga:" introduces, and the label with it."""
    for link in list(tree.iter("a")):
        block = _block_of(link)
        if block is None:
            continue
        before = _text_before(link, block)
        inner = text_of(link)
        if _HEADING.fullmatch(inner) and len(text_of(block)) - len(inner) < 200:
            _drop(block)
            continue
        label = _LABEL_END.search(before)
        if label is None or not (
            before[: label.start()].strip() == "" or _closes(before[: label.start()]) or ":" in label[0]
        ):
            continue
        if not before[: label.start()].strip(" [(>»•*–-") and _link_share(block) > 0.4:
            _drop(block)
        else:
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


def _drop_headed_lists(tree: HtmlElement) -> None:
    """Remove "Berita Terkait" and its kin together with the list of links that follows."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "span")):
        text = heading.text_content() if len(heading) <= 3 else ""
        if not text or len(text) > 80 or not _HEADING.fullmatch(" ".join(text.split())):
            continue
        block = heading if heading.tag in _BLOCKS else _block_of(heading)
        if block is None or len(text_of(block)) > 80:
            continue
        following = block.getnext()
        while following is not None and _is_teaser(following):
            after = following.getnext()
            _drop(following)
            following = after
        _drop(block)


def _drop_link_lists(tree: HtmlElement) -> None:
    """Remove lists that are nothing but links, and paragraphs that are one linked headline."""
    for element in list(tree.iter("ul", "ol", "table", "div", "p", "section")):
        links = [link for link in element.iter("a") if text_of(link)]
        if not links or _link_share(element) < 0.85 or _holds_article(element):
            continue
        if len(links) > 1 or len(text_of(element).split()) >= 5:
            _drop(element)


def _is_teaser(element: HtmlElement) -> bool:
    text = text_of(element)
    return element.tag not in {"h1"} and not _holds_article(element) and (not text or _link_share(element) > 0.6)


def _is_link_box(element: HtmlElement) -> bool:
    """Whether a box that is called a link box also reads as one: mostly links, or hardly any text."""
    if _holds_article(element):
        return False
    text = text_of(element)
    return len(text) < 160 or _link_share(element) > 0.35


def _holds_article(element: HtmlElement) -> bool:
    """Whether the headline or several whole paragraphs stand inside."""
    if element.tag in {"html", "body", "main", "article"} or element.find(".//h1") is not None:
        return True
    paragraphs = (text_of(paragraph) for paragraph in element.iter("p"))
    return sum(len(text) for text in paragraphs if len(text) > 80) > _LONG_TEXT and _link_share(element) < 0.35


def _link_share(element: HtmlElement) -> float:
    whole = len(text_of(element))
    return sum(len(text_of(link)) for link in element.iter("a")) / whole if whole else 0.0


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
            if before.tag == "br" or before.tag in _BLOCKS:
                return "".join(reversed(words))[-120:]
            words.append(str(before.text_content()))
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
