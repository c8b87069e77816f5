"""The further pages of an article that its outlet prints in several parts.

A link belongs to the article when it is the article's own address plus a page mark (`?page=2`, `/2`, `?page=all`), and
when the page presents it as a pager: a bare number, "Selanjutnya", "Halaman 2", `rel=next`, a pagination box.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice, pairwise
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.markup import parse_html
from crawler.page import ExtractionError

MAX_PAGES = 30
_MAX_LINKS = 5_000
_MAX_ANCESTORS = 8
_MAX_URL = 2_000

ALL = 0
"""The number of the page that holds the whole article."""

_PAGE_PARAMETERS = frozenset({"page", "halaman", "hal", "pg", "page_num", "paged", "hlm"})
_WHOLE_PARAMETERS = {("page", "all"), ("showpage", "all"), ("single", "1"), ("halaman", "all"), ("hal", "all")}
_PATH_MARK = re.compile(
    r"(?P<base>.*?)(?:/(?:page|halaman|hal)[/-]?(?P<word>\d{1,3})|/(?P<bare>\d{1,3}|all)|-(?:hal|halaman|page|part)-?(?P<tail>\d{1,2}))/?"
)
_MARK = re.compile(r"\d|all", re.IGNORECASE)
_LISTING_SEGMENTS = frozenset(
    {
        "tag",
        "tags",
        "topik",
        "topic",
        "topics",
        "kategori",
        "category",
        "categories",
        "search",
        "cari",
        "pencarian",
        "indeks",
        "index",
        "author",
        "penulis",
        "arsip",
        "archive",
        "archives",
        "terpopuler",
        "populer",
        "terkini",
        "terbaru",
        "rubrik",
        "kanal",
        "channel",
        "label",
        "reporter",
        "editor",
        "galeri",
        "page",
        "indeks-berita",
        "berita-terbaru",
        "berita-terkini",
        "berita-terpopuler",
    }
)
# A word with a number in it, or four words joined: "/berita/4711", "/read/iuran-nelayan-teluk-biru".
_ARTICLE_SEGMENT = re.compile(r"/[^/]*\d[^/]*(?:/|$)|/(?:[^/\W_]+[-_.,]){3,20}[^/\W_]+")
# A short slug below the full date of an archive: "/2026/11/16/reses-dprd/".
_DATED_SLUG = re.compile(r"/(?:19|20)\d\d/\d\d?/\d\d?/[^/\d][^/]*-[^/]+/?$")
_PAGER_BOX = re.compile(
    r"paging|pagination|pager|page-?links?\b|page-?numbers?|multi-?page|post-?pages?\b|halaman|link-?pages|split-?page"
    r"|nextpage|detail__anchor|art-?pages",
    re.IGNORECASE,
)
_OTHER_BOX = re.compile(r"comment|komentar|disqus|respond|related|terkait|sidebar|widget|baca-?juga", re.IGNORECASE)
_PAGER_WORDS = re.compile(
    r"(?:(?:halaman|hal|page|laman)\.?\s*)?(?:\d{1,3}|selanjutnya|berikutnya|lanjut(?:kan)?|next|last|terakhir)"
    r"(?:\s*(?:halaman|page|»|›|>+|→))*"
    r"|(?:halaman|laman)\s+(?:selanjutnya|berikutnya|berikut)|lanjutkan membaca|baca selengkapnya|selengkapnya"
    r"|(?:lihat|baca|tampilkan|buka|show|view|read)?\s*(?:semua|all|full|single\s*page|selengkapnya|satu halaman)"
    r"(?:\s*(?:halaman|pages?))?|[»›>→]+",
    re.IGNORECASE,
)
# One pattern a spelling: one that ignores case is sought letter by letter, at ten times the price.
_RELATIVE_WITH_MARK = tuple(
    re.compile(name + r"""\s*=\s*["']?\s*(?P<href>(?![/#"'\s>]|https?:)[^"'\s>]*(?:\d|all)[^"'\s>]*)""")
    for name in ("href", "HREF", "Href")
)
_REST_OF_ADDRESS = re.compile(r"""[^"'\s<>]{0,2000}""")
_Article = tuple[str, str, tuple[tuple[str, str], ...]]
"""Host, path and query by which an article is known, whichever of its pages is asked for."""


@dataclass(frozen=True, slots=True)
class _Address:
    """An address taken apart: which article, and which page of it (1 when the address says none)."""

    article: _Article
    number: int


