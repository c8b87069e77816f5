from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.account import Actor, AuditEntry, AuditKind
from service.domain.health import Alarm
from service.domain.wording import corrections, names, numbers, times
from service.domain.wording.alarms import sentence
from service.domain.wording.audit import details
from tests.service.builders import NOW


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_608_431, "1.608.431"),
        (31.93, "31,93"),
        (0.1 + 0.2, "0,3"),
        (100.0, "100"),
        (-4.2, "-4,2"),
        (0, "0"),
        (1234.5, "1.234,5"),
        (1_000_000, "1.000.000"),
        (float("nan"), "–"),
        (float("inf"), "–"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals(value: float, expected: str) -> None:
    assert numbers.number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_200_000_000, "Rp1,2 miliar"),
        (707_956_000, "Rp707,956 juta"),
        (16_800, "Rp16.800"),
        (42_000_000, "Rp42 juta"),
        (1_608_431, "Rp1.608.431"),
        (3_500_000_000_000, "Rp3,5 triliun"),
    ],
)
def test_money_takes_a_scale_word_only_where_no_digit_is_lost(value: float, expected: str) -> None:
    assert numbers.money(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (31.93, "percent", "31,93 persen"),
        (41_200, "people", "41.200 orang"),
        (38_600_000, "people", "38,6 juta orang"),
        (1_608_431, "people", "1.608.431 orang"),
        ((10, 19), "people", "10–19 orang"),
        ((10_000_000, 100_000_000), "IDR", "Rp10 juta–Rp100 juta"),
        (48, "times", "48 kali"),
        (3, "rank", "peringkat 3"),
        (0.5, "ratio", "0,5"),
        (1_500_000, "USD", "US$1,5 juta"),
        (7, "unheard_of", "7"),
    ],
)
def test_a_figure_is_printed_with_its_unit(value: float | tuple[float, float], unit: str, expected: str) -> None:
    assert numbers.figure_value(value, unit) == expected


def test_times_are_shown_in_western_indonesian_time() -> None:
    assert times.moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "Sen 23 Nov 2026, 06.30 WIB"
    assert times.day(date(2026, 8, 17)) == "Sen 17 Agu 2026"
    assert times.day(date(2026, 8, 16)) == "Min 16 Agu 2026"
    assert times.long_day(date(2026, 11, 20)) == "Jumat, 20 November 2026"
    assert times.short_day(date(2026, 5, 1)) == "1 Mei"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=20), "baru saja"),
        (timedelta(minutes=12), "12 menit lalu"),
        (timedelta(hours=3, minutes=50), "3 jam lalu"),
        (timedelta(days=2), "Sab 21 Nov 2026, 06.30 WIB"),
        (timedelta(hours=-1), "Sen 23 Nov 2026, 07.30 WIB"),
    ],
)
def test_recent_times_are_told_as_passed(passed: timedelta, expected: str) -> None:
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert times.since(now - passed, now) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024", "2024"),
        ("2024-06", "Juni 2024"),
        ("2024-06-30", "30 Juni 2024"),
        ("2024-01/2024-06", "Januari–Juni 2024"),
        ("2023-12/2024-02", "Desember 2023–Februari 2024"),
        ("2023/2024", "2023–2024"),
        ("2024-13", "2024-13"),
        ("kemarin", "kemarin"),
        ("<b>", "<b>"),
        ("", ""),
    ],
)
def test_periods_are_printed_in_words(iso: str, expected: str) -> None:
    assert times.period(iso) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (datetime(2026, 11, 12, 1, tzinfo=UTC), datetime(2026, 11, 12, 9, tzinfo=UTC), "12 Nov 2026"),
        (datetime(2026, 11, 12, 18, tzinfo=UTC), datetime(2026, 11, 14, 9, tzinfo=UTC), "13–14 Nov 2026"),
        (datetime(2026, 10, 28, 1, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC), "28 Okt – 3 Nov 2026"),
        (datetime(2025, 12, 30, 1, tzinfo=UTC), datetime(2026, 1, 2, 9, tzinfo=UTC), "30 Des 2025 – 2 Jan 2026"),
    ],
)
def test_a_spread_is_told_by_its_days_in_jakarta(first: datetime, last: datetime, expected: str) -> None:
    assert times.days(first, last) == expected


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("Juni 2026", "2026-06"),
        (" agu  2025 ", "2025-08"),
        ("2026-06", "2026-06"),
        ("Junuari 2026", "Junuari 2026"),
        ("", ""),
    ],
)
def test_a_month_may_be_typed_in_words(typed: str, iso: str) -> None:
    assert times.iso_period(typed) == iso


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("value", 1608431.0, "1.608.431"),
        ("value", [30.0, 40.5], "30–40,5"),
        ("metric", "coverage", "Cakupan kepesertaan"),
        ("unit", "people", "orang"),
        ("period", "2026-06", "Juni 2026"),
        ("region_code", "16.71", "Kota 16.71"),
        ("speaker", "Wulan Pratiwi", "Wulan Pratiwi"),
        ("speaker", None, "–"),
        ("metric", "unheard_of", "unheard_of"),
    ],
)
def test_a_corrected_field_is_told_in_words(field: str, value: object, told: str) -> None:
    assert corrections.told(field, value, lambda code: f"Kota {code}") == told


