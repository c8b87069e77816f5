from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.gazetteer import Gazetteer


def named(text: str) -> list[str]:
    return [match.name for match in Gazetteer.load().find(text)]


def test_every_province_kabupaten_and_kota_is_listed() -> None:
    levels = [region.level for region in Gazetteer.load().regions()]
    assert (levels.count("province"), levels.count("kabupaten") + levels.count("kota")) == (38, 514)
    assert levels.count("kota") == 98


def test_codes_are_unique_and_every_region_lies_in_a_listed_province() -> None:
    gazetteer = Gazetteer.load()
    codes = [region.code for region in gazetteer.regions()]
    assert len(set(codes)) == len(codes)
    assert all(gazetteer.region(code[:2]).name == gazetteer.region(code).province for code in codes)


@pytest.mark.parametrize(
    ("code", "name", "timezone"),
    [
        ("72.71", "Kota Palu", "Asia/Makassar"),
        ("35.09", "Kabupaten Jember", "Asia/Jakarta"),
        ("96", "Papua Barat Daya", "Asia/Jayapura"),
        ("93.01", "Kabupaten Merauke", "Asia/Jayapura"),
        ("61.71", "Kota Pontianak", "Asia/Jakarta"),
        ("64.71", "Kota Balikpapan", "Asia/Makassar"),
        ("82.71", "Kota Ternate", "Asia/Jayapura"),
    ],
)
def test_a_code_tells_name_and_time_zone(code: str, name: str, timezone: str) -> None:
    gazetteer = Gazetteer.load()
    assert (gazetteer.region(code).name, gazetteer.timezone(code)) == (name, timezone)
    assert ZoneInfo(gazetteer.timezone(code)).key == timezone


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Wali Kota Bandung menerima Bupati Bandung", ["Kota Bandung", "Kabupaten Bandung"]),
        ("Pekerja di Bandung", ["Kota Bandung"]),
        ("Pemkab Kediri mendaftarkan perangkat desa se-Kediri", ["Kabupaten Kediri", "Kabupaten Kediri"]),
        ("Kab. Sorong dan Sorong City", ["Kabupaten Sorong", "Kota Sorong"]),
        ("Kepulauan Riau, Kep. Riau, Kepri, lalu Riau", ["Kepulauan Riau"] * 3 + ["Riau"]),
        ("Provinsi Papua Barat Daya berbatasan dengan Papua Barat", ["Papua Barat Daya", "Papua Barat"]),
        ("cabang Toli-Toli, Bau-Bau, Pare-Pare", ["Kabupaten Tolitoli", "Kota Baubau", "Kota Parepare"]),
        ("Jatim, Sulteng, NTT, Babel",
         ["Jawa Timur", "Sulawesi Tengah", "Nusa Tenggara Timur", "Kepulauan Bangka Belitung"]),
        ("workers in East Lombok, West Java", ["Kabupaten Lombok Timur", "Jawa Barat"]),
        ("kantor Purwokerto, Sigli, Tondano dan Tembilahan",
         ["Kabupaten Banyumas", "Kabupaten Pidie", "Kabupaten Minahasa", "Kabupaten Indragiri Hilir"]),
        ("Gubernur Jambi bertemu Wali Kota Jambi", ["Jambi", "Kota Jambi"]),
        ("OKU Timur dan Muba", ["Kabupaten Ogan Komering Ulu Timur", "Kabupaten Musi Banyuasin"]),
    ],
)  # fmt: skip
def test_names_aliases_and_towns_are_found(text: str, regions: list[str]) -> None:
    assert named(text) == regions


@pytest.mark.parametrize(
    "text",
    [
        "Batu besar menutup jalan",
        "kerugian Negara bertambah",
        "Nasib Malang menimpa buruh",
        "kantor di Jalan Surabaya, menurut Radar Malang dan Bank Jatim",
        "laman palembang.go.id",
        "@kota.Malang",
        "persentase naik, sumber data batang tubuh",
    ],
)
def test_what_only_looks_like_a_place_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["di Batu", "BATU - Sebanyak", "Pemkot Batu", "Kota Malang, Batu"])
def test_an_ordinary_word_is_a_place_where_something_announces_it(text: str) -> None:
    assert named(text)[-1] == "Kota Batu"


def test_the_span_holds_the_name_alone() -> None:
    text = "Pemerintah Kabupaten Jember"
    (match,) = Gazetteer.load().find(text)
    assert text[match.start : match.end] == "Jember"


PIECES = [*"Kep. -,\nİß", "Riau", "Batu", "Papua ", "Barat ", "Kota "]


@given(st.lists(st.sampled_from(PIECES), max_size=99).map("".join))
def test_matches_lie_in_the_text_in_order_and_apart(text: str) -> None:
    matches = Gazetteer.load().find(text)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert all(left.end <= right.start for left, right in pairwise(matches))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Kota Bandung", ["32.73"]),
        ("kab. bandung", ["32.04"]),
        ("bandung", ["32.04", "32.73"]),
        ("JATIM", ["35"]),
        ("provinsi jawa timur", ["35"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_a_name_gives_every_region_that_bears_it(name: str, codes: list[str]) -> None:
    assert sorted(region.code for region in Gazetteer.load().named(name)) == codes
