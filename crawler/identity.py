"""Which article a page is, by its address and by what it says of itself."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin, urlsplit

from crawler.pager import names_an_article
from crawler.urls import canonical_url

_HEAD = 200_000
"""Characters in which a page has said what it is; the longest head of a real page seen is half of that."""
_AMP = re.compile(r"<html\b[^>]{0,500}?\s(?:amp|⚡)(?=[\s=>])", re.IGNORECASE)
_TAG = re.compile(r"<(?:link|meta)\s([^<>]{1,3000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z:_-]{1,30})\s*=\s*(?:"([^"]{0,2500})"|'([^']{0,2500})'|([^\s"'>]{1,2500}))""", re.IGNORECASE
)


def identity(url: str, claims: Iterable[str]) -> str:
    """The canonical URL of the page at `url`: the first of its own claims that can be true, else its address.

    A claim is believed on the page's own host, and where it is no less an article's address than the page's is: many
    outlets' templates name their front page, or the script behind all articles.
    """
    own = canonical_url(url)
    for claim in claims:
        try:
            claimed = canonical_url(urljoin(url, claim.strip())) if claim.strip() else ""
        except ValueError:
            continue
        if claimed and _is_possible(claimed, own):
            return claimed
    return own


def claims(html: str) -> list[str]:
    """What the page says its address is: rel=canonical, then og:url."""
    canonical, shared = list[str](), list[str]()
    for tag in _TAG.finditer(html, 0, _HEAD):
        found = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag[1])}
        if "canonical" in found.get("rel", "").lower().split():
            canonical.append(found.get("href", ""))
        elif found.get("property", found.get("name", "")).lower() == "og:url":
            shared.append(found.get("content", ""))
    return [*canonical[:1], *shared[:1]]


def is_amp(html: str) -> bool:
    """Whether the page is the AMP twin of another, which tells more."""
    return _AMP.search(html, 0, 5_000) is not None


def _is_possible(claimed: str, own: str) -> bool:
    there, here = urlsplit(claimed), urlsplit(own)
    if there.hostname != here.hostname:
        return False
    if not there.path.strip("/") and not there.query:
        return not here.path.strip("/")
    if own != claimed and own.startswith(f"{claimed.rstrip('/')}/"):
        return False
    return names_an_article(there) or not names_an_article(here)
