"""Alert rules: what the team must be told of at once, as config/rules.toml and the desk say it.

A rule is about single articles, or it is a watch over many: a spike of coverage, an outlet that fell silent, no article
at all. Errors: ConfigError (a rule of the file is wrong), QueryError (what was typed as a figure cannot be read).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal, get_args

from nlp.analysis import Figure, Tone
from nlp.gazetteer import Gazetteer
from nlp.reader.questions import ALERTS
from service.domain.article import Article
from service.domain.query_language.amounts import COMPARING
from service.domain.query_language.meeting import meets, states
from service.domain.query_language.reading import read_query
from service.domain.query_language.searchable import stated_value
from service.domain.query_language.tree import EVERYTHING, FigureCondition, Node
from service.domain.wording.language import say
from service.errors import ConfigError, QueryError

ALERT_CLASSES = frozenset(ALERTS)
SEVERITIES = ("high", "normal", "low")
"""The most urgent first."""

RuleKind = Literal["article", "spike", "silent_outlets", "standstill"]
RULE_KINDS: tuple[RuleKind, ...] = get_args(RuleKind)
SpikeOf = Literal["region", "topic"]

LONGEST_RULE_NAME = 80
LONGEST_AGE_HOURS = 24 * 365
LONGEST_STANDSTILL_HOURS = 24 * 14
LONGEST_ESCALATION_MINUTES = 24 * 60
SPIKE_FACTORS = (1.5, 100.0)
SPIKE_LEAST = (2, 10_000)
MOST_FIGURES = 10
MOST_IN_LIST = 100


@dataclass(frozen=True, slots=True)
class FigureTerm:
    """A condition on one figure, as typed: "cakupan < 35%" asks for a level, "peserta turun" for a movement."""

    text: str
    asked: FigureCondition
    direction: Literal["up", "down"] | None = None

    def is_met_by(self, figure: Figure) -> bool:
        """Whether the figure is what the condition asks for; statutory constants and targets are no news."""
        value = stated_value(figure)
        if value is None or figure.kind in ("rule", "target") or not states(value, self.asked):
            return False
        if self.direction is not None:
            return figure.direction == self.direction
        # "Turun 10,97 persen" is no coverage of 10,97 percent.
        return self.asked.comparator is None or figure.kind not in ("change", "rank")


@dataclass(frozen=True, slots=True)
class Spike:
    """Far more articles of one day than usual: `factor` times the median of the fourteen days before, and `least`."""

    of: SpikeOf
    factor: float = 3.0
    least: int = 5


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When the team must know at once. All conditions that are set must hold; one value of a list is enough.

    `asked` is what `query` reads as, `among` the outlets of `tiers` (None: any). `max_age` is measured from
    publication, so that a backfill raises no stale alert. With `spike` the conditions say which articles are counted;
    with `silent_outlets` or `standstill` there is no article, and of the conditions only the outlets' hold.
    `overrides_quiet` lets it be delivered in quiet hours; `escalate_minutes` is how long nobody may have acknowledged.
    """

    id: str
    name: str
    query: str = ""
    asked: Node = EVERYTHING
    sentiments: frozenset[str] = frozenset()
    min_score: float = 0.0
    alert_classes: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    among: frozenset[str] | None = None
    regions: frozenset[str] = frozenset()
    figures: tuple[FigureTerm, ...] = ()
    conflict: bool = False
    spike: Spike | None = None
    silent_outlets: bool = False
    standstill: timedelta | None = None
    max_age: timedelta = timedelta(days=3)
    severity: str = "normal"
    overrides_quiet: bool = False
    escalate_minutes: int | None = None
    enabled: bool = True

    @property
    def kind(self) -> RuleKind:
        """What it looks at: single articles, or one of the watches."""
        if self.spike is not None:
            return "spike"
        if self.silent_outlets:
            return "silent_outlets"
        return "article" if self.standstill is None else "standstill"

    def matches(self, article: Article, now: datetime, *, has_conflict: bool = False) -> bool:
        """Whether the article deserves an alert under this rule at `now`.

        `has_conflict` tells that the ledger found figures of it that do not add up.
        """
        return (
            self.enabled
            and self.kind == "article"
            and now - (article.published or article.found) <= self.max_age
            and (has_conflict or not self.conflict)
            and self.is_about(article)
        )

    def is_about(self, article: Article) -> bool:
        """Whether the article is one that the rule speaks of, however old it is and whatever the ledger found."""
        return (
            article.counted_as == "relevant"
            and (not self.sentiments or article.sentiment.label in self.sentiments)
            and article.sentiment.score >= self.min_score
            and (not self.alert_classes or not self.alert_classes.isdisjoint(article.analysis.alert_classes))
            and self.watches(article.outlet)
            and (not self.regions or any(is_within(region.code, self.regions) for region in article.regions))
            and (not self.figures or any(map(self._speaks_of, article.figures)))
            and (self.asked == EVERYTHING or meets(article, self.asked))
        )

    def watches(self, outlet: str) -> bool:
        """Whether the rule looks at what this outlet prints."""
        return (not self.outlets or outlet in self.outlets) and (self.among is None or outlet in self.among)

    def _speaks_of(self, figure: Figure) -> bool:
        """Whether the figure meets a condition, and is not said to be of a place that the rule does not watch."""
        is_elsewhere = self.regions and figure.region_code and not is_within(figure.region_code, self.regions)
        return not is_elsewhere and any(term.is_met_by(figure) for term in self.figures)


