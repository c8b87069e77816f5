"""What every search index must do; adapters and the fake pass the same tests."""

import string
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.analysis import Region, Topic
from service.domain.article import Article
from service.domain.query import Bucket, Fragment, Query
from service.errors import QueryError
from service.ports import SearchIndex
from tests.service.builders import JEMBER, NOW, PALEMBANG, a_figure, an_analysis, an_article
from tests.service.indexes import INDEXES, maker_of

JAWA_TIMUR = Region("Jawa Timur", "35", "province", "Jawa Timur")


@pytest.fixture(params=INDEXES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    made = maker_of(request)(tmp_path, None)
    yield made
    made.close()


def found(index: SearchIndex, text: str = "", **asked: object) -> list[str]:
    page = index.search(Query(text=text, **asked))  # type: ignore[arg-type]
    return [hit.article_id for hit in page.hits]


def shown(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{fragment.text}]" if fragment.hit else fragment.text for fragment in fragments)


def saying(slug: str, text: str, **changes: object) -> Article:
    return an_article(slug, id=slug, title=changes.pop("title", "Kabar daerah"), text=text, evidence=(), **changes)


def test_an_index_that_was_never_written_finds_nothing(index: SearchIndex) -> None:
    page = index.search(Query(text="klaim"))
    assert (page.total, page.hits, page.cursor, index.count()) == (0, (), None, 0)


def test_what_was_put_is_found_at_once(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim tertunda.")])
    assert found(index, "klaim") == ["a"]
    assert index.count() == 1


def test_putting_an_article_again_replaces_it(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim tertunda."), saying("a", "Santunan diserahkan.")])
    index.put([saying("a", "Iuran naik.")])
    assert index.count() == 1
    assert found(index, "iuran") == ["a"]
    assert found(index, "klaim OR santunan") == []


def test_a_deleted_article_is_gone_and_deleting_an_unknown_one_is_no_error(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim."), saying("b", "Klaim.")])
    index.delete(["a", "never"])
    assert found(index, "klaim") == ["b"]


def test_deleting_from_an_index_that_was_never_written_is_no_error(index: SearchIndex) -> None:
    index.delete(["a"])
    assert index.count() == 0


def test_all_words_must_occur_in_title_and_text_together(index: SearchIndex) -> None:
    index.put([saying("a", "Antrean panjang.", title="Klaim tertunda"), saying("b", "Antrean pendek.")])
    assert found(index, "klaim antrean") == ["a"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("menurun", "Terjadi penurunan peserta."),
        ("penurunan", "Peserta turun."),
        ("meningkat", "Ada peningkatan klaim."),
        ("capaian", "Cakupan mencapai target."),
        ("mengeluh", "Banyak keluhan warga."),
        ("kepesertaan", "Jumlah peserta."),
        ("TUNGGAKAN", "Perusahaan menunggak."),
        ("ketenagakerjaan", "BPJS Ketenagarakerjaan"),
        ("jumat", "Jum'at siang"),
    ],
)
def test_a_word_finds_its_other_forms(index: SearchIndex, typed: str, printed: str) -> None:
    index.put([saying("a", printed), saying("b", "Cuaca cerah.")])
    assert found(index, typed) == ["a"]


@pytest.mark.parametrize(
    ("typed", "printed"), [("peserta", "serta warga"), ("perisai", "isi perut"), ("pekerja", "pekerjaan rumah")]
)
def test_words_of_another_meaning_stay_apart(index: SearchIndex, typed: str, printed: str) -> None:
    index.put([saying("a", printed)])
    assert found(index, typed) == []


def test_negations_are_words_like_others(index: SearchIndex) -> None:
    index.put([saying("bpu", "Pekerja Bukan Penerima Upah"), saying("pu", "Pekerja Penerima Upah")])
    assert found(index, "bukan penerima upah") == ["bpu"]
    assert set(found(index, "penerima upah")) == {"bpu", "pu"}


def test_function_words_do_not_narrow_unless_nothing_else_is_asked(index: SearchIndex) -> None:
    index.put([saying("a", "Tunggakan dibayar."), saying("b", "Iuran yang naik.")])
    assert found(index, "tunggakan yang dibayar") == ["a"]
    assert found(index, "yang") == ["b"]


def test_a_quoted_phrase_is_met_word_for_word(index: SearchIndex) -> None:
    index.put(
        [
            saying("a", "Peserta aktif turun."),
            saying("b", "Peserta yang aktif, turun."),
            saying("c", "Peserta aktifkan"),
        ]
    )
    assert found(index, '"peserta aktif"') == ["a"]
    assert found(index, "“Peserta Aktif”") == ["a"]


def test_a_phrase_never_spans_title_and_text(index: SearchIndex) -> None:
    index.put([saying("a", "tertunda lagi", title="Klaim")])
    assert found(index, '"klaim tertunda"') == []


@pytest.mark.parametrize("printed", ["turun menjadi 31,93 persen", "turun menjadi 31,93%", "turun ke 31.93 persen itu"])
@pytest.mark.parametrize("typed", ["31,93", '"31,93 persen"', "31,93%", "31.93 persen"])
def test_a_percentage_is_found_however_it_is_written(index: SearchIndex, printed: str, typed: str) -> None:
    index.put([saying("a", printed), saying("b", "turun 31 persen dan 93 orang")])
    assert found(index, typed) == ["a"]


def test_a_large_number_is_one_word(index: SearchIndex) -> None:
    index.put([saying("a", "Ada 1.608.431 peserta."), saying("b", "Ada 1 dan 608 dan 431 peserta.")])
    assert found(index, "1.608.431") == ["a"]
    assert found(index, "608") == ["b"]


@pytest.mark.parametrize("typed", ["Rp1,2 miliar", "Rp 1,2 miliar", '"Rp1,2 miliar"', "1,2 miliar"])
def test_an_amount_is_found_with_and_without_its_currency(index: SearchIndex, typed: str) -> None:
    index.put([saying("a", "membayar Rp1,2 miliar tunai"), saying("b", "membayar Rp12 miliar")])
    assert found(index, typed) == ["a"]


def test_alternatives_and_exclusions(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim cair."), saying("b", "Santunan cair."), saying("c", "Klaim dan korupsi.")])
    assert set(found(index, "klaim OR santunan -korupsi")) == {"a", "b"}
    assert set(found(index, "-korupsi")) == {"a", "b"}
    assert set(found(index, 'cair -"klaim cair"')) == {"b"}


def test_near_words_may_stand_in_any_order_and_every_two_must_be_near(index: SearchIndex) -> None:
    index.put(
        [
            saying("a", "Klaim yang lama ditolak cabang."),
            saying("b", "Cabang ditolak, lalu klaim."),
            saying("c", "Klaim di tiga kota besar kita ditolak."),
            saying("d", "Ditolak.", title="Klaim"),
        ]
    )
    assert set(found(index, '"klaim ditolak"~2')) == {"a", "b"}
    assert set(found(index, '"ditolak klaim"~2')) == {"a", "b"}
    assert found(index, '"klaim ditolak"~1') == ["b"]
    assert set(found(index, '"klaim ditolak cabang"~3')) == {"a", "b"}
    assert found(index, '"klaim ditolak cabang"~2') == ["b"]
    assert set(found(index, '"klaim ditolak"~5')) == {"a", "b", "c"}


def test_a_beginning_is_met_by_words_as_they_are_printed(index: SearchIndex) -> None:
    index.put([saying("a", "Kepesertaan."), saying("b", "Peserta."), saying("c", "Ketenagakerjaan")])
    assert found(index, "kepes*") == ["a"]
    assert set(found(index, "kepes* OR PESER*")) == {"a", "b"}
    assert found(index, "judul:kepes*") == []


def test_figures_are_compared_one_by_one(index: SearchIndex) -> None:
    low, high = a_figure(metric="coverage", value=20.0), a_figure(metric="coverage", value=90.0)
    other = a_figure(metric="claims_ratio", value=50.0)
    index.put([saying("a", "x", figures=(low, high)), saying("b", "x", figures=(other, low))])
    assert set(found(index, "angka:cakupan<35")) == {"a", "b"}
    assert found(index, "angka:cakupan>35") == ["a"]
    assert set(found(index, "angka:cakupan<=20")) == {"a", "b"}
    assert found(index, "angka:cakupan<20") == []


def test_an_article_without_figures_meets_no_condition_on_them(index: SearchIndex) -> None:
    index.put([saying("a", "Cakupan 20 persen.", figures=())])
    assert found(index, "angka:cakupan") == []
    assert found(index, "-angka:cakupan<35") == ["a"]


def test_articles_that_come_between_two_pages_shift_nothing(index: SearchIndex) -> None:
    index.put([saying(f"a{n}", "Klaim.", published=NOW - timedelta(hours=n)) for n in range(6)])
    first = index.search(Query(text="klaim"), size=3)
    index.put([saying("new", "Klaim.", published=NOW + timedelta(hours=1))])
    index.delete(["a2"])
    second = index.search(Query(text="klaim"), size=3, cursor=first.cursor)
    assert [hit.article_id for hit in (*first.hits, *second.hits)] == ["a0", "a1", "a2", "a3", "a4", "a5"]


def test_a_story_is_told_once_on_all_pages_together(index: SearchIndex) -> None:
    index.put(
        [
            saying(
                f"a{n}", "Klaim.", published=NOW - timedelta(hours=n), story_id=f"s{n % 3}", outlet=f"media{n}.example"
            )
            for n in range(9)
        ]
    )
    first = index.search(Query(text="klaim", collapse=True), size=2)
    second = index.search(Query(text="klaim", collapse=True), size=2, cursor=first.cursor)
    assert [hit.article_id for hit in (*first.hits, *second.hits)] == ["a0", "a1", "a2"]
    assert (first.total, second.cursor) == (9, None)
    assert [copy.article_id for copy in first.hits[0].copies] == ["a3", "a6"]
    assert first.hits[0].other_outlets == 2


def test_outlets_of_a_tier_narrow_and_none_of_them_find_nothing(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim.", outlet="satu.example"), saying("b", "Klaim.", outlet="dua.example")])
    assert found(index, among=frozenset({"satu.example", "lain.example"})) == ["a"]
    assert found(index, among=frozenset()) == []


@pytest.mark.parametrize("typed", ['"klaim', "OR klaim", "klaim OR", "klaim OR OR x", "???", "a" * 501, "kata " * 40])
def test_a_query_that_cannot_be_read_is_told_to_the_person(index: SearchIndex, typed: str) -> None:
    with pytest.raises(QueryError, match=r"\w{4}"):
        index.search(Query(text=typed))


def test_outlets_sentiments_and_relevances_filter(index: SearchIndex) -> None:
    index.put(
        [
            saying("a", "Klaim.", tone="negative"),
            saying("b", "Klaim.", outlet="lain.example"),
            saying("c", "Klaim.", relevance="mention"),
        ]
    )
    assert found(index, outlets=frozenset({"lain.example"})) == ["b"]
    assert found(index, sentiments=frozenset({"negative", "positive"})) == ["a"]
    assert set(found(index)) == {"a", "b"}
    assert set(found(index, relevances=frozenset({"mention"}))) == {"c"}
    assert set(found(index, relevances=frozenset())) == {"a", "b", "c"}


def test_a_province_includes_its_kabupaten_and_kota(index: SearchIndex) -> None:
    index.put(
        [
            saying("a", "x", regions=(JEMBER,)),
            saying("b", "x", regions=(JAWA_TIMUR,)),
            saying("c", "x", regions=(PALEMBANG, JEMBER)),
            saying("d", "x", regions=()),
        ]
    )
    assert set(found(index, regions=frozenset({"35"}))) == {"a", "b", "c"}
    assert set(found(index, regions=frozenset({"35.09"}))) == {"a", "c"}
    counted = {bucket.value: bucket.count for bucket in index.search(Query()).facets["region"]}
    assert counted == {"35": 3, "35.09": 2, "16": 1, "16.71": 1}


def test_days_are_those_of_jakarta_and_inclusive(index: SearchIndex) -> None:
    index.put(
        [
            saying("late", "x", published=datetime(2026, 11, 21, 16, 59, tzinfo=UTC)),  # 23.59 WIB on the 21st
            saying("early", "x", published=datetime(2026, 11, 21, 17, 0, tzinfo=UTC)),  # 00.00 WIB on the 22nd
            saying("undated", "x", published=None, found=datetime(2026, 11, 23, 3, 0, tzinfo=UTC)),
        ]
    )
    page = index.search(Query())
    assert [(day.value, day.count) for day in page.days] == [("2026-11-21", 1), ("2026-11-22", 1), ("2026-11-23", 1)]
    assert found(index, since=date(2026, 11, 22), until=date(2026, 11, 22)) == ["early"]
    assert found(index, until=date(2026, 11, 21)) == ["late"]
    assert found(index, since=date(2026, 11, 23)) == ["undated"]


def test_facets_count_all_hits_and_not_only_the_page(index: SearchIndex) -> None:
    index.put([saying(f"a{n}", "Klaim.", tone="negative" if n % 3 else "positive") for n in range(30)])
    page = index.search(Query(text="klaim"), size=5)
    assert page.total == 30
    assert len(page.hits) == 5
    assert [(bucket.value, bucket.count) for bucket in page.facets["sentiment"]] == [("negative", 20), ("positive", 10)]
    assert [(bucket.value, bucket.count) for bucket in page.facets["outlet"]] == [("kabarsukamaju.example", 30)]


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_pages_follow_each_other_without_gap_or_repetition_even_among_equals(index: SearchIndex, sort: str) -> None:
    index.put([saying(f"a{n:02}", "Klaim.", published=NOW - timedelta(hours=n // 7)) for n in range(25)])
    seen: list[str] = []
    cursor = None
    while True:
        page = index.search(Query(text="klaim", sort=sort), size=4, cursor=cursor)  # type: ignore[arg-type]
        seen += [hit.article_id for hit in page.hits]
        cursor = page.cursor
        if cursor is None:
            break
    assert len(seen) == 25
    assert set(seen) == {f"a{n:02}" for n in range(25)}
    seen_hours = [int(article_id[1:]) // 7 for article_id in seen]
    assert seen_hours == sorted(seen_hours)


@pytest.mark.parametrize("year", [2600, 2999, 9999])
def test_an_article_of_the_far_future_is_indexed_and_the_page_behind_it_is_found(index: SearchIndex, year: int) -> None:
    far = datetime(year, 12, 30, tzinfo=UTC)
    index.put([saying("jauh", "Klaim.", published=far), saying("kini", "Klaim.", published=NOW)])
    first = index.search(Query(text="klaim"), size=1)
    second = index.search(Query(text="klaim"), size=1, cursor=first.cursor)
    assert [hit.article_id for page in (first, second) for hit in page.hits] == ["jauh", "kini"]


def test_the_last_page_has_no_cursor_when_it_is_exactly_full(index: SearchIndex) -> None:
    index.put([saying(f"a{n}", "Klaim.") for n in range(4)])
    first = index.search(Query(), size=2)
    assert first.cursor is not None
    assert index.search(Query(), size=2, cursor=first.cursor).cursor is None


@pytest.mark.parametrize("cursor", ["x", "=", "é", "bmV3ZXN0Og", "cmVsZXZhbmNlOjE", "A" * 500, "bmV3ZXN0OjFlOQ"])
def test_a_forged_cursor_is_refused(index: SearchIndex, cursor: str) -> None:
    with pytest.raises(QueryError, match="halaman"):
        index.search(Query(), cursor=cursor)


def test_newest_comes_first_and_relevance_prefers_the_title(index: SearchIndex) -> None:
    index.put(
        [
            saying("old", "Klaim klaim klaim.", title="Klaim klaim", published=NOW - timedelta(days=9)),
            saying("new", "Hanya sekali klaim disebut di antara kata lain yang banyak."),
        ]
    )
    assert found(index, "klaim") == ["new", "old"]
    assert found(index, "klaim", sort="relevance") == ["old", "new"]


def test_title_and_snippet_mark_the_words_as_they_were_printed(index: SearchIndex) -> None:
    text = "Cuaca cerah. " * 40 + "Jumlah peserta Menurun, menjadi 31,93% pada Juni." + " Tamat." * 80
    index.put([saying("a", text, title="Penurunan di <b>Sukamaju</b>")])
    hit = index.search(Query(text='turun "31,93 persen"')).hits[0]
    assert shown(hit.title) == "[Penurunan] di <b>Sukamaju</b>"
    assert "peserta [Menurun], menjadi [31,93%] pada Juni." in shown(hit.snippet)
    assert len(shown(hit.snippet)) < 320


def test_without_words_the_snippet_is_the_lead(index: SearchIndex) -> None:
    index.put([saying("a", "Kalimat pembuka. " * 30)])
    hit = index.search(Query()).hits[0]
    assert shown(hit.snippet).startswith("Kalimat pembuka.")
    assert shown(hit.snippet).endswith(" …")


def test_a_hit_tells_what_the_article_is(index: SearchIndex) -> None:
    article = saying("a", "Klaim.", tone="negative", regions=(JEMBER,))
    index.put([article])
    hit = index.search(Query()).hits[0]
    assert (hit.url, hit.outlet, hit.published) == (article.url, article.outlet, article.published)
    assert (hit.sentiment, hit.relevance, hit.story_id) == ("negative", "relevant", article.story_id)
    assert set(hit.regions) == {"35", "35.09"}


def test_an_article_of_many_regions_and_topics_counts_under_each(index: SearchIndex) -> None:
    regions = tuple(
        Region(f"Kabupaten {code}", code, "kabupaten", f"Provinsi {code[:2]}") for code in ("11.01", "35.09", "73.71")
    )
    topics: tuple[Topic, ...] = ("claims", "fraud", "award", "policy")
    analysis = replace(an_analysis(evidence=(), regions=regions), topics=topics)
    index.put([saying("a", "Klaim.", analysis=analysis), saying("b", "Klaim.", regions=())])
    page = index.search(Query())
    codes = ("11", "11.01", "35", "35.09", "73", "73.71")
    assert page.facets["region"] == tuple(Bucket(code, 1) for code in codes)
    assert page.facets["topic"] == tuple(Bucket(topic, 1) for topic in sorted(topics))
    assert found(index, "", regions=frozenset({"73.71"})) == found(index, "", topics=frozenset({"policy"})) == ["a"]


def test_half_a_character_does_not_hide_an_article(index: SearchIndex) -> None:
    index.put([saying("a", "Klaim \ud83d tertunda", title="Kabar \ud83d")])
    assert found(index, '"klaim tertunda"') == ["a"]


def test_a_rebuild_replaces_everything(index: SearchIndex) -> None:
    index.put([saying("old", "Klaim.")])
    assert not index.rebuild(iter([saying("a", "Klaim."), saying("b", "Klaim.")]))
    assert set(found(index, "klaim")) == {"a", "b"}
    index.put([saying("c", "Klaim.")])
    assert index.count() == 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text(alphabet=string.punctuation + " aO1R", max_size=40),
        st.lists(
            st.sampled_from(
                ["klaim", "OR", "-", '"', "31,93%", "-korupsi", "\x00", "yang", "(", ")", "*", "judul:", "NOT", "~3"]
            )
        ).map(" ".join),
    )
)
def test_no_text_crashes_a_search(index: SearchIndex, text: str) -> None:
    index.put([saying("a", "Klaim 31,93 persen.")])
    with suppress(QueryError):
        assert index.search(Query(text=text)).total in (0, 1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=80), text=st.text(max_size=300))
def test_any_article_can_be_indexed_and_is_shown_as_it_was(index: SearchIndex, title: str, text: str) -> None:
    index.put([saying("a", text, title=title)])
    hit = index.search(Query()).hits[0]
    assert "".join(fragment.text for fragment in hit.title) == title
