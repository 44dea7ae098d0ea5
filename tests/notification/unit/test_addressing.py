"""Where a webhook may lead, and where it may not."""

from ipaddress import ip_address

import pytest

from notification.domain.addressing import EgressPolicy, choose, may_connect, parse_allow_list, refusal_of_url

CLOSED = EgressPolicy(insecure_allowed=False, private_allowed=False)
OPEN = EgressPolicy(insecure_allowed=True, private_allowed=True)


@pytest.mark.parametrize(
    "url", ["https://api.bkn.go.id/suar", "https://93.184.216.34:8443/x?y=1", "https://[2606:2800:220:1::1]/"]
)
def test_a_public_https_address_is_fine(url):
    assert refusal_of_url(url, CLOSED) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://api.bkn.go.id/suar",
        "https://127.0.0.1/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[fd00::1]/x",
        "https://0.0.0.0/x",
        "https://localhost/x",
        "https://2130706433/x",
        "https://user:secret@api.bkn.go.id/x",
        "https://api.bkn.go.id/x#y",
        "https://api.bkn.go.id:0/x",
        "https://api.bkn.go.id:99999/x",
        "https:///x",
        "https://api.bkn.go.id/a b",
        "https://api.bkn.go.id/\r\nX: y",
        "https://[::1/x",
        "ftp://api.bkn.go.id/x",
        "file:///etc/passwd",
        "api.bkn.go.id/x",
        "https://api.bkn.go.id/" + "x" * 2000,
    ],
)
def test_anything_else_is_refused_with_a_reason(url):
    assert refusal_of_url(url, CLOSED)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/x", "http://localhost:9000/x"])
def test_demo_and_tests_may_reach_this_machine(url):
    assert refusal_of_url(url, OPEN) is None


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("127.0.0.53", False),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2606:2800:220:1::1", True),
        ("fec0::1", False),
        ("feff:ffff::1", False),
        ("3fff::1", False),
        ("3fff:fff:ffff::1", False),
        ("192.88.99.1", False),
        ("192.0.0.8", False),
        ("192.0.0.9", False),
        ("::ffff:192.88.99.1", False),
        ("64:ff9b::c000:8", False),
        ("2002:c058:6301::", False),
        ("3ffe::1", True),
        ("192.88.98.1", True),
        ("192.0.1.1", True),
    ],
)
def test_private_addresses_are_found_in_every_disguise(address, public):
    assert may_connect(ip_address(address), CLOSED) is public


def test_one_private_address_spoils_the_whole_answer():
    public, private = ip_address("93.184.216.34"), ip_address("10.0.0.1")
    assert choose([public, public], CLOSED, "x.go.id") == [public]
    assert choose([public, private], CLOSED, "x.go.id") == []


def test_the_operators_list_opens_hosts_and_networks():
    hosts, networks = parse_allow_list("Penerima.Intra , 10.20.0.0/16,2001:db8::/32")
    reach = EgressPolicy(insecure_allowed=False, private_allowed=False, hosts=hosts, networks=networks)
    assert may_connect(ip_address("10.20.3.4"), reach)
    assert not may_connect(ip_address("10.21.3.4"), reach)
    assert may_connect(ip_address("10.99.0.1"), reach, "penerima.intra")
    assert refusal_of_url("https://penerima.intra/x", reach) is None
    with pytest.raises(ValueError, match=r"10\.20\.0\.0/99"):
        parse_allow_list("10.20.0.0/99")