def is_within(code: str, wanted: Collection[str]) -> bool:
    """Whether a region is one of these, or lies in one of them."""
    return code in wanted or code.split(".")[0] in wanted


def rules_met(
    article: Article, rules: Iterable[AlertRule], now: datetime, *, has_conflict: bool = False
) -> list[AlertRule]:
    """The rules under which the article deserves an alert, the most urgent first, else in the rules' order."""
    met = [rule for rule in rules if rule.matches(article, now, has_conflict=has_conflict)]
    return sorted(met, key=lambda rule: SEVERITIES.index(rule.severity))


# Conditions on figures, as people type them.

Direction = Literal["up", "down"]
_MOVED: Mapping[str, Direction] = {"naik": "up", "meningkat": "up", "turun": "down", "menurun": "down"}
_MOVEMENT = re.compile(rf"(?P<name>.*\S)\s+(?P<moved>{'|'.join(_MOVED)})", re.IGNORECASE | re.DOTALL)
_COMPARISON = re.compile(rf"(?P<name>[^{COMPARING}!]*)(?P<rest>!?[{COMPARING}].*)?", re.DOTALL)


def read_figure_term(text: str) -> FigureTerm:
    """What a condition on a figure asks for; QueryError, about the whole of it, where it cannot be read."""
    typed = " ".join(text.split())
    movement = _MOVEMENT.fullmatch(typed)
    compared = _COMPARISON.fullmatch(movement["name"] if movement else typed)
    name, rest = (compared["name"], compared["rest"] or "") if compared else (typed, "")
    name = name.strip(' "“”')
    if not name:
        raise QueryError(say("Tuliskan nama angkanya, misalnya: cakupan < 35% atau peserta turun."), end=len(text))
    behind = f" {movement['moved']}" if movement else ""
    try:
        asked = read_query(f'angka:"{name}"{rest}')
    except QueryError as error:
        meant = error.suggestion
        is_term = meant is not None and isinstance(read_query(meant), FigureCondition)
        suggestion = meant.removeprefix("angka:").replace('"', "") + behind if meant and is_term else None
        raise QueryError(str(error), end=len(text), suggestion=suggestion) from error
    if not isinstance(asked, FigureCondition):
        raise QueryError(say("Tuliskan satu syarat saja, misalnya: cakupan < 35% atau peserta turun."), end=len(text))
    return FigureTerm(typed, asked, _MOVED[movement["moved"].casefold()] if movement else None)


# The file of rules, and what the desk keeps in the same form.


@dataclass(frozen=True, slots=True)
class KeptRule:
    """What the desk keeps of a rule: whether it is on, and who said so last.

    `block` is what it says, in the form of the file; None where the file has the rule and the desk only its switch.
    """

    id: str
    enabled: bool
    changed: datetime
    by: str
    block: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class KnownOutlets:
    """What rules are held to: the names of the outlets and their tiers, by id."""

    names: Mapping[str, str] = field(default_factory=dict)
    tiers: Mapping[str, str] = field(default_factory=dict)

    def of(self, tiers: Iterable[str]) -> frozenset[str] | None:
        """The outlets of these tiers; None where none is named."""
        wanted = frozenset(tiers)
        return frozenset(outlet for outlet, tier in self.tiers.items() if tier in wanted) if wanted else None


TIER_CODES = ("national", "regional", "local")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"\d\d(?:\.\d\d)?")
_OF_OUTLETS = ("outlets", "tiers")
_OF_ARTICLES = ("query", "sentiments", "min_score", "alert_classes", "regions", "figures")
_CONDITIONS = ("query", "sentiments", "alert_classes", *_OF_OUTLETS, "regions", "figures", "conflict")
_WATCHES = ("spike", "silent_outlets", "nothing_for_hours")
_FLAGS = ("conflict", "silent_outlets", "overrides_quiet", "enabled")
_KEYS = frozenset(
    {
        *("id", "name", "min_score", "max_age_hours", "severity", "overrides_quiet", "escalate_minutes", "enabled"),
        *_CONDITIONS,
        *_WATCHES,
    }
)


