"""What must be there before any service starts: databases and roles, broker users, queues and bindings.

Run once before the services, and again with every new version or password: it makes what is missing, sets what it is
given, and takes nothing away. It alone knows the administrators' passwords.
"""

import os
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from chassis.bus.contracts import Contracts
from chassis.bus.topology import Topology
from suar_cli.errors import RunnerError
from suar_cli.places import contracts_folder
from suar_operator import bus
from suar_operator.broker import OTHER_SECRETS, Broker
from suar_operator.databases import DatabaseServer
from suar_operator.services import OWNERS

CONNECTIONS_PER_ROLE = 70
BUS_CURE = "Periksa BUS_ADMIN_URL dan docker-compose logs rabbitmq."


def main(environ: Mapping[str, str] = os.environ) -> None:
    """Prepare what the environment names: DATABASE_ADMIN_URL, BUS_ADMIN_URL, or both."""
    try:
        if "DATABASE_ADMIN_URL" in environ:
            prepare_databases(environ)
        if "BUS_ADMIN_URL" in environ:
            prepare_broker(environ)
    except RunnerError as error:
        sys.exit(f"suar: {error}")


def prepare_databases(environ: Mapping[str, str]) -> None:
    """A role and a database for each owner in PREPARE_DATABASES (all of them, unless named)."""
    owners = environ.get("PREPARE_DATABASES", " ".join(OWNERS)).split()
    limit = int(environ.get("DATABASE_CONNECTIONS_PER_ROLE", CONNECTIONS_PER_ROLE))
    passwords = {owner: _required(environ, f"{owner.upper()}_DATABASE_PASSWORD") for owner in owners}
    DatabaseServer(environ["DATABASE_ADMIN_URL"], cure=_cure).prepare(passwords, limit)
    print(f"basis data siap: {', '.join(owners)}", flush=True)


def prepare_broker(environ: Mapping[str, str]) -> None:
    """A user for each service, then queues and bindings as subscribed; BUS_MANAGEMENT_URL is the broker's HTTP API."""
    url, namespace = environ["BUS_ADMIN_URL"], environ.get("BUS_NAMESPACE", "suar")
    passwords = {service: _required(environ, f"{service.upper()}_BUS_PASSWORD") for service in OWNERS}
    parts = urlsplit(url)
    vhost = parts.path.removeprefix("/") or "/"
    broker = Broker(_required(environ, "BUS_MANAGEMENT_URL"), parts.username or "", parts.password or "", vhost)
    broker.allow(passwords, Topology(namespace))
    bus.declare_all(url, namespace, Contracts(contracts_folder()), cure=BUS_CURE)
    print(f"bus pesan siap: antrean dan pengguna {', '.join(OWNERS)}", flush=True)


def _cure(reason: str) -> str:
    if "password authentication failed" in reason:
        return OTHER_SECRETS
    return "Periksa DATABASE_ADMIN_URL dan docker-compose logs postgres."


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise RunnerError(f"{name} belum diisi.")
    return value


if __name__ == "__main__":
    main()
