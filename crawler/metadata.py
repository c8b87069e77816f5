"""What a page says about its article outside the body: headline, people, times, section, tags, picture, address."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawler.confidence import Notes
from crawler.credits import credits_in, unique
from crawler.dates import Stamp, read_date_line, settle, stamps_in, tells
from crawler.extract_text import drop, finder, lines_of, text_of
from crawler.identity import identity
from crawler.lines import comparable, ends_a_sentence
from crawler.outlets.layouts import NOTHING, Told

_ARTICLE_TYPES = re.compile(
    r"(?:news|reportage|blog|analysis|opinion|background|live|satirical)?\w*(?:article|posting)$", re.I
)
_MAX_JSON = 1_000_000
_MAX_NODES = 500
_MAX_SCRIPTS = 50
_MAX_TITLE = 400
_MAX_TAGS = 40
_MAX_SECTION = 60

_SEPARATOR = re.compile(r"\s+(?:[-–—|»·•]|::|\|\|)\s+|\s*\|\s*|:\s+")
_BYLINE = re.compile(
    r"(?:penulis|pewarta|reporter|wartawan|oleh|kontributor|laporan(?:\s+wartawan(?:\s+[\w.]+)?)?|jurnalis|author|by"
    r"|ditulis\s+oleh)"
    r"(?P<colon>\s*[:：]\s*|\s+)(?P<names>.{3,90})",
    re.IGNORECASE,
)
_BYLINE_LABEL = re.compile(r"(?:penulis|pewarta|reporter|wartawan|oleh|kontributor|jurnalis)\s*[:：]?", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:,|;|/|\||&|\bdan\b|\band\b)\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,5}")
_ROLE = re.compile(
    r"^(?:kontributor|wartawan|reporter|pewarta|penulis|oleh|by|laporan|jurnalis|editor)\b\s*[:：]?\s*", re.IGNORECASE
)
_NO_PERSON = re.compile(
    r"\b(?:admin\w*|redaksi\w*|redaktur|tim|team|editor\w*|desk|news\w*|media|portal|online|cyber|digital|group|grup|pt|cv"
    r"|web\w*|developer|dev|studio|creative|solusi|teknologi|technology|indonesia|humas|dinas|diskominfo|kominfo|pemkab|pemkot"
    r"|pemprov|kontributor|user|author|super|root|operator|default|guest|anonim|anonymous|unknown|com|co|id|net|org|tv|fm"
    r"|harian|koran|tabloid|berita|kabar|newsroom|antara|kompas|tribun\w*|detik\w*|google|facebook|wib|wita|wit)\b",
    re.IGNORECASE,
)
_PUBLICATION_METAS = (
    *("article:published_time", "datepublished", "pubdate", "publishdate", "publish-date"),
    *("content_publisheddate", "og:published_time", "dc.date", "dc.date.issued", "date"),
)
_dated = finder("//*[@itemprop='datePublished']")
_AFTER_NAMES = re.compile(r"\s*(?:\||\s[-–—]\s|\bEditor\b|\d{1,2}\s\w+\s\d{4})")
_TRAILS = ("nav", "ol", "ul", "div", "section", "p", "span", "table")
_TAG_ADDRESS = re.compile(r"/(?:tags?|topik|topic)/")
_LINES_ABOVE = 3
_LINES_BELOW = 30
_MOST_LINES = 3000
_MAX_DATE_LINE = 160
_LONGEST_DATE_LINE = 8


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found, and in `notes` where each part was found and how sure it is."""

    title: str
    authors: tuple[str, ...]
    published: datetime | None
    modified: datetime | None
    section: str | None
    tags: tuple[str, ...]
    image_url: str | None
    canonical: str
    article_body: str
    """JSON-LD's `articleBody`, or nothing."""
    declared_as: str
    """Where the page calls itself an article: "json-ld", "opengraph", or nowhere."""
    is_free: bool
    words_declared: int
    """JSON-LD's `wordCount`, or 0."""
    credits: tuple[str, ...]
    """The lines that name reporter and editor, wherever the page prints them."""
    lines: tuple[str, ...]
    """The whole page as readers see it, before anything is taken out."""
    notes: Notes


