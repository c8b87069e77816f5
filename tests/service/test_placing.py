"""Places are found without reading a whole text; they are those that reading it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.query_language.meeting import found_in
from service.domain.query_language.placing import Stretch, places_of
from service.domain.query_language.tree import Match, Near, Phrase, Prefix, Word
from service.domain.roots import ROOTS
from service.domain.terms import FIXED, cut, fold, letters_of_stem, stem, tokens

PRINTED = """
    klaim Klaim KLAIM klaim, “klaim” klaim/upah kla\u00adim klaim\u200b klaim. -- … 31,93 31.93 Rp Rp. Rp1.608 5
    penurunan menurun turun, Qur'an Qur’an 'klaim' ﬁnal İklaim 1,608,431 % 31,93% yang memproses diproses PHK
    dirumahkan kab. kabupaten klaim_upah x klaimupah Ｋlaim antrian mengantri
""".split()  # noqa: SIM905 (a list of fifty words is harder to read)
BLANKS = [" ", "  ", "\n", "\t", "\u00a0", "\u2003", ".\n"]


BEGINNINGS = ["", "di", "ke", "men", "meng", "meny", "mem", "peng", "pem", "peny", "ber", "per", "ter"]
ROOTS_AND_STEMS = sorted(ROOTS.union(FIXED.values()))


def derived(root: str) -> list[str]:
    """Words that have this stem."""
    bases = (root, root[1:])
    words = [beginning + base + ending for beginning in BEGINNINGS for base in bases for ending in ("", "kan", "an")]
    return [word for word in [*words, *FIXED] if stem(word) == root]


def texts() -> st.SearchStrategy[str]:
    words = st.sampled_from(PRINTED) | st.sampled_from(ROOTS_AND_STEMS).flatmap(lambda it: st.sampled_from(derived(it)))
    pieces = st.tuples(words | st.text(max_size=4), st.sampled_from(BLANKS))
    return st.lists(pieces, max_size=40).map(lambda them: "".join(word + blank for word, blank in them))


def leaves() -> st.SearchStrategy[Match]:
    exact = st.sampled_from(sorted({token.exact for token in tokens(" ".join(PRINTED))}))
    rows = st.lists(exact, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        exact.map(lambda term: Word(stem(term))),
        st.sampled_from(ROOTS_AND_STEMS).map(Word),
        exact.map(lambda term: Prefix(term[:3])),
        rows.map(Phrase),
        st.tuples(st.lists(exact, min_size=2, max_size=3, unique=True), st.integers(0, 3)).map(
            lambda it: Near(tuple(it[0]), it[1])
        ),
    )


def read_whole(asked: list[Match], text: str) -> list[Stretch]:
    """The places as the meaning of the leaves has them."""
    places: list[Stretch] = []
    at = 0
    for run in text.split():
        start = text.index(run, at)
        at = start + len(run)
        places += [(start + first, start + last) for first, last in cut(run).places]
    found = (place for leaf in asked for place in found_in(leaf, tokens(text)))
    return sorted((places[first][0], places[last - 1][1]) for first, last in found)


@given(texts(), st.lists(leaves(), max_size=3))
def test_places_are_those_that_reading_the_whole_text_finds(text: str, asked: list[Match]) -> None:
    assert places_of(asked, text) == read_whole(asked, text)


@given(st.text(max_size=60), st.text(alphabet="aeigkmnprstuy", min_size=1, max_size=12))
def test_any_word_is_found_where_it_stands(around: str, word: str) -> None:
    text = f"{around} {word.upper()} {around}"
    asked: list[Match] = [Word(stem(word)), Prefix(word[:3]), Phrase((word,))]
    assert places_of(asked, text) == read_whole(asked, text)


def test_every_known_form_holds_the_letters_of_its_stem() -> None:
    assert [form for root in ROOTS_AND_STEMS for form in derived(root) if letters_of_stem(root) not in form] == []
    # Else the whole text would be read for words that are asked for every day.
    assert [root for root in ROOTS_AND_STEMS if len(letters_of_stem(root)) < 2] == []


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("ending", ["", "kan", "an", "i", "nya", "lah", "kah", "pun", "ku", "mu", "kannya"])
def test_unknown_words_hold_the_letters_of_their_stem(beginning: str, ending: str) -> None:
    for base in ("abrik", "okrak", "saput", "patok", "ikta", "urbai", "erkala", "eluntur"):
        word = fold(beginning + base + ending)
        assert letters_of_stem(stem(word)) in word
