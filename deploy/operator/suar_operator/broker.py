"""Users of a RabbitMQ broker: each service may write its own events and read its own queue, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from chassis.bus.topology import Topology
from suar_cli.errors import BusRefused
from suar_cli.hints import with_cause

NOTHING = "^$"
OTHER_SECRETS = (
    "Sandi di .env bukan yang dipakai saat volumenya dibuat: kembalikan .env yang lama, "
    "atau mulai dari awal dengan docker-compose down -v (semua data hilang)."
)
PATIENCE_SECONDS = 15.0
CONNECT_RETRIES = 5


@dataclass(frozen=True)
class Rights:
    """Regular expressions over the names of exchanges and queues, and over the routing keys of an exchange."""

    configure: str
    write: str
    read: str
    keys: Mapping[str, str]


def rights_of(service: str, topology: Topology) -> Rights:
    """Who declares nothing can neither bind a queue to others' events nor make one; the keys say whose events they are.

    The default exchange is not among what may be written: through it, anything could be put into any queue.
    """
    events, replays = topology.exchange.name, topology.replays.name
    queues = (topology.queue(service).name, topology.dead_letter_queue(service).name)
    own = rf"[^.]+\.{_word(service)}\.[A-Za-z]+\.v[0-9]+"
    return Rights(
        configure=NOTHING,
        write=f"^({_word(events)}|{_word(replays)})$",
        read=f"^({_word(queues[0])}|{_word(queues[1])})$",
        keys={events: f"^{own}$", replays: rf"^[a-z]+\.{own}$"},
    )


@dataclass(frozen=True)
class Broker:
    """The management API of a broker, spoken to as its administrator."""

    management_url: str
    user: str
    password: str
    vhost: str

    def allow(self, passwords: Mapping[str, str], topology: Topology) -> None:
        """Create or change the user of each service; doing it again changes nothing."""
        transport = httpx.HTTPTransport(retries=CONNECT_RETRIES)
        with httpx.Client(
            base_url=self.management_url,
            auth=(self.user, self.password),
            timeout=PATIENCE_SECONDS,
            transport=transport,
        ) as http:
            for service, password in passwords.items():
                self._allow(http, service, password, rights_of(service, topology))

    def _allow(self, http: httpx.Client, service: str, password: str, rights: Rights) -> None:
        vhost = quote(self.vhost, safe="")
        _put(http, f"/api/users/{service}", {"password": password, "tags": ""})
        # the keys first: until an exchange has an entry here, every key may be written to it
        for exchange, pattern in rights.keys.items():
            body = {"exchange": exchange, "write": pattern, "read": NOTHING}
            _put(http, f"/api/topic-permissions/{vhost}/{service}", body)
        body = {"configure": rights.configure, "write": rights.write, "read": rights.read}
        _put(http, f"/api/permissions/{vhost}/{service}", body)


def _put(http: httpx.Client, path: str, body: Mapping[str, Any]) -> None:
    try:
        answer = http.put(path, json=body)
    except httpx.HTTPError as error:
        raise BusRefused(with_cause(f"Pengelolaan RabbitMQ di {http.base_url} tidak menjawab.", error)) from error
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        raise BusRefused(f"RabbitMQ menolak sandi pengelolanya. {OTHER_SECRETS}")
    if answer.is_error:
        raise BusRefused(f"RabbitMQ menolak PUT {path}: {answer.status_code} {answer.text[:300]}")


def _word(name: str) -> str:
    return name.replace(".", r"\.")
