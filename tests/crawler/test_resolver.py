"""Which addresses the crawler connects to."""

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.addresses import is_reachable
from crawler.resolver import GuardedResolver

PRIVATE = [
    "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::", "2001:db8::1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:0a00:0001::", "bukan-alamat", "",
]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
PUBLIC = ["8.8.8.8", "103.28.12.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_reachable(address: str) -> None:
    assert not is_reachable(address, allow_loopback=False)
    assert not is_reachable(address, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_this_machine_is_reachable_only_where_that_is_allowed(address: str) -> None:
    assert not is_reachable(address, allow_loopback=False)
    assert is_reachable(address, allow_loopback=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reachable(address: str) -> None:
    assert is_reachable(address, allow_loopback=False)


class FakeReactor:
    """Names resolve to these addresses, one answer a question."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, *args: object) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class Receiver:
    """What an endpoint would connect to."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        """Nothing to do."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


def guarded(*answers: list[Any], allow_loopback: bool = False) -> GuardedResolver:
    reactor: Any = FakeReactor(*answers)
    return GuardedResolver(reactor, allow_loopback)


def resolve(resolver: GuardedResolver, name: str) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, name, 80)
    assert receiver.is_complete
    return receiver.found


def tcp(host: str) -> Any:
    return (IPv6Address if ":" in host else IPv4Address)("TCP", host, 80)


def test_only_public_addresses_of_a_name_are_handed_on() -> None:
    resolver = guarded([tcp("10.0.0.1"), tcp("8.8.8.8"), tcp("::1")])
    assert resolve(resolver, "campur.example") == ["8.8.8.8"]
    assert resolver.refused == set()


def test_a_name_that_turns_private_the_second_time_is_refused() -> None:
    resolver = guarded([tcp("8.8.8.8")], [tcp("127.0.0.1")])
    assert resolve(resolver, "ganti.example") == ["8.8.8.8"]
    assert resolve(resolver, "ganti.example") == []
    assert resolver.refused == {"ganti.example"}


def test_a_name_without_any_address_is_not_called_private() -> None:
    resolver = guarded([])
    assert resolve(resolver, "tiada.example") == []
    assert resolver.refused == set()


@pytest.mark.parametrize("name", ["localhost", "kabar.localhost", "LOCALHOST.", "a.b.localhost"])
def test_localhost_is_this_machine_without_asking_anyone(name: str) -> None:
    assert resolve(guarded(allow_loopback=True), name) == ["127.0.0.1"]
    assert resolve(guarded(), name) == []
