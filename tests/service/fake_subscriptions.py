"""What people want to be told of, in memory."""

from service.domain.account import Person
from service.domain.recipient import Subscription
from service.ports import Accounts


class FakeSubscriptions:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._kept: dict[tuple[str, str], Subscription] = {}

    def of(self, person_id: str) -> list[Subscription]:
        return [it for (person, _), it in sorted(self._kept.items()) if person == person_id]

    def active(self) -> list[tuple[Subscription, Person]]:
        people = {person.id: person for person in self._accounts.people() if person.active}
        kept = sorted(self._kept.values(), key=lambda it: (it.changed, it.person_id, it.channel))
        return [(it, people[it.person_id]) for it in kept if it.person_id in people]

    def put(self, subscription: Subscription) -> None:
        self._kept[subscription.person_id, subscription.channel] = subscription

    def delete(self, person_id: str, channel: str) -> bool:
        return self._kept.pop((person_id, channel), None) is not None
