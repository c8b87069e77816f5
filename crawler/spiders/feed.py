"""RSS and Atom feeds."""

import re
from io import BytesIO

import feedparser

from crawler.spiders.document import Document, DocumentError, Entry, web_address

MAX_WORDS = 2000
MAX_TAGS = 100_000
"""Real feeds have some thousands; the reader's time grows faster than their number."""
_END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)


def read_feed(body: bytes, url: str, content_type: str, limit: int) -> Document:
    """The first `limit` entries of the feed; DocumentError when it is none."""
    body = _first_entries(body, limit)
    if body.count(b"<") > MAX_TAGS:
        raise DocumentError("too-large", f"more than {MAX_TAGS} tags before entry {limit}")
    # As a stream: feedparser opens plain text as a file name. Sanitising summaries that nobody sees costs most time.
    feed = feedparser.parse(
        BytesIO(body), response_headers={"content-type": content_type}, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.get("version") and not feed.entries:
        raise DocumentError("bad-feed", f"neither RSS nor Atom: {feed.get('bozo_exception', 'no feed in it')}"[:300])
    entries = []
    for entry in feed.entries[:limit]:
        # FeedBurner keeps the outlet's own address in an element of its own.
        link = web_address(url, entry.get("feedburner_origlink") or entry.get("link") or "")
        if link is not None:
            words = f"{entry.get('title', '')} {entry.get('summary', '')}"
            entries.append(Entry(link, words[:MAX_WORDS]))
    return Document(tuple(entries))


def _first_entries(body: bytes, limit: int) -> bytes:
    """The feed up to its entry `limit`: to read fifty thousand, of which few are wanted, takes minutes."""
    for count, end in enumerate(_END_OF_ENTRY.finditer(body), start=1):
        if count == limit:
            return body[: end.end()]
    return body
