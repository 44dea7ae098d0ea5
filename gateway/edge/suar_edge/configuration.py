"""One edge and its nginx configuration. Rendering is pure: values in, text out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from suar_edge.data import edge_data
from suar_edge.upstreams import checked_upstreams

_TEMPLATES = Path(__file__).parent / "templates"
_SAFE = re.compile(r"^[^\s;{}$'\"#]+$")


@dataclass(frozen=True)
class Rate:
    """Requests a second or minute (in nginx's notation), and how many more at once before one is refused."""

    rate: str
    burst: int


@dataclass(frozen=True)
class Limits:
    """Limits for one client address or one credential."""

    # A whole office may share one address; identity itself slows down whoever guesses passwords.
    sign_in: Rate = Rate("5r/s", 100)
    anonymous: Rate = Rate("20r/s", 100)
    credentials: Rate = Rate("50r/s", 200)
    connections_per_address: int = 1024
    body: str = "1m"
    open_body: str = "64k"
    import_body: str = "64m"

    @classmethod
    def generous(cls) -> "Limits":
        """Return the limits for a demo or a load test, where one address plays a whole ministry."""
        high = Rate("10000r/s", 20000)
        return cls(sign_in=high, anonymous=high, credentials=high, connections_per_address=4096)


@dataclass(frozen=True)
class Timeouts:
    connect: str = "2s"
    send: str = "30s"
    read: str = "30s"
    import_read: str = "120s"
    repeat: str = "35s"


@dataclass(frozen=True)
class Tls:
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Edge:
    """One edge: the services behind it, its addresses and its limits."""

    upstreams: Mapping[str, Sequence[str]]
    state_dir: Path
    listen: Sequence[str] = ("127.0.0.1:8080",)
    tls: Tls | None = None
    redirect_listen: Sequence[str] = ()
    resolver: str | None = None
    resolve_seconds: int = 5
    trusted_proxies: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)
    timeouts: Timeouts = field(default_factory=Timeouts)
    authorisation_seconds: int = 5
    user: str | None = None
    worker_processes: str = "auto"
    access_log: str = "/dev/stdout"
    error_log: str = "stderr"

    @property
    def cache_dir(self) -> Path:
        return self.state_dir / "authorisations"


def render(edge: Edge) -> str:
    """Return the whole nginx configuration; raise ValueError when nginx could misread a value."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - nginx's language, not HTML; every value is checked below
    )
    data = edge_data()
    if not edge.upstreams.get(data.identity.service):
        raise ValueError(f"upstreams: {data.identity.service} is missing; without it no request can be authorised")
    _check_values(edge)
    return environment.get_template("edge.conf.j2").render(
        edge=edge,
        upstreams=checked_upstreams(edge.upstreams),
        index=data.index,
        identity=data.identity,
        unnamed=data.unnamed,
        problems=data.problems,
        forwarded_headers=data.forwarded_headers,
    )


def prepare(edge: Edge) -> None:
    """Create the folders that the configuration names, readable by their owner only."""
    for folder in (edge.state_dir, edge.cache_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _check_values(edge: Edge) -> None:
    values = [*edge.listen, *edge.redirect_listen, *edge.trusted_proxies, edge.state_dir, edge.access_log]
    values += [edge.error_log, edge.worker_processes, *([edge.tls.certificate, edge.tls.key] if edge.tls else [])]
    for value in values:
        if not _SAFE.match(str(value)):
            raise ValueError(f"{str(value)!r} may not hold blanks, quotes or any of ; {{ }} $ #")
