"""What a figure says: kind, direction, comparator, metric, period, place and speaker of invented sentences."""

from datetime import date

import pytest

from nlp.figures import StatedFigure, figures_in

PUBLISHED = date(2025, 10, 15)


def only(sentence: str, published: date | None = None) -> StatedFigure:
    (figure,) = figures_in(sentence, published=published)
    return figure


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Cakupan naik 3 persen.", ["change"]),
        ("Cakupan turun menjadi 31 persen.", ["level"]),
        ("Penurunan tunggakan 15 persen disambut baik.", ["change"]),
        ("Cakupan tidak turun, tetap 44 persen.", ["level"]),
        ("Target UCJ minimal harus 52 persen.", ["target"]),
        ("Prognosa klaim tahun ini Rp60 triliun.", ["target"]),
        ("Setengah juta pekerja ditargetkan masuk tahun ini.", ["target"]),
        ("Cakupan 35 persen dari target 52 persen.", ["level", "target"]),
        ("Peserta 1,4 juta orang, melampaui target 600.000 orang.", ["count", "target"]),
        ("Kabupaten Klaten meraih juara dua.", ["rank"]),
        ("Iuran Rp16.800 per bulan.", ["rule"]),
        ("Ahli waris berhak atas santunan Rp42 juta.", ["rule"]),
        ("Beasiswa diberikan maksimal Rp174 juta.", ["rule"]),
        ("Bupati menyerahkan santunan Rp42 juta kepada keluarga Sutini.", ["amount"]),
        ("JKP memberi 60 persen upah selama enam bulan.", ["rule", "rule"]),
        ("Ahli waris menerima 48 kali upah.", ["rule"]),
        ("Kontribusi BPU hanya 17 persen dari total peserta.", ["share"]),
        ("Klaim Rp9 miliar untuk 700 kasus.", ["amount", "count"]),
    ],
)
def test_the_kind_is_the_first_that_applies(sentence: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in figures_in(sentence)] == kinds


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Peserta bertambah 300 orang.", "up"),
        ("Kepesertaan merosot hingga 3 juta orang.", "down"),
        ("Cakupan melonjak ke 48 persen.", "up"),
        ("Cakupan turun menjadi 31,93 persen.", "down"),
        ("Pertumbuhan peserta minus 4,2 persen.", "down"),
        ("Cakupan tidak turun, tetap 44 persen.", None),
        ("Cakupan baru 44 persen.", None),
    ],
)
def test_the_direction_is_where_the_number_moved(sentence: str, direction: str | None) -> None:
    assert only(sentence).direction == direction


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        ("Cakupan sekitar 40 persen.", "about"),
        ("Cakupan kurang lebih 40 persen.", "about"),
        ("Cakupan hampir 40 persen.", "about"),
        ("Peserta 40 ribuan orang.", "about"),
        ("Cakupan minimal harus 40 persen.", "at_least"),
        ("Tak kurang dari 800 honorer didaftarkan.", "at_least"),
        ("Sekurang-kurangnya 75 SKK diserahkan.", "at_least"),
        ("Cakupan paling tinggi 40 persen.", "at_most"),
        ("Cakupan tidak lebih dari 40 persen.", "at_most"),
        ("Beasiswa hingga Rp174 juta disiapkan.", "at_most"),
        ("Cakupan lebih dari 40 persen.", "more_than"),
        ("Cakupan di atas 40 persen.", "more_than"),
        ("Ada 172 ribu lebih pekerja.", "more_than"),
        ("Kurang dari separuh pekerja terlindungi.", "less_than"),
        ("Cakupan di bawah 40 persen.", "less_than"),
        ("Cakupan baru 40 persen.", "exact"),
        ("Cakupan mencapai 40 persen.", "exact"),
        ("Cakupan tembus 40 persen.", "exact"),
    ],
)
def test_the_comparator_is_read_beside_the_number(sentence: str, comparator: str) -> None:
    assert only(sentence).comparator == comparator


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Cakupan merosot dari 61,2 persen menjadi 48,9 persen.", 61.2, 48.9),
        ("Iuran naik dari Rp10.000 menjadi Rp16.800.", 10000, 16800),
        ("Cakupan semula 40 persen, kini 45 persen.", 40, 45),
        ("Pada 2023 ada 120 kasus, lalu 2024 meningkat menjadi 180 kasus.", 120, 180),
    ],
)
def test_the_later_figure_of_a_pair_knows_both_ends(sentence: str, start: float, end: float) -> None:
    earlier, later = figures_in(sentence)
    assert (later.from_, later.to) == (start, end)
    assert earlier.from_ is None
    assert later.direction == ("up" if end > start else "down")


