"""Recipients that are known beforehand."""

from collections.abc import Collection, Sequence

from service.domain.recipient import Recipient, each_place_once


class FakeRecipients:
    def __init__(self, recipients: Sequence[Recipient]) -> None:
        self._recipients = each_place_once(recipients)

    def for_alert(self, severity: str, regions: Collection[str], rule_id: str) -> list[Recipient]:
        return [it for it in self._recipients if it.wants(severity, regions, rule_id)]
