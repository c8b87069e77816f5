from hypothesis import given
from hypothesis import strategies as st

from service.domain.highlighting import marked, snippet
from service.domain.query import Fragment
from service.domain.query_language.reading import read_query


def shown(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{it.text}]" if it.hit else it.text for it in fragments)


def test_a_snippet_is_the_whole_sentence_that_meets_most() -> None:
    text = "Klaim naik. " + "Cuaca cerah sekali hari ini. " * 12 + "Rp. 5 juta klaim H. Budi ditolak. Selesai sudah."
    assert shown(snippet(text, read_query("klaim ditolak"), 60)) == (
        "… Rp. 5 juta [klaim] H. Budi [ditolak]. Selesai sudah."
    )


def test_a_sentence_that_is_too_long_is_cut_between_words_around_the_hit() -> None:
    text = "kata " * 100 + "klaim " + "lagi " * 100
    seen = shown(snippet(text, read_query("klaim"), 60))
    assert seen.startswith("… kata")
    assert "[klaim]" in seen
    assert len(seen) < 75


def test_what_is_asked_of_the_title_is_not_marked_in_the_text() -> None:
    asked = read_query("judul:klaim cair")
    assert shown(marked("Klaim cair", asked, "title")) == "[Klaim] [cair]"
    assert shown(marked("Klaim cair", asked, "text")) == "Klaim [cair]"


def test_beginnings_phrases_and_near_words_are_marked_and_unwanted_words_are_not() -> None:
    text = "Kepesertaan belum dibayar, klaim lalu ditolak, klaim tunggal jauh dari semua kata lain."
    asked = read_query('kepes* "belum dibayar" "klaim ditolak"~1 -jauh')
    assert shown(marked(text, asked, "text")) == (
        "[Kepesertaan] [belum dibayar], [klaim] lalu [ditolak], [klaim] tunggal jauh dari semua kata lain."
    )


@given(st.text(alphabet='ab. A\n"1', max_size=900), st.integers(20, 200))
def test_a_snippet_is_a_stretch_of_the_text_no_longer_than_asked(text: str, length: int) -> None:
    fragments = snippet(text, read_query("a OR b"), length)
    inner = "".join(it.text for it in fragments if it not in (Fragment("… "), Fragment(" …")))
    assert inner in text
    assert len(inner) <= length


@given(st.text(max_size=300), st.sampled_from(["klaim", '"31,93 persen"', "a OR b", "a b c"]))
def test_marking_changes_no_character(text: str, query: str) -> None:
    assert "".join(fragment.text for fragment in marked(text, read_query(query), "text")) == text


def test_a_snippet_of_a_text_full_of_hits_is_found_quickly_enough_to_finish() -> None:
    fragments = snippet("klaim " * 200_000, read_query("klaim"))
    assert len(fragments) < 120


def test_a_line_ends_a_sentence_also_behind_a_short_form() -> None:
    text = "Kantornya dulu di gedung PT.\nKlaim dibayar di sana."
    assert shown(snippet(text, read_query("klaim"), 30)) == "… [Klaim] dibayar di sana."


@given(st.lists(st.text(alphabet="xyz. \n", max_size=80), max_size=6))
def test_lines_far_from_the_words_leave_the_snippet_as_it_is(far: list[str]) -> None:
    near = "Klaim lama. Budi bayar klaim H. Budi dan Siti. Selesai.\nKlaim lain."
    asked = read_query("klaim bayar")
    alone = "".join(it.text for it in snippet(near, asked, 50))
    within = snippet("\n".join([*far, near, "x" * 60, *far]), asked, 50)
    assert "".join(it.text for it in within).strip("… ") == alone.strip("… ")
