"""Which addresses a webhook may call: the guard against being sent into our own network."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from notification.domain.errors import UrlNotAllowed

LONGEST_URL = 2000
HTTPS_PORT = 443

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Not public, whatever the standard library of the day says: IETF protocol assignments, of which some reach the own
# gateway (RFC 6890, 7723), the anycast address of 6to4 relays (RFC 7526), site-local addresses (RFC 3879), which old
# networks still route, and documentation (RFC 9637).
_NEVER_PUBLIC: tuple[Network, ...] = (
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv6Network("fec0::/10"),
    ipaddress.IPv6Network("3fff::/20"),
)


@dataclass(frozen=True)
class EgressPolicy:
    """What the operator allows webhooks to reach besides the public internet over https."""

    insecure_allowed: bool
    private_allowed: bool
    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def names(self, host: str) -> bool:
        return host.lower().rstrip(".") in self.hosts

    def covers(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


def parse_allow_list(text: str) -> tuple[frozenset[str], tuple[Network, ...]]:
    """Host names and networks out of a comma separated setting; whatever is not a network is a name."""
    hosts: set[str] = set()
    networks: list[Network] = []
    for item in (part.strip().lower() for part in text.split(",")):
        if not item:
            continue
        try:
            networks.append(ipaddress.ip_network(item))
        except ValueError:
            if "/" in item:
                raise ValueError(f"{item!r} is neither a network (10.20.0.0/16) nor a host name") from None
            hosts.add(item.rstrip("."))
    return frozenset(hosts), tuple(networks)


def require_callable(url: str, policy: EgressPolicy) -> None:
    """Raise UrlNotAllowed for an address that events may not be sent to."""
    why = refusal_of_url(url, policy)
    if why is not None:
        raise UrlNotAllowed(why=why)


def refusal_of_url(url: str, policy: EgressPolicy) -> str | None:
    """Why this URL may not be registered (in Indonesian), or None when it may."""
    if len(url) > LONGEST_URL:
        return f"panjangnya lebih dari {LONGEST_URL} karakter"
    if any(not " " < character <= "~" for character in url):
        return "memuat spasi atau karakter di luar ASCII"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "bentuknya bukan URL yang sah"
    if not host:
        return "harus berbentuk https://nama-host/jalur"
    faults = (
        (parts.scheme not in {"https", "http"}, "harus berbentuk https://nama-host/jalur"),
        (parts.username is not None or parts.password is not None, "tidak boleh memuat nama pengguna atau kata sandi"),
        (bool(parts.fragment), "tidak boleh memuat bagian sesudah tanda #"),
        (port == 0, "nomor porta harus 1 sampai 65535"),
        (parts.scheme == "http" and not policy.insecure_allowed, "harus memakai https"),
    )
    return next((why for found, why in faults if found), None) or _refusal_of_host(host, policy)


def _refusal_of_host(host: str, policy: EgressPolicy) -> str | None:
    literal = as_address(host)
    if literal is not None:
        return None if may_connect(literal, policy, host) else "menunjuk ke jaringan internal"
    if "." not in host and not policy.names(host) and not policy.private_allowed:
        return "nama host harus lengkap (memuat titik)"
    return None


def as_address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def may_connect(address: Address, policy: EgressPolicy, host: str = "") -> bool:
    """Whether a connection to this resolved address may be opened; asked for every address, at every connection."""
    if policy.private_allowed or policy.names(host) or policy.covers(address):
        return True
    return all(_is_public(candidate) for candidate in _faces(address))


def choose(addresses: Iterable[Address], policy: EgressPolicy, host: str) -> list[Address]:
    """The addresses to try, or none at all when a single one of them is forbidden: a mixed answer is an attack."""
    found = list(dict.fromkeys(addresses))
    return found if all(may_connect(address, policy, host) for address in found) else []


def _is_public(address: Address) -> bool:
    if any(address in network for network in _NEVER_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _faces(address: Address) -> list[Address]:
    """The address and every IPv4 address hidden inside an IPv6 one."""
    faces: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return [address.ipv4_mapped]
        if address.sixtofour is not None:
            faces.append(address.sixtofour)
        if address.teredo is not None:
            faces.extend(address.teredo)
        if address in _NAT64:
            return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return faces
