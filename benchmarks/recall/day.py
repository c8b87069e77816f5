"""A simulated day of 40 invented outlets, each with the habits by which crawlers lose articles.

The outlets live on one server; what they show follows from the moment `SimulatedDay.now`, which its owner moves.
Everything is drawn from a seed, so a day can be replayed.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Literal
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from benchmarks.served import HTML, NOT_FOUND, XML, Answer, Asked
from crawler.outlets.outlet import PROVINCE_TIMEZONES, Outlet, Source, SourceKind
from crawler.urls import article_id, canonical_url

DAWN = datetime(2026, 11, 21, 17, tzinfo=UTC)
"""Midnight in Jakarta, when the day begins."""
DAY = timedelta(days=1)

_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_ON_A_PAGE = 10
_TOPICS = ("Nelayan", "Pekerja tambak", "Sopir angkutan", "Guru honorer", "Buruh bangunan", "Pedagang pasar")
_EVENTS = (
    "terima santunan kecelakaan kerja",
    "didaftarkan jadi peserta BPJS Ketenagakerjaan",
    "keluhkan antrean klaim",
    "bahas iuran bersama dinas",
    "ikuti sosialisasi jaminan sosial",
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How an outlet publishes and answers.

    `window` is how many articles its feed keeps. `late` is how long after its date an article may first be shown.
    `down` are the hours of the day in which the host hangs up. After `patience` requests of one poll it asks for a
    pause of `pause` (429 with Retry-After). `twins` lists AMP addresses in the feed and the plain ones elsewhere.
    """

    kinds: tuple[SourceKind, ...] = ("feed",)
    per_day: int = 30
    window: int = 20
    validator: Literal["etag", "last-modified", ""] = "etag"
    late: timedelta = timedelta()
    down: tuple[float, float] = (0.0, 0.0)
    burst: int = 0
    patience: int = 0
    pause: timedelta = timedelta(minutes=15)
    twins: bool = False
    second_feed: bool = False
    tag_only: bool = False
    province: str = "31"
    depth: int = 5


HABITS: Mapping[str, tuple[int, Habits]] = {
    "biasa": (8, Habits()),
    "tanpa-tanda": (4, Habits(validator="")),
    "tanggal-ubah": (4, Habits(validator="last-modified", province="72")),
    "peta-situs": (3, Habits(kinds=("sitemap",), province="81")),
    "padam": (2, Habits(down=(6.0, 9.0))),
    "padam-ramai": (1, Habits(down=(11.0, 14.0), per_day=110)),
    "indeks": (4, Habits(kinds=("listing",), validator="", province="64")),
    "tag": (2, Habits(kinds=("listing",), validator="", tag_only=True, per_day=15)),
    "terlambat": (3, Habits(late=timedelta(hours=6), per_day=24)),
    "lelah": (2, Habits(patience=4)),
    "kembar": (2, Habits(kinds=("feed", "listing"), twins=True, province="94")),
    "dua-umpan": (2, Habits(second_feed=True)),
    "serentak": (2, Habits(kinds=("feed", "listing"), burst=40, per_day=10)),
    "serentak-peta": (1, Habits(kinds=("feed", "sitemap"), burst=40, per_day=10)),
}
"""The name of a habit, how many outlets have it, and what it is: 40 outlets in all."""


@dataclass(frozen=True, slots=True)
class Story:
    """One article: `dated` stands on its page, `shown` is when its outlet first shows it."""

    number: int
    title: str
    dated: datetime
    shown: datetime

    @property
    def path(self) -> str:
        """Where it lies on its host."""
        return f"/berita/{self.number}/{'-'.join(self.title.lower().split())}"