class Evidence:
    """The places of one page where metadata stands, read once; JSON-LD is taken out of the tree, being no text."""

    def __init__(self, tree: HtmlElement, url: str, timezone: str, latest: datetime) -> None:
        self.tree = tree
        self.url = url
        self.timezone = timezone
        self.latest = latest
        self.metas = _metas(tree)
        self.json_ld = _article_node(_take_linked_data(tree))
        self.lines = lines_of(tree.body if tree.body is not None else tree)
        self.site_name = self.meta("og:site_name", "application-name")
        self._places: dict[str, list[int]] = {}

    def meta(self, *names: str) -> str:
        """The first non-empty meta value under one of `names`."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def linked(self, name: str) -> str:
        """A JSON-LD value as one string."""
        return next(iter(_strings(self.json_ld.get(name))), "")

    def first_stamp(self, values: Iterable[str]) -> Stamp | None:
        """The first of `values` that is a date on which the article can have appeared."""
        return next(filter(self.believes, stamps_in(values)), None)

    def believes(self, stamp: Stamp) -> bool:
        """Whether the article can have appeared then."""
        return stamp.is_possible(ZoneInfo(self.timezone), self.latest)

    def headline_places(self, title: str) -> list[int]:
        """Where among the lines the headline stands."""
        if title not in self._places:
            wanted = comparable(title)
            first = wanted.partition(" ")[0]
            self._places[title] = [
                index
                for index, line in enumerate(self.lines[:_MOST_LINES])
                if wanted and len(line) < _MAX_TITLE and first in line.casefold() and comparable(line) == wanted
            ]
        return self._places[title]


def read_metadata(tree: HtmlElement, url: str, timezone: str, latest: datetime, told: Told = NOTHING) -> Metadata:
    """Everything the page tells about its article apart from the text; what the outlet's layout told comes first.

    A date later than `latest` is none.
    """
    evidence = Evidence(tree, url, timezone, latest)
    notes = Notes()
    title = _told_title(told, notes) or _title(evidence, notes)
    published, modified = _times(evidence, title, told, notes)
    return Metadata(
        title=title,
        authors=_told_authors(told, evidence, notes) or _authors(evidence, title, notes),
        published=published,
        modified=modified,
        section=_told_section(told, notes) or _section(evidence, notes),
        tags=_tags(evidence),
        image_url=_image(evidence),
        canonical=_canonical(evidence),
        article_body=evidence.linked("articleBody"),
        declared_as=_declared_as(evidence),
        is_free=evidence.linked("isAccessibleForFree").lower() != "false",
        words_declared=_count(evidence.linked("wordCount")),
        credits=_credits(evidence, title),
        lines=tuple(evidence.lines),
        notes=notes,
    )


def _count(written: str) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else 0


def _credits(evidence: Evidence, title: str) -> tuple[str, ...]:
    """The credits below the headline; above it stand other reports."""
    start = next(iter(evidence.headline_places(title)), 0)
    return unique(credit for line in evidence.lines[start:_MOST_LINES] for credit in credits_in(line))


def _declared_as(evidence: Evidence) -> str:
    if evidence.json_ld:
        return "json-ld"
    return "opengraph" if evidence.meta("og:type").lower() in {"article", "news", "newsarticle"} else ""


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in islice(tree.iter("meta"), _MAX_NODES):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = " ".join(html.unescape(meta.get("content") or "").split())
        if name and content:
            metas.setdefault(name, []).append(content[:2000])
    abbreviated = (element for element in tree.iter("abbr") if "published" in (element.get("class") or ""))
    for element in islice(chain(_dated(tree), abbreviated), 5):
        value = element.get("datetime") or element.get("content") or element.get("title")
        if value and element.tag != "meta":
            metas.setdefault("datepublished", []).append(value[:100])
    return metas


def _take_linked_data(tree: HtmlElement) -> list[str]:
    """The texts of the JSON-LD scripts, which leave the tree with all other scripts."""
    scripts = list(tree.iter("script"))
    texts = [script.text or "" for script in scripts if "ld+json" in (script.get("type") or "").lower()]
    for script in scripts:
        drop(script)
    return texts[:_MAX_SCRIPTS]


def _article_node(scripts: Iterable[str]) -> Mapping[str, object]:
    """The JSON-LD node that describes an article, empty where there is none."""
    for script in scripts:
        if len(script) > _MAX_JSON:
            continue
        try:
            # Newsrooms paste raw line breaks into strings, which strict JSON forbids.
            value = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in islice(_nodes(value), _MAX_NODES):
            if any(_ARTICLE_TYPES.fullmatch(kind) for kind in _strings(node.get("@type"))):
                return node
    return {}


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    waiting = [value]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, Mapping):
            yield current
            waiting.extend(current.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in current)
        elif isinstance(current, list):
            waiting.extend(current[:_MAX_NODES])


def _strings(value: object) -> list[str]:
    """The texts in a JSON-LD value: a string, a number, a node's name or URL, or a list of these."""
    if isinstance(value, list):
        return [text for item in value[:50] for text in _strings(item) if not isinstance(item, list)]
    if isinstance(value, Mapping):
        return _strings(value.get("name") or value.get("url") or "")
    if value is None:
        return []
    text = html.unescape(str(value)).strip()
    return [text] if text else []


