"""A WARC file as Common Crawl's CC-NEWS writes them, of invented pages, and what is hidden in it.

Most of it is the world's press in a dozen languages: noise that no filter should let pass. In it stand the articles to
be found, their twins and further pages, and all that only looks like them: the sister agency, tag pages, link lines,
feeds, pages that are gone, pages far too large.
"""

import gzip
import html
import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.urls import canonical_url
from demo.newsroom import PORT, Article, Newsroom
from demo.pages import resources

DAY = date(2026, 3, 15)
"""Long before any run, so that an alert would be a stale one."""

PLANTED = 150
_HTML = "text/html; charset=utf-8"
_OWN_NEWS = Path(__file__).with_name("press.toml")

_WORDS = {
    "en": "the council approved a budget for roads security agency online market workers weather report claims river",
    "es": "el gobierno anunció ayer una reforma del mercado según fuentes cercanas al ministerio mañana lluvia partido",
    "pt": "o governo anunciou ontem uma reforma do mercado segundo fontes próximas ao ministério chuva jogo amanhã",
    "de": "der stadtrat beschloss gestern eine änderung des haushalts für straßen brücken und schulen wetter spiel",
    "fr": "le conseil a voté hier une réforme du marché selon des sources proches du ministère pluie match demain été",
    "tr": "belediye meclisi dün yol bütçesini onayladı şehirde yağmur maç sonucu ekonomi haberleri güneş",
    "ru": "городской совет вчера утвердил бюджет на дороги погода матч рынок новости экономика завтра дождь",
    "ar": "أعلن المجلس أمس ميزانية جديدة للطرق والمدارس الطقس السوق المباراة غدا أمطار",
    "zh": "市政府 昨天 宣布 新的 预算 道路 学校 天气 市场 比赛 明天 下雨 记者 报道",
    "id": "pemerintah kota kemarin mengumumkan anggaran jalan ketenagakerjaan jaminan sosial klaim hujan fantastis",
    "ms": "kerajaan negeri semalam mengumumkan peruntukan jalan raya sekolah cuaca pasaran perlawanan esok hujan",
    "jv": "pamarentah kutha wingi ngumumake anggaran dalan sekolah cuaca pasar pertandingan sesuk udan wong",
}
_TLDS = {"en": "com", "zh": "cn", "id": "id", "jv": "id", "ms": "my", "ar": "ae"}


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of a server, as it goes into the archive."""

    url: str
    body: bytes
    kind: str = _HTML
    status: str = "200 OK"
    encoding: str = ""
    is_chunked: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """What was written: `relevant` are the canonical URLs of the articles to be found, with their titles."""

    relevant: dict[str, str]
    responses: int


def write_archive(path: Path, responses: int, planted: int = PLANTED, seed: int = 20260315) -> Archive:
    """Write an archive of about so many responses, the same for the same numbers."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    press = _Press(chance, planted)
    hidden = [*press.planted_pages(), *press.lookalikes(), *press.oddities()]
    noise = _Noise(chance)
    everything = [*hidden, *(None for _ in range(responses - len(hidden)))]
    chance.shuffle(everything)
    with path.open("wb") as file:
        writer = _CrawlWriter(file, path.name)
        for number, response in enumerate(everything):
            writer.add(response if response is not None else noise.page(number))
    return Archive(press.relevant, len(everything))


