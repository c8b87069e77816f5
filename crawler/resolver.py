"""The only way from a host name to an address: names lead to public addresses, or nowhere.

Scrapy's HTTP client asks the reactor's name resolver for every new connection, for literal addresses too, and
connects to nothing but what it returned. A check here is therefore a check of what is really connected to; neither a
redirect nor a name that resolves differently the second time gets round it.
"""

from typing import Any

from scrapy.crawler import Crawler
from twisted.internet import address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface.declarations import implementer  # type: ignore[import-untyped]

from crawler.addresses import is_reachable


@implementer(IHostResolution)
class _Resolution:
    """A resolution that is over as soon as it began."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


@implementer(IResolutionReceiver)
class _Gate:  # the interfaces of zope carry no types, hence Any
    """Hands on the addresses that may be connected to."""

    def __init__(self, receiver: Any, name: str, resolver: "GuardedResolver") -> None:
        self._receiver = receiver
        self._name = name
        self._resolver = resolver
        self._kept = 0
        self._withheld = 0

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 — Twisted's interface
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, found: Any) -> None:  # noqa: N802 — Twisted's interface
        if is_reachable(found.host, self._resolver.allow_loopback):
            self._kept += 1
            self._receiver.addressResolved(found)
        else:
            self._withheld += 1

    def resolutionComplete(self) -> None:  # noqa: N802 — Twisted's interface
        if self._withheld and not self._kept:
            self._resolver.refused.add(self._name)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's TWISTED_DNS_RESOLVER. `refused` names the hosts that have private addresses only."""

    def __init__(self, reactor: ReactorBase, allow_loopback: bool) -> None:
        self._reactor: Any = reactor
        self._resolver: Any = reactor.nameResolver
        self.allow_loopback = allow_loopback
        self.refused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        """As Scrapy builds it; the setting ALLOW_LOOPBACK is the job's."""
        return cls(reactor, crawler.settings.getbool("ALLOW_LOOPBACK"))

    def install_on_reactor(self) -> None:
        """From now on every connection of this process asks here."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 — Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve the name; `localhost` and all below it are this machine (RFC 6761), whatever a name server says."""
        gate = _Gate(resolutionReceiver, hostName, self)
        name = hostName.lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            resolution = _Resolution(hostName)
            gate.resolutionBegan(resolution)
            gate.addressResolved(address.IPv4Address("TCP", "127.0.0.1", portNumber))
            gate.resolutionComplete()
            return resolution
        return self._resolver.resolveHostName(gate, hostName, portNumber, addressTypes, transportSemantics)
