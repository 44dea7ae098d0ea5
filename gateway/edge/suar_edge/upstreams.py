"""Which services stand behind the edge, and at which addresses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# As the map of services in maps.conf.j2 finds it in a path.
_SERVICE = re.compile(r"[a-z]{1,40}")
_ADDRESS = re.compile(r"^(unix:/[^\s;{}$'\"]+|\[[0-9a-fA-F:]+\]:\d{1,5}|[A-Za-z0-9.-]+:\d{1,5})$")
_IP = re.compile(r"^(\d{1,3}(\.\d{1,3}){3}|\[.*\]):\d+$")


@dataclass(frozen=True)
class Server:
    address: str

    @property
    def is_hostname(self) -> bool:
        """Return whether a resolver must be asked for the address."""
        return not self.address.startswith("unix:") and not _IP.match(self.address)


@dataclass(frozen=True)
class Upstream:
    name: str
    servers: tuple[Server, ...]


def parse_upstreams(text: str) -> dict[str, list[str]]:
    """Parse `personnel=unix:/run/p.sock,appraisal=a:8000,appraisal=b:8000`; a repeated name is a replica."""
    upstreams: dict[str, list[str]] = {}
    for item in filter(None, re.split(r"[,\s]+", text)):
        name, separator, address = item.partition("=")
        if not separator:
            raise ValueError(f"{item!r} is not of the form service=address")
        upstreams.setdefault(name, []).append(address)
    return upstreams


def checked_upstreams(addresses_by_service: Mapping[str, Sequence[str]]) -> list[Upstream]:
    """Return the upstreams in the order of their names; raise ValueError when nginx could misread one."""
    for name, addresses in addresses_by_service.items():
        if not _SERVICE.fullmatch(name):
            raise ValueError(f"upstreams: {name!r} is not a service name (small letters)")
        if not addresses:
            raise ValueError(f"upstreams: {name} has no address")
        for address in addresses:
            if not _ADDRESS.match(address):
                raise ValueError(f"upstreams: {address!r} of {name} is neither unix:/path nor host:port")
    return [
        Upstream(name, tuple(Server(address) for address in addresses))
        for name, addresses in sorted(addresses_by_service.items())
    ]
