"""Which addresses are public."""

from ipaddress import IPv4Address, IPv6Address, ip_address

_NAT64 = IPv6Address("64:ff9b::")


def is_reachable(host: str, allow_loopback: bool) -> bool:
    """Whether we may connect to this address: a public one, or this machine's own where that is allowed."""
    try:
        parsed = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    for inner in _inner_addresses(parsed):
        if inner.is_loopback:
            if not allow_loopback:
                return False
        elif not inner.is_global or inner.is_multicast or inner.is_reserved:
            return False
    return True


def _inner_addresses(outer: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address itself, or the IPv4 addresses that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(outer, IPv4Address):
        return [outer]
    if outer.ipv4_mapped is not None:
        return [outer.ipv4_mapped]
    if outer.sixtofour is not None:
        return [outer.sixtofour]
    if outer.teredo is not None:
        return list(outer.teredo)
    if int(outer) >> 32 == int(_NAT64) >> 32:
        return [IPv4Address(int(outer) & 0xFFFFFFFF)]
    return [outer]
