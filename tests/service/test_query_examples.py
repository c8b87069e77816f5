"""Queries as people type them, and the articles of a small invented newsroom that they ask for.

What is expected was decided by reading the articles (tests/service/data/search_articles.jsonl).
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Quote
from nlp.gazetteer import Gazetteer
from service.domain.article import Article
from service.domain.query import Query
from service.domain.query_language.meeting import meets
from service.domain.query_language.reading import read_query
from service.ports import SearchIndex
from tests.service.builders import a_figure, an_analysis, an_article
from tests.service.indexes import INDEXES, maker_of

OUTLETS = {
    "harian-timur": "Harian Timur",
    "kabar-palu": "Kabar Palu",
    "sumsel-pos": "Sumsel Pos",
    "suara-pesisir": "Suara Pesisir",
    "kilas-nusantara": "Kilas Nusantara",
    "lensa-borneo": "Lensa Borneo",
    "warta-celebes": "Warta Celebes",
    "pojok-priangan": "Pojok Priangan",
}
ANY = frozenset[str]()

EXAMPLES = {
    # Negations are words; what is excluded is said with a minus or NOT.
    "bukan penerima upah": "bpu iuran",
    '"penerima upah"': "bpu pu iuran",
    '"penerima upah" -bukan': "pu",
    'penerima upah NOT "bukan penerima upah"': "pu",
    "tidak -klaim": "pasar bantah iuran",
    "tanpa perlindungan": "migran",
    '"belum dibayar"': "sehat",
    "korupsi": "korupsi salinan bantah",
    'korupsi -"tidak ada korupsi"': "korupsi salinan",
    "NOT (tanggal:..2026-11-20)": "nelayan bocor migran loket papua malam pagi",
    "-sentimen:positif -sentimen:netral": "tolak antre korupsi salinan turun jmo bocor",
    # Forms of a word, and words that only look alike.
    "ditolak": "tolak bayar jmo bbarat loket",
    "klaim ditolak": "tolak bayar jmo loket",
    "turun": "turun",
    "menurun peserta": "turun",
    "meningkat": "naik",
    "kepesertaan": "bpu pu sehat bantah turun naik beasiswa kalsel balikpapan nelayan bocor",
    "serta": "pasar",
    "perisai": "naik",
    "isi": "pasar",
    "pekerja -migran": "bpu pu patuh phk paritrana nelayan",
    "tunggakan": "sehat tunggak tagih",
    "tunggakan -kesehatan": "tunggak tagih",
    "tunggakan yang dibayar": "sehat tunggak tagih",
    "direksi membantah": "korupsi salinan",
    "bpjs kesehatan": "sehat",
    "jumat": "jumat",
    "loket ditutup": "tutup",
    "iuran dikembalikan": "kembali",
    "dana iuran": "kembali",
    "hari tua": "usia",
    "tabungan ditarik": "usia",
    "menarik": "usia",
    "tua": "usia",
    "ketua": "ketua",
    "keberangkatan": "ketua migran",
    "angkat OR tempat OR dana -iuran -korupsi": "",
    "jari": "usia",
    "kejari": "ketua",
    "ditangani": "usia",
    "tangan": "usia",
    # Alternatives and brackets.
    "klaim OR santunan": "tolak bayar phk jmo loket santun",
    "iuran OR premium -bukan": "tunggak tagih premium kembali",
    "(klaim OR santunan) sentimen:positif": "bayar loket santun",
    "klaim AND palu OR santunan": "tolak bayar santun",
    "-(klaim OR sentimen:netral OR sentimen:positif)": "antre korupsi salinan turun bocor",
    # Phrases and nearness.
    '"klaim ditolak"': "tolak",
    '"klaim ditolak"~2': "tolak",
    '"klaim ditolak"~5': "tolak jmo",
    '"ditolak klaim"~8': "tolak jmo bayar",
    '"dugaan korupsi dana"~3': "korupsi salinan",
    '"dana korupsi"~1': "korupsi salinan bantah",
    "“bpjs ketenagakerjaan”": "bayar",
    # Numbers, names and times as printed.
    "31,93%": "bpu",
    "31.93 persen": "bpu",
    '"10,97 persen"': "turun",
    "1.608.431": "naik",
    "Rp1,2 miliar": "bayar",
    "16.800": "iuran premium",
    "BPJS-TK": "bocor",
    "07:30": "antre",
    "PHK": "phk",
    # Beginnings.
    "pemutus*": "phk",
    "kepeserta*": "bpu naik kalsel",
    "MENUNG*": "sehat tunggak",
    # Title.
    "judul:korupsi": "korupsi salinan bantah",
    "judul:kepesertaan": "turun naik beasiswa bocor",
    'judul:("jawa timur" OR jember)': "bpu pu loket",
    # Regions.
    'wilayah:"jawa barat"': "santun beasiswa bbarat patuh",
    "wilayah:bandung": "beasiswa patuh",
    'wilayah:"kota bandung"': "beasiswa",
    'wilayah:"Kab. Bandung"': "patuh",
    'wilayah:"bandung barat"': "bbarat",
    "wilayah:babel": "tunggak tagih turun nelayan",
    "wilayah:19.71": "tagih turun",
    "wilayah:yogyakarta": "jumat",
    # Tone, topic, speaker, label, outlet.
    "sentimen:negatif": "tolak antre korupsi salinan turun jmo bocor",
    "sentimen:negatif -topik:keluhan": "korupsi salinan turun bocor",
    "topik:penghargaan": "paritrana",
    "topik:klaim": "tolak bayar santun phk loket",
    'narasumber:"Wulan Pratiwi"': "bpu jmo",
    "narasumber:wulan": "bpu jmo migran",
    'narasumber:"wulan pratiwi" -narasumber:sari': "bpu",
    'narasumber:"abdul rahman" wilayah:makassar': "naik",
    'label:"perlu jawab"': "korupsi bocor",
    "label:NASIONAL": "bocor",
    "media:suara-pesisir sentimen:positif": "tagih nelayan",
    "media:pesisir sentimen:positif": "tagih nelayan",
    "media:(kabar OR priangan) klaim": "tolak bayar",
    # Days in Jakarta.
    "tanggal:2026-11-21..2026-11-22": "nelayan bocor migran loket papua malam",
    "tanggal:2026-11-23": "pagi",
    "tanggal:..2026-11-04": "bpu pu",
    "tanggal:2026-11 phk": "phk",
    # Figures: one figure meets the whole condition, an "if" states none.
    "angka:cakupan<35": "bpu kalsel papua",
    "angka:cakupan<35 -angka:cakupan>35": "bpu",
    "angka:cakupan>=70": "pu balikpapan",
    "angka:cakupan=39,5": "nelayan",
    "angka:peserta>40000orang": "turun naik",
    "angka:peserta<100%": "turun",
    "angka:klaim > 1 miliar": "bayar",
    'angka:"tunggakan iuran">=Rp3,5miliar': "tunggak",
    "angka:manfaat=42juta": "santun",
    "angka:phk": "phk",
}


def newsroom() -> Iterator[Article]:
    lines = Path(__file__).with_name("data").joinpath("search_articles.jsonl").read_text(encoding="utf-8")
    yield from (as_article(json.loads(line)) for line in lines.splitlines())


def as_article(row: dict[str, Any]) -> Article:
    gazetteer = Gazetteer.load()
    figures = tuple(
        a_figure(metric=metric, value=tuple(value) if isinstance(value, list) else value, unit=unit, tags=tuple(tags))
        for metric, value, unit, *tags in row["figures"]
    )
    analysis = an_analysis(
        row["tone"],
        row.get("relevance", "relevant"),
        evidence=(),
        regions=tuple(map(gazetteer.region, row["regions"])),
        figures=figures,
        topics=tuple(row["topics"]),
        quotes=tuple(Quote("text", 0, 1, "x", "direct", name) for name in row["speakers"]),
    )
    labels = tuple(row.get("labels", ()))
    article = an_article(
        row["id"], id=row["id"], title=row["title"], text=row["text"], analysis=analysis, labels=labels
    )
    return replace(
        article,
        outlet=row["outlet"],
        published=datetime.fromisoformat(row["at"]),
        story_id=row.get("story"),
    )


@pytest.fixture(scope="module", params=INDEXES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    make = maker_of(request)
    made = make(tmp_path_factory.mktemp("index"), OUTLETS)
    made.rebuild(newsroom())
    yield made
    made.close()


@pytest.mark.parametrize(("typed", "expected"), EXAMPLES.items())
def test_a_query_finds_the_articles_that_a_reader_would_choose(index: SearchIndex, typed: str, expected: str) -> None:
    found = index.search(Query(text=typed, relevances=ANY), size=50)
    assert {hit.article_id for hit in found.hits} == set(expected.split())


def test_a_rule_tells_of_one_article_what_the_search_tells_of_all() -> None:
    articles = list(newsroom())
    for typed, expected in EXAMPLES.items():
        node = read_query(typed, OUTLETS)
        assert {article.id for article in articles if meets(article, node)} == set(expected.split()), typed


def test_a_story_stands_at_its_first_hit_with_its_copies(index: SearchIndex) -> None:
    page = index.search(Query(text="dugaan korupsi", collapse=True))
    assert page.total == 2
    (hit,) = page.hits
    assert len(hit.copies) == hit.other_outlets == 1
    assert {hit.article_id, hit.copies[0].article_id} == {"korupsi", "salinan"}


def test_facets_count_topics_speakers_and_labels(index: SearchIndex) -> None:
    facets = index.search(Query(text="korupsi OR bocor", relevances=ANY)).facets
    assert [(it.value, it.count) for it in facets["topic"]] == [("fraud", 4)]
    assert [(it.value, it.count) for it in facets["speaker"]] == [("Hendra Wijaya", 2), ("Rini Kusuma", 1)]
    assert [(it.value, it.count) for it in facets["label"]] == [("Perlu jawab", 2), ("Nasional", 1)]
