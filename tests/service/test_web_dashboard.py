"""The start page, the page of a story and the speakers, as a communications officer sees them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.article import WIB, Article
from service.domain.story_figures import differences
from service.ports import FetchEvent
from service.web.alert_view import alerted
from service.web.app import create_app
from service.web.dashboard import DAYS, Measure, dashboard
from service.web.desk import Desk
from service.web.story_page import spread
from service.web.tile_map import PROVINCES, tiles
from service.web.tone_chart import BOTTOM, HEIGHT, TONES, WIDTH, stacked
from tests.service.builders import NOW, a_figure, an_alert, an_article
from tests.service.desk_sample import desk_over, sample_articles, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_web_pages import assert_well_formed, get, words


@pytest.fixture(params=["fakes", "engines"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "fakes":
        yield sample_desk(FakeIndex())
        return
    index, store = TantivyIndex(tmp_path / "index"), SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
    store.migrate()
    yield sample_desk(index, store)
    store.close()
    index.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk, follow_redirects=False)


def hide(desk: Desk, article: Article) -> None:
    desk.correcting.run(article.id, "visibility", "hidden", "Rani")


# --- The start page


def test_articles_that_cannot_be_searched_are_told(client: TestClient, desk: Desk) -> None:
    assert "ditolak mesin pencari" not in words(get(client, "/"))
    two = [article.id for article in sample_articles() if article.relevance == "relevant"][:2]
    desk.store.mark_indexed(two, NOW, refused=two)
    assert "2 berita tidak dapat dicari karena ditolak mesin pencari" in words(get(client, "/"))


def test_today_is_told_beside_the_week_before(client: TestClient, desk: Desk) -> None:
    html = get(client, "/")
    seen = words(html)
    assert "5 berita terbit hari ini" in seen
    assert "5 negatif hari ini" in seen
    assert "2 peristiwa memicu peringatan hari ini" in seen
    assert "rata-rata 7 hari sampai pukul 08.00 WIB" in seen
    assert_well_formed(html)
    assert len(html) < 300_000


def test_a_day_is_compared_with_the_same_hours_of_the_week_before(desk: Desk) -> None:
    assert (month := dashboard(desk).month) is not None
    relevant = [it for it in sample_articles() if it.relevance == "relevant"]
    week = [it for it in relevant if date(2026, 11, 16) <= it.day <= date(2026, 11, 22)]
    early = [it for it in week if it.moment.astimezone(WIB).time() <= NOW.astimezone(WIB).time()]
    negative = [it for it in early if it.sentiment.label == "negative"]
    assert 0 < len(negative) < len(early) < len(week)
    assert (month.articles.usual, month.negative.usual) == (len(early) / 7, len(negative) / 7)


def test_alerts_are_compared_with_the_same_hours_too() -> None:
    store = FakeStore()
    desk = desk_over(FakeIndex(), store, FakeArchive({}))
    with store.transaction() as transaction:
        for slug, days, hours in (("lama", 8, 0), ("pagi", 1, -1), ("malam", 2, 4), ("kini", 0, -1)):
            told = an_article(slug, story_id=f"s-{slug}", published=NOW - timedelta(days=days, hours=-hours))
            transaction.add(told)
            transaction.raise_alert(an_alert(told, raised=told.moment))
    assert dashboard(desk).alerts == Measure(1, 1 / 7)


@pytest.mark.parametrize(("days", "usual"), [(0, None), (1, 1.0), (2, 0.5), (9, 0.0)])
def test_days_before_the_first_article_are_no_part_of_the_average(days: int, usual: float | None) -> None:
    index, store = FakeIndex(), FakeStore()
    first = an_article("pertama", published=NOW - timedelta(days=days, hours=1))
    index.put([first])
    with store.transaction() as transaction:
        transaction.add(first)
    desk = desk_over(index, store, FakeArchive({}))
    assert (month := dashboard(desk).month) is not None
    assert month.articles.usual == usual
    assert ("rata-rata 7 hari" in get(signed_in(desk), "/")) == (usual is not None)


def test_every_day_of_the_month_and_every_province_adds_up_to_what_the_search_finds(desk: Desk) -> None:
    month = dashboard(desk).month
    assert month is not None
    relevant = [it for it in sample_articles() if it.relevance == "relevant"]
    assert month.total == len(relevant)
    assert [len(month.days), month.days[-1]] == [DAYS, date(2026, 11, 23)]
    told = {tile.code: tile.total for tile in month.tiles if tile.total}
    expected = {code: sum(it.regions[0].code[:2] == code for it in relevant) for code in told}
    assert told == expected
    assert sum(told.values()) == len(relevant)


def test_stories_of_several_outlets_lead_to_their_page(client: TestClient, desk: Desk) -> None:
    stories = dashboard(desk).stories
    assert [it.outlets for it in stories] == sorted((it.outlets for it in stories), reverse=True)
    assert (stories[0].story_id, stories[0].outlets) == ("sama-2", 5)
    assert 'href="/cerita/sama-2"' in get(client, "/")


def test_a_province_with_outlets_and_no_news_is_told_as_silent(client: TestClient) -> None:
    assert "Sepi 14 hari: DKI Jakarta (1 media), Kalimantan Selatan (1 media)" in words(get(client, "/"))


@pytest.mark.parametrize(("days", "is_told"), [(13, False), (14, True)])
def test_regions_are_told_as_silent_only_once_outlets_were_asked_for_a_fortnight(days: int, is_told: bool) -> None:
    desk = desk_over(FakeIndex(), FakeStore(), FakeArchive({}))
    for at in (NOW - timedelta(days=days), NOW):
        desk.store.record_events([FetchEvent("balikini", "https://balikini.example/feed", "feed", "ok", at)])
    assert ("Sepi 14 hari: Bali" in words(get(signed_in(desk), "/"))) == is_told


def test_a_desk_that_never_collected_anything_does_not_say_that_all_is_well() -> None:
    desk = desk_over(FakeIndex(), FakeStore(), FakeArchive({}))
    client = signed_in(desk)
    seen = words(get(client, "/"))
    assert "Pekerja latar belum pernah berjalan di basis data ini" in seen
    assert "Belum pernah ada peringatan." in seen
    assert "9 media belum pernah diambil." in seen
    for calm in ("Semua peringatan sudah ditangani", "Semua media yang dipantau terbaca", "Sepi 14 hari", "rata-rata"):
        assert calm not in seen
    seen = words(get(client, "/sumber"))
    assert "9 media dipantau, 0 lancar, 9 belum diambil." in seen
    assert "Belum ada halaman yang diambil." in seen
    for calm in ("Tidak ada yang perlu perhatian", "Semua halaman yang diambil dapat dibaca"):
        assert calm not in seen
    demo = TestClient(create_app(replace(desk, sign_in=False)), base_url="http://127.0.0.1")
    assert "belum pernah berjalan" not in demo.get("/").text


def test_what_is_hidden_is_not_counted(client: TestClient, desk: Desk) -> None:
    before = dashboard(desk)
    today = next(it for it in sample_articles() if it.day == date(2026, 11, 23) and it.relevance == "relevant")
    hide(desk, today)
    after = dashboard(desk)
    assert before.month is not None
    assert after.month is not None
    assert (after.month.articles.today, after.month.total) == (before.month.articles.today - 1, before.month.total - 1)
    assert today.id not in [it.article.id for it in after.open_alerts if it.article is not None]


def test_a_handled_alert_leaves_the_start_page(client: TestClient, desk: Desk) -> None:
    first, *_ = dashboard(desk).open_alerts
    count = dashboard(desk).open_count
    answer = client.post(f"/peringatan/{first.lead.id}", data={"putusan": "tangani", "kembali": "daftar"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/peringatan")
    assert dashboard(desk).open_count == count - 1
    assert first.about not in [it.about for it in dashboard(desk).open_alerts]
    assert "Ditangani oleh Rani Saputri" in words(get(client, "/peringatan?status=acknowledged"))


def test_old_unhandled_alerts_are_counted_behind_any_number_of_handled_ones(desk: Desk) -> None:
    old = an_article("lama", tone="negative", story_id="s-lama")
    with desk.store.transaction() as transaction:
        transaction.add(old)
        transaction.raise_alert(an_alert(old, raised=NOW - timedelta(days=20)))
        for number in range(80):
            article = an_article(f"baru-{number}", tone="negative", story_id=f"s-baru-{number}")
            transaction.add(article)
            handled = an_alert(article, raised=NOW - timedelta(minutes=number), state="acknowledged")
            transaction.raise_alert(handled)
    before = sum(it.about == "s-lama" for it in alerted(desk, desk.alerts.listed("open", NOW, 100)))
    assert before == 1
    assert dashboard(desk).open_count == len(desk.alerts.listed("open", NOW, 100))


def test_without_the_index_the_rest_of_the_start_page_is_told() -> None:
    index = FakeIndex()
    desk = sample_desk(index)
    index.unavailable = True
    html = get(signed_in(desk), "/")
    assert "Pencarian sedang tidak tersedia" in html
    assert "Peringatan belum ditangani" in html
    assert "Cerita terbesar" in html
    assert_well_formed(html)


@pytest.mark.parametrize("query", ["q=klaim&wilayah=16.71", "kursor=zz", "media=a&media=b&dari=2026-11-01"])
def test_addresses_of_the_former_search_lead_to_it(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/cari?{query}")


@pytest.mark.parametrize(
    ("today", "usual", "change"),
    [(5, 5.4, "same"), (0, 0.4, "same"), (9, 5.0, "up"), (2, 6.0, "down"), (1, 0.0, "up"), (3, None, "")],
)
def test_a_day_is_unusual_only_by_more_than_chance(today: int, usual: float | None, change: str) -> None:
    assert Measure(today, usual).change == change


# --- Charts


@given(st.lists(st.dictionaries(st.sampled_from(TONES), st.integers(0, 5_000)), max_size=40))
def test_bars_stay_in_the_drawing_and_keep_their_counts(columns: list[dict[str, int]]) -> None:
    drawn = stacked(columns)
    assert [bar.counts for bar in drawn.bars] == columns
    assert len(drawn.lines) <= 6
    for bar in drawn.bars:
        assert bar.x + bar.width <= WIDTH + 0.1
        assert sum(piece.count for piece in bar.pieces) == bar.total
        grounds = [piece.y + piece.height for piece in bar.pieces]
        assert all(abs(ground - above.y) < 0.05 for ground, above in zip(grounds[1:], bar.pieces, strict=False))
        assert all(piece.y >= -6 and piece.y + piece.height <= HEIGHT - BOTTOM + 0.1 for piece in bar.pieces)


def test_every_province_has_a_tile_of_its_own() -> None:
    drawn = tiles({"32": {"negative": 3, "positive": 1}, "51": {"neutral": 1}, "16": {"positive": 40}})
    assert len({(tile.x, tile.y) for tile in drawn}) == len(set(PROVINCES)) == 38
    by_code = {tile.code: tile for tile in drawn}
    assert [by_code[code].step for code in ("16", "32", "51", "11")] == [4, 2, 1, 0]
    assert [code for code, tile in by_code.items() if tile.is_mostly_negative] == ["32"]


# --- A story


def test_a_story_is_told_in_time_with_its_outlets_and_tones(client: TestClient) -> None:
    html = get(client, "/cerita/sama-0")
    seen = words(html)
    assert "4 berita di 4 media" in seen
    assert "Pertama di" in seen
    assert "4 negatif" in seen
    assert "Linimasa" in seen
    own = sorted((it for it in sample_articles() if it.story_id == "sama-0"), key=lambda it: it.published or it.found)
    line = html[html.index("Linimasa") :]
    places = [line.index(f"/artikel/{it.id}") for it in own]
    assert places == sorted(places)
    assert f"wilayah={own[0].regions[0].code}" in html
    assert_well_formed(html)


def test_a_hidden_article_is_no_part_of_its_story(client: TestClient, desk: Desk) -> None:
    own = [it for it in sample_articles() if it.story_id == "sama-0"]
    hide(desk, own[0])
    html = get(client, "/cerita/sama-0")
    assert "3 berita di 3 media" in words(html)
    assert own[0].id not in html
    for article in own[1:]:
        hide(desk, article)
    get(client, "/cerita/sama-0", status=404)


def test_an_unknown_story_is_not_found(client: TestClient) -> None:
    assert "Tidak ditemukan" in get(client, "/cerita/tiada", status=404)


def test_values_that_differ_between_outlets_are_told_once_with_who_states_them() -> None:
    def copy(outlet: str, value: float, **changes: Any) -> Article:
        return an_article(outlet=outlet, figures=(a_figure(value=value, **changes),))

    same, other, third = copy("satu", 10.97), copy("dua", 10.97), copy("tiga", 19.07)
    (found,) = differences([same, other, third])
    assert (found.metric, found.region) == ("membership", "Sukamaju")
    assert [(it.value, [by.outlet for by in it.articles]) for it in found.values] == [
        (10.97, ["satu", "dua"]),
        (19.07, ["tiga"]),
    ]
    assert differences([same, other]) == []
    assert differences([same, copy("tiga", 19.07, comparator="about")]) == []
    assert differences([same, copy("tiga", 19.07, period="2025-06")]) == []
    two_values = an_article(outlet="tiga", figures=(a_figure(value=19.07), a_figure(value=1.0)))
    assert differences([same, two_values]) == []


@pytest.mark.parametrize("hours", [[0], [0, 0.2, 5], [0, 30], [0, 24 * 9], [0, 24 * 400]])
def test_a_story_is_spread_over_few_equal_steps(hours: list[float]) -> None:
    first = datetime.combine(NOW.date(), NOW.time(), NOW.tzinfo)
    told = [replace(an_article(f"a{at}"), published=first + timedelta(hours=at)) for at in hours]
    drawn = spread(told)
    assert sum(bar.total for bar in drawn.chart.bars) == len(told)
    assert len(drawn.chart.bars) == len(drawn.begins) <= 36
    assert drawn.chart.bars[0].total
    assert drawn.chart.bars[-1].total


# --- Speakers


def test_speakers_are_listed_searched_and_opened(client: TestClient) -> None:
    html = get(client, "/narasumber")
    assert 'href="/narasumber/wulan%20pertiwi"' in html
    assert_well_formed(html)
    found = get(client, "/narasumber?q=rahman")
    assert "Abdul Rahman Saleh" in found
    assert "Wulan" not in found
    one = get(client, "/narasumber/abdul%20rahman%20saleh")
    assert "Banyak proyek konstruksi selesai" in one
    assert "Kepala Cabang" in words(one)
    assert_well_formed(one)
    assert "Tidak ada narasumber dengan nama itu" in get(client, "/narasumber?q=zzzz")
    get(client, "/narasumber/tiada", status=404)


def test_a_page_of_speakers_past_the_last_leads_to_the_last(client: TestClient) -> None:
    html = get(client, "/narasumber?halaman=99")
    assert "Halaman ini tidak ada lagi" in html
    assert 'href="/narasumber"' in html
    assert "halaman 99" not in html
    assert "Tidak ada narasumber" not in html
    assert "Ke halaman terakhir" not in get(client, "/narasumber?q=zzzz&halaman=99")


def test_an_article_leads_to_its_speakers_and_its_story(client: TestClient) -> None:
    article = next(it for it in sample_articles() if it.story_id == "sama-0")
    html = get(client, f"/artikel/{article.id}")
    assert 'href="/narasumber/abdul%20rahman%20saleh"' in html
    assert 'href="/cerita/sama-0"' in html
