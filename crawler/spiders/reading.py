"""A source's document, read by what the source is."""

from datetime import datetime, timedelta

from scrapy.http import HtmlResponse, Response

from crawler.job import Limits
from crawler.outlets.outlet import SourceKind
from crawler.spiders.document import Document, DocumentError
from crawler.spiders.feed import read_feed
from crawler.spiders.listing import read_listing
from crawler.spiders.sitemap import read_sitemap


def read_source(
    response: Response, kind: SourceKind, limits: Limits, now: datetime, *, article: str | None, number: int = 1
) -> Document:
    """The document within the limits; `article` and `number` (of the page) are for listings.

    Raises DocumentError where the response is not what the source is said to be.
    """
    if kind == "feed":
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return read_feed(response.body, response.url, content_type, limits.links_per_source)
    if kind == "sitemap":
        return read_sitemap(
            response.body,
            response.url,
            limits.links_per_source,
            limits.child_sitemaps,
            now - timedelta(days=limits.max_age_days),
            limits.document_bytes,
        )
    if not isinstance(response, HtmlResponse):
        raise DocumentError("not-html", f"a listing of type {response.headers.get('Content-Type')!r}")
    return read_listing(response, article, number, limits.links_per_source)
