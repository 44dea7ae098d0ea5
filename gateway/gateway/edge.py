"""The edge: nginx's configuration, rendered from our templates. Pure: values in, text out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).resolve().parents[1] / "nginx"

# Everything a client may say to a service, besides the address and the body.
FORWARDED_HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Content-Type",
    "Content-Encoding",
    "Content-Disposition",
    "If-Match",
    "If-None-Match",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "Range",
    "If-Range",
    "Idempotency-Key",
    "Prefer",
    "Last-Event-ID",
    "User-Agent",
    "Origin",
    "tracestate",
)

_SERVICE = re.compile(r"^[a-z][a-z0-9-]{0,40}$")
_ADDRESS = re.compile(r"^(unix:/[^\s;{}$'\"]+|\[[0-9a-fA-F:]+\]:\d{1,5}|[A-Za-z0-9.-]+:\d{1,5})$")
_IP = re.compile(r"^(\d{1,3}(\.\d{1,3}){3}|\[.*\]):\d+$")
_SAFE = re.compile(r"^[^\s;{}$'\"#]+$")


@dataclass(frozen=True)
class Rate:
    """So many a second or minute (nginx's writing), and how many at once before the next is refused."""

    rate: str
    burst: int


@dataclass(frozen=True)
class Limits:
    """What one address or one credential may ask for."""

    # A whole office may stand behind one address; who guesses passwords is slowed by identity itself.
    sign_in: Rate = Rate("5r/s", 100)
    strangers: Rate = Rate("20r/s", 100)
    credentials: Rate = Rate("50r/s", 200)
    connections_per_address: int = 1024
    body: str = "1m"
    import_body: str = "64m"

    @classmethod
    def generous(cls) -> Limits:
        """For a demo or a load test, where one address plays a whole ministry."""
        much = Rate("10000r/s", 20000)
        return cls(sign_in=much, strangers=much, credentials=much, connections_per_address=4096)


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
    """One edge: which services stand where, and how it is spoken to."""

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


@dataclass(frozen=True)
class Problem:
    """One refusal of the edge: the nginx statuses it answers, and what it says."""

    on: tuple[int, ...]
    status: int
    code: str
    title: str
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def replaces(self) -> bool:
        return self.on != (self.status,)

    @property
    def body(self) -> str:
        """The problem document; nginx puts the request's id in where it says $rid."""
        document = {
            "type": f"urn:suar:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.sentence,
            "errors": [],
            "request_id": "$rid",
        }
        return json.dumps(document, ensure_ascii=False)


def problems(limits: Limits) -> tuple[Problem, ...]:
    """Every refusal of the edge; the codes are stable, the sentences are for people."""
    return (
        Problem(
            (400, 495, 496, 497),
            400,
            "edge_request_malformed",
            "The request is not well-formed HTTP",
            "Permintaan tidak dapat dibaca. Periksa alamat dan kepala permintaan, lalu kirim lagi.",
        ),
        Problem(
            (401,),
            401,
            "edge_credential_refused",
            "The session or token is not valid",
            "Sesi atau token Anda tidak berlaku (lagi). Silakan masuk kembali.",
            (("WWW-Authenticate", '\'Bearer realm="suar", error="invalid_token"\''),),
        ),
        Problem(
            (403,),
            403,
            "edge_origin_refused",
            "The request does not come from our own page",
            "Permintaan ini tidak berasal dari halaman Suar. Muat ulang halaman, lalu ulangi.",
        ),
        Problem(
            (404,),
            404,
            "edge_unknown_address",
            "Nothing answers at this address",
            "Alamat ini tidak ada. Daftar alamat yang tersedia ada di /api/docs.",
        ),
        Problem(
            (405,),
            405,
            "edge_method_refused",
            "This method is not served",
            "Cara permintaan (metode HTTP) ini tidak dilayani.",
        ),
        Problem(
            (408,),
            408,
            "edge_request_too_slow",
            "The request did not arrive in time",
            "Kiriman tidak selesai tepat waktu. Periksa sambungan Anda, lalu kirim lagi.",
        ),
        Problem(
            (413,),
            413,
            "edge_body_too_large",
            "The body is larger than is taken here",
            f"Kiriman terlalu besar. Batasnya {_size(limits.body)}, dan {_size(limits.import_body)} untuk impor.",
        ),
        Problem(
            (414, 494),
            414,
            "edge_address_too_long",
            "The address or the headers are too long",
            "Alamat atau kepala permintaan terlalu panjang. Perpendek saringan pencarian Anda.",
        ),
        Problem(
            (429,),
            429,
            "edge_too_many_requests",
            "Too many requests in a short time",
            "Terlalu banyak permintaan dalam waktu singkat. Tunggu sebentar, lalu coba lagi.",
            (("Retry-After", "2"),),
        ),
        Problem(
            (500, 503),
            503,
            "edge_not_ready",
            "The request could not be authorised just now",
            "Layanan masuk sedang tidak dapat dihubungi. Coba lagi beberapa detik lagi.",
            (("Retry-After", "5"),),
        ),
        Problem(
            (502,),
            502,
            "edge_service_unreachable",
            "The service behind this address does not answer",
            "Layanan ini sedang tidak dapat dihubungi. Coba lagi beberapa detik lagi.",
            (("Retry-After", "5"),),
        ),
        Problem(
            (504,),
            504,
            "edge_service_too_slow",
            "The service behind this address did not answer in time",
            "Layanan ini terlalu lama menjawab. Periksa dahulu apakah perubahan Anda sudah tersimpan.",
            (("Retry-After", "5"),),
        ),
    )


@dataclass(frozen=True)
class _Server:
    address: str
    resolve: bool


@dataclass(frozen=True)
class _Upstream:
    name: str
    servers: tuple[_Server, ...]


@dataclass(frozen=True)
class _Header:
    name: str

    @property
    def variable(self) -> str:
        return "$http_" + self.name.lower().replace("-", "_")


@dataclass(frozen=True)
class _Page:
    location: str


_PAGES = (_Page("= /api/v1/openapi.json"), _Page("= /api/docs"), _Page("^~ /api/docs/"))


def render(edge: Edge) -> str:
    """The whole nginx configuration of an edge."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - nginx's language, not HTML; every value is checked below
    )
    _check(edge)
    return environment.get_template("edge.conf.j2").render(
        edge=edge,
        upstreams=_upstreams(edge),
        problems=problems(edge.limits),
        forwarded_headers=[_Header(name) for name in FORWARDED_HEADERS],
        pages=_PAGES,
    )


def prepare(edge: Edge) -> None:
    """Make the folders that the configuration names, readable by their owner only."""
    for folder in (edge.state_dir, edge.cache_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def parse_upstreams(text: str) -> dict[str, list[str]]:
    """`personnel=unix:/run/p.sock,appraisal=a:8000,appraisal=b:8000` as a map; a repeated name is a replica."""
    upstreams: dict[str, list[str]] = {}
    for item in filter(None, re.split(r"[,\s]+", text)):
        name, separator, address = item.partition("=")
        if not separator:
            msg = f"{item!r} is not of the form service=address"
            raise ValueError(msg)
        upstreams.setdefault(name, []).append(address)
    return upstreams


def _upstreams(edge: Edge) -> list[_Upstream]:
    return [
        _Upstream(
            name, tuple(_Server(address, _is_name(address) and edge.resolver is not None) for address in addresses)
        )
        for name, addresses in sorted(edge.upstreams.items())
    ]


def _is_name(address: str) -> bool:
    return not address.startswith("unix:") and not _IP.match(address)


def _check(edge: Edge) -> None:
    if not edge.upstreams.get("identity"):
        raise ValueError("upstreams: identity is missing; without it nobody can be let in")
    for name, addresses in edge.upstreams.items():
        if not _SERVICE.match(name):
            raise ValueError(f"upstreams: {name!r} is not a service name (small letters, digits, hyphens)")
        if not addresses:
            raise ValueError(f"upstreams: {name} has no address")
        for address in addresses:
            if not _ADDRESS.match(address):
                raise ValueError(f"upstreams: {address!r} of {name} is neither unix:/path nor host:port")
    values = [*edge.listen, *edge.redirect_listen, *edge.trusted_proxies, edge.state_dir, edge.access_log]
    values += [edge.error_log, edge.worker_processes, *([edge.tls.certificate, edge.tls.key] if edge.tls else [])]
    for value in values:
        if not _SAFE.match(str(value)):
            raise ValueError(f"{str(value)!r} may not hold blanks, quotes or any of ; {{ }} $ #")


def _size(limit: str) -> str:
    return limit.upper().replace("M", " MB").replace("K", " KB")