@dataclass(slots=True)
class SimulatedOutlet:
    """An outlet, its stories of the day and the requests it had."""

    name: str
    habits: Habits
    stories: tuple[Story, ...]
    requests: Counter[str] = field(default_factory=Counter)
    resting_until: datetime = DAWN
    asked_while_resting: int = 0
    _tired_at: datetime = DAWN
    _answered: int = 0

    @property
    def host(self) -> str:
        """Its host name."""
        return f"{self.name}.localhost"

    @property
    def zone(self) -> str:
        """Its time zone."""
        return PROVINCE_TIMEZONES[self.habits.province]

    def source_paths(self) -> Iterator[tuple[SourceKind, str]]:
        """Its sources."""
        for kind in self.habits.kinds:
            yield kind, {"feed": "/rss.xml", "sitemap": "/sitemap.xml", "listing": self._listing}[kind]
        if self.habits.second_feed:
            yield "feed", "/daerah.xml"

    @property
    def _listing(self) -> str:
        return "/tag/jamsostek" if self.habits.tag_only else "/indeks"

    def is_down(self, now: datetime) -> bool:
        """Whether the host hangs up."""
        begin, end = self.habits.down
        return begin <= (now - DAWN) / timedelta(hours=1) < end

    def shown(self, now: datetime) -> list[Story]:
        """What the outlet shows at the moment, the latest date first."""
        stories = [story for story in self.stories if story.shown <= now]
        return sorted(stories, key=lambda story: story.dated, reverse=True)

    def answer(self, asked: Asked, now: datetime, base: str) -> Answer | None:
        """The answer to a request; None hangs up."""
        self.requests["article" if asked.path.startswith("/berita/") else asked.path.partition("?")[0]] += 1
        if self.is_down(now):
            return None
        if self.habits.patience and self._is_tired(now):
            return Answer((b"pelan-pelan",), status=429, headers={"Retry-After": str(_seconds(self.habits.pause))})
        path, _, query = asked.path.partition("?")
        if path.startswith("/berita/"):
            return self._article(path.removesuffix("/amp"), now, base)
        if path in {"/rss.xml", "/daerah.xml"}:
            return self._validated(self._feed(path, now, base), asked, now)
        if path == "/sitemap.xml":
            return self._validated(self._sitemap(now, base), asked, now)
        if path == self._listing:
            return self._page_of_listing(int(parse_qs(query).get("page", ["1"])[0]), now)
        return NOT_FOUND

    def _is_tired(self, now: datetime) -> bool:
        if now < self.resting_until:
            self.asked_while_resting += 1
            return True
        if now != self._tired_at:
            self._tired_at, self._answered = now, 0
        self._answered += 1
        if self._answered > self.habits.patience:
            self.resting_until = now + self.habits.pause
            return True
        return False

    def _article(self, path: str, now: datetime, base: str) -> Answer:
        for story in self.stories:
            if story.path == path and story.shown <= now:
                return Answer((self._html(story, base).encode(),), HTML)
        return NOT_FOUND

    def _html(self, story: Story, base: str) -> str:
        local = story.dated.astimezone(ZoneInfo(self.zone))
        paragraphs = "".join(
            f"<p>{escape(story.title)}, kata pengurus kelompok ke-{part} kepada wartawan. Sebanyak"
            f" {story.number + part} orang hadir dan menyampaikan harapan mereka tentang iuran, klaim dan layanan di"
            " kantor cabang.</p>"
            for part in range(1, 5)
        )
        return (
            f'<html lang="id"><head><title>{escape(story.title)} - {self.name}</title><link rel="canonical"'
            f' href="{base}{story.path}"><meta property="og:type" content="article"></head><body><article>'
            f"<h1>{escape(story.title)}</h1><time>{local:%d/%m/%Y, %H:%M} {_ZONE_NAMES[self.zone]}</time>"
            f"{paragraphs}</article></body></html>"
        )

    def _listed(self, story: Story, base: str) -> str:
        return f"{base}{story.path}{'/amp' if self.habits.twins and story.number % 2 else ''}"

    def _feed(self, path: str, now: datetime, base: str) -> str:
        stories = self.shown(now)
        if self.habits.second_feed:
            # Half of the stories stand in both feeds.
            stories = [story for story in stories if story.number % 4 != (0 if path == "/rss.xml" else 1)]
        items = "".join(
            f"<item><title>{escape(story.title)}</title><link>{self._listed(story, base)}</link>"
            f"<pubDate>{format_datetime(story.dated.astimezone(ZoneInfo(self.zone)))}</pubDate></item>"
            for story in stories[: self.habits.window]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{self.name}</title>{items}</channel></rss>'

    def _sitemap(self, now: datetime, base: str) -> str:
        entries = "".join(
            f"<url><loc>{base}{story.path}</loc><news:news><news:publication_date>"
            f"{story.dated.astimezone(ZoneInfo(self.zone)).isoformat()}</news:publication_date>"
            f"<news:title>{escape(story.title)}</news:title></news:news></url>"
            for story in self.shown(now)
        )
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
        )

    def _page_of_listing(self, number: int, now: datetime) -> Answer:
        stories = self.shown(now)
        here = stories[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        links = "".join(f'<h3><a href="{story.path}">{escape(story.title)}</a></h3>' for story in here)
        following = (
            f'<a href="{self._listing}?page={number + 1}">{number + 1}</a>'
            if len(stories) > number * _ON_A_PAGE
            else ""
        )
        page = f"<html><head><title>Indeks</title></head><body>{links or '<p>Belum ada</p>'}{following}</body></html>"
        return Answer((page.encode(),), HTML)

    def _validated(self, body: str, asked: Asked, now: datetime) -> Answer:
        """The document with the validator of this outlet, or "not modified"."""
        content = body.encode()
        if self.habits.validator == "etag":
            mark = f'"{article_id(body)}"'
            status = 304 if asked.headers.get("if-none-match") == mark else 200
            return Answer((content,), XML, status, {"ETag": mark})
        if self.habits.validator == "last-modified":
            changed = max((story.shown for story in self.shown(now)), default=DAWN)
            mark = format_datetime(changed.replace(microsecond=0), usegmt=True)
            status = 304 if asked.headers.get("if-modified-since") == mark else 200
            return Answer((content,), XML, status, {"Last-Modified": mark})
        return Answer((content,), XML)


class SimulatedDay:
    """All outlets of the day, as a site; `now` is the moment it shows."""

    def __init__(self, seed: int = 1) -> None:
        self.now = DAWN
        self.polled: Counter[tuple[str, str]] = Counter()
        """Requests to each source since the owner last cleared it."""
        self.unconditional: Counter[tuple[str, str]] = Counter()
        """Those of them that carried no validator."""
        self.port = 0
        chance = random.Random(seed)  # noqa: S311  # an invented day, no secret
        self.outlets = tuple(
            SimulatedOutlet(f"{name}-{place}", habits, tuple(_stories(chance, habits)))
            for name, (count, habits) in HABITS.items()
            for place in range(count)
        )
        self._by_host = {outlet.host: outlet for outlet in self.outlets}

    def __call__(self, asked: Asked) -> Answer | None:
        """The answer of the outlet that is asked."""
        outlet = self._by_host[asked.host]
        if asked.path in {path for _, path in outlet.source_paths()}:
            self.polled[outlet.name, asked.path] += 1
            if not {"if-none-match", "if-modified-since"} & asked.headers.keys():
                self.unconditional[outlet.name, asked.path] += 1
        return outlet.answer(asked, self.now, f"http://{asked.host}:{self.port}")

    def described(self) -> tuple[Outlet, ...]:
        """The outlets as the crawler is told of them."""
        return tuple(
            Outlet(
                id=one.name,
                name=one.name.title(),
                home=f"http://{one.host}:{self.port}/",
                tier="local",
                province=one.habits.province,
                timezone=one.zone,
                sources=tuple(
                    Source(kind, f"http://{one.host}:{self.port}{path}", one.habits.depth if kind == "listing" else 1)
                    for kind, path in one.source_paths()
                ),
                article="/berita/",
            )
            for one in self.outlets
        )

    def published(self) -> dict[str, tuple[SimulatedOutlet, Story]]:
        """Every article of the day by its id."""
        return {
            article_id(canonical_url(f"http://{outlet.host}:{self.port}{story.path}")): (outlet, story)
            for outlet in self.outlets
            for story in outlet.stories
        }


def _stories(chance: random.Random, habits: Habits) -> Iterator[Story]:
    """The outlet's stories of the day; an outlet that is down publishes nothing, and goes on as before."""
    number = chance.randrange(1000, 9000)
    moments = [DAWN + DAY * chance.random() for _ in range(habits.per_day)]
    midday = DAWN + timedelta(hours=chance.uniform(10, 16))
    moments += [midday + timedelta(minutes=10) * chance.random() for _ in range(habits.burst)]
    for moment in sorted(moments):
        number += 1
        # Every third story of an outlet that is late comes hours after its date.
        delay = habits.late * chance.random() if number % 3 == 0 else timedelta()
        title = f"{chance.choice(_TOPICS)} {chance.choice(_EVENTS)} ke {number}"
        dated = moment.replace(second=0, microsecond=0)
        if dated + delay < DAWN + DAY:
            yield Story(number, title, dated, dated + delay)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