def _told_title(told: Told, notes: Notes) -> str:
    if told.title:
        notes.take_for_sure("title", "outlet")
    return told.title[:_MAX_TITLE]


def _told_authors(told: Told, evidence: Evidence, notes: Notes) -> tuple[str, ...]:
    authors = _people(told.authors, evidence)
    if authors:
        notes.take_for_sure("authors", "outlet")
    return authors


def _told_section(told: Told, notes: Notes) -> str:
    if told.section:
        notes.take_for_sure("section", "outlet")
    return told.section[:_MAX_SECTION]


def _title(evidence: Evidence, notes: Notes) -> str:
    """The headline as readers see it; else as machines are told it, without the site's name."""
    declared = [
        ("json-ld", evidence.linked("headline")),
        ("opengraph", evidence.meta("og:title", "twitter:title")),
        ("visible", text_of(titles[0]) if (titles := evidence.tree.findall("head/title")) else ""),
    ]
    known = [comparable(value) for _, value in declared if value]
    for heading in islice(evidence.tree.iter("h1", "h2"), 60):
        shown = text_of(heading)
        plain = comparable(shown)
        if 3 <= len(plain.split()) <= 50 and any(plain in value and len(plain) > len(value) * 0.4 for value in known):
            notes.take("title", "visible", (plain in value for value in known))
            return shown
    for source, value in declared:
        if value:
            title = _without_site_name(" ".join(value.split())[:_MAX_TITLE], evidence)
            others = (other for place, other in declared if other and place != source)
            notes.take("title", source, (comparable(title) in comparable(other) for other in others))
            return title
    for heading in islice(evidence.tree.iter("h1"), 5):
        if len((shown := text_of(heading)).split()) >= 3:
            notes.take("title", "visible")
            return shown[:_MAX_TITLE]
    return ""


def _without_site_name(title: str, evidence: Evidence) -> str:
    """`title` without the segments at its ends that name the site, its host or a section of it."""
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        first, last = cuts[0], cuts[-1]
        if _names_site(title[last.end() :], evidence):
            title = title[: last.start()].rstrip()
        elif _names_site(title[: first.start()], evidence):
            title = title[first.end() :].lstrip()
        else:
            return title


def _names_site(segment: str, evidence: Evidence) -> bool:
    plain = comparable(segment).replace(" ", "")
    if not plain or len(segment.split()) > 6:
        return False
    names = {comparable(evidence.site_name).replace(" ", ""), *_host_labels(evidence.url)} - {""}
    return any(name in plain for name in names) or bool(re.fullmatch(r"\S+\.(?:com|id|net|co|org)\b.*", segment, re.I))


def _host_labels(url: str) -> set[str]:
    """The telling parts of a host's name: "kabarbahari" of www.kabarbahari.example."""
    labels = (urlsplit(url).hostname or "").split(".")[:-1]
    return {label.replace("-", "") for label in labels if len(label) > 3 and label not in {"news", "berita", "www"}}


def _times(evidence: Evidence, title: str, told: Told, notes: Notes) -> tuple[datetime | None, datetime | None]:
    """When the article appeared and when it was changed."""
    timezone = evidence.timezone
    declared = {
        "json-ld": evidence.first_stamp([evidence.linked("datePublished"), evidence.linked("dateCreated")]),
        "opengraph": evidence.first_stamp(evidence.meta(name) for name in _PUBLICATION_METAS),
    }
    source, stamp = next(((name, value) for name, value in declared.items() if value), ("visible", None))
    shown, shown_update = _visible_times(evidence, title)
    if stamp is None and shown is None:
        stamp = evidence.first_stamp(time.get("datetime") or "" for time in islice(evidence.tree.iter("time"), 5))
    published = settle(stamp, shown, timezone)
    if told.published is not None and evidence.believes(told.published):
        published = told.published.instant(ZoneInfo(timezone))
        notes.take_for_sure("published", "outlet")
    elif published is not None:
        others = [place for name, place in (*declared.items(), ("visible", shown)) if place and name != source]
        # Two machine-read places that carry the same wrong zone are told apart by the readers' line, not by each other.
        same_digits = (stamp is not None and place.clock == stamp.clock for place in others)
        agrees = (tells(place, published, timezone) or same for place, same in zip(others, same_digits, strict=True))
        notes.take("published", source, agrees)
    changed = evidence.first_stamp(
        [evidence.linked("dateModified"), evidence.meta("article:modified_time", "og:updated_time")]
    )
    modified = settle(changed, shown_update or _twin(changed, stamp, shown), timezone)
    if modified is None or (published is not None and modified < published):
        return published, None
    _note_change(evidence, modified, changed, shown_update, notes)
    return published, modified


