"""From archived pages to an Extraction: a pure function of the bytes, with no network, no clock and no memory.

Evidence is heard in this order: the outlet's own rules, JSON-LD and OpenGraph, then two readers of the body
(readability and trafilatura) that check each other, and at last the line filter.

Errors: ExtractionError; its `reason` is one of "empty", "binary", "not-html", "too-large", "too-deep", "challenge",
"not-found", "http-error", "paywall", "login", "cookie-wall", "javascript", "no-text", "garbage", "truncated",
"no-address".
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import py3langid
from lxml.html import HtmlElement, tostring
from readability import Document
from readability.readability import Unparseable
from trafilatura import bare_extraction

from crawler.confidence import agreement, words_of
from crawler.credits import unique
from crawler.dates import LONGEST_AHEAD
from crawler.decode import decode
from crawler.extract_blocks import take_out_foreign_parts
from crawler.extract_measures import Measures
from crawler.extract_text import drop, finder, lines_of, text_of
from crawler.extract_trunk import trunk_lines
from crawler.extract_walls import raise_if_no_article_can_stand_here, raise_if_the_text_is_withheld
from crawler.lines import Body, comparable, dateline_of, ends_a_sentence, sift, without_dateline
from crawler.listing import is_listing
from crawler.markup import parse_html
from crawler.metadata import Metadata, read_metadata
from crawler.outlets.layouts import Layouts, Told, packaged_layouts
from crawler.page import Extraction, ExtractionError, Page
from crawler.pager import further_pages, is_listing_address
from crawler.urls import canonical_url
from crawler.wholeness import breaks_off, pages_missing

MIN_WORDS = 20
_FEW_WORDS = 5
"""The last page of an article may hold no more than its last sentence."""
_MAX_TEXT = 500_000
_AGREE = 0.9
_NEARLY_ALL = 0.95
_WHOLE_STATEMENT = 60
"""Words; a shorter `articleBody` is a summary."""
_TRUST_IN_TRUNK = 0.2
"""The two libraries err alike, by taking in what stands around a short text."""
_LITTLE_AFTER_TEXT = 300
_LANGUAGE_SAMPLE = 600
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_may_be_hidden = finder("//*[@hidden or @style]")
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_FAR = datetime(2100, 1, 1, tzinfo=UTC)
"""Later than any article, for a saved file of which nobody knows when it was fetched."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One page, read."""

    metadata: Metadata
    body: Body
    further: tuple[str, ...]
    is_listing: bool


def extract(pages: Sequence[Page], *, timezone: str = "Asia/Jakarta", layouts: Layouts | None = None) -> Extraction:
    """What the pages of one article say, read in the order of their numbers; naive times are in `timezone`.

    `layouts` are the outlets' own; those that come with the package where none are given.
    """
    if not pages:
        raise ExtractionError("empty", "no page to read")
    layouts = packaged_layouts() if layouts is None else layouts
    in_order = sorted(pages, key=lambda page: page.number)
    first = _read(in_order[0], timezone, layouts)
    readings = [first]
    for page in in_order[1:]:
        try:
            readings.append(_read(page, timezone, layouts))
        except ExtractionError as error:
            if error.reason != "no-text":  # a pager that counts one page too many
                raise
    return _joined(in_order, readings)


def pages_from_files(url: str, bodies: Sequence[bytes], content_type: str = "text/html") -> list[Page]:
    """Saved files as the pages of the article at `url`, in the given order."""
    return [
        Page(url, _NO_TIME, 200, {"content-type": content_type}, body, outlet="", number=number)
        for number, body in enumerate(bodies, start=1)
    ]


def extraction_to_json(extraction: Extraction) -> dict[str, object]:
    """The extraction as plain JSON values; times in ISO 8601."""
    return {
        "url": extraction.url,
        "canonical_url": extraction.canonical_url,
        "title": extraction.title,
        "text": extraction.text,
        "authors": list(extraction.authors),
        "published": extraction.published.isoformat() if extraction.published else None,
        "modified": extraction.modified.isoformat() if extraction.modified else None,
        "section": extraction.section,
        "tags": list(extraction.tags),
        "language": extraction.language,
        "next_pages": list(extraction.next_pages),
        "captions": list(extraction.captions),
        "dateline": extraction.dateline,
        "image_url": extraction.image_url,
        "is_article": extraction.is_article,
        "is_whole": extraction.is_whole,
        "lead": extraction.lead,
        "credits": list(extraction.credits),
        "sources": dict(extraction.sources),
        "confidence": dict(extraction.confidence),
    }


