"""What the details of the audit say, in words instead of the codes and ids by which they are kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from service.domain.account import AuditEntry, AuditKind
from service.domain.wording.accounts import ROLES
from service.domain.wording.language import say
from service.domain.wording.names import CORRECTED_FIELDS, CORRECTED_VALUES

Thing = Literal["article", "story", "alert", "rule", "search", "ledger"]
"""What something was done to and has a page: known by its id, or by the query of its address."""


@dataclass(frozen=True, slots=True)
class Details:
    """What was done: `words` of ours, what was `typed` by people or the press, and the `things` it was done to."""

    words: str = ""
    typed: str = ""
    things: tuple[tuple[Thing, str], ...] = ()


_DECISIONS: Mapping[str, str] = {
    **dict.fromkeys(("tangani", "acknowledge"), "Ditandai ditangani"),
    **dict.fromkeys(("tugaskan", "assign"), "Ditugaskan"),
    **dict.fromkeys(("tunda", "snooze"), "Ditunda"),
    **dict.fromkeys(("lanjutkan", "wake"), "Penundaan diakhiri"),
    **dict.fromkeys(("selesai", "close"), "Selesai"),
    **dict.fromkeys(("buka", "reopen"), "Dibuka kembali"),
    "sentimen": "Sentimen seluruh cerita diubah",
    "batal-sentimen": "Koreksi sentimen dibatalkan",
}
_ARRANGEMENTS: Mapping[str, str] = {
    **dict.fromkeys(("gabung", "merge"), "Cerita digabung"),
    **dict.fromkeys(("pisah", "split"), "Cerita dipisah"),
    **dict.fromkeys(("batal", "undo"), "Keputusan dibatalkan"),
}
_VERDICTS: Mapping[str, str] = {
    **dict.fromkeys(("benar", "confirmed"), "Benar"),
    **dict.fromkeys(("koreksi", "corrected"), "Dikoreksi"),
    **dict.fromkeys(("bukan", "rejected"), "Bukan angka"),
    **dict.fromkeys(("batal", "withdrawn"), "Putusan dibatalkan"),
}
_FIELDS = (
    *((field, field) for field in CORRECTED_FIELDS),
    *(("sentimen", "sentiment"), ("relevansi", "relevance"), ("topik", "topic"), ("wilayah", "regions")),
    *(("catatan", "note"), ("sembunyi", "visibility")),
)
"""The words by which programs and forms keep a field, and its code."""

_CHANGES: Mapping[str, str] = {
    **dict.fromkeys(("", "tambah", "tulis", "add"), "ditambahkan"),
    **dict.fromkeys(("hapus", "remove"), "dihapus"),
    **dict.fromkeys(("utama", "main"), "dijadikan utama"),
    "undo": "dibatalkan",
}
_FILES: Mapping[str, str] = {"pdf": "Kliping PDF", "xlsx": "Excel", "csv": "CSV"}
_SWITCHES: Mapping[str, str] = {"aktif": "Diaktifkan", "nonaktif": "Dinonaktifkan"}
_SUBSCRIPTIONS: Mapping[str, str] = {"simpan": "Disimpan", "berhenti": "Berhenti"}

_ARTICLE = re.compile(r"(?P<field>[a-z]+)(?:[- ](?P<change>[a-z]+))?: (?P<value>.*), berita (?P<id>\S+)", re.DOTALL)
_STORY = re.compile(r"(?P<word>[a-z]+): cerita (?P<id>[^\s,]+), (?P<other>\S+)")
_ALERT = re.compile(r"(?P<word>[a-z-]+), peringatan (?P<id>\S+)")
_FIGURE = re.compile(r"(?P<word>[a-z]+): (?P<surface>.*), angka \S+", re.DOTALL)
_SEARCH = re.compile(r"(?P<format>[a-z]+): /\?(?P<query>.*)")
_LEDGER = re.compile(r"/angka/unduh\.(?P<format>[a-z]+)\??(?P<query>.*)")
_RULE = re.compile(r"(?:(?P<word>aktif|nonaktif): )?(?P<name>.*) \((?P<id>[^()\s]+)\)", re.DOTALL)
_ROLE = re.compile(r"(?P<former>\w+) → (?P<role>\w+)")
_SUBSCRIPTION = re.compile(r"(?P<channel>.*): (?P<word>\w+)")


def details(entry: AuditEntry, region_name: Callable[[str], str] = str) -> Details:
    """What the entry tells; one of a form that is not known is shown as it was kept."""
    for form, tell in _TOLD.get(entry.kind, {}).items():
        if found := form.fullmatch(entry.about):
            return tell(found, region_name)
    return Details(typed=entry.about)


Tell = Callable[[re.Match[str], Callable[[str], str]], Details]


def _article(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    field, value = dict(_FIELDS).get(found["field"], ""), found["value"]
    if not field:
        return Details(typed=found[0])
    change, typed = _change(field, found["change"] or "", value, region_name)
    return Details(f"{say(CORRECTED_FIELDS[field])}: {change}", typed, (("article", found["id"]),))


def _change(field: str, change: str, value: str, region_name: Callable[[str], str]) -> tuple[str, str]:
    """What became of the field, and what was typed."""
    if field in CORRECTED_VALUES:
        codes = CORRECTED_VALUES[field]
        code = "hidden" if value == "ya" else value
        return say("dibatalkan" if value == "batal" else codes.get(code, code)), ""
    if value == "batal":
        return say("dibatalkan" if field == "regions" else "dihapus"), ""
    if field == "label" and not change and value.startswith("batal "):
        change, value = "hapus", value.removeprefix("batal ")
    typed = {"regions": region_name(value), "note": ""}.get(field, value)
    return say(_CHANGES.get(change, change)), typed


def _story(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    # A merge once kept the story that it came to twice.
    things: dict[tuple[Thing, str], None] = {("story", found["id"]): None, ("story", found["other"]): None}
    return Details(_said(_ARRANGEMENTS, found["word"]), "", tuple(things))


def _alert(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    return Details(_said(_DECISIONS, found["word"]), "", (("alert", found["id"]),))


def _figure(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    return Details(_said(_VERDICTS, found["word"]), found["surface"])


def _search(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    return Details(_said(_FILES, found["format"]), "", (("search", found["query"]),))


def _ledger(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    return Details(_said(_FILES, found["format"]), "", (("ledger", found["query"]),))


def _rule(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    words = _said(_SWITCHES, found["word"]) if found["word"] else ""
    return Details(words, found["name"], (("rule", found["id"]),))


def _role(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    names: Mapping[str, str] = {str(role): name for role, name in ROLES.items()}
    return Details(f"{_said(names, found['former'])} → {_said(names, found['role'])}")


def _subscription(found: re.Match[str], region_name: Callable[[str], str]) -> Details:
    return Details(_said(_SUBSCRIPTIONS, found["word"]), found["channel"])


def _said(names: Mapping[str, str], code: str) -> str:
    return say(names.get(code, code))


_TOLD: Mapping[AuditKind, Mapping[re.Pattern[str], Tell]] = {
    "article-corrected": {_ARTICLE: _article},
    "story-arranged": {_STORY: _story},
    "alert-decided": {_ALERT: _alert},
    "figure-decided": {_FIGURE: _figure},
    "exported": {_SEARCH: _search, _LEDGER: _ledger},
    "rule-added": {_RULE: _rule},
    "rule-changed": {_RULE: _rule},
    "rule-switched": {_RULE: _rule},
    "rule-removed": {_RULE: _rule},
    "role-changed": {_ROLE: _role},
    "alerts-asked": {_SUBSCRIPTION: _subscription},
}