def test_an_average_has_one_decimal_where_it_needs_one() -> None:
    assert [numbers.one_decimal(it) for it in (35.43, 35.0, 1200.06)] == ["35,4", "35", "1.200,1"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("timeout", "situs terlalu lama menjawab"),
        ("http-404", "halaman tidak ditemukan"),
        ("http-503", "situs menjawab galat 503"),
        ("http-x", "http-x"),
        ("unheard-of", "unheard-of"),
    ],
)
def test_reasons_are_told_in_words_and_unknown_ones_as_they_are(code: str, expected: str) -> None:
    assert names.reason(code) == expected


@given(st.floats(), st.sampled_from(["percent", "IDR", "people", "rank", "?"]))
def test_no_value_breaks_the_page(value: float, unit: str) -> None:
    assert numbers.figure_value(value, unit)


@given(st.text(max_size=30))
def test_no_period_breaks_the_page(text: str) -> None:
    assert isinstance(times.period(text), str)


@pytest.mark.parametrize(
    ("alarm", "told"),
    [
        (Alarm("unreachable", NOW, NOW, "dns"), "Tidak satu pun sumbernya dapat dibaca: alamat tidak ditemukan."),
        (
            Alarm("blocked", NOW, NOW, "walls", 9, 12),
            "9 dari 12 halaman terakhir tertutup bagi kita: situs meminta verifikasi, masuk akun, atau langganan.",
        ),
        (Alarm("blocked", NOW, NOW, "robots"), "Situs tidak mau dibaca: dilarang robots.txt."),
        (
            Alarm("redesign", NOW, NOW, "layout", 9, 12, 0.04),
            "9 dari 12 halaman terakhir kosong, sangat pendek, atau terbaca kurang yakin; biasanya 4 persen. "
            "Tata letak situs mungkin berubah.",
        ),
        (
            Alarm("silent", NOW, NOW, "no-pages", 31, usual=14.0),
            "Tidak ada halaman baru selama 31 jam; jeda terlama biasanya 14 jam.",
        ),
        (
            Alarm("silent", NOW, NOW, "no-pages", 72, usual=50.0),
            "Tidak ada halaman baru selama 3 hari; jeda terlama biasanya 2 hari.",
        ),
        (
            Alarm("silent", NOW, NOW, "no-pages"),
            "Belum pernah ada halaman berita yang didapat, meski sumbernya dapat dibaca.",
        ),
        (Alarm("volume", NOW, NOW, "", 3, usual=23.5), "Hanya 3 artikel dalam 24 jam; biasanya sekitar 24."),
        (
            Alarm("network", NOW, NOW, "timeout", 180, 200),
            "180 dari 200 media tidak dapat dihubungi sekaligus (situs terlalu lama menjawab). Kemungkinan besar "
            "sambungan internet kita sendiri yang terganggu.",
        ),
        (
            Alarm("idle", NOW, NOW, "", 9),
            "Sudah 9 jam tidak ada sumber yang diperiksa: pengambilan berita terhenti.",
        ),
        (
            Alarm("quiet", NOW, NOW, "", 120, 200),
            "120 dari 200 media sekaligus jauh lebih sepi daripada biasanya: hari libur, atau gangguan di pihak kita.",
        ),
    ],
)
def test_an_alarm_is_a_sentence_with_its_numbers(alarm: Alarm, told: str) -> None:
    assert sentence(alarm) == told


