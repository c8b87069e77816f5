"""A search as RSS 2.0, for feed readers."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from lxml import etree

from service.domain.clipping import LONGEST_HEADLINE, LONGEST_LINK, line
from service.domain.query import Hit
from service.domain.wording.names import TONES
from service.web.address import SEARCH, SearchAddress, read_search, web_link
from service.web.asking import question, summary
from service.web.desk import Desk
from service.web.gate import FEED
from service.web.visitor import needs

MOST_ITEMS = 50
MINUTES = 10
"""How often a reader is asked to look."""

_MEDIA_TYPE = "application/rss+xml; charset=utf-8"
_LONGEST_SNIPPET = 600


def add_feed(router: APIRouter, desk: Desk) -> None:
    """Add the route."""

    @router.get(FEED, dependencies=[needs("read")])
    def feed(request: Request) -> Response:
        """The newest articles that the search finds; 304 where the reader has them."""
        asked = read_search(request.query_params)
        page = desk.index.search(replace(question(desk, asked), sort="newest", collapse=False), size=MOST_ITEMS)
        body = write_feed(desk, asked, page.hits)
        tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if tag in re.split(r"\s*,\s*", request.headers.get("if-none-match", "").replace("W/", "")):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=_MEDIA_TYPE, headers=headers)


def write_feed(desk: Desk, asked: SearchAddress, hits: tuple[Hit, ...]) -> bytes:
    """The feed of these hits; it does not change while they do not."""
    rss = etree.Element("rss", version="2.0")
    channel = etree.SubElement(rss, "channel")
    base = desk.base_url.rstrip("/")
    told = summary(desk, asked)
    _add(channel, "title", _headline(f"Pantau: {told}"))
    _add(channel, "link", f"{base}{SEARCH}?{asked.normalised}".rstrip("?"))
    _add(channel, "description", escape(line(f"Berita tentang {desk.agency_name}: {told}", LONGEST_LINK)))
    _add(channel, "language", "id")
    _add(channel, "ttl", str(MINUTES))
    for hit in hits:
        _add_item(etree.SubElement(channel, "item"), desk, hit, f"{base}/artikel/{quote(hit.article_id, safe='')}")
    return etree.tostring(rss, xml_declaration=True, encoding="utf-8")


def _add_item(item: "etree._Element", desk: Desk, hit: Hit, desk_page: str) -> None:
    title = _headline("".join(piece.text for piece in hit.title)) or "(tanpa judul)"
    link = web_link(hit.url) if len(hit.url) <= LONGEST_LINK and hit.url.isprintable() else None
    about = [desk.outlet_name(hit.outlet), *(desk.region_name(code) for code in hit.regions[:1])]
    about.append(TONES.get(hit.sentiment, hit.sentiment))
    snippet = line("".join(piece.text for piece in hit.snippet), _LONGEST_SNIPPET)
    _add(item, "title", title)
    _add(item, "link", link or desk_page)
    # Readers show the description as HTML: what the web says is escaped for it here, and once more as XML.
    told = " · ".join(escape(line(text, LONGEST_HEADLINE)) for text in about)
    _add(
        item,
        "description",
        f'<p>{escape(snippet)}</p><p>{told} · <a href="{escape(desk_page)}">Buka di Pantau</a></p>',
    )
    _add(item, "comments", desk_page)
    _add(item, "category", TONES.get(hit.sentiment, hit.sentiment))
    _add(item, "guid", f"urn:pantau:berita:{hit.article_id}", isPermaLink="false")
    if hit.published is not None:
        _add(item, "pubDate", format_datetime(hit.published.astimezone(UTC), usegmt=True))


def _headline(text: str) -> str:
    """The text on a line, without marks: some readers show titles as text, others as HTML."""
    return line(text, LONGEST_HEADLINE).replace("<", "‹").replace(">", "›")


def _add(parent: "etree._Element", name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = text
