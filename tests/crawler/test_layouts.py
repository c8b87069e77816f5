"""The outlets' own layouts: every version reads its saved pages, which the general readers get wrong."""

import json
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import extract, extraction_to_json
from crawler.outlets.layouts import PACKAGED, Layout, Layouts, LayoutsError, packaged_layouts, read_layouts
from crawler.page import Extraction, Page

SAVED = Path(__file__).parent / "layouts"
INVENTED = SAVED / "layouts.toml"
LAYOUTS = Layouts([*packaged_layouts(), *read_layouts(tomllib.loads(INVENTED.read_text("utf-8")), INVENTED.name)])
EXPECTED = sorted(SAVED.glob("*.json"))


def expectation(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def pages_of(told: dict[str, Any]) -> list[Page]:
    fetched = datetime.fromisoformat(told["fetched"])
    bodies = [(SAVED / name).read_bytes() for name in told["files"]]
    return [
        Page(told["url"], fetched, 200, {"content-type": "text/html"}, body, outlet="", number=number)
        for number, body in enumerate(bodies, start=1)
    ]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_page_is_read_by_its_outlets_layout(path: Path) -> None:
    told = expectation(path)
    found = extraction_to_json(extract(pages_of(told), layouts=LAYOUTS))
    wanted = {name: value for name, value in told.items() if name in found}
    assert {name: found[name] for name in wanted} == wanted
    assert found["is_article"]
    assert found["sources"]["text"] == "outlet"  # type: ignore[index]
    assert found["confidence"]["text"] == 1.0  # type: ignore[index]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_layout_is_kept_only_where_the_general_readers_err(path: Path) -> None:
    told = expectation(path)
    assert extract(pages_of(told), layouts=Layouts()).text != told["text"]


def test_every_version_of_every_layout_has_two_saved_pages() -> None:
    saved = [(told["layout"], told["valid_until"]) for told in map(expectation, EXPECTED)]
    for layout in LAYOUTS:
        version = (layout.outlet, layout.valid_until.isoformat() if layout.valid_until else None)
        assert saved.count(version) >= 2, version
    assert {path.stem for path in EXPECTED} == {path.stem for path in SAVED.glob("*.html")}


TITLE = "Iuran Nelayan di Teluk Biru Naik"
SENTENCES = (
    "Iuran jaminan sosial nelayan di Kabupaten Teluk Biru naik mulai Januari, kata kepala cabang.",
    "Kenaikan itu berlaku bagi 8.120 nelayan yang terdaftar, dan ditanggung pemerintah kabupaten setahun.",
)
OTHER = (
    "Harga garam di Teluk Biru turun lagi pada akhir pekan ini karena panen raya tiba, kata dua petambak di sana tadi."
)


def read(
    *layouts: Layout, outlet: str = "kabar", day: str = "2026-11-22", url: str = "https://kabar.example/b/47"
) -> Extraction:
    body = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class="lama">{OTHER}</div>
    <div class="isi"><p>{SENTENCES[0]}</p><p class="sisip"><a href="/x">Judul laporan lain di sini</a></p>
    <p>{SENTENCES[1]}</p><p>Editor: Bagas Pramudya</p></div></body></html>"""
    fetched = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return extract([Page(url, fetched, 200, {}, body.encode(), outlet)], layouts=Layouts(layouts))


OLD = Layout("kabar", "div.lama", valid_until=date(2026, 6, 30))
NEW = Layout("kabar", "div.isi")


@pytest.mark.parametrize(
    ("day", "text"), [("2026-06-30", OTHER), ("2026-07-01", "\n".join(SENTENCES)), ("2020-01-01", OTHER)]
)
def test_the_day_a_page_was_fetched_on_chooses_the_version(day: str, text: str) -> None:
    assert read(NEW, OLD, day=day).text == text


def test_a_version_whose_body_is_not_in_the_page_gives_way_to_the_next() -> None:
    gone = Layout("kabar", "div.tiada", valid_until=date(2030, 1, 1))
    assert read(gone, NEW).sources["text"] == "outlet"
    assert read(gone).sources["text"] != "outlet"
    assert read(Layout("kabar", "p.sisip")).sources["text"] != "outlet"  # hardly a sentence


def test_a_layout_is_of_its_outlet_and_of_its_hosts() -> None:
    hosted = Layout("jaringan", "div.lama", hosts=("kabar.example",))
    assert read(OLD, NEW, outlet="lain").sources["text"] != "outlet"
    assert read(hosted, outlet="lain").text == OTHER
    assert read(hosted, outlet="", url="https://utara.kabar.example/b/47").text == OTHER
    assert read(hosted, outlet="", url="https://bukankabar.example/b/47").text != OTHER


def test_pruning_is_general_unless_the_layout_names_what_to_remove() -> None:
    assert read(NEW).text == "\n".join(SENTENCES)
    kept = read(Layout("kabar", "div.isi", remove="b.tiada"))
    assert "Judul laporan lain di sini" in kept.text
    assert "Editor" not in kept.text
    assert kept.credits == ("Editor: Bagas Pramudya",)
    assert read(Layout("kabar", "div.isi", remove="p.sisip")).text == "\n".join(SENTENCES)


def test_nested_elements_of_a_body_are_read_once() -> None:
    assert read(Layout("kabar", "div.isi, div.isi p")).text == "\n".join(SENTENCES)


def test_a_home_page_is_no_article_whatever_its_layout() -> None:
    assert not read(NEW, url="https://kabar.example/").is_article


@pytest.mark.parametrize(
    ("toml", "mistake"),
    [
        ("[[layout.kabar]]\nbody = 'div['", "layouts.toml: layout kabar: body 'div[' is no CSS selector"),
        ("[[layout.kabar]]\ntitle = 'h1'", "layout kabar: body is missing"),
        ("[[layout.kabar]]\nbody = 3", "layout kabar: body must be a CSS selector"),
        ("[[layout.kabar]]\nbody = 'p::attr(x)'", "body 'p::attr(x)' is no CSS selector"),
        ("[[layout.kabar]]\nbody = 'p'\ntitle = 'h1::attr(x) b'", "title 'h1::attr(x) b' is no CSS selector"),
        ("[[layout.kabar]]\nbody = 'p'\nbodi = 'p'", "layout kabar: bodi is unknown; known are authors, body,"),
        ("[[layout.kabar]]\nbody = 'p'\nhosts = 'x.id'", "hosts must be a list of host names"),
        ("[[layout.kabar]]\nbody = 'p'\nhosts = ['https://x.id']", "hosts must be a list of host names"),
        ("[[layout.kabar]]\nbody = 'p'\nvalid_until = '2026-01-01'", "valid_until must be a day such as"),
        ("[[layout.kabar]]\nbody = 'p'\nvalid_until = 2026-01-01T00:00:00", "valid_until must be a day such as"),
        ("[[layout.kabar]]\nbody = 'p'\npublished_format = '%d'", "published_format stands without published"),
        ("[[layout.kabar]]\nbody = 'p'\npublished = 'i'\npublished_format = '%H:%M'", "is no format of a day, month"),
        (
            "[[layout.kabar]]\nbody = 'p'\n[[layout.kabar]]\nbody = 'b'",
            "layout kabar number 2: valid_until is the same",
        ),
        ("[layout.kabar]\nbody = 'p'", "layouts.toml: layout must be [[layout.<outlet>]] tables"),
        ("[[layouts]]", "layouts.toml: layouts is unknown"),
    ],
)
def test_a_mistake_is_named_with_its_file_outlet_and_key(toml: str, mistake: str) -> None:
    with pytest.raises(LayoutsError) as caught:
        read_layouts(tomllib.loads(toml), "layouts.toml")
    assert mistake in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    toml = "[[layout.a]]\nbody = '['\ntitle = ']'\n[[layout.b]]\n"
    with pytest.raises(LayoutsError) as caught:
        read_layouts(tomllib.loads(toml), "layouts.toml")
    assert len(caught.value.mistakes) == 3


def test_the_packaged_layouts_are_well_described() -> None:
    read_layouts(tomllib.loads(PACKAGED.read_text(encoding="utf-8")), PACKAGED.name)


@pytest.mark.parametrize("selector", ["p", "div p", "p:nth-child(odd)"])
def test_of_a_selector_that_finds_thousands_of_elements_the_first_are_read(selector: str) -> None:
    body = f"{'<div><p>' * 40}{'<p>kalimat yang sama lagi.</p>' * 10_000}"
    page = f"<html><title>{TITLE}</title><body>{body}</body></html>"
    fetched = datetime(2026, 11, 22, tzinfo=UTC)
    extraction = extract(
        [Page("https://kabar.example/b/47", fetched, 200, {}, page.encode(), "kabar")],
        layouts=Layouts([Layout("kabar", selector)]),
    )
    assert 1_000 < extraction.text.count("kalimat") <= 2_000
