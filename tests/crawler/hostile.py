# ruff: noqa: E501 — one attack a line, however long
"""Attacks, misconfigurations and accidents of the web, each with the reason under which it must show in health.

An attack plays one of four parts: the page of an article, a source (feed, sitemap, listing), robots.txt, or the text of
a page that is fetched like any other and must be refused, or read, by the extraction.
"""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.crawler.wire import HTML, XML, Attack, Wire

Part = Literal["page", "feed", "sitemap", "listing", "robots", "text"]

SENTENCES = (
    "Kantor cabang mencatat 1.234 peserta baru BPJS Ketenagakerjaan di kota kami sepanjang bulan ini.",
    "Kepala cabang mengatakan pendaftaran dibuka setiap hari kerja di loket pelayanan lantai dasar.",
    "Ia meminta pengusaha melaporkan seluruh pekerja sebelum akhir tahun agar terlindungi.",
)
GOOD = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>K</title>{}</channel></rss>'


@dataclass(frozen=True)
class Hostile:
    """One attack on the host of its name.

    `told` is outcome and reason of the event that tells of it; for a text, "stored" and how its reading ends.
    """

    name: str
    part: Part
    attack: Attack
    told: tuple[str, str]


def page(body: str = GOOD, title: str = "Peserta bertambah", head: str = "") -> bytes:
    """An ordinary page around the body."""
    return (f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>").encode(
        "utf-8", "surrogatepass"
    )


def item(link: str, title: str = "Kabar") -> str:
    return f"<item><title>{title}</title><link>{link}</link></item>"


def feed(*items: str) -> bytes:
    return FEED.format("".join(items)).encode()


def home(wire: Wire) -> str:
    return f"http://{wire.host}"


def with_feed(of_page: Attack) -> Attack:
    """The attack on the one article that a proper feed names; robots.txt does not exist."""

    def attack(wire: Wire) -> None:
        if wire.path == "/sumber":
            wire.answer(feed(item(home(wire) + "/berita/serangan-1")), kind="application/rss+xml")
        elif wire.path == "/robots.txt":
            wire.answer(b"tidak ada", "404 Not Found")
        else:
            of_page(wire)

    return attack


def as_source(of_source: Attack) -> Attack:
    """The attack as the source itself; the articles it names are proper."""

    def attack(wire: Wire) -> None:
        if wire.path == "/robots.txt":
            wire.answer(b"tidak ada", "404 Not Found")
        elif wire.path.startswith("/sumber"):
            of_source(wire)
        else:
            wire.answer(page())

    return attack


def as_robots(of_robots: Attack) -> Attack:
    """The attack as robots.txt before a proper feed and article."""

    def attack(wire: Wire) -> None:
        if wire.path == "/robots.txt":
            of_robots(wire)
        else:
            with_feed(lambda wire: wire.answer(page()))(wire)

    return attack


def answers(body: bytes, kind: str = HTML, **headers: str) -> Attack:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda wire: wire.answer(body, kind=kind, headers=fields)


def says(data: bytes) -> Attack:
    return lambda wire: wire.raw(data)


def leads_to(target: str) -> Attack:
    return lambda wire: wire.redirect(target)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def then(*steps: Callable[[Wire], None]) -> Attack:
    """One step after the other."""

    def attack(wire: Wire) -> None:
        for step in steps:
            step(wire)

    return attack


def _chain(wire: Wire) -> None:
    """A redirect to a new address, for ever."""
    wire.redirect(f"{home(wire)}/berita/{len(wire.path)}-{'x' * len(wire.path)}")


def _pages_without_end(wire: Wire) -> None:
    """An article that always has one more page."""
    number = int(wire.path.rpartition("=")[2]) if "?page=" in wire.path else 1
    more = f'<div class="pagination"><a href="/berita/serangan-1?page={number + 1}">{number + 1}</a></div>'
    wire.answer(page(f"<p>Halaman ke-{number} memuat {number * 7} nama peserta BPJS dari kota kami.</p>" + GOOD + more))


