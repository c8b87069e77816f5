"""The alert rules are read whole or not at all, and meet what they say."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Figure
from service.domain.alert import alert_for
from service.domain.alert_rule import (
    ALERT_CLASSES,
    AlertRule,
    KnownOutlets,
    Spike,
    mistakes_in,
    read_figure_term,
    read_rules,
    rule_of,
    rules_met,
)
from service.domain.article import Article
from service.domain.ledger.review import Review
from service.errors import ConfigError, QueryError
from tests.service.builders import JEMBER, NOW, PALEMBANG, a_figure, a_rule, an_article

RULES = Path(__file__).resolve().parents[2] / "config" / "rules.toml"
NATIONAL = "kilasnusantara"
OUTLETS = KnownOutlets(
    {NATIONAL: "Kilas Nusantara", "kabarsukamaju": "Kabar Sukamaju"},
    {NATIONAL: "national", "kabarsukamaju": "local"},
)


def default_rules() -> tuple[AlertRule, ...]:
    return read_rules(tomllib.loads(RULES.read_text(encoding="utf-8")), str(RULES), OUTLETS)


def met(article: Article, *, has_conflict: bool = False) -> set[str]:
    return {rule.id for rule in rules_met(article, default_rules(), NOW, has_conflict=has_conflict)}


def test_the_default_rules_are_readable_and_cover_every_alert_class() -> None:
    rules = default_rules()
    assert frozenset().union(*(rule.alert_classes for rule in rules)) == ALERT_CLASSES
    assert any(rule.sentiments == {"negative"} and not rule.alert_classes for rule in rules)
    assert {rule.kind for rule in rules} == {"article", "spike", "silent_outlets", "standstill"}


def test_the_default_rules_leave_an_ordinary_story_alone() -> None:
    assert met(an_article(tone="positive")) == set()
    assert met(an_article(tone="neutral", outlet=NATIONAL, figures=(a_coverage(62),))) == set()


def a_coverage(percent: float, **changes: Any) -> Figure:
    level: dict[str, Any] = {"metric": "coverage", "kind": "level", "direction": None}
    return a_figure(value=percent, **level | changes)


AN_OLD_STORY = NOW - timedelta(days=8)

DEFAULTS: list[tuple[str, Article, Article]] = [
    *(
        (
            "integritas",
            an_article(alert_classes=(code,), published=NOW - timedelta(days=6)),
            an_article(alert_classes=(code,), published=AN_OLD_STORY),
        )
        for code in ("fraud", "leak", "leadership", "legal")
    ),
    ("integritas", an_article(alert_classes=("fraud",)), an_article(alert_classes=("fraud",), relevance="mention")),
    ("unjuk-rasa", an_article(alert_classes=("rally",)), an_article(title="Unjuk rasa di depan balai kota")),
    ("layanan", an_article(alert_classes=("outage",)), an_article(alert_classes=("legal",))),
    ("layanan", an_article(alert_classes=("complaint",)), an_article(tone="negative")),
    ("kepesertaan-turun", an_article(alert_classes=("membership_fall",)), an_article(figures=(a_figure(),))),
    ("peserta-turun", an_article(figures=(a_figure(),)), an_article(figures=(a_figure(direction="up"),))),
    ("peserta-turun", an_article(figures=(a_figure(),)), an_article(figures=(a_figure(metric="claims_count"),))),
    (
        "peserta-turun",
        an_article(figures=(a_coverage(31.93, direction="down"),)),
        an_article(figures=(a_coverage(31.93, direction="down", kind="target"),)),
    ),
    ("peserta-turun", an_article(figures=(a_figure(),)), an_article(figures=(a_figure(tags=("hypothetical",)),))),
    ("cakupan-rendah", an_article(figures=(a_coverage(34.9),)), an_article(figures=(a_coverage(35),))),
    ("cakupan-rendah", an_article(figures=(a_coverage(12),)), an_article(figures=(a_coverage(12, kind="change"),))),
    ("cakupan-rendah", an_article(figures=(a_coverage(30),)), an_article(figures=(a_coverage(30, kind="target"),))),
    (
        "cakupan-rendah",
        an_article(figures=(a_coverage(30),)),
        an_article(figures=(a_coverage(30, metric="compliance"),)),
    ),
    ("cakupan-rendah", an_article(figures=(a_coverage(30),)), an_article(figures=(a_coverage(30, unit="people"),))),
    ("kecelakaan", an_article(tone="positive", alert_classes=("accident",)), an_article(tone="positive")),
    (
        "kecelakaan",
        an_article(alert_classes=("accident",), published=NOW - timedelta(hours=47)),
        an_article(alert_classes=("accident",), published=NOW - timedelta(hours=49)),
    ),
    ("negatif", an_article(tone="negative"), an_article(tone="neutral")),
    ("negatif-nasional", an_article(tone="negative", outlet=NATIONAL), an_article(tone="negative")),
    ("negatif-nasional", an_article(tone="negative", outlet=NATIONAL), an_article(outlet=NATIONAL)),
]


@pytest.mark.parametrize(("rule_id", "meets", "misses"), DEFAULTS)
def test_each_default_rule_meets_what_it_is_for_and_not_what_is_near_it(
    rule_id: str, meets: Article, misses: Article
) -> None:
    assert rule_id in met(meets)
    assert rule_id not in met(misses)


def test_the_default_rule_on_figures_that_do_not_add_up_asks_the_ledger() -> None:
    fresh, old = an_article(), an_article(published=NOW - timedelta(hours=49))
    assert met(fresh, has_conflict=True) == {"beda-angka"}
    assert met(fresh) == met(old, has_conflict=True) == set()


def test_only_what_cannot_wait_overrides_quiet_hours_by_default() -> None:
    assert {rule.id for rule in default_rules() if rule.overrides_quiet} == {"integritas", "pantauan-terhenti"}
    assert {rule.id for rule in default_rules() if rule.escalate_minutes} == {"integritas", "unjuk-rasa"}


def test_fraud_is_told_before_the_negative_tone() -> None:
    fraud = an_article(tone="negative", alert_classes=("fraud",))
    assert [rule.id for rule in rules_met(fraud, default_rules(), NOW)] == ["integritas", "negatif"]


def test_a_rule_is_read_with_all_its_conditions() -> None:
    block = {
        "id": "jatim",
        "name": " Jawa Timur ",
        "sentiments": ["negative", "neutral"],
        "min_score": 0.5,
        "alert_classes": ["fraud"],
        "outlets": ["kabar-sukamaju"],
        "regions": ["35", "16.71"],
        "max_age_hours": 12,
        "severity": "high",
    }
    (rule,) = read_rules({"rule": [block]}, "rules.toml")
    assert (rule.id, rule.name, rule.severity) == ("jatim", "Jawa Timur", "high")
    assert rule.sentiments == {"negative", "neutral"}
    assert rule.regions == {"35", "16.71"}
    assert (rule.min_score, rule.max_age) == (0.5, timedelta(hours=12))


def test_no_rules_means_no_alerts() -> None:
    assert read_rules({}, "rules.toml") == ()


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"id": "Dua Kata"}, "id: must be set"),
        ({"id": 7}, "rule number 1: id: must be set"),
        ({"name": ""}, "name: must be set"),
        ({"sentiments": "negative"}, "sentiments: must be a list"),
        ({"sentiments": ["angry"]}, "sentiments: 'angry' is none of positive, neutral, negative"),
        ({"alert_classes": ["flood"]}, "alert_classes: 'flood' is none of"),
        ({"regions": ["Jawa Timur"]}, "regions: 'Jawa Timur' is no official code"),
        ({"min_score": 2}, "min_score: must be a number from 0 to 1"),
        ({"min_score": True}, "min_score"),
        ({"max_age_hours": 0}, "max_age_hours: must be a number from 1"),
        ({"severity": "panic"}, "severity: 'panic' is none of high, normal, low"),
        ({"sentiment": ["negative"]}, "sentiment: no such key"),
        ({"sentiments": []}, "every relevant article would meet it"),
        ({"name": "x" * 81}, "name: must be set, with 80 letters at most"),
        ({"regions": ["16.99"]}, "regions: '16.99' is no official code"),
        ({"tiers": ["world"]}, "tiers: 'world' is none of national, regional, local"),
        ({"outlets": ["hilang"]}, "outlets: 'hilang' is no outlet of the outlets file"),
        ({"query": 7}, "query: must be a text"),
        ({"query": "sentimnt:negatif"}, "query: Tidak ada saringan bernama sentimnt:"),
        ({"query": "media:hilang"}, "query: Tidak ada media"),
        ({"figures": ["cakupn < 3"]}, "(mungkin maksudnya: cakupan<3)"),
        ({"figures": "cakupan < 3"}, "figures: must be a list"),
        ({"figures": ["cakupan < 3"] * 11}, "figures: has more than 10 entries"),
        ({"conflict": "ya"}, "conflict: must be true or false"),
        ({"escalate_minutes": 1.5}, "escalate_minutes: must be a whole number from 1"),
        ({"spike": 3}, "spike: must be a table such as"),
        ({"spike": {"of": "outlet"}}, "spike: of 'outlet' is none of region, topic"),
        ({"spike": {"of": "topic", "factor": 1}}, "spike: factor: must be a number from 1.5"),
        ({"spike": {"of": "topic"}, "conflict": True}, "conflict: says nothing about spike"),
        ({"spike": {"of": "topic"}, "silent_outlets": True}, "a rule watches one thing"),
        ({"silent_outlets": True}, "sentiments: says nothing about silent_outlets"),
        ({"nothing_for_hours": 6, "outlets": [NATIONAL]}, "outlets: says nothing about nothing_for_hours"),
        ({"nothing_for_hours": 0}, "nothing_for_hours: must be a number from 1"),
    ],
)
def test_a_mistake_is_named_with_file_rule_and_key(change: dict[str, Any], mistake: str) -> None:
    block = {"id": "negatif", "name": "Berita negatif", "sentiments": ["negative"]} | change
    with pytest.raises(ConfigError) as caught:
        read_rules({"rule": [block]}, "config/rules.toml", OUTLETS)
    assert mistake in str(caught.value)
    assert str(caught.value).startswith("config/rules.toml: rule ")


def test_all_mistakes_are_named_at_once() -> None:
    good = {"id": "a", "name": "A", "sentiments": ["negative"]}
    with pytest.raises(ConfigError) as caught:
        read_rules({"rules": [], "rule": [good, good, {"id": "b", "severity": "x"}]}, "rules.toml")
    assert len(str(caught.value).splitlines()) == 5


@pytest.mark.parametrize("table", [{"rule": {"id": "a"}}, {"rule": ["a"]}, {"rule": "a"}])
def test_a_rule_that_is_no_block_is_a_mistake(table: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"\[\[rule\]\]"):
        read_rules(table, "rules.toml")


# --- Conditions


def test_a_query_is_met_by_one_article_as_in_the_search() -> None:
    rule = rule_of({"id": "a", "name": "A", "query": 'judul:klaim "dua pekan" -kesehatan'})
    assert rule.matches(an_article(), NOW)
    assert not rule.matches(an_article(title="Loket tambahan di Sukamaju"), NOW)
    assert not rule.matches(an_article(text="Klaim tertunda dua pekan di BPJS Kesehatan."), NOW)


def test_every_condition_that_is_set_must_hold() -> None:
    rule = rule_of(
        {
            "id": "a",
            "name": "A",
            "query": "klaim",
            "sentiments": ["negative"],
            "min_score": 0.8,
            "alert_classes": ["complaint"],
            "outlets": ["kabarsukamaju.example"],
            "regions": ["16"],
            "figures": ["peserta turun"],
        }
    )
    whole: dict[str, Any] = {
        "tone": "negative",
        "score": 0.8,
        "alert_classes": ("complaint",),
        "regions": (PALEMBANG,),
        "figures": (a_figure(),),
    }
    assert rule.matches(an_article(**whole), NOW)
    lacks: tuple[dict[str, Any], ...] = (
        {"title": "Kapal", "text": "Kapal berangkat."},
        {"tone": "neutral"},
        {"score": 0.79},
        {"alert_classes": ("fraud",)},
        {"outlet": "suarapesisir.example"},
        {"regions": (JEMBER,)},
        {"figures": ()},
    )
    for lacking in lacks:
        assert not rule.matches(an_article(**whole | lacking), NOW), lacking


def test_an_outlet_of_a_tier_is_watched_and_others_are_not() -> None:
    rule = rule_of({"id": "a", "name": "A", "tiers": ["national"]}, OUTLETS)
    assert rule.matches(an_article(outlet=NATIONAL), NOW)
    assert not rule.matches(an_article(outlet="kabarsukamaju"), NOW)
    assert not rule_of({"id": "a", "name": "A", "tiers": ["regional"]}, OUTLETS).matches(an_article(), NOW)


def test_a_figure_said_to_be_of_another_place_meets_no_rule_on_a_region() -> None:
    rule = rule_of({"id": "a", "name": "A", "regions": ["16"], "figures": ["cakupan < 35"]})
    here, elsewhere, unknown = (
        an_article(regions=(PALEMBANG, JEMBER), figures=(a_coverage(30, region_code=code),))
        for code in ("16.71", "35.09", None)
    )
    assert [rule.matches(it, NOW) for it in (here, elsewhere, unknown)] == [True, False, True]


def test_a_rule_that_is_off_or_a_watch_meets_no_article() -> None:
    article = an_article(tone="negative")
    assert not a_rule(enabled=False).matches(article, NOW)
    assert not a_rule(spike=Spike("region")).matches(article, NOW)


def test_a_figure_that_a_person_rejected_or_corrected_counts_as_they_said() -> None:
    rule = rule_of({"id": "a", "name": "A", "figures": ["cakupan < 35%"]})
    article = an_article(figures=(a_coverage(3.5),))
    assert rule.matches(article, NOW)
    (judged,) = article.judged_figures
    said = {"sentence": {"text": ""}}
    rejected = Review(judged.id, article.id, "rejected", "Rani Saputri", NOW, {}, said)
    assert not rule.matches(replace(article, reviews=(rejected,)), NOW)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("cakupan < 35", a_coverage(34)),
        ("cakupan kepesertaan <= 35 persen", a_coverage(35)),
        ("“cakupan” ≤ 35%", a_coverage(35)),
        ("cakupan < 31.93", a_coverage(31.5)),
        ("cakupan > 35.5 persen", a_coverage(36)),
        ("peserta > 1000 orang", a_figure(value=2000.0, unit="people", kind="count")),
        ("tunggakan > 1,2 miliar", a_figure(metric="arrears", kind="amount", value=1.3e9, unit="IDR")),
        ("Peserta  Menurun", a_figure()),
        ("klaim dibayar naik", a_figure(metric="claims_paid", direction="up")),
        ("peserta", a_figure(kind="count")),
    ],
)
def test_a_condition_on_a_figure_is_read_as_it_is_said(text: str, figure: Figure) -> None:
    assert read_figure_term(text).is_met_by(figure)


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("", "Tuliskan nama angkanya", None),
        ("< 35", "Tuliskan nama angkanya", None),
        ("cakupn < 35", "Tidak ada angka bernama “cakupn”", "cakupan<35"),
        ("pesrta turun", "Tidak ada angka bernama “pesrta”", "peserta turun"),
        ("cakupan < banyak", "Tuliskan bilangan", None),
        ("cakupan < 35 OR klaim", "Tuliskan satu syarat", None),
        ("cakupan != 35", "Pembanding", None),
        ("cakupan ≠ 35", "Pembanding", None),
        ("cakupan > 30 < 35", "Pembanding", None),
        ("tunggakan > 1,2 milyar", "miliar", "tunggakan>1,2 miliar"),
        ("tunggakan > 1,608,431", "Bilangan", "tunggakan>1.608.431"),
    ],
)
def test_a_mistake_in_a_condition_on_a_figure_says_what_was_meant(
    text: str, message: str, suggestion: str | None
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        read_figure_term(text)
    assert caught.value.suggestion == suggestion
    assert caught.value.end == len(text)


def test_a_rule_meets_a_province_by_its_kabupaten() -> None:
    article = an_article(tone="negative", regions=(JEMBER,))
    assert a_rule(regions=frozenset({"35"})).matches(article, NOW)
    assert a_rule(regions=frozenset({"35.09"})).matches(article, NOW)
    assert not a_rule(regions=frozenset({"16"})).matches(article, NOW)


def test_a_passing_mention_meets_no_rule() -> None:
    assert not a_rule().matches(an_article(tone="negative", relevance="mention"), NOW)


def test_the_most_urgent_rule_comes_first() -> None:
    rules = [a_rule("biasa"), a_rule("genting", severity="high"), a_rule("ringan", severity="low")]
    assert [rule.id for rule in rules_met(an_article(tone="negative"), rules, NOW)] == ["genting", "biasa", "ringan"]


def test_an_alert_has_one_id_per_rule_and_story_and_tells_why() -> None:
    rule = a_rule(alert_classes=frozenset({"fraud", "leak"}))
    first = an_article(tone="negative", alert_classes=("complaint", "fraud"), story_id="s1")
    copy = an_article("salinan", tone="negative", alert_classes=("fraud",), story_id="s1")
    alert = alert_for(rule, first, NOW)
    assert alert.reasons == ("fraud", "negative")
    assert alert_for(rule, copy, NOW + timedelta(hours=1)).id == alert.id
    assert alert_for(a_rule("lain"), first, NOW).id != alert.id


@pytest.mark.parametrize(
    "block", [{}, {"id": []}, {"query": "(("}, {"figures": [1]}, {"spike": []}, {"outlets": [[]]}, {"regions": {}}]
)
def test_whatever_a_block_holds_is_told_and_raises_nothing(block: dict[str, Any]) -> None:
    assert mistakes_in(block, OUTLETS)
