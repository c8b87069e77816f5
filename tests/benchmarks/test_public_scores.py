"""The public benchmark's figures, against values worked out by hand from its definition."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.extraction.public import Match, match, public_pages, score


def test_shingles_are_rows_of_four_words_and_shares_sum_to_one() -> None:
    found = match("satu dua tiga empat lima", "satu dua tiga empat enam")
    assert found == Match(1 / 3, 1 / 3, 1 / 3)
    assert found.precision == found.recall == pytest.approx(0.5)


def test_case_counts_and_repetition_counts() -> None:
    assert match("Satu dua tiga empat", "satu dua tiga empat").both == 0
    assert match("a b c d a b c d", "a b c d").precision == pytest.approx(1 / 5)


def test_a_text_shorter_than_a_shingle_is_one_shingle() -> None:
    assert match("dua kata", "dua kata") == Match(1, 0, 0)


def test_nothing_found_costs_recall_and_leaves_precision_to_the_other_pages() -> None:
    got = score([match("", "satu dua tiga empat"), match("satu dua tiga empat", "satu dua tiga empat")])
    assert (got.precision, got.recall) == (1.0, 0.5)
    assert got.f1 == pytest.approx(2 / 3)


def test_a_checkout_is_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    for name in ("b", "a"):
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(f"<p>{name}</p>".encode()))
    truth = {name: {"articleBody": name, "url": f"https://{name}.example/x"} for name in ("b", "a")}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    pages = public_pages(tmp_path)
    assert [(page.name, page.url, page.body, page.text) for page in pages] == [
        ("a", "https://a.example/x", b"<p>a</p>", "a"),
        ("b", "https://b.example/x", b"<p>b</p>", "b"),
    ]


def test_without_a_checkout_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--aeb"):
        public_pages(tmp_path)