def read_rules(table: Mapping[str, Any], origin: str, outlets: KnownOutlets | None = None) -> tuple[AlertRule, ...]:
    """The rules of a parsed rules.toml, in its order; ConfigError names every mistake, with `origin` as the file.

    With `outlets`, rules may name no others.
    """
    mistakes = [f"unknown key {key!r}; a rule begins with [[rule]]" for key in table if key != "rule"]
    rules: list[AlertRule] = []
    blocks = table.get("rule", [])
    if not isinstance(blocks, list) or not all(isinstance(block, Mapping) for block in blocks):
        mistakes.append("rule: each rule begins with [[rule]], in double brackets")
        blocks = []
    for number, block in enumerate(blocks, 1):
        wrong = mistakes_in(block, outlets)
        name = block.get("id") if isinstance(block.get("id"), str) else f"number {number}"
        if not wrong and any(rule.id == name for rule in rules):
            wrong = ["id: is used by an earlier rule"]
        mistakes += [f"rule {name}: {mistake}" for mistake in wrong]
        if not wrong:
            rules.append(rule_of(block, outlets))
    if mistakes:
        raise ConfigError("\n".join(f"{origin}: {mistake}" for mistake in mistakes))
    return tuple(rules)


def rule_of(block: Mapping[str, Any], outlets: KnownOutlets | None = None) -> AlertRule:
    """The rule of a block in which `mistakes_in` finds nothing."""
    known = outlets or KnownOutlets()
    spike, hours = block.get("spike"), block.get("nothing_for_hours")
    query = str(block.get("query", "")).strip()
    return AlertRule(
        id=block["id"],
        name=block["name"].strip(),
        query=query,
        asked=read_query(query, known.names),
        sentiments=frozenset(block.get("sentiments", ())),
        min_score=float(block.get("min_score", 0)),
        alert_classes=frozenset(block.get("alert_classes", ())),
        outlets=frozenset(block.get("outlets", ())),
        tiers=frozenset(block.get("tiers", ())),
        among=known.of(block.get("tiers", ())),
        regions=frozenset(block.get("regions", ())),
        figures=tuple(map(read_figure_term, block.get("figures", ()))),
        conflict=bool(block.get("conflict")),
        spike=None if spike is None else Spike(spike["of"], float(spike.get("factor", 3)), spike.get("least", 5)),
        silent_outlets=bool(block.get("silent_outlets")),
        standstill=None if hours is None else timedelta(hours=hours),
        max_age=timedelta(hours=block.get("max_age_hours", 72)),
        severity=block.get("severity", "normal"),
        overrides_quiet=bool(block.get("overrides_quiet")),
        escalate_minutes=block.get("escalate_minutes"),
        enabled=block.get("enabled", True),
    )


def mistakes_in(block: Mapping[str, Any], outlets: KnownOutlets | None = None) -> list[str]:
    """Everything that is wrong with a rule's block, each with its key; nothing is raised."""
    mistakes = [f"{key}: no such key; there are {', '.join(sorted(_KEYS))}" for key in block if key not in _KEYS]
    if not (isinstance(it := block.get("id"), str) and len(it) <= 40 and _ID.fullmatch(it)):
        mistakes.append("id: must be set, in lower-case letters, digits and hyphens, 40 at most")
    if not (isinstance(name := block.get("name"), str) and name.strip() and len(name) <= LONGEST_RULE_NAME):
        mistakes.append(f"name: must be set, with {LONGEST_RULE_NAME} letters at most; it is what the team reads")
    mistakes += [*_wrong_words(block, outlets), *_wrong_texts(block, outlets), *_wrong_numbers(block)]
    mistakes += [f"{key}: must be true or false" for key in _FLAGS if not isinstance(block.get(key, False), bool)]
    if (severity := block.get("severity", "normal")) not in SEVERITIES:
        mistakes.append(f"severity: {severity!r} is none of {', '.join(SEVERITIES)}")
    return mistakes + _misplaced(block)


def _wrong_words(block: Mapping[str, Any], outlets: KnownOutlets | None) -> list[str]:
    mistakes = _words(block, "sentiments", get_args(Tone))
    mistakes += _words(block, "alert_classes", sorted(ALERT_CLASSES))
    mistakes += _words(block, "tiers", TIER_CODES)
    mistakes += _words(block, "figures")
    mistakes += _words(block, "outlets", None if outlets is None else outlets.names, "no outlet of the outlets file")
    wrong = _words(block, "regions")
    if not wrong:
        wrong = [
            f"regions: {code!r} is no official code, such as 16 or 16.71"
            for code in block.get("regions", ())
            if not _REGION.fullmatch(code) or code not in _region_codes()
        ]
    return mistakes + wrong


