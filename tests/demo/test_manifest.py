import json
from datetime import UTC

import pytest

from demo.__main__ import main
from demo.manifest import manifest
from demo.newsroom import Newsroom
from tests.demo.conftest import ANCHOR


def test_totals_count_what_is_listed(newsroom: Newsroom) -> None:
    expected = manifest(newsroom)
    totals = expected.totals
    assert totals.articles == len(expected.articles) == totals.relevant + totals.mention + totals.irrelevant
    assert totals.relevant >= 58
    assert totals.figures == sum(len(article.figures) for article in expected.articles)
    assert 0 < totals.rule_figures < totals.figures
    assert totals.negative >= 10
    assert totals.relevant - totals.copies < totals.stories < totals.relevant


def test_at_least_a_third_of_the_news_is_on_the_agency(newsroom: Newsroom) -> None:
    totals = manifest(newsroom).totals
    assert totals.articles >= 170
    assert 1 / 3 <= totals.relevant / totals.articles <= 0.45


def test_only_relevant_articles_are_alerted_or_carry_figures(newsroom: Newsroom) -> None:
    for article in manifest(newsroom).articles:
        if article.relevance != "relevant":
            assert not article.alert
            assert article.figures == ()


def test_times_are_aware_utc(newsroom: Newsroom) -> None:
    assert {article.published.tzinfo for article in manifest(newsroom).articles} == {UTC}


def test_every_special_page_has_an_outcome(newsroom: Newsroom) -> None:
    assert {page.outcome for page in manifest(newsroom).outcomes} == {
        "quarantined",
        "failed: http-500",
        "failed: redirect-loop",
        "failed: too-large",
        "never-fetched",
        "not-an-article",
    }


def test_the_manifest_is_told_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--manifest", "--date", ANCHOR.isoformat(), "--port", "8555"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["anchor"] == "2026-11-22"
    assert all(":8555/" in article["url"] for article in told["articles"])
    figure = next(article for article in told["articles"] if article["figures"])["figures"][0]
    assert figure.keys() >= {"surface", "value", "unit", "sentence"}


def test_the_outlet_blocks_are_told_for_a_port(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--outlets", "--port", "8555"]) == 0
    assert "http://sagara.localhost:8555/atom.xml" in capsys.readouterr().out
