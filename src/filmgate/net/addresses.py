"""Which addresses may be reached when somebody else chose them. Pure: no look-up, no socket."""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_RULES_V4 = {
    "0.0.0.0/8": "unspecified",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared (carrier-grade NAT)",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "cloud platform",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "255.255.255.255/32": "broadcast",
    "240.0.0.0/4": "reserved",
}
"""The registry of special IPv4 ranges; the first that holds the address names it."""

_RULES_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "64:ff9b:1::/48": "private",
    "2001::/32": "tunnelled (Teredo)",
    "2001::/23": "reserved",
    "2001:db8::/32": "documentation",
    "2002::/16": "tunnelled (6to4)",
    "3fff::/20": "documentation",
    "fc00::/7": "unique-local",
    "fe80::/10": "link-local",
    "fec0::/10": "private",
    "ff00::/8": "multicast",
}
"""The same for IPv6. What is in none of them must still lie in `_GLOBAL_UNICAST`."""

_RULES: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(text), rule) for text, rule in (_RULES_V4 | _RULES_V6).items()
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_CARRIES_V4 = (
    IPv6Network("::ffff:0:0/96"),  # mapped: the kernel itself connects over IPv4
    IPv6Network("64:ff9b::/96"),  # NAT64: the gateway does
)


def refusal(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """The kind of address that rules this one out (`"loopback"`, `"private"`), or None if none.

    The operator's `allowed` ranges win. A mapped or NAT64 address is judged by the IPv4 address
    that it carries.
    """
    allowed = tuple(allowed)
    if any(address in network for network in allowed):
        return None
    if any(address in network for network in _CARRIES_V4):
        return refusal(IPv4Address(int(address) & 0xFFFF_FFFF), allowed)
    for network, rule in _RULES:
        if address in network:
            return rule
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return "reserved"
    return None
