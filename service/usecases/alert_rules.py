"""The alert rules of the file and of the desk: which hold, and what people change of them."""

import logging
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from service.domain.account import Actor, AuditKind
from service.domain.alert_rule import AlertRule, KeptRule, KnownOutlets, mistakes_in, rule_of
from service.domain.wording.language import say
from service.errors import RuleError, UnknownRule
from service.ports import Clock, RuleBook

logger = logging.getLogger(__name__)

MOST_RULES = 100
"""Rules that the desk keeps."""

Record = Callable[[Actor, AuditKind, str], None]
"""Writes into the audit."""

_NO_RULE = "Aturan ini tidak ada, atau sudah dihapus."
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule of the file or of the desk, and whether it is on; `changed` and `by` tell who changed it last there.

    Of a rule of the desk `block` is what it says. Where that cannot be read any more, `rule` is None and `mistakes`
    say why.
    """

    id: str
    name: str
    enabled: bool
    rule: AlertRule | None
    of_file: bool
    changed: datetime | None = None
    by: str = ""
    block: Mapping[str, Any] | None = None
    mistakes: tuple[str, ...] = ()


class AlertRules:
    """The rules of the file, which the desk can switch, and those of the desk, which people write."""

    def __init__(
        self, of_file: Sequence[AlertRule], kept: RuleBook, outlets: KnownOutlets, record: Record, clock: Clock
    ) -> None:
        self._of_file = of_file
        self._kept = kept
        self._outlets = outlets
        self._record = record
        self._clock = clock
        self._seen: list[KeptRule] | None = None
        self._effective: tuple[AlertRule, ...] = ()

    def effective(self) -> tuple[AlertRule, ...]:
        """The rules that hold now, those of the file first; a change on the desk is among them at once."""
        kept = self._kept.all()
        if kept != self._seen:
            listed = self._listed(kept)
            for it in listed:
                if it.enabled and it.rule is None:
                    logger.error("alert rule does not hold", extra={"rule": it.id, "reason": "; ".join(it.mistakes)})
            self._effective = tuple(it.rule for it in listed if it.rule is not None and it.enabled)
            self._seen = kept
        return self._effective

    def listed(self) -> list[ListedRule]:
        """Every rule: those of the file in its order, then those of the desk by name."""
        return self._listed(self._kept.all())

    def get(self, rule_id: str) -> ListedRule:
        """The rule of this id; UnknownRule where there is none."""
        found = next((it for it in self.listed() if it.id == rule_id), None)
        if found is None:
            raise UnknownRule(say(_NO_RULE))
        return found

    def read(self, block: Mapping[str, Any]) -> AlertRule:
        """The rule that a block of the desk says; RuleError where it says none."""
        if mistakes := mistakes_in(block, self._outlets):
            raise RuleError("; ".join(mistakes))
        return rule_of(block, self._outlets)

    def add(self, by: Actor, block: Mapping[str, Any]) -> AlertRule:
        """Keep a new rule, which holds at once; its id is made of its name. RuleError where it cannot be kept."""
        block = {**block, "id": _new_id(str(block.get("name", "")))}
        rule = self.read(block)
        if not self._kept.add(KeptRule(rule.id, True, self._clock(), by.name, block), MOST_RULES):
            raise RuleError(say("Paling banyak {count} aturan. Hapus yang tidak dipakai lagi.", count=MOST_RULES))
        self._record(by, "rule-added", _told(rule.id, rule.name))
        return rule

    def change(self, by: Actor, rule_id: str, block: Mapping[str, Any]) -> AlertRule:
        """Put what the block says in the place of a rule of the desk, on or off as it is; RuleError for the file's."""
        self._of_desk(rule_id)
        block = {**block, "id": rule_id}
        rule = self.read(block)
        if not self._kept.change(rule_id, block, self._clock(), by.name):
            raise UnknownRule(say(_NO_RULE))
        self._record(by, "rule-changed", _told(rule.id, rule.name))
        return rule

    def switch(self, by: Actor, rule_id: str, *, enabled: bool) -> None:
        """Switch a rule of the file or of the desk on or off; UnknownRule where there is none."""
        listed = self.get(rule_id)
        if listed.enabled == enabled:
            return
        if not self._kept.switch(rule_id, self._clock(), by.name, enabled=enabled, of_file=listed.of_file):
            raise UnknownRule(say(_NO_RULE))
        self._record(by, "rule-switched", f"{'aktif' if enabled else 'nonaktif'}: {_told(rule_id, listed.name)}")

    def delete(self, by: Actor, rule_id: str) -> None:
        """Forget a rule of the desk; the alerts it raised stay. RuleError for one of the file."""
        listed = self._of_desk(rule_id)
        if self._kept.delete(rule_id):
            self._record(by, "rule-removed", _told(rule_id, listed.name))

    def _of_desk(self, rule_id: str) -> ListedRule:
        listed = self.get(rule_id)
        if listed.of_file:
            raise RuleError(say("Aturan ini berasal dari berkas config/rules.toml: di sini hanya dapat dinonaktifkan."))
        return listed

    def _listed(self, kept: Sequence[KeptRule]) -> list[ListedRule]:
        by_id = {it.id: it for it in kept}
        of_file = [_of_file(rule, by_id.get(rule.id)) for rule in self._of_file]
        known = {rule.id for rule in self._of_file}
        of_desk = [self._of_desk_as(it, it.block) for it in kept if it.block is not None and it.id not in known]
        return [*of_file, *sorted(of_desk, key=lambda it: (it.name.casefold(), it.id))]

    def _of_desk_as(self, kept: KeptRule, block: Mapping[str, Any]) -> ListedRule:
        mistakes = tuple(mistakes_in(block, self._outlets))
        rule = None if mistakes else replace(rule_of(block, self._outlets), enabled=kept.enabled)
        name = str(block.get("name", "")) or kept.id
        return ListedRule(kept.id, name, kept.enabled, rule, False, kept.changed, kept.by, block, mistakes)


def _of_file(rule: AlertRule, switch: KeptRule | None) -> ListedRule:
    if switch is None:
        return ListedRule(rule.id, rule.name, rule.enabled, rule, True)
    switched = replace(rule, enabled=switch.enabled)
    return ListedRule(rule.id, rule.name, switch.enabled, switched, True, switch.changed, switch.by)


def _new_id(name: str) -> str:
    """An id that tells the name and was never another rule's: what was alerted is remembered under it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(_WORD.findall(plain))[:28].strip("-") or "aturan"
    return f"{words}-{secrets.token_hex(4)}"


def _told(rule_id: str, name: str) -> str:
    return f"{name} ({rule_id})"