# --- The audit

ABOUT_AN_ARTICLE = [
    ("sentimen: negative", "Sentimen: Negatif", ""),
    ("relevance: irrelevant", "Relevansi: Tidak relevan", ""),
    ("relevansi: batal", "Relevansi: dibatalkan", ""),
    ("sembunyi: ya", "Tampilan: diabaikan", ""),
    ("catatan-tulis: ya", "Catatan: ditambahkan", ""),
    ("note: batal", "Catatan: dihapus", ""),
    ("label-tambah: a, berita b", "Label: ditambahkan", "a, berita b"),
    ("label: batal rapat", "Label: dihapus", "rapat"),
    ("wilayah-utama: 16.71", "Wilayah: dijadikan utama", "<16.71>"),
    ("regions undo: batal", "Wilayah: dibatalkan", ""),
]


@pytest.mark.parametrize(
    ("kind", "about", "told"),
    [
        *(
            ("article-corrected", f"{about}, berita a1", (words, typed, "article", "a1"))
            for about, words, typed in ABOUT_AN_ARTICLE
        ),
        ("article-corrected", "entah: apa, berita a1", ("", "entah: apa, berita a1")),
        ("story-arranged", "gabung: cerita s1, s2", ("Cerita digabung", "", "story", "s1", "story", "s2")),
        ("story-arranged", "gabung: cerita s1, s1", ("Cerita digabung", "", "story", "s1")),
        ("story-arranged", "undo: cerita s1, s2", ("Keputusan dibatalkan", "", "story", "s1", "story", "s2")),
        ("alert-decided", "batal-sentimen, peringatan p1", ("Koreksi sentimen dibatalkan", "", "alert", "p1")),
        ("alert-decided", "acknowledge, peringatan p1", ("Ditandai ditangani", "", "alert", "p1")),
        ("figure-decided", "bukan: 31,93 persen, angka x", ("Bukan angka", "31,93 persen")),
        ("exported", "pdf: /?", ("Kliping PDF", "", "search", "")),
        ("exported", "/angka/unduh.csv?metrik=coverage", ("CSV", "", "ledger", "metrik=coverage")),
        ("exported", "berkas lain", ("", "berkas lain")),
        ("rule-switched", "nonaktif: Uji (kata) (uji-kata)", ("Dinonaktifkan", "Uji (kata)", "rule", "uji-kata")),
        ("role-changed", "pembaca → analis", ("Pembaca → Analis", "")),
        ("alerts-asked", "telegram: berhenti", ("Berhenti", "telegram")),
        ("person-invited", "rani@agency.example", ("", "rani@agency.example")),
    ],
)
def test_the_details_of_the_audit_are_told_in_words_however_they_were_kept(
    kind: AuditKind, about: str, told: tuple[str, ...]
) -> None:
    found = details(AuditEntry(NOW, kind, Actor(None, "Rani"), about), lambda code: f"<{code}>")
    assert (found.words, found.typed, *(part for thing in found.things for part in thing)) == told