class _Press:
    """The Indonesian pages: what is to be found and what resembles it."""

    def __init__(self, chance: random.Random, planted: int) -> None:
        self._chance = chance
        self._newsroom = Newsroom(DAY)
        self._site = resources(self._newsroom)
        self.relevant: dict[str, str] = {}
        own = tomllib.loads(_OWN_NEWS.read_text(encoding="utf-8"))["article"]
        printed = [article for article in self._newsroom.articles if article.item.relevance == "relevant"]
        # In the order of a wire: first what newsrooms wrote themselves, then what others took over from them.
        self._of_newsroom = printed[: max(0, planted - len(own))]
        self._own = own[:planted]
        self._copied = (printed * 3)[: max(0, planted - len(self._own) - len(self._of_newsroom))]

    def planted_pages(self) -> Iterator[Response]:
        """The articles to be found, with further pages, twins and copies under other addresses."""
        for article in self._of_newsroom:
            yield from self._as_printed(article)
        for number, news in enumerate(self._own):
            yield from self._plant(
                f"https://www.kabarharian{number % 17}.test", news["title"], news["body"].splitlines()
            )
        for number, article in enumerate(self._copied):
            lines = article.text.splitlines()
            shortened = lines[: max(4, len(lines) * 3 // 4)]
            yield from self._plant(f"https://jaringan{number}.test", _reworded(article.title), shortened)

    def _as_printed(self, article: Article) -> Iterator[Response]:
        for url in article.page_urls:
            yield self._fetched(url)
        self._expect(_public(article.url), article.title)
        if article.amp_url:
            yield self._fetched(article.amp_url)
        if self._chance.random() < 0.3:
            yield replace(self._fetched(article.url), url=f"{_public(article.url)}?utm_source=rss&utm_medium=feed")

    def _plant(self, base: str, title: str, lines: Sequence[str]) -> Iterator[Response]:
        page = _page(self._chance, base, title, lines)
        self._expect(page.url, title)
        yield self._disguised(page)
        if self._chance.random() < 0.2:
            yield page  # fetched twice, as happens when a feed repeats an item

    def _disguised(self, page: Response) -> Response:
        """The page as some servers send it: packed, in chunks, in an old charset."""
        ways: list[Callable[[Response], Response]] = [
            lambda it: it,
            lambda it: replace(it, body=gzip.compress(it.body, mtime=0), encoding="gzip"),
            lambda it: replace(it, body=brotli.compress(it.body, quality=4), encoding="br"),
            lambda it: replace(it, is_chunked=True),
            lambda it: replace(it, body=it.body.decode().encode("utf-16"), kind="text/html"),
            lambda it: replace(it, body=it.body.decode().encode("cp1252", "xmlcharrefreplace"), kind=_HTML),
            lambda it: replace(it, body=it.body.replace(b"BPJS Ketenagakerjaan", b"BPJS&nbsp;<b>Ketenagakerjaan</b>")),
        ]
        return self._chance.choice(ways)(page)

    def lookalikes(self) -> Iterator[Response]:
        """What names the agency or its sister and is not about it."""
        others = [article for article in self._newsroom.articles if article.item.relevance != "relevant"]
        for article in others:
            yield from map(self._fetched, article.page_urls)
        irrelevant = [article for article in others if article.item.relevance == "irrelevant"]
        headlines = list(self.relevant.values())
        for number, article in enumerate(irrelevant):
            link = f"Baca juga: {self._chance.choice(headlines)}"
            lines = article.text.splitlines()
            yield _page(
                self._chance, f"https://lintaskabar{number % 23}.test", article.title, [*lines[:2], link, *lines[2:]]
            )
        for url, resource in self._site.items():
            if "/tag/" in url and resource.status == 200:
                yield self._fetched(url)

    def oddities(self) -> Iterator[Response]:
        """What is no page to be read, though it names the agency."""
        name = b"<html><title>BPJS Ketenagakerjaan</title><body><h1>BPJS Ketenagakerjaan</h1>"
        yield Response(
            "https://besar.test/arsip/semua-berita-bpjs-ketenagakerjaan", name + b"<p>kabar lama</p>" * 400_000
        )
        yield Response("https://hilang.test/berita/bpjs-ketenagakerjaan-bayar-klaim", name, status="404 Not Found")
        yield Response("https://pindah.test/berita/jamsostek-kota-baru", name, status="301 Moved Permanently")
        yield Response(
            "https://umpan.test/rss", b"<rss><title>BPJS Ketenagakerjaan</title></rss>", "application/rss+xml"
        )
        yield Response("https://data.test/api", b'{"judul": "BPJS Ketenagakerjaan"}', "application/json")
        yield Response("https://berkas.test/laporan.pdf", b"%PDF-1.7 BPJS Ketenagakerjaan", "application/pdf")
        yield Response("https://rusak.test/berita/jamsostek-rusak-sekali", b"\x1f\x8b\x08\x00rusak", encoding="gzip")
        yield Response("https://putus.test/berita/iuran-jamsostek-di-kota-putus", name + b"<p>Iuran \xff\xfe\x00\x80")

    def _fetched(self, url: str) -> Response:
        resource = self._site[url]
        body = resource.render().replace(f".localhost:{PORT}".encode(), b".test").replace(b"http://", b"https://")
        return Response(_public(url), body, resource.content_type)

    def _expect(self, url: str, title: str) -> None:
        self.relevant[canonical_url(url)] = title


class _Noise:
    """Pages of the world's press that have nothing to do with the agency."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._paragraphs = {
            language: [self._paragraph(words.split()) for _ in range(300)] for language, words in _WORDS.items()
        }

    def _paragraph(self, words: Sequence[str]) -> str:
        chosen = self._chance.choices(words, k=self._chance.randint(15, 70))
        numbers = [f"{word}{self._chance.randint(1, 9999)}" if self._chance.random() < 0.1 else word for word in chosen]
        return " ".join(numbers).capitalize() + "."

    def page(self, number: int) -> Response:
        """One of them; a few in a hundred are gone, moved or no page at all."""
        chance = self._chance
        language = chance.choice(list(_WORDS))
        base = f"https://press{chance.randint(1, 900)}.{_TLDS.get(language, 'net')}.test"
        paragraphs = self._paragraphs[language]
        links = "".join(
            f'<li class="item-{chance.randint(1, 60)}">'
            f'<a href="/n/{chance.getrandbits(40):x}">{chance.choice(paragraphs)[:60]}</a>'
            f'<img src="/img/{chance.getrandbits(64):x}.jpg" alt=""></li>'
            for _ in range(chance.randint(20, 160))
        )
        body = "".join(f"<p>{text}</p>" for text in chance.choices(paragraphs, k=chance.randint(15, 90)))
        page = (
            f"<!doctype html><html lang={language}><head><title>{chance.choice(paragraphs)[:70]}</title></head>"
            f"<body><nav><ul>{links}</ul></nav><article>{body}</article></body></html>"
        )
        response = Response(f"{base}/news/{number}/{chance.getrandbits(32):x}", page.encode())
        kind = chance.random()
        if kind < 0.02:
            return replace(response, kind="application/pdf", body=b"%PDF-1.5" + chance.randbytes(20_000))
        if kind < 0.04:
            return replace(response, status="404 Not Found")
        if kind < 0.06:
            return replace(response, body=gzip.compress(response.body, 4, mtime=0), encoding="gzip")
        if kind < 0.08:
            return replace(response, body=page.encode("utf-16"), kind="text/html")
        if kind < 0.10:
            return replace(response, body=page.encode("cp1252", "replace"))
        return response


class _CrawlWriter:
    """Writes responses as CC-NEWS does: with the request before and the fetch's metadata behind each of them."""

    def __init__(self, file: object, name: str) -> None:
        self._writer = WARCWriter(file, gzip=True)
        self._writer.write_record(
            self._writer.create_warcinfo_record(name, {"software": "news-crawl", "robots": "checked"})
        )
        self._number = 0

    def add(self, response: Response) -> None:
        self._number += 1
        at = datetime.combine(DAY, datetime.min.time(), UTC) + timedelta(seconds=36 + self._number)
        fields = {"WARC-Date": at.isoformat().replace("+00:00", "Z")}
        request = StatusAndHeaders("GET / HTTP/1.1", [("User-Agent", "news-crawl")], is_http_request=True)
        self._write(response.url, "request", b"", fields, request)
        headers = [("Content-Type", response.kind), ("Server", "nginx"), ("Date", "Sun, 15 Mar 2026 00:00:00 GMT")]
        body = response.body
        if response.encoding:
            headers.append(("Content-Encoding", response.encoding))
        if response.is_chunked:
            headers.append(("Transfer-Encoding", "chunked"))
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in _pieces(body, 4_000)) + b"0\r\n\r\n"
        self._write(
            response.url, "response", body, fields, StatusAndHeaders(response.status, headers, protocol="HTTP/1.1")
        )
        self._write(response.url, "metadata", b"fetchTimeMs: 120\r\n", fields, None)

    def _write(self, url: str, kind: str, body: bytes, fields: dict[str, str], head: StatusAndHeaders | None) -> None:
        self._writer.write_record(
            self._writer.create_warc_record(
                url, kind, payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=dict(fields)
            )
        )


def _pieces(body: bytes, size: int) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


def _public(url: str) -> str:
    """The address of the sample newsroom's page as if its hosts were on the web."""
    return url.replace("http://", "https://").replace(f".localhost:{PORT}", ".test")


def _reworded(title: str) -> str:
    return f"{title} - Jaringan"


def _page(chance: random.Random, base: str, title: str, lines: Sequence[str]) -> Response:
    """An article in one of a few plain layouts."""
    slug = "-".join("".join(letter if letter.isalnum() else " " for letter in title.lower()).split())
    url = f"{base}/berita/{chance.randint(10_000, 99_999)}/{slug}"
    title, paragraphs = html.escape(title), [html.escape(line) for line in lines if line.strip()]
    stamp = f"{DAY:%Y-%m-%d}T{chance.randint(6, 21):02}:{chance.randint(0, 59):02}:00+07:00"
    head = (
        f'<title>{title}</title><link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{title}"><meta property="article:published_time" content="{stamp}">'
    )
    layouts = (
        "<header><a href=/>Beranda</a> <a href=/ekonomi>Ekonomi</a></header><main><article><h1>{title}</h1>"
        "<div class=isi>{text}</div></article></main><footer>Redaksi | Pedoman Media Siber</footer>",
        '<div id="menu"><ul><li><a href="/daerah">Daerah</a></li><li><a href="/olahraga">Olahraga</a></li></ul></div>'
        '<div class="konten"><h1 class="judul">{title}</h1><div class="baca">{text}</div></div>',
        '<table width="100%"><tr><td class="kiri"><a href="/arsip">Arsip</a></td>'
        "<td><h1>{title}</h1>{text}</td></tr></table>",
    )
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = chance.choice(layouts).format(title=title, text=text)
    return Response(
        url,
        f'<!doctype html><html lang="id"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode(),
    )
