"""Pages made to exhaust a reader: each is read, or refused with the reason that names its excess."""

import pytest

from crawler.extract import extract, pages_from_files
from crawler.page import ExtractionError

URL = "https://kabarbahari.example/berita/1/laporan"
HEAD = "<html><head><title>Judul yang panjang sekali</title></head><body><h1>Judul yang panjang sekali</h1>"
LINE = "Kantor cabang di kota itu melayani klaim sampai sore, kata kepala cabang kepada para pekerja yang antre."
TEXT = f"<div>{f'<p>{LINE}</p>' * 40}</div>"
LINKED = '<script type="application/ld+json">'
BOMB = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefghi", "bcdefghij", strict=True))


def outcome(html: str) -> str:
    try:
        return "read" if LINE in extract(pages_from_files(URL, [html.encode()])).text else "another text"
    except ExtractionError as error:
        return error.reason


@pytest.mark.parametrize(
    ("name", "html", "ends"),
    [
        ("10^5 boxes in each other", HEAD + "<div>" * 100_000 + TEXT, "too-deep"),
        ("10^5 inline elements in each other", HEAD + "<b>" * 100_000 + TEXT, "too-deep"),
        ("10^5 links and paragraphs in turns", HEAD + "<a><p>" * 50_000 + TEXT, "too-deep"),
        ("depth behind quoted brackets", HEAD + '<div title=">">' * 50_000 + TEXT, "too-deep"),
        ("table in table", HEAD + "<table><tr><td>" * 120 + TEXT, "too-deep"),
        ("10^6 attributes of one tag", HEAD + f"<p {'a ' * 900_000}>" + TEXT, "too-large"),
        ("10^5 attributes with values and brackets", HEAD + "<p " + "a='>' " * 100_000 + ">" + TEXT, "too-large"),
        ("a tag for every few letters", HEAD + "<" * 200_000 + TEXT, "too-large"),
        ("10^5 openings of scripts", HEAD + "<script" * 250_000 + TEXT, "too-large"),
        ("a line of 10 MB", HEAD + "a" * 10_000_000, "too-large"),
        ("a line of 7 MB", HEAD + TEXT + "<p>" + "a " * 3_500_000, "too-large"),
        ("a word of 1.9 MB", HEAD + "<p>" + "a" * 1_900_000, "no-text"),
        ("nothing but brackets", HEAD + "<p>" + "(" * 1_900_000, "no-text"),
        ("nothing but quotes", HEAD + "<p>" + '"' * 1_900_000, "no-text"),
        ("nothing but full stops", HEAD + "<p>" + ". " * 900_000, "no-text"),
        ("blanks without an end", HEAD + "<p>" + " " * 1_900_000 + "x", "no-text"),
        ("ampersands escaped twice", HEAD + "<p>" + "&amp;amp;" * 200_000, "no-text"),
        ("half dates", HEAD + "<p>" + "1/2/" * 400_000, "no-text"),
        ("half signatures", HEAD + "<p>" + "(a/" * 300_000, "no-text"),
        (
            "entities within entities",
            f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{BOMB}]>' + HEAD + "<p>&j;&j;</p>" + TEXT + "</body></html>",
            "read",
        ),
        (
            "an entity from a file",
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + "<p>&x;</p>" + TEXT + "</body></html>",
            "read",
        ),
        ("JSON-LD of 10^5 levels", HEAD + LINKED + '{"@graph":[' * 100_000 + "</script>" + TEXT, "read"),
        (
            "30,000 nodes of JSON-LD",
            HEAD + LINKED + "[" + '{"@type":"NewsArticle"},' * 30_000 + "{}]</script>" + TEXT,
            "read",
        ),
        ("30,000 pager links", HEAD + TEXT + "".join(f'<a href="?page={n}">{n}</a>' for n in range(30_000)), "read"),
        ("15,000 headings below the text", HEAD + TEXT + "<h2>kata kata dua tiga</h2>" * 15_000, "read"),
        ("9,000 rows of a table", HEAD + TEXT + "<table>" + "<tr><td>kata<td>dua</tr>" * 9_000 + "</table>", "read"),
        ("blanks within headings", HEAD + TEXT + ("<h3>x" + " " * 20_000 + "y</h3>") * 80, "read"),
        ("labels without an end", HEAD + TEXT + "<p>" + "Baca juga: " * 150_000, "read"),
        ("a title of separators", HEAD.replace("sekali</t", "sekali" + " - a" * 400_000 + "</t") + TEXT, "read"),
        ("10^4 credits", HEAD + TEXT + "<p>Editor: Bagas Pramudya Reporter: Sekar Ayu</p>" * 10_000, "read"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_an_excess_is_bounded(name: str, html: str, ends: str) -> None:
    assert outcome(html if html.endswith("</html>") else f"{html}</body></html>") == ends, name


def test_what_an_entity_names_is_never_read() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}<p>{LINE} &x;</p>{TEXT}</body></html>'
    assert "root:" not in extract(pages_from_files(URL, [page.encode()])).text