def _note_change(
    evidence: Evidence, modified: datetime, changed: Stamp | None, shown: Stamp | None, notes: Notes
) -> None:
    if changed is None:
        notes.take("modified", "visible")
        return
    source = "json-ld" if evidence.linked("dateModified") else "opengraph"
    notes.take("modified", source, [tells(shown, modified, evidence.timezone)] if shown else ())


def _twin(changed: Stamp | None, declared: Stamp | None, shown: Stamp | None) -> Stamp | None:
    """A visible stamp for the change, when the declared publication proved to carry its zone wrongly."""
    if changed is None or declared is None or shown is None or changed.zone != declared.zone:
        return None
    lies = abs(declared.clock - shown.clock).total_seconds() < 200 and shown.has_time
    return Stamp(changed.clock, shown.zone) if lies else None


def _visible_times(evidence: Evidence, title: str) -> tuple[Stamp | None, Stamp | None]:
    """The publication's and the update's stamp nearest to a headline, else the first above the text."""
    near: list[tuple[bool, int, Stamp]] = []
    for place in evidence.headline_places(title):
        around = range(max(0, place - _LINES_ABOVE), min(place + _LINES_BELOW, len(evidence.lines)))
        stamps = ((index, _line_stamp(evidence, index)) for index in around)
        near.extend((not stamp.has_time, abs(index - place), stamp) for index, stamp in stamps if stamp)
    if not near:
        first_lines = range(min(len(evidence.lines), 300))
        near = [(not stamp.has_time, 0, stamp) for index in first_lines if (stamp := _line_stamp(evidence, index))]
    near.sort(key=lambda found: found[:2])
    update = next((stamp for _, _, stamp in near if stamp.is_update), None)
    return next((stamp for _, _, stamp in near if not stamp.is_update), update), update


def _line_stamp(evidence: Evidence, index: int) -> Stamp | None:
    """The date of a short line, on which the article can have appeared."""
    stamp = _written_stamp(evidence.lines, index)
    return stamp if stamp is not None and evidence.believes(stamp) else None


def _written_stamp(lines: list[str], index: int) -> Stamp | None:
    """The date of a short line, with the time from the next line where it stands apart."""
    line = lines[index]
    if ends_a_sentence(line) and len(line.split()) > _LONGEST_DATE_LINE:
        return None  # a sentence of the report that says when something happened
    stamp = read_date_line(line) if len(line) <= _MAX_DATE_LINE else None
    if stamp is None or stamp.has_time or index + 1 >= len(lines) or len(lines[index + 1]) > 40:
        return stamp
    return read_date_line(f"{line} {lines[index + 1]}") or stamp


def _authors(evidence: Evidence, title: str, notes: Notes) -> tuple[str, ...]:
    """The people who wrote it: as JSON-LD names them, else the byline, else a meta tag that the page confirms."""
    declared = _people(_strings(evidence.json_ld.get("author")), evidence)
    byline = _people(_bylines(evidence, title), evidence)
    named = _people([evidence.meta("article:author", "author", "dc.creator", "content_author")], evidence)
    if authors := declared or byline:
        known = {comparable(name) for name in authors}
        others = [people for people in ((byline, named) if declared else (named,)) if people]
        agrees = (any(comparable(name) in known for name in people) for people in others)
        notes.take("authors", "json-ld" if declared else "visible", agrees)
        return authors
    near = [comparable(line) for line in _lines_below(evidence, title) if len(line) < 120]
    confirmed = tuple(name for name in named if any(comparable(name) in line for line in near))
    if confirmed:
        notes.take("authors", "opengraph", [True])
    return confirmed


def _lines_below(evidence: Evidence, title: str) -> list[str]:
    return [
        line
        for place in evidence.headline_places(title)
        for line in evidence.lines[place + 1 : place + 1 + _LINES_BELOW]
    ]