def test_a_level_before_its_change_knows_where_it_came_from() -> None:
    level, change, origin = figures_in("Peserta 61 juta orang, naik 10 persen dari 55 juta orang.")
    assert (level.direction, level.from_, level.to) == ("up", 55e6, 61e6)
    assert (change.kind, change.direction) == ("change", "up")
    assert (origin.kind, origin.direction) == ("count", None)


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        ("Cakupan kita baru 31,93 persen.", ["coverage"]),
        ("Pekerja yang belum tercover 68 persen.", ["uncovered"]),
        ("Sebanyak 1.250 pekerja rentan dilindungi JKK dan JKM.", ["membership"]),
        ("Ratusan ribu buruh tani belum punya jaminan sosial.", ["uncovered"]),
        ("Potensi tenaga kerja mencapai 95 ribu orang.", ["potential"]),
        ("Ada 4,3 juta angkatan kerja di sana.", ["workforce"]),
        ("Dari 92 juta pekerja hanya 32 juta yang terlindungi.", ["potential", "membership"]),
        ("Akuisisi peserta baru sebanyak 25.000 orang.", ["membership_new"]),
        ("Klaim dibayarkan Rp9,4 miliar untuk 6.543 kasus.", ["claims_paid", "claims_count"]),
        ("Rasio klaim JKP mencapai 25 persen.", ["claims_ratio"]),
        ("Bupati menyerahkan santunan Rp85 juta kepada keluarga Sutini.", ["benefit_amount"]),
        ("JKP diberikan selama enam bulan.", ["benefit_duration"]),
        ("Peserta terdaftar minimal 15 tahun berhak atas manfaat pensiun.", ["eligibility"]),
        ("Tiga ahli waris menerima santunan.", ["beneficiaries"]),
        ("Iuran Rp16.800 per bulan.", ["contribution_rate"]),
        ("Total iuran yang terkumpul Rp488 miliar.", ["contribution_collected"]),
        ("Pemkot menganggarkan Rp1,8 miliar untuk iuran pekerja rentan.", ["contribution_budget"]),
        ("Pekerja mendapat diskon iuran 50 persen.", ["contribution_relief"]),
        ("Piutang iuran tercatat Rp2,3 miliar dari 87 perusahaan.", ["arrears", "non_compliance"]),
        ("Piutang yang berhasil ditagih mencapai Rp900 juta.", ["arrears_recovered"]),
        ("Belasan perusahaan menunggak iuran.", ["non_compliance"]),
        ("Tingkat kepatuhan mencapai 92 persen.", ["compliance"]),
        ("Kejari menerima 25 SKK.", ["enforcement"]),
        ("Tercatat 839.937 perusahaan.", ["employers"]),
        ("Di kota itu terdaftar 40 jasa konstruksi.", ["employers"]),
        ("Rinciannya 12.000 PU, 3.000 BPU dan 1.200 jasa konstruksi.", ["membership"] * 3),
        ("Sebanyak 320 agen Perisai tersebar di 45 desa.", ["agents", "villages"]),
        ("Komisi Perisai sebesar 7,5 persen.", ["agent_fee"]),
        ("Sebanyak 14 provinsi telah memiliki regulasi.", ["regions"]),
        ("Kecelakaan kerja tercatat 155.327 kasus.", ["work_accidents"]),
        ("PHK mencapai 3.456 pekerja.", ["layoffs"]),
        ("Dana kelolaan Rp791 triliun.", ["fund"]),
        ("Imbal hasil 6,8 persen.", ["investment_yield"]),
        ("Gaji mereka Rp3 juta sebulan.", ["wage"]),
        ("Antrean mencapai 150 orang setiap hari.", ["service"]),
        ("Kabupaten Klaten meraih juara II Paritrana Award.", ["award"]),
        ("DBH sawit sebesar Rp46 miliar.", ["budget"]),
    ],
)
def test_the_metric_follows_from_topic_and_unit(sentence: str, metrics: list[str]) -> None:
    assert [figure.metric for figure in figures_in(sentence)] == metrics


