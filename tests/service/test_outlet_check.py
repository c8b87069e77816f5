"""Verdicts on outlets, the mending of their file, and proposals for new ones."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from crawler.outlets.outlet import Outlet, Source, read_outlets
from crawler.probe import Answer, ArticleEvidence, HomeEvidence, OutletEvidence, RobotsEvidence, SourceEvidence
from service.adapters.outlets_file import OutletsFile
from service.app import App
from service.cli.outlet_reports import check_report, family_advice
from service.domain.outlet_check import Mend, OutletCheck, check_outlet
from service.domain.outlet_proposal import Place, outlet_id, place_in, propose, stub_for
from service.errors import ConfigError
from service.settings import load_settings

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
HOME = "https://kabar.example/"
FEED = Source("feed", "https://kabar.example/feed/")
TAG = Source("listing", "https://kabar.example/tag/bpjs", 2)
OUTLET = Outlet("kabar", "Kabar", HOME, "local", "72", "Asia/Makassar", (FEED, TAG))


def a_source(source: Source, reason: str = "", **more: object) -> SourceEvidence:
    outcome = "hard" if reason else "ok"
    answer = Answer(source.url, outcome, reason)  # type: ignore[arg-type]  # the one of two literals
    known = {"links": 0 if reason else 12, "newest": NOW - timedelta(hours=3), "origin": "configured"}
    return SourceEvidence(source.kind, source.url, answer=answer, **{**known, **more})  # type: ignore[arg-type]


def an_article(number: int = 1, **more: object) -> ArticleEvidence:
    url = f"https://kabar.example/berita/{number}"
    known = {
        "answer": Answer(url),
        "title": "Judul",
        "published": NOW - timedelta(hours=number, minutes=7),
        "words": 300,
        "language": "id",
    }
    return ArticleEvidence(url, **{**known, **more})  # type: ignore[arg-type]


def evidence(*sources: SourceEvidence, articles: int = 3, **more: object) -> OutletEvidence:
    known = {
        "home": HomeEvidence(Answer(HOME), "Kabar"),
        "robots": RobotsEvidence(Answer(HOME + "robots.txt")),
        "articles": tuple(an_article(number) for number in range(1, articles + 1)),
        "sources": sources or (a_source(FEED), a_source(TAG)),
    }
    return OutletEvidence("kabar", NOW, **{**known, **more})  # type: ignore[arg-type]


def told(check: OutletCheck) -> list[tuple[str, str]]:
    return [(finding.weight, finding.what) for finding in check.findings]


def test_an_outlet_whose_every_part_works_is_ok_and_may_be_called_verified() -> None:
    check = check_outlet(OUTLET, evidence())
    assert (check.verdict, check.findings, check.mend) == ("ok", (), Mend("kabar", verified=True))
    assert not check_outlet(replace(OUTLET, verified=True), evidence()).mend.is_needed


def test_a_source_that_is_wrong_for_good_is_dropped_and_one_that_fails_today_is_kept() -> None:
    gone = check_outlet(OUTLET, evidence(a_source(FEED), a_source(TAG, "http-404")))
    assert gone.verdict == "problems"
    assert gone.mend == Mend("kabar", verified=True, sources=(FEED,))
    down = check_outlet(OUTLET, evidence(a_source(FEED), a_source(TAG, "http-503")))
    assert (down.verdict, down.mend) == ("problems", Mend("kabar", verified=False))


def test_nothing_is_mended_into_an_outlet_without_sources_that_work() -> None:
    check = check_outlet(OUTLET, evidence(a_source(FEED, "http-404"), a_source(TAG, "http-404"), articles=0))
    assert (check.verdict, check.mend.is_needed) == ("broken", False)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"home": HomeEvidence(Answer("https://baru.example/"))}, ("problem", "home")),
        ({"home": HomeEvidence(Answer(HOME, "hard", "challenge"))}, ("problem", "home")),
        ({"robots": RobotsEvidence(Answer(HOME), exists=True, forbids_all=True)}, ("broken", "robots.txt")),
        ({"robots": RobotsEvidence(Answer(HOME), exists=True, forbidden=(TAG.url,))}, ("problem", "robots.txt")),
        ({"sources": (a_source(FEED, newest=NOW - timedelta(days=40)),)}, ("problem", "sources")),
        ({"sources": (a_source(FEED, links=0, foreign=20), a_source(TAG))}, ("problem", FEED.url)),
        ({"articles": (an_article(1, published=None),)}, ("problem", an_article(1).url)),
        (
            {"articles": (an_article(1, published=datetime(2026, 11, 21, 16, tzinfo=UTC)),)},
            ("problem", an_article(1).url),
        ),
        ({"articles": (an_article(1, words=12),)}, ("problem", an_article(1).url)),
        ({"articles": (an_article(1, published=NOW + timedelta(hours=1)),)}, ("problem", "timezone")),
        ({"articles": (an_article(1, rule_failed=True),)}, ("problem", "full_article")),
        ({"articles": (an_article(1, answer=Answer("", "hard", "login")),)}, ("broken", an_article(1).url)),
        ({"is_complete": False}, ("problem", "time")),
    ],
)
def test_what_is_wrong_is_found(changed: dict[str, object], finding: tuple[str, str]) -> None:
    check = check_outlet(OUTLET, replace(evidence(), **changed))  # type: ignore[arg-type]  # by name, of any field
    assert finding in told(check)
    assert not check.mend.verified


def test_hours_between_page_and_feed_name_the_zone() -> None:
    articles = tuple(an_article(number, listed=NOW - timedelta(hours=number + 1, minutes=7)) for number in (1, 2))
    check = check_outlet(OUTLET, replace(evidence(), articles=articles))
    (finding,) = check.findings
    assert (finding.told, finding.advice) == ("pages and feed differ by +1 hours", 'try timezone = "Asia/Jayapura"')


TEXT = f"""# Sumber berita
[[outlet]]
id = "kabar"   # never changes
name = "Kabar"
home = "{HOME}"
tier = "local"
province = "72"
verified = false  # nobody looked
discover = [
  # the main feed
  {{ kind = "feed", url = "{{home}}/feed/" }},
]

