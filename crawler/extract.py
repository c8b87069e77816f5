"""From archived pages to an Extraction: a pure function of the bytes, with no network, no clock and no memory.

Evidence is heard in this order: the outlet's own rules, JSON-LD and OpenGraph, then two readers of the body
(readability and trafilatura) that check each other, and at last the line filter.

Errors: ExtractionError; its `reason` is one of "empty", "binary", "not-html", "too-large", "too-deep", "challenge",
"not-found", "http-error", "paywall", "login", "cookie-wall", "javascript", "no-text", "garbage", "truncated",
"no-address".
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime

import py3langid
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from readability import Document
from readability.readability import Unparseable
from trafilatura import bare_extraction

from crawler.confidence import agreement
from crawler.credits import unique
from crawler.decode import decode
from crawler.extract_blocks import take_out_foreign_parts
from crawler.extract_measures import Measures
from crawler.extract_text import lines_of, text_of
from crawler.extract_walls import raise_if_no_article_can_stand_here, raise_if_the_text_is_withheld
from crawler.lines import Body, comparable, dateline_of, ends_a_sentence, sift, without_dateline
from crawler.listing import is_listing
from crawler.markup import parse_html
from crawler.metadata import Metadata, read_metadata
from crawler.page import Extraction, ExtractionError, Page
from crawler.pager import further_pages
from crawler.urls import canonical_url
from crawler.wholeness import breaks_off, pages_missing

MIN_WORDS = 20
_MAX_TEXT = 500_000
_AGREE = 0.9
_NEARLY_ALL = 0.9
_LITTLE_AFTER_TEXT = 300
_LANGUAGE_SAMPLE = 1_500
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One page, read."""

    metadata: Metadata
    body: Body
    further: tuple[str, ...]
    is_listing: bool


def extract(pages: Sequence[Page], *, timezone: str = "Asia/Jakarta") -> Extraction:
    """What the pages of one article say, read in the order of their numbers; naive times are in `timezone`."""
    if not pages:
        raise ExtractionError("empty", "no page to read")
    in_order = sorted(pages, key=lambda page: page.number)
    first = _read(in_order[0], timezone)
    readings = [first]
    for page in in_order[1:]:
        try:
            readings.append(_read(page, timezone))
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


def _read(page: Page, timezone: str) -> _Reading:
    try:
        canonical_url(page.url)
    except ValueError as error:
        raise ExtractionError("no-address", f"not the address of a page: {error}") from error
    html = decode(page.body, page.headers)
    raise_if_no_article_can_stand_here(html, page.status, page.headers)
    tree = parse_html(html)
    held = list(tree.iter())  # lxml makes an element's object anew on every walk unless something holds it
    metadata = read_metadata(tree, page.url, timezone)
    listing = is_listing(tree, page.url, metadata)
    further = tuple(further_pages(tree, page.url))
    cut_text = text_of(tree) if _breaks_off(html) else None
    captions = take_out_foreign_parts(tree)
    body = _body(tree, metadata, captions)
    del held
    if not listing:
        raise_if_the_text_is_withheld(html, body.paragraphs, metadata)
        _raise_if_unreadable(cut_text, body.paragraphs)
    elif not metadata.title:
        raise ExtractionError("no-text", "a page without headline and text")
    return _Reading(metadata, body, further, listing)


def _body(tree: HtmlElement, metadata: Metadata, captions: list[str]) -> Body:
    """The paragraphs, from the reader whose text holds more whole sentences and less of anything else."""
    title = metadata.title
    candidates = {
        "readability": sift(_readability_lines(tree), title),
        "visible": sift(_densest_lines(tree), title),
    }
    if _agreement(*candidates.values()) < _AGREE:
        candidates["trafilatura"] = sift(_trafilatura_lines(tree), title)
    chosen = max(candidates, key=lambda name: _sentence_mass(candidates[name]))
    declared = sift(metadata.article_body.splitlines(), title)
    if _sentence_mass(declared) > max(0, 2 * _sentence_mass(candidates[chosen])):
        chosen, candidates["json-ld"] = "json-ld", declared
    body = candidates[chosen]
    metadata.notes.sources["text"] = chosen
    metadata.notes.confidence["text"] = max(
        round(_agreement(body, other), 3) for name, other in candidates.items() if name != chosen
    )
    seen = tuple(dict.fromkeys([*captions, *body.captions]))
    if _words(body.paragraphs) < MIN_WORDS <= _words(seen):
        # A gallery: its pictures' descriptions are all the text there is.
        metadata.notes.take("text", "visible")
        return Body(seen, (), body.credits)
    return Body(body.paragraphs, seen, body.credits)


def _readability_lines(tree: HtmlElement) -> list[str]:
    try:
        summary = Document(tree).summary(html_partial=True)
        return lines_of(document_fromstring(summary)) if summary.strip() else []
    except (Unparseable, etree.ParserError, ValueError):
        return []


def _densest_lines(tree: HtmlElement) -> list[str]:
    """The lines of the smallest element that holds nearly all whole paragraphs."""
    measures = Measures(tree)
    element = tree
    while True:
        inner = max(element, key=lambda child: measures.of(child).prose, default=element)
        if inner is element or inner.tag == "p" or measures.of(inner).prose <= _NEARLY_ALL * measures.prose:
            return lines_of(element)
        element = inner


def _trafilatura_lines(tree: HtmlElement) -> list[str]:
    document = bare_extraction(
        deepcopy(tree), fast=True, favor_precision=True, include_comments=False, with_metadata=False, deduplicate=False
    )
    text = document.get("text") if isinstance(document, Mapping) else getattr(document, "text", None)
    return (text or "").splitlines()


def _agreement(one: Body, other: Body) -> float:
    return agreement(one.paragraphs, other.paragraphs)


def _sentence_mass(body: Body) -> int:
    """Characters in whole sentences, less those in fragments."""
    return sum(len(line) if ends_a_sentence(line) else -len(line) // 2 for line in body.paragraphs)


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _raise_if_unreadable(cut_text: str | None, paragraphs: Sequence[str]) -> None:
    """Raise for text that is none; `cut_text` is all that stands on the page when its markup breaks off."""
    text = " ".join(paragraphs)
    if _words(paragraphs) < MIN_WORDS:
        raise ExtractionError("no-text", f"{_words(paragraphs)} words of text, fewer than {MIN_WORDS}")
    letters = sum(character.isalpha() for character in text)
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
    joined: list[str] = []
    seen: set[str] = set()
    for number, part in enumerate(parts):
        fresh = [line for line in part if number == 0 or comparable(line) not in seen]
        seen.update(comparable(line) for line in part)
        if number and joined and fresh and fresh[0][:1].islower() and not ends_a_sentence(joined[-1]):
            joined[-1] = f"{joined[-1]} {fresh.pop(0)}"
        joined.extend(fresh)
    return joined
