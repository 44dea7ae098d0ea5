"""Which processes an instance is made of, and the settings of each."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from suar_cli.places import contracts_folder
from suar_operator.folder import DataFolder
from suar_operator.services import SERVICES
from suar_runner.accounts import edge_user
from suar_runner.health import answers_unix
from suar_runner.options import Options
from suar_runner.process import ProcessSpec

API_ORDER, WORKER_ORDER, MIGRATION_ORDER = 70, 60, 50
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LOG_LEVEL", "SSL_CERT_FILE", "SSL_CERT_DIR")
COMPONENT_OF = {"identity": "gateway"}


@dataclass(frozen=True)
class Plan:
    """Everything that is known once the ground is prepared."""

    options: Options
    folder: DataFolder
    database_urls: Mapping[str, str]
    bus_url: str
    bus_namespace: str
    base_url: str
    private_key: Path
    public_key: Path
    webhook_key: str

    def socket(self, service: str) -> Path:
        return self.folder.run / f"{service}.sock"

    def upstreams(self) -> dict[str, list[str]]:
        return {service: [f"unix:{self.socket(service)}"] for service in (*SERVICES, "identity")}

    def environment(self, service: str) -> dict[str, str]:
        """The environment of a service's processes: its own database and nobody else's."""
        found = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        found |= {
            f"{service.upper()}_DATABASE_URL": self.database_urls[service],
            "BUS_URL": self.bus_url,
            "BUS_NAMESPACE": self.bus_namespace,
            "SUAR_MODE": self.options.mode,
            "AUTH_PUBLIC_KEY_FILE": str(self.public_key),
            "CONTRACTS_DIR": str(contracts_folder()),
            "API_WORKERS": str(self.options.api_workers),
            "PERSONNEL_URL": f"unix:{self.socket('personnel')}",
            "PUBLIC_BASE_URL": self.base_url,
            "PYTHONUNBUFFERED": "1",
        }
        if self.options.clock_file and self.options.mode != "production":
            found["CLOCK_FILE"] = str(self.options.clock_file)
        if self.options.smtp:
            found["SMTP_URL"] = self.options.smtp
        if service == "identity":
            found["AUTH_PRIVATE_KEY_FILE"] = str(self.private_key)
            found["READINESS_TARGETS"] = ",".join(f"{s}=unix:{self.socket(s)}" for s in SERVICES)
            if self.options.mode != "production":
                found["COOKIE_SECURE"] = "false"
        if service == "notification":
            found["WEBHOOK_SECRET_KEYS"] = self.webhook_key
        return found | self.options.environment

    def migration(self, service: str) -> ProcessSpec:
        return ProcessSpec(
            name=f"{service}-migrate",
            command=[sys.executable, "-m", "chassis", "migrate", component_of(service)],
            environment=self.environment(service),
            order=MIGRATION_ORDER,
        )

    def api(self, service: str) -> ProcessSpec:
        address = self.socket(service)
        # gunicorn gives its socket to the group it runs as, and the edge's workers must be able to open it
        edge = edge_user()
        return ProcessSpec(
            name=f"{service}-api",
            command=[sys.executable, "-m", "chassis", "api", component_of(service), "--bind", f"unix:{address}"],
            environment=self.environment(service),
            order=API_ORDER,
            group=edge.gid if edge else None,
            is_ready=lambda: answers_unix(address, "/health/ready"),
        )

    def worker(self, service: str) -> ProcessSpec:
        return ProcessSpec(
            name=f"{service}-worker",
            command=[sys.executable, "-m", "chassis", "worker", component_of(service)],
            environment=self.environment(service),
            order=WORKER_ORDER,
            ready_words='"worker_started"',
        )


def component_of(service: str) -> str:
    return COMPONENT_OF.get(service, service)