def _read(page: Page, timezone: str, layouts: Layouts) -> _Reading:
    try:
        canonical_url(page.url)
    except ValueError as error:
        raise ExtractionError("no-address", f"not the address of a page: {error}") from error
    html = decode(page.body, page.headers)
    raise_if_no_article_can_stand_here(html, page.status, page.headers)
    tree = parse_html(html)
    held = list(tree.iter())  # lxml makes an element's object anew on every walk unless something holds it
    told = layouts.told(page, tree)
    latest = _FAR if page.fetched == _NO_TIME else page.fetched + LONGEST_AHEAD
    metadata = read_metadata(tree, page.url, timezone, latest, told)
    listing = is_listing_address(urlsplit(page.url)) if told.body is not None else is_listing(tree, page.url, metadata)
    further = tuple(further_pages(tree, page.url))
    cut_text = text_of(tree) if _breaks_off(html) else None
    captions = take_out_foreign_parts(tree)
    body = (
        _body(tree, metadata, captions, page.number > 1) if told.body is None else _told_body(told, told.body, metadata)
    )
    del held
    if not listing:
        raise_if_the_text_is_withheld(html, body.paragraphs, metadata)
        _raise_if_unreadable(cut_text, body.paragraphs, MIN_WORDS if page.number == 1 else _FEW_WORDS)
    elif not metadata.title:
        raise ExtractionError("no-text", "a page without headline and text")
    return _Reading(metadata, body, further, listing)


def _body(tree: HtmlElement, metadata: Metadata, captions: list[str], continues: bool) -> Body:
    """The paragraphs: those that the trunk holds where little else is left, else those that most readers agree on."""
    _drop_hidden(tree)

    def candidate(lines: Iterable[str]) -> _Candidate:
        return _Candidate(sift(lines, metadata.title, continues=continues))

    trunk = candidate(trunk_lines(tree, Measures(tree)))
    left = candidate(lines_of(tree if tree.body is None else tree.body))
    declared = _Candidate(sift(metadata.article_body.splitlines(), metadata.title))
    told = {"visible": trunk}
    chosen, sure = "visible", agreement(trunk.words, left.words)
    if sure < _NEARLY_ALL or declared.mass > max(0, 2 * trunk.mass):
        told["readability"] = candidate(_readability_lines(tree))
        if agreement(trunk.words, told["readability"].words) < _AGREE:
            told["trafilatura"] = candidate(_trafilatura_lines(tree))
        chosen = _chosen_by_vote(told, declared)
        sure = max(agreement(told[chosen].words, other.words) for name, other in told.items() if name != chosen)
    metadata.notes.sources["text"] = chosen
    metadata.notes.confidence["text"] = round(sure, 3)
    body = told[chosen].body
    seen = tuple(dict.fromkeys([*captions, *body.captions]))
    if _words(body.paragraphs) < MIN_WORDS <= _words(seen):
        # A gallery: its pictures' descriptions are all the text there is.
        metadata.notes.take("text", "visible")
        return Body(seen, (), body.credits)
    return Body(body.paragraphs, seen, body.credits)


class _Candidate:
    """What a reader takes for the article."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.words = words_of(body.paragraphs)
        self.mass = _sentence_mass(body)


def _chosen_by_vote(told: dict[str, _Candidate], declared: _Candidate) -> str:
    """The name of the best reading; the page's own statement comes into `told` where it alone holds the text."""
    chosen = _best_supported(told, declared) if "trafilatura" in told else "visible"
    if declared.mass > max(0, 2 * told[chosen].mass):
        told["json-ld"] = declared
        return "json-ld"
    return chosen


def _best_supported(told: Mapping[str, _Candidate], declared: _Candidate) -> str:
    """The name of the reading that the others, and the page's own statement of its text, agree with most."""
    speaking = {name: reading for name, reading in told.items() if reading.body.paragraphs} or told
    voices = list(speaking.values())
    if declared.words.total() >= _WHOLE_STATEMENT:
        voices.append(declared)

    def support(name: str) -> tuple[float, int]:
        trust = _TRUST_IN_TRUNK if name == "visible" else 0.0
        agreed = sum(agreement(told[name].words, voice.words) for voice in voices)
        return round(trust + agreed, 2), told[name].mass

    return max(speaking, key=support)


def _told_body(told: Told, tree: HtmlElement, metadata: Metadata) -> Body:
    """The paragraphs that stand where the outlet's layout says."""
    captions = [*told.captions, *([] if told.is_pruned else take_out_foreign_parts(tree))]
    body = sift(lines_of(tree), metadata.title)
    metadata.notes.take_for_sure("text", "outlet")
    return Body(body.paragraphs, tuple(dict.fromkeys([*captions, *body.captions])), body.credits)


