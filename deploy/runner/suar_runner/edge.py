"""The edge of one instance: its port, its configuration, its process."""

import errno
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from suar_cli.errors import PortTaken
from suar_edge.configuration import Edge, Limits, render
from suar_operator.folder import write_atomically
from suar_runner.accounts import edge_user
from suar_runner.health import answers_tcp
from suar_runner.process import ProcessSpec

NAME = "edge"
STOP_ORDER = 90
WORKERS = "2"


def free_port(address: str, port: int) -> int:
    """The port itself when it is free, any free one for 0; raises PortTaken."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as error:
            raise PortTaken(_why(address, port, error)) from error
        return int(probe.getsockname()[1])


def _why(address: str, port: int, error: OSError) -> str:
    way_out = "Pilih port lain dengan --port, misalnya --port 8081, atau --port 0 supaya dipilihkan."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} di {address} sedang dipakai program lain. {way_out}"
    if error.errno == errno.EACCES:
        return f"Port {port} hanya boleh dibuka oleh root. {way_out}"
    return f"Alamat {address}:{port} tidak dapat dibuka ({error.strerror}). Periksa --listen dan --port."


@dataclass(frozen=True)
class EdgeProcess:
    """nginx in front of the sockets of the services."""

    nginx: Path
    state: Path
    address: str
    port: int
    upstreams: dict[str, list[str]]
    generous: bool

    @property
    def config(self) -> Path:
        return self.state / "nginx.conf"

    def spec(self) -> ProcessSpec:
        user = edge_user()
        host = f"[{self.address}]" if ":" in self.address else self.address
        edge = Edge(
            upstreams=self.upstreams,
            # relative to nginx's own folder (-p), which may have any name; its configuration could not hold all of them
            state_dir=Path(),
            listen=(f"{host}:{self.port}",),
            limits=Limits.generous() if self.generous else Limits(),
            user=f"{user.name} {user.group}" if user else None,
            worker_processes=WORKERS,
            access_log="../logs/edge-access.log",
        )
        write_atomically(self.config, render(edge), mode=0o600)
        # everybody at home answers on loopback when the edge listens on all addresses
        asked = "127.0.0.1" if self.address in {"0.0.0.0", "::"} else self.address  # noqa: S104
        return ProcessSpec(
            name=NAME,
            command=[str(self.nginx), "-p", str(self.state), "-c", str(self.config), "-g", "daemon off;"],
            environment={"PATH": "/usr/bin:/bin", "TZ": "UTC"},
            order=STOP_ORDER,
            is_ready=lambda: answers_tcp(asked, self.port, "/healthz"),
            stop_signal=signal.SIGQUIT,
            stop_within=3,
            then_signal=signal.SIGTERM,
            folder=self.state,
        )
