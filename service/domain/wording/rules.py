"""Alert rules in words: what they ask for, and what a watch saw."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from service.domain.alert_rule import AlertRule, RuleKind
from service.domain.watch import STANDSTILL, Sighting
from service.domain.wording import alarms
from service.domain.wording.names import ALERT_CLASSES, TIERS, TONES, TOPICS
from service.domain.wording.numbers import number

KINDS: dict[RuleKind, str] = {
    "article": "Berita",
    "spike": "Lonjakan pemberitaan",
    "silent_outlets": "Media diam",
    "standstill": "Tanpa berita",
}
KIND_MEANINGS: dict[RuleKind, str] = {
    "article": "satu berita memenuhi semua syarat; salinannya di media lain tidak memberi peringatan lagi",
    "spike": "berita sehari tentang satu wilayah atau topik jauh lebih banyak daripada biasanya",
    "silent_outlets": "sebuah media yang biasanya membawa berita tidak membawanya lagi, atau tidak dapat dibaca lagi",
    "standstill": "tidak ada artikel dari media mana pun yang terkumpul selama beberapa jam",
}

Name = Callable[[str], str]
"""The name of a region's code or of an outlet's id."""


def conditions(rule: AlertRule, outlet_name: Name, region_name: Name) -> tuple[tuple[str, str], ...]:
    """What the rule asks for, each part with its name."""
    score = f" (keyakinan {number(round(100 * rule.min_score))}% ke atas)" if rule.min_score else ""
    parts = (
        ("Memantau", _watched(rule)),
        ("Kata", rule.query),
        ("Sentimen", _listed(_named(TONES, rule.sentiments)) + score if rule.sentiments else score.strip(" ()")),
        ("Isi berita", _listed(_named(ALERT_CLASSES, rule.alert_classes))),
        ("Wilayah", _listed(region_name(code) for code in sorted(rule.regions))),
        ("Media", _listed(outlet_name(outlet) for outlet in sorted(rule.outlets))),
        ("Tingkat media", _listed(_named(TIERS, rule.tiers))),
        ("Angka", " atau ".join(term.text for term in rule.figures)),
        ("Beda angka", "angkanya tidak cocok" if rule.conflict else ""),
    )
    return tuple((name, value) for name, value in parts if value)


def _watched(rule: AlertRule) -> str:
    if rule.spike is not None:
        of = "satu wilayah" if rule.spike.of == "region" else "satu topik"
        factor = number(rule.spike.factor)
        return f"sehari sedikitnya {rule.spike.least} berita tentang {of}, dan {factor} kali median 14 hari"
    if rule.standstill is not None:
        return f"tidak ada artikel selama {alarms.span(rule.standstill / timedelta(hours=1))}"
    return "media yang tidak lagi membawa berita" if rule.silent_outlets else ""


def subject_name(subject: str, outlet_name: Name, region_name: Name) -> str:
    """What a watch saw something of: a region, a topic, an outlet, or all of them."""
    kind, _, key = subject.partition(":")
    match kind:
        case "wilayah":
            return region_name(key)
        case "topik":
            return TOPICS.get(key, key)
        case "media":
            return outlet_name(key)
    return "Semua media"


def sentence(sighting: Sighting, outlet_name: Name, region_name: Name) -> str:
    """What was seen, with its numbers."""
    name = subject_name(sighting.subject, outlet_name, region_name)
    if sighting.alarm is not None:
        return f"{name}: {alarms.sentence(sighting.alarm)}"
    if sighting.subject == STANDSTILL:
        return f"Sudah {alarms.span(sighting.count)} tidak ada artikel yang terkumpul dari media mana pun."
    usual = f"biasanya {number(sighting.usual)} sehari" if sighting.usual else "biasanya hampir tidak ada"
    return f"{name}: {number(sighting.count)} berita dalam sehari; {usual} (median 14 hari)."


def _named(names: dict[str, str], codes: Iterable[str]) -> list[str]:
    """The names of the codes, in the order in which the names are told."""
    chosen = frozenset(codes)
    return [name for code, name in names.items() if code in chosen]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)
