"""The parts of a page's tree that are not the article: taken out before anything reads its sentences."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract_measures import Measures
from crawler.extract_teasers import drop_teasers, is_list_heading, stands_alone
from crawler.extract_text import block_of, breaks, drop, text_of

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
    r"komentar|comments?\b|disqus|related|terkait|sidebar|terpopuler|popular|trending|rekomendasi|recommend|footer|newsletter"
    r"|author-?_?(?:box|bio|info|desc|card|profile)|about-?_?author|tentang-?_?penulis|\bbio\b|cookie|consent|gdpr|\bcc-"
    r"|subscri|langganan|donat|donasi|paywall|\bgift|\bpromo\b|sign-?up|opt-?in|most-?(?:read|popular|viewed)|taboola"
    r"|outbrain|read-?next|you-?(?:may|might)|more-?(?:from|stories|news)|next-?up",
    re.IGNORECASE,
)
# The whole name of a box, not a part of it: "komentar-ahli" may be an expert's article.
_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?|komentar|comment-?list|comments-area|kolom-komentar|daftar-komentar|disqus_thread)(?:\s|$)",
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
_PAGER_LINE = re.compile(
    r"(?:\W|\d|_|halaman|hal|page|laman|dari|of|selanjutnya|berikutnya|sebelumnya|lanjut|next|prev(?:ious)?|semua|tampilkan|all"
    r"|awal|akhir|first|last)+",
    re.IGNORECASE,
)
_FOREIGN_ROLES = frozenset({"alertdialog", "complementary", "contentinfo", "dialog", "menu", "navigation", "search"})
_MAX_RISE = 4
_LABEL_LENGTH = 120
_LEAST_PIECE = 6
_LONG_TEXT = 600
_PIECES = 50
_SHORT_BOX = 160
_BUTTON = 20
_BUTTON_PLACES = frozenset({"div", "section", "p", "center"})
_HEADLINE_WORDS = 5
_MANY_LINKS = 0.35
_ONLY_LINKS = 0.85


def take_out_foreign_parts(tree: HtmlElement) -> list[str]:
    """Remove navigation, link boxes, pointers and captions from `tree`; the captions' texts come back."""
    measures = Measures(tree)
    _drop_calls(tree, measures)
    for element in list(tree.iter(*_SILENT)):
        wraps_page = element.tag == "form" and 2 * measures.of(element).prose > measures.prose
        if not wraps_page and not measures.holds_article(element):
            drop(element)
    captions = _take_captions(tree, measures)
    _drop_pointers(tree, measures)
    measures = Measures(tree)
    drop_teasers(tree, measures)
    _drop_link_lists(tree, measures)
    for element in list(
        tree.iter("div", "section", "ul", "ol", "table", "p", "span", "strong", "blockquote", "center")
    ):
        label = _label(element)
        if label == " ":
            continue
        is_link_box, is_foreign_box = _kind(label)
        if (
            (is_link_box and _is_link_box(element, measures))
            or (is_foreign_box and measures.is_lesser_part(element))
            or (_COMMENTS.search(label) and _has_text_outside(element, measures))
        ):
            drop(element)
    return captions


def _drop_calls(tree: HtmlElement, measures: Measures) -> None:
    """Remove the boxes that ask readers for something: a field to fill in stands in them, or their role says so."""
    for element in tree.xpath("//*[@role]"):
        if element.get("role") in _FOREIGN_ROLES and measures.is_lesser_part(element) and not _is_body(element):
            drop(element)
    for field in list(tree.iter("form", "input", "textarea")):
        if field.get("type") == "hidden":
            continue
        box = field
        for above in islice(field.iterancestors(), _MAX_RISE):
            if _is_body(above) or measures.of(above).text > _LONG_TEXT or not measures.is_lesser_part(above):
                break
            box = above
        if box is not field and measures.of(box).prose < _LONG_TEXT:
            drop(box)


def _is_body(element: HtmlElement) -> bool:
    return element.tag in {"html", "body", "main", "article"}


def _take_captions(tree: HtmlElement, measures: Measures) -> list[str]:
    captions = []
    for element in list(tree.iter("figcaption", "div", "span", "p", "small", "em", "i", "td", "dd")):
        label = _label(element)
        if element.tag != "figcaption" and (label == " " or not _CAPTION_BOX.search(label)):
            continue
        measure = measures.of(element)
        if measure.text <= _LONG_TEXT and not measure.has_headline:
            captions.append(text_of(element))
            drop(element)
    return [caption for caption in dict.fromkeys(captions) if caption]