def _bylines(evidence: Evidence, title: str) -> Iterator[str]:
    """What the page prints as the writer: "Pewarta: …", a name above "Jurnalis", "Nama - situs" under the headline."""
    lines = evidence.lines
    for index, line in enumerate(lines):
        if len(line) > 110:
            continue
        match = _BYLINE.fullmatch(line)
        if match and (":" in match["colon"] or "：" in match["colon"] or match["names"].istitle()):
            yield _AFTER_NAMES.split(match["names"].lstrip(": "))[0]
        elif _BYLINE_LABEL.fullmatch(line):
            neighbours = lines[index + 1 : index + 2] if line.endswith(":") else lines[max(0, index - 1) : index + 2]
            yield from (text.lstrip(": ") for text in neighbours if len(text) < 60 and text != line)
    for line in _lines_below(evidence, title)[:3]:
        name, separator, site = line.partition(" - ")
        if separator and len(line) < 80 and _names_site(site, evidence):
            yield name


def _people(values: Iterable[str], evidence: Evidence) -> tuple[str, ...]:
    people: dict[str, None] = {}
    for value in values:
        if "@" in value or "://" in value:
            continue
        parts = _NAME_BREAK.split(value[:200])
        if len(parts) > 1 and re.match(r"kontributor\b", value, re.IGNORECASE):
            parts = parts[1:]  # "Kontributor Palu, Nama Orang"
        for part in parts:
            name = _ROLE.sub("", part).strip(" .()-–")
            if _is_person(name, evidence):
                people.setdefault(name)
    return tuple(islice(people, 8))


def _is_person(name: str, evidence: Evidence) -> bool:
    if not 3 <= len(name) <= 60 or not _NAME.fullmatch(name) or _NO_PERSON.search(name) or name.islower():
        return False
    plain = comparable(name).replace(" ", "")
    site = comparable(evidence.site_name).replace(" ", "")
    return plain != site and not any(
        plain == label or (len(label) > 5 and label in plain) for label in _host_labels(evidence.url)
    )


def _section(evidence: Evidence, notes: Notes) -> str | None:
    places = (
        ("json-ld", evidence.linked("articleSection")),
        ("opengraph", evidence.meta("article:section", "content_category", "section")),
        ("visible", _breadcrumb(evidence.tree)),
    )
    named = [(source, value) for source, value in places if value and len(value) <= _MAX_SECTION]
    if not named:
        return None
    source, section = named[0]
    notes.take("section", source, (comparable(value) == comparable(section) for _, value in named[1:]))
    return section


def _breadcrumb(tree: HtmlElement) -> str:
    trail = next((box for box in tree.iter(*_TRAILS) if _is_breadcrumb(box)), None)
    names = [text_of(link) for link in islice(trail.iter("a"), _MAX_TAGS)] if trail is not None else []
    sections = [name for name in names if comparable(name) not in {"", "home", "beranda", "depan", "halaman depan"}]
    return sections[-1] if sections else ""


def _is_breadcrumb(box: HtmlElement) -> bool:
    return "breadcrumb" in f"{box.get('class') or ''} {box.get('id') or ''}".lower()


def _tags(evidence: Evidence) -> tuple[str, ...]:
    tags = [tag for value in evidence.metas.get("article:tag", []) for tag in value.split(",")]
    tags = tags or [
        text_of(link)
        for link in islice(evidence.tree.iter("a"), 3000)
        if "tag" in (link.get("rel") or "").split() or _is_tag_box(link)
    ]
    tags = tags or (evidence.meta("news_keywords") or ",".join(_strings(evidence.json_ld.get("keywords")))).split(",")
    cleaned = (tag.strip().lstrip("#").strip() for tag in tags)
    return tuple(islice(dict.fromkeys(tag for tag in cleaned if 1 < len(tag) <= 60), _MAX_TAGS))


def _is_tag_box(link: HtmlElement) -> bool:
    if not _TAG_ADDRESS.search(link.get("href") or ""):
        return False
    boxes = (f"{box.get('class') or ''} {box.get('id') or ''}" for box in islice(link.iterancestors(), 4))
    return any(re.search(r"\b(?:tags?|topik)\b|tag[-_]|[-_]tag", box, re.IGNORECASE) for box in boxes)


def _image(evidence: Evidence) -> str | None:
    for value in (evidence.meta("og:image", "og:image:url", "twitter:image"), evidence.linked("image")):
        if not value:
            continue
        try:
            address = urljoin(evidence.url, value)
            if urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname:
                return address
        except ValueError:
            continue
    return None


def _canonical(evidence: Evidence) -> str:
    """The page's own canonical link where it names an article of this site, else the address it was fetched from."""
    links = (link.get("href") or "" for link in evidence.tree.iter("link") if link.get("rel") == "canonical")
    return identity(evidence.url, (next(links, ""), evidence.meta("og:url")))
