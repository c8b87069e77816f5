"""Groups of recipients: who gets which digest, when and of what (config/digests.toml).

Errors: ConfigError (a group of the file is wrong).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from service.domain.account import read_email
from service.domain.article import WIB
from service.domain.query_language.reading import read_query
from service.errors import ConfigError, QueryError

Section = Literal["answer", "counts", "figures", "stories", "regions", "outlets"]
AttachmentKind = Literal["xlsx", "pdf"]

SECTIONS: tuple[Section, ...] = ("answer", "figures", "stories", "counts", "regions", "outlets")
"""Every section, in the order in which a group has them that names none."""
ATTACHMENTS: tuple[AttachmentKind, ...] = get_args(AttachmentKind)

DEFAULT_GROUP = "harian"
"""The group of the settings' table [digest]; a group of this id in the file says what is different about it."""


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """Who gets one digest: `recipients` at every moment of `schedule` (cron) in the zone.

    Of everything, or of what `query` (query language) or the saved search of the id `search` finds; `regions` are
    official codes, a province with all its kabupaten and kota.
    """

    id: str
    name: str
    recipients: tuple[str, ...] = ()
    schedule: str = "30 6 * * *"
    zone: ZoneInfo = WIB
    query: str = ""
    search: str = ""
    regions: frozenset[str] = frozenset()
    sections: tuple[Section, ...] = SECTIONS
    attachments: tuple[AttachmentKind, ...] = ()
    subject_tag: str = "Kliping"

    def latest(self, now: datetime) -> datetime | None:
        """The last moment of the schedule that has come, in UTC; None where there was none in fifty years."""
        start = (now.astimezone(UTC) + timedelta(minutes=1)).astimezone(self.zone)
        moments = CronSim(self.schedule, start, reverse=True)
        # Compared in UTC: two times of one zone are compared by what the clock on the wall says.
        return next((utc for it in moments if (utc := it.astimezone(UTC)) <= now), None)

    def next(self, now: datetime) -> datetime | None:
        """The next moment of the schedule that has not come, in UTC; None where there is none in fifty years."""
        moments = CronSim(self.schedule, now.astimezone(self.zone))
        return next((utc for it in moments if (utc := it.astimezone(UTC)) > now), None)


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"\d\d(?:\.\d\d)?")
_KEYS = (
    *("id", "name", "recipients", "schedule", "zone", "query", "search", "regions"),
    *("sections", "attachments", "subject_tag"),
)
_LISTS = ("recipients", "regions", "sections", "attachments")
_TEXTS = ("name", "schedule", "zone", "query", "search", "subject_tag")


def read_groups(
    table: Mapping[str, Any], origin: str, default: DigestGroup, outlets: Mapping[str, str]
) -> tuple[DigestGroup, ...]:
    """The groups of a parsed digests.toml with the default one, which stands first and is the pattern of the others.

    ConfigError names every mistake, with `origin` as the file. `outlets` are the names by id that a query may name.
    """
    mistakes = [f"unknown key {key!r}; a group begins with [[group]]" for key in table if key != "group"]
    blocks = table.get("group", [])
    if not isinstance(blocks, list) or not all(isinstance(block, Mapping) for block in blocks):
        mistakes.append("group: each group begins with [[group]], in double brackets")
        blocks = []
    right: dict[str, Mapping[str, Any]] = {}
    for number, block in enumerate(blocks, 1):
        wrong = _mistakes(block, outlets)
        name = block["id"] if isinstance(block.get("id"), str) else f"number {number}"
        if not wrong and name in right:
            wrong = ["id: is used by an earlier group"]
        mistakes += [f"group {name}: {mistake}" for mistake in wrong]
        if not wrong:
            right[name] = block
    if mistakes:
        raise ConfigError("\n".join(f"{origin}: {mistake}" for mistake in mistakes))
    daily = _group(right.pop(default.id, {"id": default.id}), default)
    return (daily, *(_group(block, daily) for block in right.values()))


def _group(block: Mapping[str, Any], default: DigestGroup) -> DigestGroup:
    given: dict[str, Any] = {key: block[key] for key in _TEXTS if key in block}
    given |= {key: tuple(block[key]) for key in _LISTS if key in block}
    if "zone" in given:
        given["zone"] = ZoneInfo(given["zone"])
    if "regions" in given:
        given["regions"] = frozenset(given["regions"])
    # Only the default group's own block leaves its recipients and its scope as they are set.
    nobodys = replace(default, name="", recipients=(), query="", search="", regions=frozenset())
    pattern = default if block["id"] == default.id else nobodys
    return replace(pattern, id=block["id"], **given)


def _mistakes(block: Mapping[str, Any], outlets: Mapping[str, str]) -> list[str]:
    mistakes = [f"{key}: no such key; there are {', '.join(_KEYS)}" for key in block if key not in _KEYS]
    if not (isinstance(it := block.get("id"), str) and len(it) <= 40 and _ID.fullmatch(it)):
        mistakes.append("id: must be set, in lower-case letters, digits and hyphens, 40 at most")
    elif it != DEFAULT_GROUP:
        mistakes += [f"{key}: must be set" for key in ("name", "recipients") if not block.get(key)]
    mistakes += [f"{key}: must be a text" for key in _TEXTS if not isinstance(block.get(key, ""), str)]
    mistakes += [f"{key}: must be a list of texts" for key in _LISTS if not _is_list(block.get(key, []))]
    return mistakes or _wrong_values(block, outlets)


def _wrong_values(block: Mapping[str, Any], outlets: Mapping[str, str]) -> list[str]:
    mistakes = [f"recipients: {it!r} is no e-mail address" for it in block.get("recipients", ()) if not read_email(it)]
    mistakes += [
        f"regions: {it!r} is no official code, such as 16 or 16.71"
        for it in block.get("regions", ())
        if not _REGION.fullmatch(it)
    ]
    for key, known in (("sections", SECTIONS), ("attachments", ATTACHMENTS)):
        mistakes += [f"{key}: {it!r} is none of {', '.join(known)}" for it in block.get(key, ()) if it not in known]
        if len(set(block.get(key, ()))) < len(block.get(key, ())):
            mistakes.append(f"{key}: one is named twice")
    if block.get("sections") == []:
        mistakes.append("sections: name at least one, or leave the key out for all")
    if block.get("search") and (block.get("query") or block.get("regions")):
        mistakes.append("search: a saved search says everything; leave out query and regions")
    return mistakes + _wrong_times(block) + _wrong_query(block, outlets)


def _wrong_times(block: Mapping[str, Any]) -> list[str]:
    mistakes = []
    if "zone" in block:
        try:
            ZoneInfo(block["zone"])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            mistakes.append(f"zone: {block['zone']!r} is no time zone, such as Asia/Makassar")
    if "schedule" in block:
        schedule = block["schedule"]
        problem = check_schedule(schedule)
        if problem:
            mistakes.append(f"schedule: {schedule!r}: {problem}; e.g. 30 6 * * 1-5 for half past six on working days")
    return mistakes


def check_schedule(schedule: str) -> str:
    """What is wrong with a cron expression of five fields, "" where nothing is."""
    if len(schedule.split()) != 5:
        return "five fields are needed: minute, hour, day, month, weekday"
    try:
        CronSim(schedule, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        return str(error).lower()
    return ""


def _wrong_query(block: Mapping[str, Any], outlets: Mapping[str, str]) -> list[str]:
    try:
        read_query(block.get("query", ""), outlets)
    except QueryError as error:
        return [f"query: {error}"]
    return []


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(it, str) for it in value)
