"""What edge.toml says: headers that are forwarded, the index, identity, who stays unnamed, and the own refusals."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "edge.toml"


@dataclass(frozen=True)
class Problem:
    """One refusal of the edge: the nginx statuses that it answers, and the document that it sends."""

    on: list[int]
    status: int
    code: str
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes_status(self) -> bool:
        return self.on != [self.status]

    def body(self, *, body: str, import_body: str, open_body: str) -> str:
        """Return the problem document with the limits filled in; nginx replaces $rid by the request's id."""
        document = {
            "type": f"urn:suar:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail.format(
                body=_readable_size(body),
                import_body=_readable_size(import_body),
                open_body=_readable_size(open_body),
            ),
            "errors": [],
            "request_id": "$rid",
        }
        return json.dumps(document, ensure_ascii=False)


@dataclass(frozen=True)
class Identity:
    """The service that authorises requests and serves the API pages, and its addresses."""

    service: str
    authorise: str
    readiness: str
    pages: list[str]
    open_routes: list[str]
    open_reads: list[str]


@dataclass(frozen=True)
class Index:
    """What answers at the bare address: a page for browsers, links for programs."""

    page: str
    links: Mapping[str, str]

    @property
    def body(self) -> str:
        return json.dumps({"name": "Suar", "links": self.links})


@dataclass(frozen=True)
class Unnamed:
    """Routes whose callers must not be known, what passes there, and signed-in routes that no log mentions."""

    routes: list[str]
    forwarded_headers: list[str]
    unlogged: list[str]

    def routes_of(self, service: str) -> list[str]:
        return [route for route in self.routes if route.startswith(f"/api/v1/{service}/")]

    def unlogged_paths_of(self, service: str) -> list[str]:
        paths = dict.fromkeys(entry.partition(" ")[2] for entry in self.unlogged)
        return [path for path in paths if path.startswith(f"/api/v1/{service}/")]


@dataclass(frozen=True)
class EdgeData:
    forwarded_headers: list[str]
    index: Index
    identity: Identity
    unnamed: Unnamed
    problems: list[Problem]


@cache
def edge_data() -> EdgeData:
    """Read edge.toml; raise TypeError when a table lacks a key or has one too many."""
    table = tomllib.loads(_FILE.read_text())
    return EdgeData(
        forwarded_headers=table["forwarded_headers"],
        index=Index(**table["index"]),
        identity=Identity(**table["identity"]),
        unnamed=Unnamed(**table["unnamed"]),
        problems=[Problem(**entry) for entry in table["problem"]],
    )


def _readable_size(limit: str) -> str:
    return limit.upper().replace("M", " MB").replace("K", " KB")