def _listing_without_end(wire: Wire) -> None:
    number = int(wire.path.rpartition("=")[2]) if "?page=" in wire.path else 1
    links = "".join(f'<a href="/berita/{number}-{n}">Kabar {n}</a>' for n in range(3))
    wire.answer(page(f'{links}<a href="/sumber?page={number + 1}">{number + 1}</a>'))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
SPY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY spy SYSTEM "file:///etc/passwd">]>'
MEGABYTES = 40_000_000
ZEROS = zlib.compressobj(9, zlib.DEFLATED, 31)
GZIP_BOMB = ZEROS.compress(b"\0" * MEGABYTES) + ZEROS.flush()
CUT = gzip.compress(
    page("<div>" + "".join(f"<p>Baris {n}: {n * 7919} peserta terdaftar di kota kami.</p>" for n in range(900)))
)[:-900]
DEFLATE_BOMB = zlib.compress(b"\0" * MEGABYTES, 9)

PAGES = [
    # Servers that take their time
    ("silence", lambda w: w.silence(), ("soft", "timeout")),
    ("slow-headers", then(says(b"HTTP/1.1 200 OK\r\n"), lambda w: w.drip(b"X-A: b\r\n")), ("soft", "timeout")),
    ("slow-body", then(says(HEAD + b"\r\n"), lambda w: w.drip(b"<p>")), ("soft", "timeout")),
    ("slow-chunks", then(says(CHUNKED), lambda w: w.drip(b"1\r\na\r\n")), ("soft", "timeout")),
    ("endless-continue", lambda w: w.drip(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), ("soft", "timeout")),
    # Servers that never stop
    ("endless-body", then(says(HEAD + b"\r\n"), lambda w: w.pour(b"<p>a</p>" * 8_000)), ("hard", "too-large")),
    ("endless-chunks", then(says(CHUNKED), lambda w: w.pour(b"ffff\r\n" + b"a" * 65535 + b"\r\n")), ("hard", "too-large")),
    ("endless-headers", then(says(HEAD), lambda w: w.pour(b"X-A: b\r\n" * 500)), ("soft", "timeout")),
    ("endless-header", then(says(HEAD + b"X-A: "), lambda w: w.pour(b"b" * 8_000)), ("soft", "connection")),
    ("endless-status", then(says(b"HTTP/1.1 200 "), lambda w: w.pour(b"O" * 8_000)), ("soft", "connection")),
    # Bodies that are not what they weigh
    ("gzip-bomb", answers(GZIP_BOMB, Content_Encoding="gzip"), ("hard", "too-large")),
    ("deflate-bomb", answers(DEFLATE_BOMB, Content_Encoding="deflate"), ("hard", "too-large")),
    ("gzip-twice", answers(gzip.compress(GZIP_BOMB), Content_Encoding="gzip, gzip"), ("hard", "too-large")),
    ("gzip-lie", answers(page(), Content_Encoding="gzip"), ("soft", "bad-encoding")),
    ("deflate-lie", answers(page(), Content_Encoding="deflate"), ("soft", "bad-encoding")),
    ("unknown-encoding", answers(b"\x8b\x01\x80" * 900, Content_Encoding="zpaq"), ("hard", "not-html")),
    ("promises-more", says(HEAD + b"Content-Length: 90000\r\n\r\n" + page()), ("soft", "truncated")),
    ("promises-terabytes", then(says(HEAD + b"Content-Length: 9999999999999\r\n\r\n"), lambda w: w.silence()), ("hard", "too-large")),
    ("negative-length", says(HEAD + b"Content-Length: -5\r\n\r\n" + page()), ("soft", "connection")),
    ("length-in-words", says(HEAD + b"Content-Length: banyak\r\n\r\n" + page()), ("soft", "connection")),
    ("two-lengths", says(HEAD + b"Content-Length: 10\r\nContent-Length: 900\r\n\r\n" + page()), ("soft", "connection")),
    ("bad-chunk", says(CHUNKED + b"ZZ\r\n" + page()), ("soft", "truncated")),
    ("huge-chunk", then(says(CHUNKED + b"ffffffffffffffff\r\nabc"), lambda w: w.reset()), ("soft", "truncated")),
    ("cut-chunks", says(CHUNKED + b"5\r\nabcde\r\n"), ("soft", "truncated")),
    # What is no HTTP
    ("not-http", says(b"SSH-2.0-OpenSSH_9.6\r\n"), ("soft", "connection")),
    ("http-09", says(page()), ("soft", "connection")),
    ("nothing", lambda w: None, ("soft", "connection")),
    ("torn-down", lambda w: w.reset(), ("soft", "connection")),
    ("torn-in-the-middle", then(says(HEAD + b"Content-Length: 9000\r\n\r\n<p>"), lambda w: w.reset()), ("soft", "truncated")),
    ("binary-headers", says(b"HTTP/1.1 200 OK\r\n\xff\xfe\x00\r\n\r\n"), ("hard", "not-html")),
    ("switching", says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"), ("soft", "connection")),
    # Statuses
    ("status-999", lambda w: w.answer(page(), "999 Denied"), ("soft", "http-999")),
    ("status-0", lambda w: w.answer(page(), "000 Nol"), ("hard", "http-0")),
    ("no-content", lambda w: w.answer(status="204 No Content"), ("soft", "empty")),
    ("empty-200", lambda w: w.answer(), ("soft", "empty")),
    ("unasked-304", lambda w: w.answer(status="304 Not Modified"), ("soft", "empty")),
    ("multiple-choices", lambda w: w.answer(page(), "300 Multiple Choices"), ("hard", "http-300")),
    ("too-many", lambda w: w.answer(status="429 Slow Down", headers={"Retry-After": "9" * 30}), ("soft", "http-429")),
    ("retry-nonsense", lambda w: w.answer(status="503 Wait", headers={"Retry-After": "\xb2\xb3 besok"}), ("soft", "http-503")),
    ("retry-negative", lambda w: w.answer(status="503 Wait", headers={"Retry-After": "-1"}), ("soft", "http-503")),
    # Redirects
    ("redirect-to-itself", lambda w: w.redirect(home(w) + w.path), ("hard", "redirect-loop")),
    ("redirect-for-ever", _chain, ("hard", "redirect-loop")),
    ("redirect-nowhere", lambda w: w.redirect(""), ("hard", "http-302")),
    ("redirect-metadata", leads_to("http://169.254.169.254/latest/meta-data/"), ("hard", "private-address")),
    ("redirect-private", leads_to("http://10.0.0.1/berita/1"), ("hard", "private-address")),
    ("redirect-carrier", leads_to("http://100.64.0.1/berita/1"), ("hard", "private-address")),
    ("redirect-mapped", leads_to("http://[::ffff:169.254.169.254]/berita/1"), ("hard", "private-address")),
    ("redirect-nat64", leads_to("http://[64:ff9b::a9fe:a9fe]/berita/1"), ("hard", "private-address")),
    ("redirect-local6", leads_to("http://[fe80::1]/berita/1"), ("hard", "private-address")),
    ("redirect-decimal", leads_to("http://2852039166/berita/1"), ("hard", "private-address")),
    ("redirect-hex", leads_to("http://0xA9FEA9FE/berita/1"), ("hard", "private-address")),
    ("redirect-octal", leads_to("http://0251.0376.0251.0376/berita/1"), ("hard", "private-address")),
    ("redirect-any", leads_to("http://0.0.0.0/berita/1"), ("hard", "private-address")),
    ("redirect-file", leads_to("file:///etc/passwd"), ("hard", "http-302")),
    ("redirect-script", leads_to("javascript:alert(1)"), ("hard", "bad-url")),
    ("redirect-ftp", leads_to("ftp://kabar.localhost/berita/1"), ("hard", "http-302")),
    ("redirect-gopher", leads_to("gopher://169.254.169.254:6379/_FLUSHALL"), ("hard", "http-302")),
    ("redirect-data", leads_to("data:text/html,<p>berita"), ("hard", "http-302")),
    ("redirect-broken", leads_to("http://[::1/berita"), ("hard", "bad-url")),
    ("redirect-long", leads_to("/berita/" + "a" * 9_000), ("hard", "redirect-loop")),
    ("redirect-away", leads_to("http://redirect-away-target.localhost:1/berita/1"), ("soft", "refused")),
    ("redirect-home", lambda w: w.redirect(home(w) + "/") if w.path != "/" else w.answer(page()), ("hard", "not-article")),
    # Wrong types
    ("image", answers(b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "image/png"), ("hard", "not-html")),
    ("pdf", answers(b"%PDF-1.7" + b"x" * 900, "application/pdf"), ("hard", "not-html")),
    ("octets", answers(b"\0\1\2" * 900, "application/octet-stream"), ("hard", "not-html")),
    ("untyped-octets", answers(b"\0\1\2" * 900, ""), ("hard", "not-html")),
    ("video", answers(b"\0\0\0\x18ftypmp42" * 90, "video/mp4"), ("hard", "not-html")),
    ("json", answers(b'{"html": "<p>berita</p>"}', "application/json"), ("hard", "not-html")),
]  # fmt: skip

SOURCES = [
    ("feed-laughs", "feed", answers(f"{BOMB}<rss><channel><title>&l11;</title></channel></rss>".encode(), XML), ("ok", "")),
    ("feed-spy", "feed", answers(f"{SPY}<rss version='2.0'><channel>{item('/berita/1-a', '&spy;')}</channel></rss>".encode(), XML), ("ok", "")),
    ("feed-of-30000", "feed", lambda w: w.answer(feed(*(item(f"{home(w)}/berita/{n}-x") for n in range(30_000)))), ("ok", "")),
    ("feed-inward", "feed", answers(feed(item("http://169.254.169.254/berita/1"), item("http://10.0.0.1/berita/2"))), ("ok", "")),
    ("feed-scripts", "feed", answers(feed(item("javascript:alert(1)"), item("file:///etc/passwd"), item("data:,a"))), ("ok", "")),
    ("feed-broken-links", "feed", answers(feed(item("http://[::1/berita"), item("http://a b/berita"), item("http:///x"), item("http://x" + "y" * 9_000))), ("ok", "")),
    ("feed-endless", "feed", then(says(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>"), lambda w: w.pour(item("/berita/1").encode() * 5_000)), ("hard", "too-large")),
    ("feed-html", "feed", answers(page()), ("hard", "bad-feed")),
    ("feed-binary", "feed", answers(bytes(range(256)) * 40, "application/rss+xml"), ("hard", "bad-feed")),
    ("feed-deep", "feed", answers(b"<rss><channel>" + b"<a>" * 200_000, XML), ("hard", "too-large")),
    ("feed-long-title", "feed", lambda w: w.answer(feed(item(home(w) + "/berita/1-a", "a" * 2_000_000))), ("ok", "")),
    ("feed-nul", "feed", lambda w: w.answer(feed(item(home(w) + "/berita/1-a", "a\0b")).replace(b"\0", b"\0" * 5_000)), ("ok", "")),
    ("feed-gzip-bomb", "feed", answers(GZIP_BOMB, XML, Content_Encoding="gzip"), ("hard", "too-large")),
    ("feed-private", "feed", leads_to("http://192.168.0.1/rss"), ("hard", "private-address")),
    ("feed-long-etag", "feed", lambda w: w.answer(feed(item(home(w) + "/berita/1-a")), headers={"ETag": '"' + "e" * 12_000 + '"'}), ("ok", "")),
    ("map-laughs", "sitemap", answers(f"{BOMB}<urlset><url><loc>&l11;</loc></url></urlset>".encode(), XML), ("ok", "")),
    ("map-spy", "sitemap", answers(f"{SPY}<urlset><url><loc>http://x/&spy;</loc></url></urlset>".encode(), XML), ("ok", "")),
    ("map-gzip-bomb", "sitemap", answers(GZIP_BOMB, "application/gzip"), ("hard", "too-large")),
    ("map-of-itself", "sitemap", lambda w: w.answer(f"<sitemapindex><sitemap><loc>{home(w)}/sumber</loc></sitemap></sitemapindex>".encode(), kind=XML), ("ok", "")),
    ("map-of-maps", "sitemap", lambda w: w.answer(f"<sitemapindex><sitemap><loc>{home(w)}/sumber{len(w.path)}{'x' * len(w.path)}</loc></sitemap></sitemapindex>".encode(), kind=XML), ("ok", "")),
    ("map-files", "sitemap", answers(b"<urlset><url><loc>file:///etc/passwd</loc></url><url><loc>gopher://10.0.0.1/</loc></url></urlset>", XML), ("ok", "")),
    ("map-html", "sitemap", answers(page()), ("hard", "bad-sitemap")),
    ("map-garbage", "sitemap", answers(b"\xff\xfe\0<" * 900, XML), ("hard", "bad-sitemap")),
    ("map-cut-gzip", "sitemap", answers(gzip.compress(b"<urlset>" * 9_000)[:60], "application/gzip"), ("ok", "")),
    ("map-year-99999", "sitemap", lambda w: w.answer(f"<urlset><url><loc>{home(w)}/berita/1-a</loc><lastmod>99999-99-99</lastmod></url></urlset>".encode(), kind=XML), ("ok", "")),
    ("list-endless", "listing", _listing_without_end, ("ok", "")),
    ("list-of-60000", "listing", answers(page("".join(f"<a href=/berita/{n}-x>a</a>" for n in range(60_000)))), ("hard", "too-large")),
    ("list-base-elsewhere", "listing", answers(page('<a href="berita/1-a">a</a>', head='<base href="http://10.0.0.1/">')), ("soft", "no-links")),
    ("list-deep", "listing", answers(page("<div>" * 100_000 + '<a href="/berita/1-a">a</a>')), ("hard", "too-deep")),
    ("list-attributes", "listing", answers(page("<div " + " ".join(f"a{n}=1" for n in range(200_000)) + '><a href="/berita/1-a">a</a></div>')), ("hard", "too-large")),
    ("list-image", "listing", answers(b"\x89PNG" * 90, "image/png"), ("hard", "not-html")),
]  # fmt: skip

ROBOTS = [
    ("robots-endless", then(says(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"), lambda w: w.pour(b"Disallow: /\n" * 900)), ("hard", "too-large")),
    ("robots-drip", then(says(b"HTTP/1.1 200 OK\r\n\r\n"), lambda w: w.drip(b"D")), ("soft", "timeout")),
    ("robots-inward", leads_to("http://169.254.169.254/robots.txt"), ("hard", "private-address")),
    ("robots-down", lambda w: w.answer(status="500 Rusak"), ("soft", "http-500")),
    ("robots-bomb", answers(GZIP_BOMB, "text/plain", Content_Encoding="gzip"), ("hard", "too-large")),
    ("robots-reset", lambda w: w.reset(), ("soft", "connection")),
    ("robots-loop", lambda w: w.redirect("/robots.txt"), ("ok", "")),
    ("robots-binary", answers(bytes(range(256)) * 300, "text/plain"), ("ok", "")),
    ("robots-html", answers(page()), ("ok", "")),
    ("robots-stars", answers(b"User-agent: *\nDisallow: /" + b"*a" * 3_000 + b"$\n", "text/plain"), ("ok", "")),
    ("robots-of-50000", answers(b"User-agent: *\n" + b"".join(b"Disallow: /x%d\n" % n for n in range(50_000)), "text/plain"), ("ok", "")),
    ("robots-delay", answers(b"User-agent: *\nCrawl-delay: 1e309\nAllow: /\n", "text/plain"), ("ok", "")),
]  # fmt: skip

TEXTS = [
    ("text-deep", page("<div>" * 100_000 + GOOD), "too-deep"),
    ("text-attributes", page("<div " + " ".join(f"a{n}=1" for n in range(300_000)) + f">{GOOD}</div>"), "too-large"),
    ("text-elements", page("<b>a</b>" * 300_000 + GOOD), "too-large"),
    ("text-one-line", page("<p>" + "a" * 2_500_000 + "</p>" + GOOD), "too-large"),
    ("text-laughs", BOMB.encode() + page("<p>&l11;</p>" + GOOD), "read"),
    ("text-entities", page("<p>" + "&amp;" * 200_000 + "</p>" + GOOD), "read"),
    ("text-open-comment", page(GOOD + "<!--" * 100_000), "read"),
    ("text-json-ld-deep", page(head='<script type="application/ld+json">' + "[" * 300_000 + "</script>"), "read"),
    ("text-json-ld-types", page(head='<script type="application/ld+json">{"@type":{"a":[]},"headline":[[{}]],"author":{"name":{"name":1}},"datePublished":[9]}</script>'), "read"),
    ("text-titles", page(head="<title>x</title>" * 20_000), "read"),
    ("text-long-title", page(title="judul " * 100_000), "read"),
    ("text-canonical-script", page(head='<link rel="canonical" href="javascript:alert(1)">'), "read"),
    ("text-canonical-away", page(head='<link rel="canonical" href="http://169.254.169.254/x">'), "read"),
    ("text-far-future", page(head='<meta property="article:published_time" content="99999-12-31T25:61:61+99:99">'), "read"),
    ("text-base", page(head='<base href="file:///etc/">'), "read"),
    ("text-refresh", page(head='<meta http-equiv="refresh" content="0;url=http://10.0.0.1/">'), "read"),
    ("text-scripts", page(GOOD + "<script>x</script>" * 50_000), "read"),
    ("text-svg", page("<svg>" * 2_000 + "<script>alert(1)</script>" + "</svg>" * 2_000 + GOOD), "read"),
    ("text-base64", page('<img src="data:image/png;base64,' + "A" * 2_500_000 + '">' + GOOD), "read"),
    ("text-nul", page(GOOD.replace("peserta", "pe\0serta")), "read"),
    ("text-overrides", page(GOOD.replace("peserta", "\u202epeserta\u202c\u200b\ufeff")), "read"),
    ("text-surrogates", page(GOOD + "<p>\ud83d \udc00 separuh huruf</p>"), "read"),
    ("text-png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 90, "binary"),
    ("text-noise", bytes((n * 7919 + n // 3) % 256 for n in range(90_000)), "binary"),
    ("text-utf16", page().decode().encode("utf-16"), "read"),
    ("text-utf16-bare", page().decode().encode("utf-16-le"), "read"),
    ("text-utf7", page(head='<meta charset="utf-7">'), "read"),
    ("text-no-charset", page(head='<meta charset="jahat">'), "read"),
    ("text-wrong-charset", page(head='<meta charset="shift_jis">'), "read"),
    ("text-links", page("<p>Baca juga: <a href=/x>Judul lain lagi di sini</a></p>" * 9_000 + GOOD), "read"),
    ("text-forms", page("<select>" + "<option>a</option>" * 30_000 + "</select>" + GOOD), "read"),
    ("text-tables", page("<table><tr><td>" * 120 + GOOD), "too-deep"),
    ("text-nothing", page(""), "no-text"),
    ("text-plain", " ".join(SENTENCES).encode(), "not-html"),
    ("text-frames", b"<html><frameset><frame src=http://10.0.0.1/></frameset></html>", "no-text"),
    ("text-digits", page("<p>" + "1.234,5 " * 60_000 + "</p>"), "no-text"),
    ("text-injected-answer", b"", "read"),
]  # fmt: skip


def _smuggled(wire: Wire) -> None:
    """A proper answer with a second one behind it, which a careless client takes for the next request's."""
    body = page()
    wire.raw(HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body + HEAD + b"Content-Length: 4\r\n\r\nevil")


HOSTILE: tuple[Hostile, ...] = (
    *(Hostile(name, "page", with_feed(attack), told) for name, attack, told in PAGES),
    *(Hostile(name, part, as_source(attack), told) for name, part, attack, told in SOURCES),  # type: ignore[arg-type]
    *(Hostile(name, "robots", as_robots(attack), told) for name, attack, told in ROBOTS),
    *(
        Hostile(name, "text", with_feed(_smuggled if not body else answers(body)), ("stored", how))
        for name, body, how in TEXTS
    ),
    Hostile("text-cut", "text", with_feed(answers(CUT, Content_Encoding="gzip")), ("stored", "truncated")),
    Hostile("pages-without-end", "text", with_feed(_pages_without_end), ("stored", "read")),
)
