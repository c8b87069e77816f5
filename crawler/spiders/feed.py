"""RSS and Atom feeds."""

from io import BytesIO
from urllib.parse import urljoin

import feedparser

from crawler.spiders.document import Document, DocumentError, Entry

MAX_WORDS = 2000


def read_feed(body: bytes, url: str, content_type: str, limit: int) -> Document:
    """The first `limit` entries of the feed; DocumentError when it is none."""
    # As a stream: feedparser opens plain text as a file name. Sanitising summaries that nobody sees costs most time.
    feed = feedparser.parse(
        BytesIO(body), response_headers={"content-type": content_type}, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.get("version") and not feed.entries:
        raise DocumentError("bad-feed", f"neither RSS nor Atom: {feed.get('bozo_exception', 'no feed in it')}"[:300])
    entries = []
    for entry in feed.entries[:limit]:
        # FeedBurner keeps the outlet's own address in an element of its own.
        link = entry.get("feedburner_origlink") or entry.get("link")
        if link:
            words = f"{entry.get('title', '')} {entry.get('summary', '')}"
            entries.append(Entry(urljoin(url, link), words[:MAX_WORDS]))
    return Document(tuple(entries))
