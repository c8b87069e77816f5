"""What a search's address asks the index, and what it is in words."""

from collections.abc import Iterable
from dataclasses import replace

from service.domain.query import Query
from service.domain.query_language.reading import read_query
from service.domain.wording.language import say
from service.domain.wording.names import TIERS, TONES, TOPICS
from service.domain.wording.times import day
from service.errors import IndexUnavailable
from service.web.address import SearchAddress
from service.web.desk import Desk

MOST_LABELS = 200
"""Labels of the team that are known, the most used ones."""


def question(desk: Desk, asked: SearchAddress) -> Query:
    """The query, held to the outlets of the tiers that are chosen."""
    return replace(asked.query, among=_of_tiers(desk, asked.tiers))


def check_labels(desk: Desk, text: str) -> None:
    """QueryError where the query has a label of several words without quotes, or cannot be read at all."""
    if "label:" in text.casefold():
        read_query(text, {outlet.id: outlet.name for outlet in desk.outlets}, used_labels(desk))


def used_labels(desk: Desk) -> list[str]:
    """The team's labels, the most used first; none while the index does not answer."""
    try:
        page = desk.index.search(Query(relevances=frozenset({"relevant", "mention"})), size=1)
    except IndexUnavailable:
        return []
    return [bucket.value for bucket in page.facets["label"][:MOST_LABELS]]


def period(asked: SearchAddress) -> str:
    """From when to when, "" where neither is chosen."""
    since, until = asked.query.since, asked.query.until
    if since and until:
        return day(since) if since == until else f"{day(since)} – {day(until)}"
    if since:
        return say("sejak {day}", day=day(since))
    return say("sampai {day}", day=day(until)) if until else ""


def in_words(desk: Desk, asked: SearchAddress) -> tuple[tuple[str, str], ...]:
    """The parts of the search that narrow it, each with its name."""
    query = asked.query
    parts = (
        (say("Kata"), query.text),
        (say("Periode"), period(asked)),
        (say("Sentimen"), _listed(say(TONES.get(tone, tone)) for tone in sorted(query.sentiments))),
        (say("Wilayah"), _listed(desk.region_name(code) for code in sorted(query.regions))),
        (say("Topik"), _listed(say(TOPICS.get(topic, topic)) for topic in sorted(query.topics))),
        (say("Narasumber"), _listed(sorted(query.speakers))),
        (say("Tingkat media"), _listed(say(TIERS.get(tier, tier)) for tier in sorted(asked.tiers))),
        (say("Media"), _listed(desk.outlet_name(outlet) for outlet in sorted(query.outlets))),
        (say("Label"), _listed(sorted(query.labels))),
        (say("Cakupan"), _scope(asked)),
    )
    return tuple((name, value) for name, value in parts if value)


def summary(desk: Desk, asked: SearchAddress) -> str:
    """The search in a line, by which its person recognises it."""
    return "; ".join(value for _, value in in_words(desk, asked)) or say("semua berita")


def _scope(asked: SearchAddress) -> str:
    if asked.is_hidden:
        return say("hanya yang diabaikan")
    return say("termasuk yang hanya menyebut") if "mention" in asked.query.relevances else ""


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)


def _of_tiers(desk: Desk, tiers: frozenset[str]) -> frozenset[str] | None:
    """The outlets of these tiers, None for all where none is chosen."""
    return frozenset(outlet.id for outlet in desk.outlets if outlet.tier in tiers) if tiers else None