def test_a_change_measures_what_the_level_before_it_measures() -> None:
    figures = figures_in("Klaim JHT 854 ribu, naik 26,2% YoY, dengan pembayaran Rp 13,1 triliun (naik 22,5% YoY).")
    assert [figure.metric for figure in figures] == ["claims_count", "claims_count", "claims_paid", "claims_paid"]


def test_a_part_of_a_target_is_an_achievement_and_no_coverage() -> None:
    figure = figures_in("BSU disalurkan kepada 14 juta penerima, 82 persen dari target.")[-1]
    assert (figure.metric, figure.kind, "achievement" in figure.tags) == ("beneficiaries", "level", True)


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("Sepanjang 2024 cakupan naik 3 persen.", "2024"),
        ("Per Maret 2023 cakupan 27 persen.", "2023-03"),
        ("Per 31 Agustus 2024 cakupan 27 persen.", "2024-08-31"),
        ("Pada triwulan II-2025 klaim Rp9 miliar dibayar.", "2025-04/2025-06"),
        ("Klaim Rp9 miliar dibayar pada semester I 2024.", "2024-01/2024-06"),
        ("Sejak Januari hingga Agustus 2025 dibayar klaim Rp9 miliar.", "2025-01/2025-08"),
        ("Tahun lalu cakupan 34 persen.", "2024"),
        ("Hingga Juli cakupan 34 persen.", "2025-07"),
        ("Hingga Desember cakupan 34 persen.", "2024-12"),
        ("Target akhir tahun ini 61 persen.", "2025-12"),
        ("Peserta bertambah dua juta orang dalam empat bulan terakhir.", "2025-06/2025-10"),
        ("Cakupan 34 persen, kata Budi Santoso, Kamis (20/2/2025).", None),
    ],
)
def test_the_period_is_iso(sentence: str, period: str | None) -> None:
    assert only(sentence, PUBLISHED).period == period


def test_a_relative_period_needs_the_day_of_publication() -> None:
    assert only("Tahun lalu cakupan 34 persen.").period is None
    assert "relative_period" in only("Tahun lalu cakupan 34 persen.", PUBLISHED).tags


def test_figures_of_one_list_go_with_the_periods_told_before_it() -> None:
    figures = figures_in("Pada 2022, 2023, dan 2024 tercatat 844, 4.478, dan 4.816 klaim.")
    assert [figure.period for figure in figures] == ["2022", "2023", "2024"]


def test_figures_of_one_list_go_with_the_places_told_before_it() -> None:
    figures = figures_in("Palu, Poso, dan Donggala masing-masing menyumbang 1.200, 800, dan 650 peserta.")
    assert [figure.region for figure in figures] == ["Palu", "Poso", "Donggala"]


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("Cakupan di Kabupaten Banyuwangi baru 27 persen.", "Banyuwangi"),
        ("BPJS Ketenagakerjaan Cabang Ruteng membayar klaim Rp9 miliar.", "Ruteng"),
        ("UCJ nasional baru 35 persen.", "Indonesia"),
        ("Cakupan baru 27 persen, kata Budi Santoso di Kudus.", None),
        ("Pati (ANTARA) - Cakupan pekerja baru 27 persen.", None),
        ("Cakupan pekerja baru 27 persen.", None),
    ],
)
def test_the_region_is_where_the_figure_holds(sentence: str, region: str | None) -> None:
    assert only(sentence).region == region


def test_every_clause_keeps_its_own_region() -> None:
    figures = figures_in("Di Riau 40 perusahaan menunggak dan di Sumatera Barat 22 perusahaan.")
    assert [figure.region for figure in figures] == ["Riau", "Sumatera Barat"]