def _drop_pointers(tree: HtmlElement, measures: Measures) -> None:
    """Remove every link that a label such as "Baca juga:" introduces, and the label with it."""
    for link in list(tree.iter("a")):
        block = block_of(link) if measures.of(link).text else None
        if block is None or measures.of(link).text > _LONG_TEXT:
            continue
        if measures.of(block).text < _SHORT_BOX and (
            is_list_heading(text_of(link)) or _PAGER_LINE.fullmatch(text_of(block))
        ):
            drop(block)
            continue
        before = _text_before(link, block)
        label = _LABEL_END.search(before) if _may_end_in_a_label(before) else None
        if label is None:
            continue
        ahead = before[: label.start()].strip(" [(>»•*–-")
        if not ahead and measures.of(block).link_share > _MANY_LINKS and not measures.holds_article(block):
            drop(block)
        elif not ahead or _closes(before[: label.start()] + label[0][:1]) or ":" in label[0]:
            _drop_label(block, link, label[0].strip())


def _may_end_in_a_label(text: str) -> bool:
    """Whether a word of every label stands in the text; far cheaper than to seek the labels."""
    lowered = text.lower()
    return any(word in lowered for word in ("baca", "simak", "lihat", "tonton", "terkait", "lain", "rea", "see", "rel"))


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
                    drop(before)
                break
        elif parent is not None and parent.text and label in parent.text:
            parent.text = _cut(parent.text, label)
            break
        previous = before if before is not None else parent
    drop(link)


def _cut(text: str, label: str) -> str:
    return text[: text.rindex(label)].rstrip() + " "


def _drop_link_lists(tree: HtmlElement, measures: Measures) -> None:
    """Remove lists that are nothing but links, and linked headlines that have a line of their own."""
    for element in list(tree.iter("ul", "ol", "table", "td", "div", "p", "section")):
        measure = measures.of(element)
        if measure.links > 1 and measure.link_share > _ONLY_LINKS and not measures.holds_article(element):
            drop(element)
    for link in list(tree.iter("a")):
        if not 0 < measures.of(link).text < _LONG_TEXT or not stands_alone(link):
            continue
        block = block_of(link)
        is_button = block is not None and block.tag in _BUTTON_PLACES and measures.of(link).text <= _BUTTON
        if is_button or len(text_of(link).split()) >= _HEADLINE_WORDS:
            drop(link)


def _is_link_box(element: HtmlElement, measures: Measures) -> bool:
    """Whether a box that is called a link box also reads as one: mostly links, or hardly any text."""
    measure = measures.of(element)
    return not measures.holds_article(element) and (measure.text < _SHORT_BOX or measure.link_share > _MANY_LINKS)


def _has_text_outside(element: HtmlElement, measures: Measures) -> bool:
    """Whether an article's text is left without the element; readers may well write more than the reporter."""
    measure = measures.of(element)
    return not measure.has_headline and measures.prose - measure.prose > _LONG_TEXT


@lru_cache(maxsize=4096)
def _kind(label: str) -> tuple[bool, bool]:
    """Whether a box of this class and id is called a link box, and one of others' words; sites repeat their classes."""
    return bool(_LINK_BOX.search(label)), bool(_FOREIGN_BOX.search(label))


def _label(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _text_before(link: HtmlElement, block: HtmlElement) -> str:
    """The last words of `block` before `link`, back to the line break before it."""
    words: list[str] = []
    wanted = _LABEL_LENGTH
    element = link
    while element is not block:
        before = element.getprevious()
        while before is not None:
            words.append(before.tail or "")
            if breaks(before):
                return "".join(reversed(words))[-_LABEL_LENGTH:]
            words.append("".join(islice(before.itertext(), _PIECES)))
            wanted -= max(_LEAST_PIECE, len(words[-1]) + len(words[-2]))  # also among thousands of bare numbers
            if wanted < 0:
                return "".join(reversed(words))[-_LABEL_LENGTH:]
            before = before.getprevious()
        parent = element.getparent()
        if parent is None:
            break
        words.append(parent.text or "")
        element = parent
    return "".join(reversed(words))[-_LABEL_LENGTH:]
