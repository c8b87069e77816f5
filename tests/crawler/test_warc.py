"""Records of WARC files however they are packed, in parts, and behind damage."""

import gzip
import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.warc import Damage, Record, read_records

URLS = [f"https://kota{number}.test/berita/{number}" for number in range(12)]


def a_record(url: str, block: bytes) -> bytes:
    fields = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(block)}\r\n\r\n"
    return fields.encode() + block + b"\r\n\r\n"


def blocks() -> list[bytes]:
    noise = random.Random(7)
    return [noise.randbytes(900 * number) + b"<p>tamat</p>" for number in range(len(URLS))]


RECORDS = [a_record(url, block) for url, block in zip(URLS, blocks(), strict=True)]
FORMS = {
    "a member a record": b"".join(map(gzip.compress, RECORDS)),
    "one member for all": gzip.compress(b"".join(RECORDS)),
    "plain": b"".join(RECORDS),
}


def read(raw: bytes, start: int = 0, stop: int | None = None) -> tuple[list[Record], list[Damage]]:
    items = list(read_records(BytesIO(raw), start, stop))
    return [it for it in items if isinstance(it, Record)], [it for it in items if isinstance(it, Damage)]


@pytest.mark.parametrize("form", FORMS)
def test_every_record_is_read_whole_however_it_is_packed(form: str) -> None:
    records, damage = read(FORMS[form])
    assert damage == []
    assert [record.url for record in records] == URLS
    assert [record.block for record in records] == blocks()
    assert {record.kind for record in records} == {"response"}


@pytest.mark.parametrize("form", FORMS)
@given(cuts=st.lists(st.integers(0, 70_000), max_size=6))
@settings(max_examples=40)
def test_parts_laid_side_by_side_give_every_record_once(form: str, cuts: list[int]) -> None:
    raw = FORMS[form]
    bounds = [0, *sorted(cuts)]
    read_urls = []
    for start, stop in zip(bounds, [*bounds[1:], None], strict=True):
        records, damage = read(raw, start, stop)
        assert damage == []
        read_urls += [record.url for record in records]
    assert read_urls == URLS


@pytest.mark.parametrize("form", ["a member a record", "plain"])
def test_behind_damage_the_next_record_is_read(form: str) -> None:
    raw = FORMS[form]
    (whole, _) = read(raw)
    place = whole[5].offset
    damaged = raw[:place] + b"?" * 12 + raw[place + 12 :]
    records, damage = read(damaged)
    assert [record.url for record in records] == [*URLS[:5], *URLS[6:]]
    assert [(it.offset, it.cut_off) for it in damage] == [(place, False)]


def test_a_record_whose_checksum_is_wrong_is_damage_and_no_record() -> None:
    raw = FORMS["a member a record"]
    end = read(raw)[0][4].offset
    records, damage = read(raw[: end - 6] + bytes([raw[end - 6] ^ 1]) + raw[end - 5 :])
    assert [record.url for record in records] == [*URLS[:3], *URLS[4:]]
    assert len(damage) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_ends_too_early_is_cut_off_and_gives_what_stands_before(form: str) -> None:
    raw = FORMS[form]
    for end in range(len(raw) - 5, 0, -997):
        records, damage = read(raw[:end])
        assert [record.url for record in records] == URLS[: len(records)]
        assert all(it.cut_off or end < 100 for it in damage)


def test_a_record_that_says_it_is_longer_than_its_member_is_damage_in_its_place() -> None:
    lying = RECORDS[1].replace(b"Content-Length: ", b"Content-Length: 9")
    records, damage = read(gzip.compress(RECORDS[0]) + gzip.compress(lying) + gzip.compress(RECORDS[2]))
    assert [record.url for record in records] == [URLS[0], URLS[2]]
    assert [it.cut_off for it in damage] == [False]


@pytest.mark.parametrize("length", ["", "-1", "9" * 30, "1e3", "١٢"])
def test_a_length_that_is_no_number_is_damage(length: str) -> None:
    record = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nisi\r\n\r\n".encode()
    records, damage = read(record + RECORDS[1])
    assert [it.url for it in records] == [URLS[1]]
    assert len(damage) == 1


def test_a_block_longer_than_may_be_held_is_passed_over() -> None:
    raw = gzip.compress(a_record(URLS[0], b"x" * 5_000_000)) + gzip.compress(RECORDS[1])
    first, second = read_records(BytesIO(raw), max_block=100_000)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.block, second.block) == (None, blocks()[1])


def test_an_address_in_angle_brackets_is_the_address() -> None:
    (record,) = read(a_record(f"<{URLS[0]}>", b""))[0]
    assert record.url == URLS[0]


def test_fields_without_an_end_are_not_read_for_ever() -> None:
    records, damage = read(gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 1_000_000) + gzip.compress(RECORDS[1]))
    assert [it.url for it in records] == [URLS[1]]
    assert len(damage) == 1


def test_an_empty_file_holds_neither_records_nor_damage() -> None:
    assert read(b"") == ([], [])