def next_pages(html: str, url: str) -> list[str]:
    """The article's pages after `url`: absolute, on its host, in order; a page that holds them all stands alone."""
    here = _split(url)
    # Most articles have one page, and their links tell so at a tenth of the price of a tree.
    if here is None or not _names_a_further_page(html, here):
        return []
    try:
        return further_pages(parse_html(html), url)
    except ExtractionError:
        return []


def further_pages(tree: HtmlElement, url: str) -> list[str]:
    """As next_pages, of a page that has been parsed."""
    here = _split(url)
    if here is None or not here.hostname or is_listing_address(here):
        return []
    if not _reads_as_article(tree, here):
        return []
    return _in_order(_pager_links(tree, here), here)


def _names_a_further_page(html: str, here: SplitResult) -> bool:
    """Whether any link of the markup, wherever it stands, may lead to a further page of the article at `here`."""
    articles = {address.article: address.number for address in _readings(here)}
    paths = [path for _, path, _ in articles]
    if "" in paths:  # an article at "/?p=4711" has no path to look for
        return True
    for href in islice(_hopeful(html, paths), _MAX_LINKS):
        target = _resolved(unescape(href), here)
        if target is not None and any(_is_further_of(articles, address) for address in _readings(target)):
            return True
    return False


def _hopeful(html: str, paths: Sequence[str]) -> Iterator[str]:
    """What in the markup may be an address below one of the paths, or a relative one, with a page mark."""
    for path in paths:
        for form in {path, escape(path)}:
            position = html.find(form)
            while position != -1:
                rest = _REST_OF_ADDRESS.match(html, position + len(form))
                if rest is not None and _MARK.search(rest[0]):
                    yield path + rest[0]
                position = html.find(form, position + len(form) + 1)
    for relative in _RELATIVE_WITH_MARK:
        yield from (match["href"] for match in relative.finditer(html))


def _pager_links(tree: HtmlElement, here: SplitResult) -> Iterator[tuple[int, str]]:
    """Page number and address of every link to another page of the article at `here`."""
    articles = {address.article: address.number for address in _readings(here)}
    for link in islice(tree.iter("a", "link"), _MAX_LINKS):
        href = (link.get("href") or "").strip()
        if not _may_be_further(href, articles) or (link.tag == "link" and not _is_next(link)):
            continue
        target = _resolved(href, here)
        if target is None:
            continue
        for address in _readings(target):
            if _is_further_of(articles, address) and _is_presented_as_pager(link, address.number):
                yield address.number, target.geturl()
                break


def _may_be_further(href: str, articles: Mapping[_Article, int]) -> bool:
    """Whether the address bears a page mark and perhaps an article's path; most links do not, which is cheaply told."""
    if not href or len(href) > _MAX_URL or not _MARK.search(href):
        return False
    return not href.startswith(("/", "http")) or any(path in href for _, path, _ in articles)


def _is_further_of(articles: Mapping[_Article, int], address: _Address) -> bool:
    """Whether the address is a later page of one of the articles, whose current page is given, or holds them all."""
    current = articles.get(address.article)
    return current is not None and current != ALL and (address.number == ALL or address.number > current)


def _is_next(link: HtmlElement) -> bool:
    return "next" in (link.get("rel") or "").lower().split()


def _resolved(href: str, here: SplitResult) -> SplitResult | None:
    """Where the link leads, without its fragment, when that is a page of the same host."""
    try:
        target = _split(urljoin(here.geturl(), href))
    except ValueError:
        return None
    if target is None or target.scheme not in {"http", "https"} or _host(target) != _host(here):
        return None
    if "comment" in target.fragment.lower() or "komentar" in target.fragment.lower():
        return None
    return target._replace(fragment="")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - a port that is no number raises here
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _readings(parts: SplitResult) -> Iterator[_Address]:
    """The ways to read an address: as it stands, and with its last path segment as a page number."""
    path, number, query = parts.path.rstrip("/"), 1, []
    for name, value in parse_qsl(parts.query[:_MAX_URL], keep_blank_values=True):
        if (name.lower(), value.lower()) in _WHOLE_PARAMETERS:
            number = ALL
        elif name.lower() in _PAGE_PARAMETERS and re.fullmatch(r"[0-9]{1,3}", value):
            number = int(value)
        elif not name.lower().startswith(("utm_", "fbclid", "gclid")):
            query.append((name, value))
    rest = tuple(sorted(query))
    yield _Address((_host(parts), path, rest), number)
    mark = _PATH_MARK.fullmatch(path)
    if number == 1 and mark and _ARTICLE_SEGMENT.search(mark["base"]):
        shown = mark["word"] or mark["bare"] or mark["tail"]
        yield _Address((_host(parts), mark["base"].rstrip("/"), rest), ALL if shown == "all" else int(shown))


