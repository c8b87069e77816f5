"""The form of an alert rule: what was typed, read into the block that the desk keeps, each mistake in its place.

Mistakes are told in the language of the block that reads the form; what is kept has no words but those typed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, get_args

from nlp.analysis import Tone
from nlp.gazetteer import Gazetteer
from nlp.reader.questions import ALERTS
from service.domain.alert_rule import (
    LONGEST_AGE_HOURS,
    LONGEST_ESCALATION_MINUTES,
    LONGEST_RULE_NAME,
    LONGEST_STANDSTILL_HOURS,
    MOST_FIGURES,
    MOST_IN_LIST,
    RULE_KINDS,
    SEVERITIES,
    SPIKE_FACTORS,
    SPIKE_LEAST,
    TIER_CODES,
    AlertRule,
    RuleKind,
    read_figure_term,
)
from service.domain.ledger.correction import typed
from service.domain.query_language.reading import read_query
from service.domain.wording.language import say
from service.domain.wording.numbers import number
from service.errors import QueryError
from service.web.desk import Desk
from service.web.language import say_told

LONGEST_LIST = 2_000
_TAKE = "pakai-"
"""How the button is called that takes what was probably meant in the place of what was typed."""


@dataclass(frozen=True, slots=True)
class FieldMistake:
    """Why a field cannot be read: what was typed, cut around the wrong place, and the whole as probably meant."""

    message: str
    before: str = ""
    wrong: str = ""
    after: str = ""
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class ReadRule:
    """What a form says: the block, without an id, and the mistakes by field; "" is the form as a whole."""

    kind: RuleKind
    block: dict[str, Any]
    mistakes: Mapping[str, FieldMistake]

    @property
    def seen(self) -> str:
        """By what the block is recognised that was tried before it is saved."""
        return hashlib.sha256(json.dumps(self.block, sort_keys=True).encode()).hexdigest()[:16]


def kind_of(code: str) -> RuleKind:
    """The kind of that code, a rule on articles for any other."""
    return next((kind for kind in RULE_KINDS if kind == code), "article")


def with_suggestion(form: Mapping[str, str]) -> dict[str, str]:
    """The form, with the suggestion whose button was pressed in its field."""
    field = form.get("aksi", "").removeprefix(_TAKE)
    if f"{_TAKE}{field}" == form.get("aksi") and f"saran-{field}" in form:
        return {**form, field: form[f"saran-{field}"], "aksi": "lihat"}
    return dict(form)


def read_rule_form(desk: Desk, form: Mapping[str, str]) -> ReadRule:
    """What the form says, and every mistake in it."""
    return _Reader(desk, form).read()


@cache
def _region_names() -> dict[str, str]:
    """What regions are officially called, by the lower case of the name and of the name without its kind."""
    regions = Gazetteer.load().regions()
    names = {region.name.removeprefix("Kabupaten ").removeprefix("Kota ").casefold(): region.name for region in regions}
    return names | {region.name.casefold(): region.name for region in regions}


class _Reader:
    """Reads the fields that the kind of rule has, and collects mistakes."""

    def __init__(self, desk: Desk, form: Mapping[str, str]) -> None:
        self._desk = desk
        self._form = form
        self._kind = kind_of(form.get("jenis", ""))
        self._block: dict[str, Any] = {}
        self._mistakes: dict[str, FieldMistake] = {}

    def read(self) -> ReadRule:
        self._name()
        if self._kind in ("article", "spike"):
            self._of_articles()
        if self._kind != "standstill":
            self._listed("media", "outlets", self._outlet, self._outlets_near)
            self._checked("tingkat", "tiers", TIER_CODES)
        self._watch()
        self._urgency()
        asked = ("query", "sentiments", "alert_classes", "regions", "outlets", "tiers", "figures", "conflict")
        if self._kind == "article" and not self._mistakes and not any(self._block.get(key) for key in asked):
            self._mistakes[""] = FieldMistake(
                say("Isi sedikitnya satu syarat: tanpa syarat, setiap berita relevan memberi peringatan.")
            )
        return ReadRule(self._kind, {key: it for key, it in self._block.items() if it}, self._mistakes)

    def _of_articles(self) -> None:
        self._query()
        self._checked("sentimen", "sentiments", get_args(Tone))
        if percent := self._number("keyakinan", 0, 100):
            self._block["min_score"] = percent / 100
        self._checked("isi", "alert_classes", ALERTS)
        self._listed("wilayah", "regions", self._region, self._regions_near)
        self._figures()
        if self._kind == "article":
            self._block["conflict"] = self._form.get("konflik") == "1"

    def _name(self) -> None:
        name = " ".join(typed(self._form.get("nama", "")).split())
        self._block["name"] = name
        if not name or len(name) > LONGEST_RULE_NAME:
            self._mistakes["nama"] = FieldMistake(
                say("Isi nama aturannya, paling banyak {most} huruf.", most=LONGEST_RULE_NAME)
            )

    def _query(self) -> None:
        text = self._form.get("kata", "").strip()
        self._block["query"] = text
        try:
            read_query(text, {outlet.id: outlet.name for outlet in self._desk.outlets})
        except QueryError as error:
            before, wrong, after = text[: error.start], text[error.start : error.end], text[error.end :]
            self._mistakes["kata"] = FieldMistake(say_told(error), before, wrong, after, error.suggestion)

    def _figures(self) -> None:
        lines = [line.strip() for line in self._form.get("angka", "").splitlines() if line.strip()]
        self._block["figures"] = lines
        if len(lines) > MOST_FIGURES:
            self._mistakes["angka"] = FieldMistake(say("Paling banyak {most} syarat angka.", most=MOST_FIGURES))
            return
        for at, line in enumerate(lines):
            try:
                read_figure_term(line)
            except QueryError as error:
                before, after = "\n".join([*lines[:at], ""]), "\n".join(["", *lines[at + 1 :]])
                meant = None if error.suggestion is None else f"{before}{error.suggestion}{after}"
                self._mistakes["angka"] = FieldMistake(say_told(error), wrong=line, suggestion=meant)
                return

    def _checked(self, field: str, key: str, codes: Sequence[str]) -> None:
        self._block[key] = [code for code in codes if self._form.get(f"{field}-{code}") == "1"]

    def _listed(
        self, field: str, key: str, read: Callable[[str], str | None], near: Callable[[str], Sequence[str]]
    ) -> None:
        """Names divided by commas or lines; `read` gives the code of one, `near` what may have been meant."""
        text = self._form.get(field, "")[:LONGEST_LIST]
        names = [name.strip() for name in text.replace("\n", ",").split(",") if name.strip()]
        codes: dict[str, None] = {}
        for at, name in enumerate(names):
            code = read(name)
            if code is not None:
                codes[code] = None
            elif field not in self._mistakes:  # only the first is told, and looking for near names takes long
                meant = near(name)
                suggestion = ", ".join([*names[:at], meant[0], *names[at + 1 :]]) if meant else None
                message = _unknown(field, name[:60], meant)
                self._mistakes[field] = FieldMistake(message, wrong=name[:200], suggestion=suggestion)
        if len(codes) > MOST_IN_LIST:
            self._mistakes[field] = FieldMistake(say("Paling banyak {most} nama.", most=MOST_IN_LIST))
        self._block[key] = list(codes)

    @cached_property
    def _outlets(self) -> dict[str, str]:
        """The ids of the outlets, by their names and by themselves."""
        by_name = {outlet.name.casefold(): outlet.id for outlet in self._desk.outlets}
        return by_name | {outlet.id: outlet.id for outlet in self._desk.outlets}

    def _outlet(self, name: str) -> str | None:
        return self._outlets.get(name.casefold())

    def _outlets_near(self, name: str) -> list[str]:
        return [self._desk.outlet_name(self._outlets[it]) for it in _near(name, self._outlets)]

    def _region(self, name: str) -> str | None:
        code = self._desk.region_code(name)
        return code if code is not None and code[:1].isdigit() else None

    def _regions_near(self, name: str) -> list[str]:
        of_both = [f"{kind} {name.title()}" for kind in ("Kota", "Kabupaten")]
        known = [it for it in of_both if self._desk.region_code(it) is not None]
        return known or [_region_names()[it] for it in _near(name, _region_names())]

    def _watch(self) -> None:
        if self._kind == "spike":
            of = "topic" if self._form.get("lonjakan-dari") == "topic" else "region"
            factor, least = self._number("kali", *SPIKE_FACTORS), self._number("sedikitnya", *SPIKE_LEAST, whole=True)
            self._block["spike"] = {"of": of, "factor": factor or 3.0, "least": int(least or 5)}
        elif self._kind == "silent_outlets":
            self._block["silent_outlets"] = True
        elif self._kind == "standstill":
            self._block["nothing_for_hours"] = self._number("jam", 1, LONGEST_STANDSTILL_HOURS) or 6

    def _urgency(self) -> None:
        severity = self._form.get("urgensi", "normal")
        self._block["severity"] = severity if severity in SEVERITIES else "normal"
        self._block["overrides_quiet"] = self._form.get("tembus") == "1"
        if self._kind == "article" and (hours := self._number("umur", 1, LONGEST_AGE_HOURS)) is not None:
            self._block["max_age_hours"] = hours
        if (minutes := self._number("eskalasi", 1, LONGEST_ESCALATION_MINUTES, whole=True)) is not None:
            self._block["escalate_minutes"] = int(minutes)

    def _number(self, field: str, least: float, most: float, *, whole: bool = False) -> float | None:
        """The number that was typed, None where none was or it cannot be, which is a mistake."""
        text = self._form.get(field, "").strip()
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = least - 1
        if not least <= value <= most or (whole and value != int(value)):
            first, last = number(least), number(most)
            self._mistakes[field] = FieldMistake(
                say("Isi bilangan bulat dari {first} sampai {last}.", first=first, last=last)
                if whole
                else say("Isi bilangan dari {first} sampai {last}.", first=first, last=last)
            )
            return None
        return value


def _near(name: str, names: Iterable[str]) -> list[str]:
    return get_close_matches(name.casefold()[:80], list(names), 3, 0.6)


def _unknown(field: str, name: str, near: Sequence[str]) -> str:
    """That no outlet or region, or more than one, is called so, and what may have been meant."""
    if field == "media":
        told = say("Tidak ada media bernama “{name}”, atau lebih dari satu.", name=name)
    else:
        told = say("Tidak ada wilayah bernama “{name}”, atau lebih dari satu.", name=name)
    return f"{told} {say('Mungkin maksudnya: {names}.', names=', '.join(near))}" if near else told


def form_of(desk: Desk, block: Mapping[str, Any]) -> dict[str, str]:
    """What a block says as somebody would have typed it; names that the desk knows no more stay as they are."""
    spike = block.get("spike") or {}
    form = {
        "jenis": _kind(block),
        "nama": block.get("name", ""),
        "kata": block.get("query", ""),
        "keyakinan": _plain(round(100 * block.get("min_score", 0)) or None),
        "wilayah": ", ".join(map(desk.region_name, block.get("regions", ()))),
        "media": ", ".join(map(desk.outlet_name, block.get("outlets", ()))),
        "angka": "\n".join(block.get("figures", ())),
        "lonjakan-dari": spike.get("of", "region"),
        "kali": _plain(spike.get("factor")),
        "sedikitnya": _plain(spike.get("least")),
        "jam": _plain(block.get("nothing_for_hours")),
        "urgensi": block.get("severity", "normal"),
        "umur": _plain(block.get("max_age_hours", 72)),
        "eskalasi": _plain(block.get("escalate_minutes")),
    }
    flags = {"konflik": block.get("conflict"), "tembus": block.get("overrides_quiet")}
    flags |= {f"sentimen-{tone}": True for tone in block.get("sentiments", ())}
    flags |= {f"isi-{code}": True for code in block.get("alert_classes", ())}
    flags |= {f"tingkat-{tier}": True for tier in block.get("tiers", ())}
    return form | {field: "1" for field, is_set in flags.items() if is_set}


def _kind(block: Mapping[str, Any]) -> RuleKind:
    if block.get("spike"):
        return "spike"
    if block.get("silent_outlets"):
        return "silent_outlets"
    return "standstill" if block.get("nothing_for_hours") else "article"


def block_of(rule: AlertRule) -> dict[str, Any]:
    """The block that says what the rule does."""
    spike, hours = rule.spike, rule.standstill
    return {
        "id": rule.id,
        "name": rule.name,
        "query": rule.query,
        "sentiments": sorted(rule.sentiments),
        "min_score": rule.min_score,
        "alert_classes": sorted(rule.alert_classes),
        "outlets": sorted(rule.outlets),
        "tiers": sorted(rule.tiers),
        "regions": sorted(rule.regions),
        "figures": [term.text for term in rule.figures],
        "conflict": rule.conflict,
        "spike": None if spike is None else {"of": spike.of, "factor": spike.factor, "least": spike.least},
        "silent_outlets": rule.silent_outlets,
        "nothing_for_hours": None if hours is None else hours.total_seconds() / 3600,
        "max_age_hours": rule.max_age.total_seconds() / 3600,
        "severity": rule.severity,
        "overrides_quiet": rule.overrides_quiet,
        "escalate_minutes": rule.escalate_minutes,
    }


def _plain(value: float | None) -> str:
    """The number without grouping, as a field takes it."""
    return "" if value is None else f"{value:g}".replace(".", ",")
