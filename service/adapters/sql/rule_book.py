"""The alert rules that the desk keeps, in SQL."""

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

    def put(self, rule: KeptRule, most: int) -> bool:
        """Keep the rule in the place of one of its id; False where it would be one more than `most` with a block."""
        of = alert_rules.c
        row = {"enabled": rule.enabled, "changed": rule.changed, "changed_by": rule.by, "block": rule.block}
        with transacting(self._writer) as connection:
            if connection.execute(update(alert_rules).where(of.id == rule.id).values(**row)).rowcount:
                return True
            blocks = select(func.count()).select_from(alert_rules).where(of.block.is_not(None))
            if rule.block is not None and (connection.scalar(blocks) or 0) >= most:
                return False
            connection.execute(alert_rules.insert().values(id=rule.id, **row))
            return True

    def delete(self, rule_id: str) -> bool:
        """Forget what is kept of the rule; whether anything was."""
        with transacting(self._writer) as connection:
            return connection.execute(delete(alert_rules).where(alert_rules.c.id == rule_id)).rowcount > 0