def page_number(url: str) -> int:
    """Which page of its article the address shows; ALL where it shows all of them, 1 where it says none."""
    parts = _split(url)
    return 1 if parts is None else next((address.number for address in _readings(parts) if address.number != 1), 1)


def is_listing_address(parts: SplitResult) -> bool:
    """Whether the address is a home page or lies under a tag, section, author, index or search."""
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    if not segments:
        return not re.search(r"(?:^|&)(?:p|id|read|artikel|berita)=", parts.query)
    return any(segment in _LISTING_SEGMENTS for segment in segments[:-1]) or segments[0] in _LISTING_SEGMENTS


def names_an_article(parts: SplitResult) -> bool:
    """Whether the address carries a headline's slug or an article's number; the date of an archive is no number."""
    if _DATED_SLUG.search(parts.path):
        return True
    undated = re.sub(r"/(?:19|20)\d\d(?:/\d\d?){0,2}(?=/|$)|/page/\d{1,4}/?$", "", parts.path)
    return bool(_ARTICLE_SEGMENT.search(undated) or re.search(r"(?:^|&)(?:p|id)=\d", parts.query))


def _reads_as_article(tree: HtmlElement, here: SplitResult) -> bool:
    """Whether the page says it is an article, or, where it says nothing, its address looks like one."""
    kinds = tree.xpath("//meta[translate(@property, 'OGTYPE', 'ogtype')='og:type']/@content")
    if kinds and str(kinds[0]).strip().lower() in {"article", "news", "newsarticle"}:
        return True
    return names_an_article(here)


def _is_presented_as_pager(link: HtmlElement, number: int) -> bool:
    if link.tag == "link":
        return True
    boxes = [_label(element) for element in _self_and_ancestors(link)]
    if any(_OTHER_BOX.search(box) for box in boxes):
        return False
    if _is_next(link) or any(_PAGER_BOX.search(box) for box in boxes):
        return True
    shown = " ".join("".join(islice(link.itertext(), 20))[:80].split())
    return bool(_PAGER_WORDS.fullmatch(shown))


def _self_and_ancestors(link: HtmlElement) -> Iterator[HtmlElement]:
    yield link
    for element in islice(link.iterancestors(), _MAX_ANCESTORS):
        if element.tag in {"body", "html"}:
            return
        yield element


def _label(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _in_order(links: Iterator[tuple[int, str]], here: SplitResult) -> list[str]:
    """The addresses by page number, the first address of a number winning, with gaps in a row of numbers filled."""
    by_number: dict[int, str] = {}
    for number, address in links:
        by_number.setdefault(number, address)
    by_number = {number: address for number, address in by_number.items() if address != here.geturl()}
    if ALL in by_number:
        return [by_number[ALL]]
    numbers = sorted(by_number)
    if not numbers:
        return []
    # "1 2 3 … 7" leaves out pages; a row such as 15, 30, 45 counts paragraphs and leaves out nothing.
    counts_pages = any(numbers[0] == address.number + 1 for address in _readings(here))
    pages = [by_number[numbers[0]]]
    for before, after in pairwise(numbers):
        if counts_pages:
            pages += [page for gap in range(before + 1, after) if (page := _renumbered(by_number[before], before, gap))]
        pages.append(by_number[after])
        if len(pages) >= MAX_PAGES:
            break
    return pages[:MAX_PAGES]


def _renumbered(address: str, old: int, new: int) -> str | None:
    """`address` with its page number changed, or None where the number stands in no known place."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(name.lower() in _PAGE_PARAMETERS for name, _ in query):
        changed = [(name, str(new) if name.lower() in _PAGE_PARAMETERS else value) for name, value in query]
        return parts._replace(query=urlencode(changed)).geturl()
    path, count = re.subn(rf"(?<=[/-]){old}(/?)$", rf"{new}\1", parts.path)
    return parts._replace(path=path).geturl() if count else None