@cache
def _region_codes() -> frozenset[str]:
    return frozenset(region.code for region in Gazetteer.load().regions())


def _words(block: Mapping[str, Any], key: str, known: Iterable[str] | None = None, else_is: str = "") -> list[str]:
    words = block.get(key, [])
    choice = list(known) if known is not None else []
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        return [f'{key}: must be a list of words, such as ["{choice[0] if choice else "…"}"]']
    if len(words) > MOST_IN_LIST:
        return [f"{key}: has more than {MOST_IN_LIST} entries"]
    if known is None:
        return []
    otherwise = else_is or f"none of {', '.join(choice)}"
    return [f"{key}: {word!r} is {otherwise}" for word in words if word not in choice]


def _wrong_texts(block: Mapping[str, Any], outlets: KnownOutlets | None) -> list[str]:
    """What cannot be read of the query and the conditions on figures."""
    query, figures = block.get("query", ""), block.get("figures", ())
    if not isinstance(query, str):
        return ["query: must be a text, as one types it into the search"]
    mistakes = []
    try:
        read_query(query.strip(), outlets.names if outlets else None)
    except QueryError as error:
        mistakes.append(f"query: {told(error)}")
    if not isinstance(figures, list | tuple) or not all(isinstance(text, str) for text in figures):
        return mistakes
    if len(figures) > MOST_FIGURES:
        return [*mistakes, f"figures: has more than {MOST_FIGURES} entries"]
    for text in figures:
        try:
            read_figure_term(text)
        except QueryError as error:
            mistakes.append(f"figures: {text!r}: {told(error)}")
    return mistakes


def told(error: QueryError) -> str:
    """The mistake with what was probably meant behind it."""
    return f"{error} (mungkin maksudnya: {error.suggestion})" if error.suggestion else str(error)


def _wrong_numbers(block: Mapping[str, Any]) -> list[str]:
    mistakes = _number(block, "min_score", 0, 1)
    mistakes += _number(block, "max_age_hours", 1, LONGEST_AGE_HOURS)
    mistakes += _number(block, "escalate_minutes", 1, LONGEST_ESCALATION_MINUTES, whole=True)
    mistakes += _number(block, "nothing_for_hours", 1, LONGEST_STANDSTILL_HOURS)
    spike = block.get("spike")
    if spike is None:
        return mistakes
    if not isinstance(spike, Mapping) or not {"of"} <= spike.keys() <= {"of", "factor", "least"}:
        return [*mistakes, 'spike: must be a table such as { of = "region", factor = 3, least = 5 }']
    if spike["of"] not in get_args(SpikeOf):
        mistakes.append(f"spike: of {spike['of']!r} is none of {', '.join(get_args(SpikeOf))}")
    mistakes += [f"spike: {it}" for it in _number(spike, "factor", *SPIKE_FACTORS)]
    return mistakes + [f"spike: {it}" for it in _number(spike, "least", *SPIKE_LEAST, whole=True)]


def _number(block: Mapping[str, Any], key: str, least: float, most: float, *, whole: bool = False) -> list[str]:
    number = block.get(key, least)
    kinds = int if whole else int | float
    if isinstance(number, bool) or not isinstance(number, kinds) or not least <= number <= most:
        return [f"{key}: must be a {'whole ' if whole else ''}number from {least:g} to {most:g}"]
    return []


def _misplaced(block: Mapping[str, Any]) -> list[str]:
    """Conditions that say nothing about what the rule looks at, or none at all where each article would meet it."""
    watches = [key for key in _WATCHES if block.get(key)]
    if len(watches) > 1:
        return [f"{', '.join(watches)}: a rule watches one thing; make a rule of each"]
    if not watches and not any(block.get(condition) for condition in _CONDITIONS):
        return [f"every relevant article would meet it; set one of {', '.join((*_CONDITIONS, *_WATCHES))}"]
    none_of: Sequence[str] = ()
    if watches == ["spike"]:
        none_of = ("conflict",)
    elif watches == ["silent_outlets"]:
        none_of = ("conflict", *_OF_ARTICLES)
    elif watches == ["nothing_for_hours"]:
        none_of = ("conflict", *_OF_ARTICLES, *_OF_OUTLETS)
    return [f"{key}: says nothing about {watches[0]}; leave it out" for key in none_of if block.get(key)]
