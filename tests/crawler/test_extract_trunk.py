"""Which box of a page holds the article's paragraphs."""

from lxml.html import document_fromstring

from crawler.extract_measures import Measures
from crawler.extract_trunk import trunk_lines

TOLD = [
    "Wali kota menyatakan, pembangunan pasar selesai pada bulan Maret, lebih cepat dari rencana semula.",
    "Sebanyak 312 pedagang akan pindah, sebagian besar penjual sayur, ikan, dan kebutuhan pokok lainnya.",
    "Biaya sewa kios ditetapkan Rp150.000 sebulan, turun dari usulan awal, sesuai permintaan para pedagang.",
]
OTHER = "Tim kota menang tipis dalam laga tandang, kiper tampil gemilang, dan pelatih memuji barisan belakang."


def lines(body: str) -> list[str]:
    tree = document_fromstring(f"<html><body>{body}</body></html>")
    return trunk_lines(tree, Measures(tree))


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_box_of_the_paragraphs_is_taken_without_what_stands_around_it() -> None:
    article = f"<div><h1>Pasar</h1><div>{paragraphs(TOLD)}</div><div class='x'>{OTHER}</div></div>"
    assert lines(f"<div><p>{OTHER}</p></div>{article}") == TOLD


def test_a_text_cut_by_a_grid_is_whole() -> None:
    rows = "".join(f"<section><div class='cell'>{paragraphs(TOLD)}</div></section>" for _ in range(3))
    assert lines(f"<div>{rows}</div><div class='side'><p>{OTHER}</p></div>") == TOLD * 3


def test_paragraphs_each_in_a_box_of_its_own_are_one_text() -> None:
    assert lines(f"<div><div>{''.join(f'<div><p>{text}</p></div>' for text in TOLD)}</div><p>x</p></div>")[:3] == TOLD


def test_breaks_set_off_paragraphs_as_well() -> None:
    assert lines(f"<table><tr><td>{'<br><br>'.join(TOLD)}</td><td>{OTHER}</td></tr></table>") == TOLD


def test_more_words_of_readers_than_of_the_report_do_not_win() -> None:
    comments = "".join(f"<div class='comment'><p>{OTHER}</p><p>{OTHER}</p></div>" for _ in range(6))
    assert lines(f"<div class='text'>{paragraphs(TOLD)}</div><div class='comments'>{comments}</div>") == TOLD


def test_a_page_without_sentences_has_no_trunk() -> None:
    assert lines("<div><a href='/x'>Beranda</a></div>") == []