# Others
[[outlet]]
id = "lain"
name = "Lain"
home = "https://lain.example/"
tier = "local"
province = "72"
discover = [{{ kind = "feed", url = "{{home}}/feed/" }}]
"""


def test_mending_keeps_every_comment_and_every_other_outlet(tmp_path: Path) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o640)
    assert OutletsFile(path).mend([Mend("kabar", verified=True), Mend("lain", verified=False)]) == 1
    assert path.read_text(encoding="utf-8") == TEXT.replace("verified = false", "verified = true")
    assert OutletsFile(path).mend([Mend("lain", verified=True, sources=(TAG, FEED))]) == 1
    kabar, lain = read_outlets(tomllib.loads(path.read_text(encoding="utf-8")), "")
    assert (kabar.sources, lain.sources, lain.verified) == ((FEED,), (TAG, FEED), True)
    assert "# Others" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_would_spoil_the_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(TEXT, encoding="utf-8")
    for block, mistake in [
        ('[[outlet]]\nid = "kabar"', "id is given to two outlets"),
        ('[[outlet]]\nid = "baru"', "name is missing"),
        ("[[outlet]\n", "would not be valid TOML"),
    ]:
        with pytest.raises(ConfigError, match=mistake):
            OutletsFile(path).append(block)
    assert path.read_text(encoding="utf-8") == TEXT
    with pytest.raises(ConfigError, match="cannot be read"):
        OutletsFile(tmp_path / "none.toml").append("")


@pytest.mark.parametrize(
    ("home", "outlet"),
    [
        ("https://www.kabarpalu.com/", "kabarpalu"),
        ("https://sulteng.antaranews.com/", "antaranews-sulteng"),
        ("https://kabar-kota.co.id/", "kabar-kota"),
        ("https://diskominfo.palukota.go.id/", "palukota-diskominfo"),
        ("https://kabar.example/", "kabar-2"),
        ("http://kabar.localhost:8080/", "kabar-2"),
    ],
)
def test_an_id_comes_from_the_host_and_is_not_taken(home: str, outlet: str) -> None:
    assert outlet_id(home, {"kabar"}) == outlet


def test_a_stub_is_made_of_an_address_or_a_bare_host() -> None:
    assert stub_for("kabar.example").home == "https://kabar.example/"
    assert stub_for("http://kabar.example/id/?x=1").home == "http://kabar.example/id/"
    with pytest.raises(ValueError, match="not an http"):
        stub_for("ftp://kabar.example/")


@pytest.mark.parametrize(
    ("host", "name", "code"),
    [
        ("www.halamanpalu.example", "Halaman Palu", "72.71"),
        ("lampungselatankab.go.id", "Pemkab", "18.01"),
        ("sulteng.kabar.example", "Kabar", "72"),
        ("kabar.example", "Kabar Sulawesi Tengah", "72"),
        ("kabar.example", "Suara Rakyat", None),
    ],
)
def test_a_region_is_guessed_from_the_words_of_name_and_host(
    host: str, name: str, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path))
    with App(load_settings()) as app:
        place = app.guess_place(f"https://{host}/", name)
    assert (place.code if place else None) == code


def test_the_longest_name_in_a_host_is_meant() -> None:
    places = [Place("18", "Lampung"), Place("18.01", "Kabupaten Lampung Selatan"), Place("72.71", "Kota Palu")]
    assert place_in("lampungselatankab.go.id", "", [], places) == places[1]


def test_what_a_site_says_of_itself_cannot_break_out_of_the_block() -> None:
    name = 'Kabar"\n[[outlet]]\nid = "sisipan"\x07'
    seen = evidence(a_source(FEED, origin="autodiscovery"), home=HomeEvidence(Answer(HOME), name))
    seen = replace(seen, family="wordpress", family_by='generator "x\n[[outlet]]"')
    (table,) = tomllib.loads(propose(seen, {"wordpress": ["{home}/rss"]}, (), None).toml())["outlet"]
    assert table["name"] == 'Kabar"[[outlet]]id = "sisipan"'
    assert table["family"] == "wordpress"


def test_a_family_that_the_file_does_not_know_is_not_proposed() -> None:
    seen = replace(evidence(a_source(FEED, origin="autodiscovery")), family="blogger", article=r"/20\d\d/")
    (table,) = tomllib.loads(propose(seen, {"wordpress": []}, {"kabar"}, Place("72.71", "Kota Palu")).toml())["outlet"]
    assert "family" not in table
    assert (table["id"], table["article"], table["region"]) == ("kabar-2", r"/20\d\d/", "72.71")


def test_the_sources_of_a_family_that_work_are_left_to_the_family() -> None:
    seen = replace(evidence(a_source(FEED, origin="autodiscovery")), family="wordpress")
    (table,) = tomllib.loads(propose(seen, {"wordpress": ["{home}/feed/"]}, (), None).toml())["outlet"]
    assert (table["family"], "discover" in table) == ("wordpress", False)


def test_a_site_without_text_is_proposed_with_javascript() -> None:
    seen = evidence(a_source(FEED, "javascript"), home=HomeEvidence(Answer(HOME, "hard", "javascript")))
    (table,) = tomllib.loads(propose(seen, {}, (), None).toml())["outlet"]
    assert table["javascript"] is True


def test_a_source_that_fails_in_most_of_a_family_is_the_familys_fault() -> None:
    checks = [
        check_outlet(
            replace(OUTLET, id=f"kabar-{number}", family="nusa"),
            evidence(a_source(FEED, "http-404" if number else ""), a_source(TAG)),
        )
        for number in range(4)
    ]
    assert family_advice(checks) == ["[family.nusa] {home}/feed/ fails at 3 of its 4 outlets: mend the family"]
    assert family_advice(checks[:3]) == []


def test_what_a_site_says_of_itself_does_not_steer_the_terminal() -> None:
    seen = replace(evidence(), home=HomeEvidence(Answer(HOME), title="Kabar\x1b[2J\x07 [bold]Kota[/]"))
    console = Console(file=StringIO(), force_terminal=False, width=120)
    console.print(check_report(check_outlet(OUTLET, seen)))
    printed = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO above
    assert "Kabar[2J [bold]Kota[/]" in printed
    assert "\x1b" not in printed
