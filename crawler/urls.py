"""Which URLs name the same article: one canonical form for a page, its AMP twin, its mobile twin and its parts.

courlan's cleaning was weighed and left: it drops every parameter that begins with `ga`, `cid` or `eid` (so also
`gambar` and article numbers) and keeps `?page=all`, AMP and mobile twins, which is the reverse of what the press needs.
"""

import re
from functools import lru_cache
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

MAX_URL_LENGTH = 2083
"""Longer URLs are traps or data; Scrapy's own limit."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")

# Under .id people register at the third level, so m.co.id is somebody's name and not a mobile twin of co.id.
_SECOND_LEVEL = frozenset(["ac", "biz", "co", "desa", "go", "mil", "my", "net", "or", "ponpes", "sch", "web"])
_TWIN_LABELS = frozenset({"www", "m", "amp", "mobile"})

_TRACKER = re.compile(
    r"(?:utm|itm|mtm|pk|at|mc|fb|hsa)_.*|jx(?:conn|recoid).*"  # campaign families, Kompas' session marks
    r"|(?:fbc|gc|dc|yc|ttc|twc)lid|msclkid|gclsrc|[gw]braid|igsh(?:id)?|epik|mibextid|sfnsn"
    r"|_g(?:a|l|id)|ref|ref_src|ref_url|refer(?:er|rer)?|source|medium|campaign|cmpid|ncid|spm|xtor|ito|smid"
    r"|feature|share|nb|replytocom|tag_from|lgn_method|print"
)
# A parameter that changes the view of an article and not which article it is: name -> the values that do so.
_VIEWS = {
    "page": re.compile(r"\d{0,3}|all"),
    "showpage": re.compile(r"\d{0,3}|all"),
    "hal": re.compile(r"\d{0,3}|all"),
    "halaman": re.compile(r"\d{0,3}|all"),
    "single": re.compile(r"[01]?"),
    "amp": re.compile(r".*", re.DOTALL),
    "outputtype": re.compile(r"amp"),
    "m": re.compile(r"[01]"),  # Blogger's mobile twin
}
# Parts of an article in the path: /amp, /page/2, and a bare /2 or /all after a headline's slug.
_PART_SUFFIX = re.compile(r"(?<=[^/])/(?:amp|(?:page|halaman)/\d{1,3})$")
_SLUG_PART = re.compile(r"(/(?=[^/]*[A-Za-z])[^/]*-[^/]*-[^/]*-[^/]*)/(?:\d{1,2}|all)$")
_PATH_PAGE = re.compile(r"(?<=[^/])/(?:page|halaman)/\d{1,3}/?$")
_SLUG_PAGE = re.compile(r"(/(?=[^/]*[A-Za-z])[^/]*-[^/]*-[^/]*-[^/]*)/\d{1,2}/?$")
_PAGE_PARAMETER = re.compile(r"(?:page|showpage|hal|halaman)=\d{1,3}", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"^/amp(?=/|$)")

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/%:@!$&'()*+,;=~"


# The way of one article through a crawl asks a dozen times for the same few URLs.
@lru_cache(maxsize=4096)
def canonical_url(url: str) -> str:
    """The one form of all URLs that name the same article; an identity, so fetch the URL as it was printed.

    Idempotent. Raises ValueError where `url` is no absolute http(s) URL of bearable length.
    """
    if len(url) > MAX_URL_LENGTH:
        raise ValueError(f"URL of {len(url)} characters")
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not an http(s) URL: {url!r}")
    host, is_address = _canonical_host(parts.hostname or "")
    port = parts.port if parts.port != _DEFAULT_PORTS[scheme] else None
    if port is None and not is_address and not _is_local(host):
        scheme = "https"
    netloc = host if port is None else f"{host}:{port}"
    query = _canonical_query(parts.query)
    canonical = f"{scheme}://{netloc}{_canonical_path(parts.path)}{'?' if query else ''}{query}"
    if len(canonical) > MAX_URL_LENGTH:
        raise ValueError(f"URL of {len(canonical)} characters")
    return canonical


def first_page_url(url: str) -> str:
    """The URL of the first page of the article at `url`, which may name a further one; else `url` as it stands."""
    parts = urlsplit(url)
    query = [pair for pair in parts.query.split("&") if not _PAGE_PARAMETER.fullmatch(pair)]
    path = parts.path
    if _may_end_in_a_part(path):
        path = _SLUG_PAGE.sub(r"\1", _PATH_PAGE.sub("", path))
    if path == parts.path and "&".join(query) == parts.query:
        return url
    return urlunsplit(parts._replace(path=path, query="&".join(query)))


def article_id(canonical: str) -> str:
    """The short stable id of the article with this canonical URL: 16 hexadecimal digits."""
    return sha256(canonical.encode()).hexdigest()[:16]


@lru_cache(maxsize=1024)
def _canonical_host(host: str) -> tuple[str, bool]:
    """The host without the labels of its twins, and whether it is an IP address."""
    try:
        address = ip_address(host)
    except ValueError:
        pass
    else:
        return (f"[{address}]" if address.version == 6 else str(address)), True
    host = host.rstrip(".").encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise ValueError(f"not a host name: {host!r}")
    label, _, rest = host.partition(".")
    while label in _TWIN_LABELS and _is_registrable(rest):
        host = rest
        label, _, rest = host.partition(".")
    return host, False


def _is_registrable(host: str) -> bool:
    """Whether somebody can own `host`, so that a label before it is the owner's sub-domain."""
    labels = host.split(".")
    return len(labels) > 2 or (len(labels) == 2 and not (labels[1] == "id" and labels[0] in _SECOND_LEVEL))


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _canonical_path(path: str) -> str:
    """The path without dot segments, doubled and trailing slashes, AMP marks and part numbers."""
    segments: list[str] = []
    for segment in _normal_escapes(path).split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment not in ("", "."):
            segments.append(segment)
    path = "/" + "/".join(segments)
    before = ""
    while path != before:
        before = path
        path = _AMP_PREFIX.sub("", path)
        if _may_end_in_a_part(path):
            path = _SLUG_PART.sub(r"\1", _PART_SUFFIX.sub("", path))
    return path or "/"


def _may_end_in_a_part(path: str) -> bool:
    """Whether the last segment may name a part of an article; far cheaper than to look for the whole pattern."""
    last = path.rstrip("/").rpartition("/")[2]
    return last.isdigit() or last in {"amp", "all"}


def _normal_escapes(path: str) -> str:
    """The path with only the percent escapes it needs, in upper case."""
    path = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", path)

    def plain(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return quote(re.sub(r"%([0-9A-Fa-f]{2})", plain, path), safe=_PATH_SAFE)


def _canonical_query(query: str) -> str:
    """The parameters that say which article it is, sorted by name."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _is_noise(name, value)]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def _is_noise(name: str, value: str) -> bool:
    """Whether the parameter tells where the reader came from or how the article is shown."""
    name = name.lower()
    if _TRACKER.fullmatch(name):
        return True
    view = _VIEWS.get(name)
    return view is not None and view.fullmatch(value.lower()) is not None
