"""A hundred invented outlets on 127.0.0.1 that print articles as time goes by, in the sources that real outlets offer.

Every hundred outlets mirror config/outlets.toml: 39 have a feed and a listing, 30 three feeds, 13 a feed and two
listings, 10 a sitemap and a listing, 5 a listing only and 3 two listings. Four of five feeds can say "not modified",
half of them by ETag and half by Last-Modified; sitemaps and listings never do.
"""

import json
import random
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from itertools import pairwise
from pathlib import Path

from benchmarks.served import HTML, NOT_FOUND, XML, Answer, Asked

PASSAGES = Path("nlp/training/passages")
_STYLES = ("w1", "w2", "w4", "w5", "w8")
_LISTED = 20
_BACKLOG = 4
"""Articles that an outlet shows from the beginning."""
_A_DAY = (4, 12, 25, 60)
"""What outlets print in a day, each as many of them."""
_KINDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (39, ("/rss.xml", "/indeks")),
    (30, ("/rss.xml", "/rss/daerah.xml", "/rss/ekonomi.xml")),
    (13, ("/rss.xml", "/indeks", "/tag/bpjs")),
    (10, ("/news-sitemap.xml", "/indeks")),
    (5, ("/indeks",)),
    (3, ("/indeks", "/tag/bpjs")),
)
_EVERY = [paths for count, paths in _KINDS for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Passage:
    """A title and a text of an invented article."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Printed:
    """An article at its outlet: shown from `shown` on, under `path`."""

    shown: datetime
    path: str
    passage: Passage = field(compare=False)
    is_negative: bool = field(compare=False, default=False)


@dataclass(slots=True)
class ServedOutlet:
    """An outlet, what it prints, and the requests it had: moments, paths and statuses."""

    id: str
    paths: tuple[str, ...]
    validator: str
    printed: list[Printed] = field(default_factory=list)
    requests: list[tuple[datetime, str, int]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its host name."""
        return f"{self.id}.localhost"

    def answer(self, asked: Asked, now: datetime, base: str) -> Answer:
        """The answer to a request at this moment."""
        answer = self._answer(asked, now, base)
        self.requests.append((now, asked.path, answer.status))
        return answer

    def _answer(self, asked: Asked, now: datetime, base: str) -> Answer:
        shown = [it for it in self.printed if it.shown <= now]
        if asked.path.startswith("/berita/"):
            found = [it for it in shown if it.path == asked.path]
            return Answer((_page(found[0], base).encode(),), HTML) if found else NOT_FOUND
        if asked.path not in self.paths:
            return NOT_FOUND
        newest = shown[: -_LISTED - 1 : -1]
        if asked.path.endswith("sitemap.xml"):
            return Answer((_sitemap(newest, base).encode(),), XML)
        if not asked.path.startswith("/rss"):
            return Answer((_listing(newest).encode(),), HTML)
        if asked.path != "/rss.xml":
            # The first feed has everything, a section's every other article.
            newest = [it for it in newest if len(it.passage.title) % 2 == asked.path.startswith("/rss/e")]
        return self._validated(_feed(newest, base).encode(), newest, asked)

    def _validated(self, body: bytes, listed: Sequence[Printed], asked: Asked) -> Answer:
        if self.validator == "etag":
            mark = f'"{sha256(body).hexdigest()[:16]}"'
            return Answer((body,), XML, 304 if asked.headers.get("if-none-match") == mark else 200, {"ETag": mark})
        if self.validator == "last-modified" and listed:
            mark = format_datetime(listed[0].shown.replace(microsecond=0), usegmt=True)
            status = 304 if asked.headers.get("if-modified-since") == mark else 200
            return Answer((body,), XML, status, {"Last-Modified": mark})
        return Answer((body,), XML)


class ServedPress:
    """All outlets as a site of the present moment; `begin` is when they open, `until` when they stop printing."""

    def __init__(self, outlets: int, begin: datetime, until: datetime, seed: int) -> None:
        self.port = 0
        self._chance = random.Random(seed)  # noqa: S311  # an invented press, no secret
        self._numbers = iter(range(100_001, 1_000_000))
        self.outlets = [self._outlet(number) for number in range(outlets)]
        self._by_host = {outlet.host: outlet for outlet in self.outlets}
        ordinary = [it for it in passages(negative=False) if len(it.text) > 200]
        minutes = (until - begin) / timedelta(minutes=1)
        for number, outlet in enumerate(self.outlets):
            moments = [begin - timedelta(minutes=self._chance.uniform(30, 600)) for _ in range(_BACKLOG)]
            expected = _A_DAY[number % len(_A_DAY)] * minutes / 1440
            count = int(expected) + (self._chance.random() < expected % 1)
            moments += [begin + timedelta(minutes=self._chance.uniform(0, minutes)) for _ in range(count)]
            for moment in moments:
                self._print(outlet, moment, self._chance.choice(ordinary), is_negative=False)

    def _outlet(self, number: int) -> ServedOutlet:
        # 37 has no divisor in common with 100: neighbours differ, and every hundred has all.
        paths = _EVERY[number * 37 % len(_EVERY)]
        validator = ("etag", "last-modified", "etag", "last-modified", "")[number % 5]
        return ServedOutlet(f"koran{number:03d}", paths, validator)

    def print_negatives(self, some: Sequence[Passage], since: datetime, until: datetime) -> list[tuple[str, Printed]]:
        """Print each at a random moment at a random outlet; their addresses without scheme."""
        spoken = []
        for passage in some:
            outlet = self._chance.choice(self.outlets)
            moment = since + (until - since) * self._chance.random()
            printed = self._print(outlet, moment, passage, is_negative=True)
            spoken.append((f"{outlet.host}:{self.port}{printed.path}", printed))
        return spoken

    def _print(self, outlet: ServedOutlet, moment: datetime, passage: Passage, *, is_negative: bool) -> Printed:
        slug = "-".join("".join(it if it.isascii() and it.isalnum() else " " for it in passage.title.lower()).split())
        printed = Printed(moment, f"/berita/{next(self._numbers)}/{slug}"[:180], passage, is_negative)
        insort(outlet.printed, printed)
        return printed

    def __call__(self, asked: Asked) -> Answer:
        """The answer of the outlet that is asked."""
        outlet = self._by_host.get(asked.host)
        return NOT_FOUND if outlet is None else outlet.answer(asked, datetime.now(UTC), self._base(outlet))

    def described(self) -> str:
        """The outlets as config/outlets.toml has them."""
        return "\n".join(self._described(outlet) for outlet in self.outlets)

    def _described(self, outlet: ServedOutlet) -> str:
        sources = ", ".join(
            f'{{ kind = "{_kind(path)}", url = "{self._base(outlet)}{path}" }}' for path in outlet.paths
        )
        return (
            f'[[outlet]]\nid = "{outlet.id}"\nname = "Koran {outlet.id[5:]}"\nhome = "{self._base(outlet)}/"\n'
            f'tier = "local"\nprovince = "72"\narticle = "/berita/"\ndiscover = [{sources}]\n'
        )

    def _base(self, outlet: ServedOutlet) -> str:
        return f"http://{outlet.host}:{self.port}"


def passages(*, negative: bool) -> list[Passage]:
    """Invented passages about the agency: negative ones of an alert-worthy class, or those that are not negative."""
    found = []
    for style in _STYLES:
        for line in (PASSAGES / f"{style}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            is_negative = row["sentiment"] == "negative"
            wanted = is_negative and row["alerts"] if negative else not is_negative and not row["alerts"]
            # The halves of a pair tell nearly the same, and so are one story.
            if wanted and row["title"] and row["text"] and row["pair"] is None:
                found.append(Passage(row["title"], row["text"]))
    return found


def _kind(path: str) -> str:
    if path.endswith("sitemap.xml"):
        return "sitemap"
    return "feed" if path.startswith("/rss") else "listing"


def kinds_asked(outlets: Sequence[ServedOutlet], since: datetime, until: datetime) -> Counter[str]:
    """How many requests were made in that time, by what was asked for; "not modified" are those answered so."""
    counted: Counter[str] = Counter()
    for moment, path, status in (request for outlet in outlets for request in outlet.requests):
        if since <= moment < until:
            counted["not modified"] += status == 304
            counted["robots" if path == "/robots.txt" else "article" if "/berita/" in path else _kind(path)] += 1
    return counted


def pauses(outlet: ServedOutlet) -> Iterator[timedelta]:
    """The time between each request to the outlet and the next."""
    moments = [moment for moment, _, _ in outlet.requests]
    return (after - before for before, after in pairwise(moments))


def _page(printed: Printed, base: str) -> str:
    title, moment = escape(printed.passage.title), printed.shown.isoformat(timespec="seconds")
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in printed.passage.text.split("\n") if line.strip())
    return (
        f'<html lang="id"><head><title>{title}</title><link rel="canonical" href="{base}{printed.path}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{moment}"></head><body>'
        f'<nav><a href="/indeks">Indeks</a></nav>'
        f"<article><h1>{title}</h1><time>{moment}</time>{paragraphs}</article></body></html>"
    )


def _feed(listed: Sequence[Printed], base: str) -> str:
    items = "".join(
        f"<item><title>{escape(it.passage.title)}</title><link>{base}{it.path}</link>"
        f"<pubDate>{format_datetime(it.shown)}</pubDate></item>"
        for it in listed
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Koran</title>{items}</channel></rss>'


def _sitemap(listed: Sequence[Printed], base: str) -> str:
    entries = "".join(
        f"<url><loc>{base}{it.path}</loc><news:news><news:publication_date>{it.shown.isoformat()}"
        f"</news:publication_date><news:title>{escape(it.passage.title)}</news:title></news:news></url>"
        for it in listed
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )


def _listing(listed: Sequence[Printed]) -> str:
    links = "".join(f'<h3><a href="{it.path}">{escape(it.passage.title)}</a></h3>' for it in listed)
    return f"<html><head><title>Indeks</title></head><body>{links}</body></html>"
