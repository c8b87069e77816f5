"""Tags that warn of a figure, and constructions in which the warning would be wrong."""

import pytest

from nlp.figures import figures_in


def tagged(sentence: str, tag: str) -> list[str]:
    return [figure.surface for figure in figures_in(sentence) if tag in figure.tags]


@pytest.mark.parametrize(
    ("sentence", "tag", "surfaces"),
    [
        ("Cakupan turun 9 persen, dari 52 persen ke 43 persen.", "pp_semantics", ["9 persen"]),
        ("Peserta turun 9 persen, dari 52 ribu orang ke 47 ribu orang.", "pp_semantics", []),
        ("Targetnya 41 persen atau 46 persen.", "alternative", ["41 persen", "46 persen"]),
        ("Nilai klaim hampir Rp2 miliar atau tepatnya Rp1.978.450.000.", "restated", ["Rp2 miliar"]),
        ("Tunggakan 28 perusahaan mencapai Rp310.000.", "source_error_suspected", ["Rp310.000"]),
        ("Tunggakan perusahaan itu Rp310.000.", "source_error_suspected", []),
        ("Kepesertaan Jamsostek Anjlok 10,97 Persen", "title", ["10,97 Persen"]),
        ("Kepesertaan Jamsostek anjlok 10,97 persen.", "title", []),
        ("Misalnya upah Rp3 juta, JKP memberi Rp1,8 juta.", "hypothetical", ["Rp3 juta", "Rp1,8 juta"]),
        ("Apabila peserta meninggal, ahli waris menerima Rp42 juta.", "hypothetical", []),
    ],
)
def test_a_tag_is_set_only_where_it_is_due(sentence: str, tag: str, surfaces: list[str]) -> None:
    assert tagged(sentence, tag) == surfaces


@pytest.mark.parametrize("opening", ["Apabila peserta", "Bila peserta", "Jika peserta"])
def test_the_condition_of_a_rule_leaves_the_rule_a_figure(opening: str) -> None:
    (figure,) = figures_in(f"{opening} meninggal, ahli waris menerima Rp42 juta.")
    assert (figure.kind, figure.metric) == ("rule", "benefit_amount")
