"""Every kind of page that outlets print, against what a person reads there."""

import json
from pathlib import Path

import pytest

from crawler.extract import extract, extraction_to_json, pages_from_files

PAGES = Path(__file__).parent / "pages"
EXPECTED = sorted(PAGES.glob("*.json"))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_page_is_read_as_a_person_reads_it(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    bodies = [(PAGES / name).read_bytes() for name in expected.pop("files")]
    found = extraction_to_json(extract(pages_from_files(expected["url"], bodies)))
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_reading_twice_gives_the_same(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    pages = pages_from_files(expected["url"], [(PAGES / name).read_bytes() for name in expected["files"]])
    assert extract(pages) == extract(list(reversed(pages)))


def test_every_saved_page_belongs_to_an_expectation() -> None:
    named = {name for path in EXPECTED for name in json.loads(path.read_text(encoding="utf-8"))["files"]}
    assert named == {path.name for path in PAGES.glob("*.html")}
