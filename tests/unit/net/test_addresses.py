from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgate.net.addresses import refusal

v4 = st.ip_addresses(v=4)
v6 = st.ip_addresses(v=6)


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "shared"),
        ("100.100.100.200", "shared"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("168.63.129.16", "cloud platform"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.192", "reserved"),
        ("192.0.2.7", "documentation"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarking"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.9", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:0:127.0.0.1", "reserved"),
        ("64:ff9b::169.254.169.254", "link-local"),
        ("64:ff9b:1::1", "private"),
        ("100::1", "reserved"),
        ("2001::1", "tunnelled"),
        ("2001:2::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "tunnelled"),
        ("3fff::1", "documentation"),
        ("5f00::1", "reserved"),
        ("fc00::1", "unique-local"),
        ("fd00:ec2::254", "unique-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
    ],
)
def test_special_addresses_are_refused_by_name(address: str, rule: str) -> None:
    assert (refusal(ip_address(address)) or "").startswith(rule)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2001:200::1",
    ],
)
def test_public_addresses_pass(address: str) -> None:
    assert refusal(ip_address(address)) is None


@given(v4)
def test_no_ipv4_address_passes_that_python_knows_not_to_be_global(address: IPv4Address) -> None:
    assert refusal(address) is not None or address.is_global


@given(v6)
def test_no_ipv6_address_passes_outside_global_unicast(address: IPv6Address) -> None:
    if refusal(address) is None:
        carried = address.ipv4_mapped or address in ip_network("64:ff9b::/96")
        assert carried or (address.is_global and address in ip_network("2000::/3"))


@given(v4, st.sampled_from(["::ffff:0:0", "64:ff9b::"]))
def test_a_carried_ipv4_address_is_judged_as_itself(address: IPv4Address, prefix: str) -> None:
    carrier = IPv6Address(int(IPv6Address(prefix)) | int(address))
    assert refusal(carrier) == refusal(address)


@given(v4)
def test_a_6to4_address_never_passes(address: IPv4Address) -> None:
    assert refusal(IPv6Address((0x2002 << 112) | (int(address) << 80)))


@given(v4, v4)
def test_a_teredo_address_never_passes(server: IPv4Address, client: IPv4Address) -> None:
    hidden = int(client) ^ 0xFFFF_FFFF
    assert refusal(IPv6Address((0x20010000 << 96) | (int(server) << 64) | hidden))


@given(v4 | v6)
def test_an_allowed_range_wins(address: IPv4Address | IPv6Address) -> None:
    assert refusal(address, [ip_network(address)]) is None


@given(v4 | v6)
def test_an_allowed_range_of_others_changes_nothing(address: IPv4Address | IPv6Address) -> None:
    others = ip_network("10.0.0.0/8" if address.version == 6 else "fc00::/7")
    if not (isinstance(address, IPv6Address) and address.ipv4_mapped):
        assert refusal(address, [others]) == refusal(address)


def test_an_allowed_ipv4_range_covers_its_mapped_form() -> None:
    assert refusal(ip_address("::ffff:127.0.0.1"), [ip_network("127.0.0.0/8")]) is None
