"""The alert rules that the desk keeps, in SQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import alert_rules
from service.domain.alert_rule import KeptRule


class SqlRuleBook:
    """Alert rules in the store's database; each change is a short transaction of its own."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def all(self) -> list[KeptRule]:
        """Every rule and switch that is kept, by id."""
        with transacting(self._reader) as connection:
            found = connection.execute(select(alert_rules).order_by(alert_rules.c.id)).mappings()
            return [
                KeptRule(row["id"], row["enabled"], row["changed"], row["changed_by"], row["block"]) for row in found
            ]

    def add(self, rule: KeptRule, most: int) -> bool:
        """Keep a new rule of the desk; False where `most` are kept."""
        row = {"enabled": rule.enabled, "changed": rule.changed, "changed_by": rule.by, "block": rule.block}
        blocks = select(func.count()).select_from(alert_rules).where(alert_rules.c.block.is_not(None))
        with transacting(self._writer) as connection:
            if (connection.scalar(blocks) or 0) >= most:
                return False
            connection.execute(alert_rules.insert().values(id=rule.id, **row))
            return True

    def change(self, rule_id: str, block: Mapping[str, Any], at: datetime, by: str) -> bool:
        """This is what the rule of the desk says now, on or off as it is; False where none of this id is kept."""
        changed = update(alert_rules).where(alert_rules.c.id == rule_id, alert_rules.c.block.is_not(None))
        with transacting(self._writer) as connection:
            return connection.execute(changed.values(block=block, changed=at, changed_by=by)).rowcount > 0

    def switch(self, rule_id: str, at: datetime, by: str, *, enabled: bool, of_file: bool) -> bool:
        """Switch the rule, whatever it says; False where it is none `of_file` and none of this id is kept."""
        row = {"enabled": enabled, "changed": at, "changed_by": by}
        with transacting(self._writer) as connection:
            if connection.execute(update(alert_rules).where(alert_rules.c.id == rule_id).values(**row)).rowcount:
                return True
            if of_file:
                connection.execute(alert_rules.insert().values(id=rule_id, **row))
            return of_file

    def delete(self, rule_id: str) -> bool:
        """Forget what is kept of the rule; whether anything was."""
        with transacting(self._writer) as connection:
            return connection.execute(delete(alert_rules).where(alert_rules.c.id == rule_id)).rowcount > 0
