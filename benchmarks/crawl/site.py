"""The served site: 40 invented hosts, each with as many articles of about 60 KB as are asked for.

A page weighs what a news page weighs, and where it does: a menu, scripts and teasers that are the host's, and an
article of its own. `python -m benchmarks.crawl.site ARTICLES` serves it, prints its port and ends with its standard
input.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from benchmarks.served import NOT_FOUND, XML, Answer, Asked, port_of, serve

HOSTS = tuple(f"kabar{number:02d}.localhost" for number in range(40))
COUNTS = "/.counts"
"""Where the site tells how many requests each host had."""

_PAGE_BYTES = 60_000
_PARAGRAPHS = 14
_NEWEST = datetime(2026, 11, 22, 12, tzinfo=UTC)

_WHO = [
    "Kepala kantor cabang",
    "Bupati",
    "Ketua serikat pekerja",
    "Seorang nelayan",
    "Pengurus koperasi",
    "Juru bicara dinas",
    "Wali kota",
    "Pedagang pasar",
    "Camat",
    "Direktur perusahaan daerah",
    "Kepala desa",
    "Seorang buruh kebun",
]
_DID = [
    "menyerahkan santunan kepada",
    "meninjau",
    "mengajak",
    "mendata ulang",
    "membantah kabar tentang",
    "menunggu jawaban dari",
    "mencatat pertumbuhan pada",
    "menandatangani kerja sama dengan",
    "meminta perhatian bagi",
    "menjelaskan aturan kepada",
]
_WHOM = [
    "ahli waris peserta",
    "para pekerja rentan",
    "pelabuhan rakyat",
    "pemilik kapal kecil",
    "kelompok tani",
    "buruh bangunan",
    "sopir angkutan kota",
    "pekerja rumah tangga",
    "guru honorer",
    "perajin tenun",
    "peternak ayam",
    "pekerja tambak",
]
_WHERE = [
    "di Teluk Biru",
    "di Kampung Selatan",
    "di Bukit Ranum",
    "di Muara Lestari",
    "di Pulau Tengah",
    "di Lembah Jati",
    "di Pasar Induk Rawa",
    "di Tanjung Elok",
    "di kawasan industri Sumber Mas",
    "di Distrik Kali Putih",
]
_WHEN = [
    "pada Senin pagi",
    "pekan lalu",
    "sejak awal bulan",
    "kemarin sore",
    "tahun ini",
    "menjelang hari raya",
    "Jumat siang",
]
_SCRIPT = "window.dataLayer=window.dataLayer||[];function lacak{0}(a,b){{return dataLayer.push({{k:a,v:b,n:{1}}})}};"


class NewsSite:
    """All hosts, with their documents in memory; counts the requests to each host."""

    def __init__(self, articles: int) -> None:
        self.requests: Counter[str] = Counter()
        self._answers: dict[tuple[str, str], Answer] = {}
        self.port = 0
        self._articles = articles

    def open(self, port: int) -> None:
        """Write all documents; links name the port."""
        self.port = port
        for place, host in enumerate(HOSTS):
            count = articles_of(place, self._articles)
            before, after = _frame(host)
            for number in range(count):
                self._answers[host, path_of(host, number)] = Answer((before, _article(host, number, port), after))
            urls = [f"http://{host}:{port}{path_of(host, number)}" for number in range(count)]
            self._answers[host, "/rss.xml"] = Answer((_feed(urls),), XML)
            self._answers[host, "/sitemap.xml"] = Answer((_sitemap(urls),), XML)

    def __call__(self, asked: Asked) -> Answer:
        """The answer to a request."""
        if asked.path == COUNTS:
            return Answer((json.dumps(self.requests).encode(),), "application/json")
        self.requests[asked.host] += 1
        return self._answers.get((asked.host, asked.path), NOT_FOUND)


def articles_of(place: int, articles: int) -> int:
    """How many of all articles the host at this place has."""
    return articles // len(HOSTS) + (place < articles % len(HOSTS))


def path_of(host: str, number: int) -> str:
    """The path of the host's article."""
    return f"/berita/{100_000 + number}/{_slug(_title(host, number))}"


def _slug(title: str) -> str:
    return "-".join(title.lower().replace(",", "").split())


def _title(host: str, number: int) -> str:
    return _sentence(_chance(f"judul {host} {number}")) + f" tahap {number}"


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  # invented sentences, no secrets


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (_WHO, _DID, _WHOM, _WHERE, _WHEN))


def _moment(number: int) -> datetime:
    return _NEWEST - timedelta(minutes=17 * number)


def _article(host: str, number: int, port: int) -> bytes:
    """The part of a page that is the article's own: its head and its text."""
    chance = _chance(f"{host} {number}")
    title, published = _title(host, number), _moment(number).isoformat()
    url = f"http://{host}:{port}{path_of(host, number)}"
    paragraphs = "\n".join(
        f"<p>{'. '.join(_sentence(chance) for _ in range(chance.randint(2, 5)))}, dengan"
        f" {chance.randint(2, 9999)} peserta baru.</p>"
        for _ in range(_PARAGRAPHS)
    )
    about = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": published,
        "dateModified": published, "author": {"@type": "Person", "name": "Rina Lestari"}, "mainEntityOfPage": url,
    }  # fmt: skip
    return (
        f'<title>{title} - {host}</title><link rel="canonical" href="{url}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article"><meta property="article:published_time" content="{published}">'
        f'<script type="application/ld+json">{json.dumps(about)}</script></head><body><main><article>'
        f'<h1>{title}</h1><div class="tanggal">{published}</div><div class="isi-berita">{paragraphs}</div></article>'
    ).encode()


def _frame(host: str) -> tuple[bytes, bytes]:
    """What stands before and after every article of the host: scripts and styles; teasers and a menu."""
    chance = _chance(f"bingkai {host}")
    scripts = "".join(_SCRIPT.format(n, chance.randint(0, 10**9)) for n in range(90))
    styles = "".join(
        f".k{n}-{chance.randint(0, 999)}{{margin:{n}px;color:#{chance.randint(0, 0xFFFFFF):06x}}}" for n in range(200)
    )
    before = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><script>{scripts}</script><style>{styles}</style>'
    )
    menu = "".join(f'<li class="m{n}"><a href="/rubrik/{n}">{chance.choice(_WHERE)}</a></li>' for n in range(60))
    teasers, size = [], 0
    while size < _PAGE_BYTES - len(before) - 11_000:
        headline = _sentence(chance)
        teasers.append(
            f'<div class="kartu"><a href="/berita/{chance.randint(1000, 9999)}/{_slug(headline)}"><img loading="lazy"'
            f' src="/gambar/{chance.randint(0, 10**8)}.jpg" alt="{headline}"><h3>{headline}</h3></a></div>\n'
        )
        size += len(teasers[-1])
    after = f'<aside class="terkait">{"".join(teasers)}</aside></main><nav><ul>{menu}</ul></nav></body></html>'
    return before.encode(), after.encode()


def _feed(urls: list[str]) -> bytes:
    items = "".join(
        f"<item><title>Berita {number}</title><link>{url}</link>"
        f"<pubDate>{format_datetime(_moment(number))}</pubDate></item>"
        for number, url in enumerate(urls)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'.encode()


def _sitemap(urls: list[str]) -> bytes:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


async def _main(articles: int) -> None:
    site = NewsSite(articles)
    server = await serve(site)
    site.open(port_of(server))
    print(site.port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