def _drop_hidden(tree: HtmlElement) -> None:
    """Remove what the page's own markup keeps from readers' eyes."""
    for element in _may_be_hidden(tree):
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            drop(element)


class _Readability(Document):  # type: ignore[misc] # readability has no types
    """Readability on a tree that is clean already: its own cleaning and serialising take half of its time."""

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        return deepcopy(tree)

    def get_clean_html(self) -> str:
        return str(tostring(self.html, encoding="unicode"))


def _readability_lines(tree: HtmlElement) -> list[str]:
    document = _Readability(tree)
    try:
        document.summary(html_partial=True)
    except Unparseable:
        return []
    return lines_of(document.html)


def _trafilatura_lines(tree: HtmlElement) -> list[str]:
    document = bare_extraction(
        deepcopy(tree), fast=True, favor_precision=True, include_comments=False, with_metadata=False, deduplicate=False
    )
    text = document.get("text") if isinstance(document, Mapping) else getattr(document, "text", None)
    return (text or "").splitlines()


def _sentence_mass(body: Body) -> int:
    """Characters in whole sentences, less those in fragments."""
    return sum(len(line) if ends_a_sentence(line) else -len(line) // 2 for line in body.paragraphs)


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _raise_if_unreadable(cut_text: str | None, paragraphs: Sequence[str], enough: int) -> None:
    """Raise for text that is none; `cut_text` is all that stands on the page when its markup breaks off."""
    text = " ".join(paragraphs)
    if _words(paragraphs) < enough:
        raise ExtractionError("no-text", f"{_words(paragraphs)} words of text, fewer than {enough}")
    letters = sum(map(str.isalpha, text))
    if letters < 0.6 * len(text.replace(" ", "")) or max(map(len, text.split())) > 2000:
        raise ExtractionError("garbage", "the text is no prose")
    if cut_text is not None and paragraphs[-1][-25:] in cut_text[-_LITTLE_AFTER_TEXT:]:
        raise ExtractionError("truncated", "the page breaks off within its text")


def _breaks_off(html: str) -> bool:
    """Whether the document ends without its end tags while boxes are still open."""
    if re.search(r"</(?:html|body)\s*>", html[-20_000:], re.IGNORECASE):
        return False
    boxes = Counter(re.findall(r"<(/?)(?:div|article|section|main|table|td|p)\b", html, re.IGNORECASE))
    return boxes[""] > boxes["/"]


def _joined(pages: Sequence[Page], readings: Sequence[_Reading]) -> Extraction:
    first = readings[0]
    metadata = first.metadata
    paragraphs = _joined_paragraphs([reading.body.paragraphs for reading in readings])
    text = "\n".join(paragraphs)[:_MAX_TEXT]
    missing = pages_missing((url for reading in readings for url in reading.further), (page.url for page in pages))
    listing = first.is_listing
    return Extraction(
        url=pages[0].url,
        canonical_url=metadata.canonical,
        title=metadata.title,
        text=text,
        authors=metadata.authors,
        published=metadata.published,
        modified=metadata.modified,
        section=metadata.section,
        tags=metadata.tags,
        language=py3langid.classify(text[:_LANGUAGE_SAMPLE])[0] if text else None,
        next_pages=() if listing else tuple(missing),
        captions=tuple(dict.fromkeys(caption for reading in readings for caption in reading.body.captions)),
        dateline=dateline_of(text),
        image_url=metadata.image_url,
        is_article=not listing,
        is_whole=listing or not (missing or len(text) == _MAX_TEXT or breaks_off(paragraphs, readings[-1].metadata)),
        lead=without_dateline(text.partition("\n")[0]),
        credits=unique(
            credit for reading in reversed(readings) for credit in (*reading.body.credits, *reading.metadata.credits)
        ),
        sources=metadata.notes.sources,
        confidence=metadata.notes.confidence,
    )


def _joined_paragraphs(parts: Sequence[Sequence[str]]) -> list[str]:
    """The paragraphs of all parts, none printed twice; a sentence that a page break cut is whole again."""
    if len(parts) == 1:
        return list(parts[0])
    joined: list[str] = []
    seen: set[str] = set()
    for number, part in enumerate(parts):
        fresh = [line for line in part if number == 0 or comparable(line) not in seen]
        seen.update(comparable(line) for line in part)
        if number and joined and fresh and fresh[0][:1].islower() and not ends_a_sentence(joined[-1]):
            joined[-1] = f"{joined[-1]} {fresh.pop(0)}"
        joined.extend(fresh)
    return joined
