"""Alert rules in words: what they ask for, and what a watch saw."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from service.domain.alert_rule import AlertRule, RuleKind
from service.domain.watch import STANDSTILL, Sighting
from service.domain.wording import alarms
from service.domain.wording.language import say
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
    figures = say(" atau ").join(term.text for term in rule.figures)
    parts = (
        (say("Memantau"), _watched(rule)),
        (say("Kata"), rule.query),
        (say("Sentimen"), _tones(rule)),
        (say("Isi berita"), _listed(_named(ALERT_CLASSES, rule.alert_classes))),
        (say("Wilayah"), _listed(region_name(code) for code in sorted(rule.regions))),
        (say("Media"), _listed(outlet_name(outlet) for outlet in sorted(rule.outlets))),
        (say("Tingkat media"), _listed(_named(TIERS, rule.tiers))),
        (say("Angka"), figures),
        (say("Beda angka"), say("angkanya tidak cocok") if rule.conflict else ""),
    )
    return tuple((name, value) for name, value in parts if value)


def _tones(rule: AlertRule) -> str:
    tones = _listed(_named(TONES, rule.sentiments))
    if not rule.min_score:
        return tones
    score = say("keyakinan {percent}% ke atas", percent=number(round(100 * rule.min_score)))
    return f"{tones} ({score})" if tones else score


def _watched(rule: AlertRule) -> str:
    if rule.spike is not None:
        counts = {"least": rule.spike.least, "factor": number(rule.spike.factor)}
        if rule.spike.of == "region":
            return say(
                "sehari sedikitnya {least} berita tentang satu wilayah, dan {factor} kali median 14 hari", **counts
            )
        return say("sehari sedikitnya {least} berita tentang satu topik, dan {factor} kali median 14 hari", **counts)
    if rule.standstill is not None:
        return say("tidak ada artikel selama {span}", span=alarms.span(rule.standstill / timedelta(hours=1)))
    return say("media yang tidak lagi membawa berita") if rule.silent_outlets else ""


def subject_name(subject: str, outlet_name: Name, region_name: Name) -> str:
    """What a watch saw something of: a region, a topic, an outlet, or all of them."""
    kind, _, key = subject.partition(":")
    match kind:
        case "wilayah":
            return region_name(key)
        case "topik":
            return say(TOPICS[key]) if key in TOPICS else key
        case "media":
            return outlet_name(key)
    return say("Semua media")


def sentence(sighting: Sighting, outlet_name: Name, region_name: Name) -> str:
    """What was seen, with its numbers."""
    name = subject_name(sighting.subject, outlet_name, region_name)
    if sighting.alarm is not None:
        return f"{name}: {alarms.sentence(sighting.alarm)}"
    if sighting.subject == STANDSTILL:
        span = alarms.span(sighting.count)
        return say("Sudah {span} tidak ada artikel yang terkumpul dari media mana pun.", span=span)
    count, usual = number(sighting.count), number(sighting.usual)
    if sighting.usual:
        return say(
            "{name}: {count} berita dalam sehari; biasanya {usual} sehari (median 14 hari).",
            name=name,
            count=count,
            usual=usual,
        )
    return say(
        "{name}: {count} berita dalam sehari; biasanya hampir tidak ada (median 14 hari).", name=name, count=count
    )


def _named(names: dict[str, str], codes: Iterable[str]) -> list[str]:
    """The names of the codes, in the order in which the names are told."""
    chosen = frozenset(codes)
    return [say(name) for code, name in names.items() if code in chosen]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)
