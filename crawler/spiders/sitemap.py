"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org protocol 0.9)."""

import zlib
from datetime import UTC, datetime

from lxml import etree

from crawler.spiders.document import Document, DocumentError, Entry, web_address

_GZIP = b"\x1f\x8b"


def read_sitemap(body: bytes, url: str, limit: int, children: int, since: datetime, max_bytes: int) -> Document:
    """The newest `limit` entries that are not known to be older than `since`, or an index's newest `children`."""
    root = _parse(_unpacked(body, max_bytes))
    kind = etree.QName(root).localname
    if kind not in {"urlset", "sitemapindex"}:
        raise DocumentError("bad-sitemap", f"the document is a <{kind[:50]}>")
    entries = [entry for element in root if (entry := _entry(element, url)) is not None]
    fresh = [entry for entry in entries if entry.day is None or entry.day >= since]
    # Undated entries keep their places after the dated ones: outlets print the newest first or last, nobody knows.
    fresh.sort(key=lambda entry: entry.day or datetime.min.replace(tzinfo=UTC), reverse=True)
    if kind == "sitemapindex":
        return Document((), tuple(entry.url for entry in fresh[:children]))
    return Document(tuple(fresh[:limit]))


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    """The body, unpacked where it is a .gz file (not the same as a gzip-encoded answer)."""
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, max_bytes)
    except zlib.error as error:
        raise DocumentError("bad-sitemap", f"cannot be unpacked: {error}") from error
    if unpacker.unconsumed_tail:
        raise DocumentError("too-large", f"unpacks to more than {max_bytes} bytes")
    return plain


def _parse(body: bytes) -> etree._Element:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("bad-sitemap", f"not XML: {error}"[:300]) from error
    if root is None:
        raise DocumentError("bad-sitemap", "not XML")
    return root


def _entry(element: etree._Element, url: str) -> Entry | None:
    """What a <url> or <sitemap> says, its news extension included."""
    texts: dict[str, str] = {}
    for child in element.iter(etree.Element):
        texts.setdefault(etree.QName(child).localname, (child.text or "").strip())
    location = web_address(url, texts.get("loc", ""))
    if location is None:
        return None
    words = f"{texts.get('title', '')} {texts.get('keywords', '')}"
    return Entry(location, words, _day(texts.get("publication_date") or texts.get("lastmod")))


def _day(text: str | None) -> datetime | None:
    """The time, or None; good to a day only, for many outlets print WIB and say it is UTC."""
    try:
        day = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.tzinfo is not None else day.replace(tzinfo=UTC)
