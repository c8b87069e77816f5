"""Builders of valid values: a test names only what it is about. News, outlets and people are invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from crawler.page import Page
from crawler.urls import article_id
from nlp.analysis import AlertClass, Analysis, Figure, Region, Relevance, Sentiment, Span, Tone
from service.domain.alert import Alert
from service.domain.alert_rule import AlertRule
from service.domain.article import Article
from service.domain.correction import Correction
from service.domain.ledger.statement import Statement
from service.domain.message import Message

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday morning, 08:00 in Jakarta."""

TITLE = "Klaim jaminan hari tua di Sukamaju tertunda dua pekan"
TEXT = (
    "SUKAMAJU - Puluhan pekerja pabrik rotan mengeluhkan pencairan jaminan hari tua yang tertunda dua pekan.\n"
    "Kepala cabang BPJS Ketenagakerjaan Sukamaju, Wulan Pratiwi, meminta maaf dan menjanjikan loket tambahan.\n"
    "Jumlah peserta aktif di kota itu turun 10,97 persen menjadi 41.200 orang per Juni 2026."
)

PALEMBANG = Region("Kota Palembang", "16.71", "kota", "Sumatera Selatan")
JEMBER = Region("Kabupaten Jember", "35.09", "kabupaten", "Jawa Timur")


class ManualClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


def a_span(sentence: str, text: str = TEXT) -> Span:
    start = text.index(sentence)
    return Span("text", start, start + len(sentence), sentence)


def a_figure(surface: str = "10,97 persen", text: str = TEXT, **changes: Any) -> Figure:
    """The figure that `surface` states in the line of `text` it stands in."""
    start = text.index(surface)
    line = next(line for line in text.split("\n") if surface in line)
    figure = Figure(
        field="text",
        start=start,
        end=start + len(surface),
        surface=surface,
        value=10.97,
        unit="percent",
        kind="change",
        metric="membership",
        sentence=a_span(line, text),
        direction="down",
        period="2026-06",
        region="Sukamaju",
    )
    return replace(figure, **changes)


def an_analysis(tone: Tone = "neutral", relevance: Relevance = "relevant", **changes: Any) -> Analysis:
    evidence = changes.pop("evidence", (a_span(TEXT.split("\n")[0]),))
    analysis = Analysis(
        id="",
        language="id",
        relevance=relevance,
        sentiment=Sentiment(tone, changes.pop("score", 0.9), evidence),
        version="rules-1",
        regions=(PALEMBANG,),
        alerts=tuple(AlertClass(code, 0.9) for code in changes.pop("alert_classes", ())),
    )
    return replace(analysis, **changes)


def an_article(slug: str = "klaim-tertunda", **changes: Any) -> Article:
    """A relevant article. `tone`, `relevance`, `figures`, `regions`, `quotes` and the like go into its analysis.

    `labels` are those under which it is filed.
    """
    outlet = changes.pop("outlet", "kabarsukamaju.example")
    url = changes.pop("url", f"https://{outlet}/{slug}")
    of_analysis = {
        name: changes.pop(name)
        for name in (
            "tone",
            "relevance",
            "figures",
            "regions",
            "alert_classes",
            "score",
            "evidence",
            "version",
            "quotes",
        )
        if name in changes
    }
    analysis = changes.pop("analysis", None) or an_analysis(**of_analysis)
    identity = changes.pop("id", article_id(url))
    labels = tuple(Correction(identity, "label", label, "Rani Saputri", NOW) for label in changes.pop("labels", ()))
    article = Article(
        id=identity,
        url=url,
        outlet=outlet,
        title=TITLE,
        text=TEXT,
        found=NOW - timedelta(hours=2),
        published=NOW - timedelta(hours=3),
        analysis=replace(analysis, id=identity),
        authors=("Rani Saputri",),
        section="Daerah",
        tags=("jht", "sukamaju"),
        archived_in="20261123T000000.warc.gz",
        story_id=f"s{identity}",
        corrections=labels,
    )
    return replace(article, **changes)


def a_page(slug: str = "klaim-tertunda", **changes: Any) -> Page:
    outlet = changes.pop("outlet", "kabarsukamaju.example")
    page = Page(
        url=f"https://{outlet}/{slug}",
        fetched=NOW - timedelta(hours=2),
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=b"<html><h1>" + TITLE.encode() + b"</h1></html>",
        outlet=outlet,
        discovery="feed",
    )
    return replace(page, **changes)


def a_rule(id: str = "negatif", **changes: Any) -> AlertRule:
    return replace(AlertRule(id=id, name="Berita negatif", sentiments=frozenset({"negative"})), **changes)


def an_alert(article: Article, rule_id: str = "negatif", **changes: Any) -> Alert:
    story = article.story_id or f"s{article.id}"
    alert = Alert(
        id=f"{rule_id}-{story}",
        rule_id=rule_id,
        rule_name="Berita negatif",
        about=story,
        article_id=article.id,
        raised=NOW,
        reasons=("negative",),
    )
    return replace(alert, **changes)


def a_message(id: str = "m1", **changes: Any) -> Message:
    message = Message(
        id=id,
        recipient="humas@agency.example",
        subject="Peringatan: klaim tertunda di Sukamaju",
        text="Klaim tertunda dua pekan.\nhttps://kabarsukamaju.example/klaim-tertunda\n",
        html="<p>Klaim tertunda dua pekan.</p>",
        headers={"X-Pantau-Cause": "alert"},
    )
    return replace(message, **changes)


def a_statement(surface: str = "31,93 persen", **changes: Any) -> Statement:
    """A level of coverage in Pangkalpinang in June 2026; its value is `low`, `high` the same unless given."""
    sentence = changes.pop("sentence", f"Cakupan kepesertaan di Pangkalpinang {surface} per Juni 2026.")
    low = Decimal(str(changes.pop("low", "31.93")))
    statement = Statement(
        id="st1",
        article_id="a1",
        url="https://kabarsukamaju.example/cakupan",
        outlet="kabarsukamaju.example",
        title="Cakupan kepesertaan Pangkalpinang",
        story_id="s1",
        day=NOW.date(),
        moment=NOW,
        field="text",
        position=0,
        surface=surface,
        sentence=sentence,
        offset=sentence.index(surface),
        metric="coverage",
        kind="level",
        unit="percent",
        low=low,
        high=Decimal(str(changes.pop("high", low))),
        region="Pangkalpinang",
        region_code="19.71",
        period="2026-06",
        as_of=NOW.date(),
    )
    return replace(statement, **changes)