def test_known_places_are_used_instead_of_the_gazetteer() -> None:
    sentence = "Cakupan di Negeri Antah baru 27 persen."
    (figure,) = figures_in(sentence, places=[(11, 23)])
    assert figure.region == "Negeri Antah"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“Cakupan baru 27 persen,” kata Rina Astuti.", "Rina Astuti"),
        ("Data BPS menunjukkan 4,3 juta angkatan kerja.", "BPS"),
        ("Cakupan baru 27 persen.", None),
    ],
)
def test_the_speaker_is_the_person_or_the_source(sentence: str, speaker: str | None) -> None:
    assert only(sentence).speaker == speaker


def test_segment_programme_and_status_are_those_nearest() -> None:
    figures = figures_in("PU 26 juta, BPU 9 juta, dan 35.000 klaim JKP dari peserta aktif.")
    assert [figure.segment for figure in figures][:2] == ["PU", "BPU"]
    assert figures[2].program == "JKP"
    assert only("Sebanyak 41 juta orang peserta aktif.").status == "active"
    assert only("Sebanyak 19 juta orang peserta non aktif.").status == "inactive"


def test_a_hypothetical_figure_is_marked() -> None:
    assert "hypothetical" in only("Andai cakupan 80 persen, semua tenang.").tags


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Bila peserta meninggal, ahli waris menerima Rp42 juta.", "rule"),
        ("Manfaat JKM Rp42 juta diberikan kepada ahli waris peserta yang meninggal.", "rule"),
        ("Santunan Rp42 juta.", "rule"),
        ("Wabup menyerahkan santunan JKM Rp42 juta kepada Siti.", "amount"),
        ("Rp42 juta untuk ahli waris petugas kebersihan di Tegal", "amount"),
        ("Sutini memperoleh JHT Rp3.403.790.", "amount"),
        ("Keluarga korban mendapat puluhan juta rupiah dari JKM.", "amount"),
    ],
)
def test_what_anybody_gets_is_a_rule_and_what_somebody_got_is_an_amount(sentence: str, kind: str) -> None:
    assert only(sentence).kind == kind


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("“Kami baru mencover 45 ribu pekerja,” jelas Kepala Cabang Palu Lubis Latif.", "Palu"),
        ("BPJAMSOSTEK Cabang Jakarta Cilandak mencatat 45.678 peserta.", "Jakarta Cilandak"),
        ("Realisasi iuran BPJS Ketenagakerjaan Sumbagsel mencapai Rp1,1 triliun.", "Sumbagsel"),
        ("KUPANG, KOMPAS.com – BPJS Ketenagakerjaan NTT membayar klaim Rp98 miliar.", "NTT"),
        ("Liputan9.com, Jakarta - Sebanyak 3 juta pekerja terdaftar.", None),
        ("Padahal kepala cabang Dahlia Sukma menjanjikan 15 loket.", None),
        ("Peserta BPJS Ketenagakerjaan Anjlok 9 Persen", None),
    ],
)
def test_offices_name_regions_while_datelines_and_heads_do_not(sentence: str, region: str | None) -> None:
    assert only(sentence).region == region


def test_a_lost_scale_is_restored_from_the_figures_beside_it() -> None:
    figures = figures_in("Peserta 18,27 juta terdiri dari 17,64 peserta PU dan 0,63 juta peserta BPU.")
    assert [figure.value for figure in figures] == [18_270_000, 17_640_000, 630_000]
    assert "missing_scale" in figures[1].tags


def test_what_lies_ahead_of_the_publication_is_foreseen() -> None:
    assert only("Tahun depan cakupan mencapai 50 persen.", PUBLISHED).kind == "target"
    assert only("Tahun lalu cakupan mencapai 50 persen.", PUBLISHED).kind == "level"


def test_a_whole_that_is_the_sum_of_its_parts_measures_what_they_measure() -> None:
    whole, *parts = figures_in("Dari 20.614 pekerja, 15.000 jiwa ditanggung pemkab dan 5.614 jiwa ditanggung pemprov.")
    assert {whole.metric, *(part.metric for part in parts)} == {"membership"}
