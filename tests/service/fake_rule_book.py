"""The desk's alert rules in memory."""

from service.domain.alert_rule import KeptRule


class FakeRuleBook:
    def __init__(self) -> None:
        self._rules: dict[str, KeptRule] = {}

    def all(self) -> list[KeptRule]:
        return [rule for _, rule in sorted(self._rules.items())]

    def put(self, rule: KeptRule, most: int) -> bool:
        blocks = sum(it.block is not None for it in self._rules.values())
        if rule.id not in self._rules and rule.block is not None and blocks >= most:
            return False
        self._rules[rule.id] = rule
        return True

    def delete(self, rule_id: str) -> bool:
        return self._rules.pop(rule_id, None) is not None
