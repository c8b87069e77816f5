"""The desk's alert rules in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from service.domain.alert_rule import KeptRule


class FakeRuleBook:
    def __init__(self) -> None:
        self._rules: dict[str, KeptRule] = {}

    def all(self) -> list[KeptRule]:
        return [rule for _, rule in sorted(self._rules.items())]

    def add(self, rule: KeptRule, most: int) -> bool:
        if sum(it.block is not None for it in self._rules.values()) >= most:
            return False
        self._rules[rule.id] = rule
        return True

    def change(self, rule_id: str, block: Mapping[str, Any], at: datetime, by: str) -> bool:
        kept = self._rules.get(rule_id)
        if kept is None or kept.block is None:
            return False
        self._rules[rule_id] = replace(kept, block=block, changed=at, by=by)
        return True

    def switch(self, rule_id: str, at: datetime, by: str, *, enabled: bool, of_file: bool) -> bool:
        kept = self._rules.get(rule_id)
        if kept is not None or of_file:
            block = None if kept is None else kept.block
            self._rules[rule_id] = KeptRule(rule_id, enabled, at, by, block)
        return rule_id in self._rules

    def delete(self, rule_id: str) -> bool:
        return self._rules.pop(rule_id, None) is not None
