"""One API description out of those that each service commits."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.observability.logging import get_logger

log = get_logger()
_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options", "trace"})
_SUFFIX = ".openapi.json"
# what services ask one another: the edge does not lead there
_INTERNAL = "/internal/"
_REF = re.compile(r"^#/components/([^/]+)/([^/]+)(.*)$")
_INTRODUCTION = Path(__file__).parent / "static" / "intro.md"
_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "Token dari POST /api/v1/identity/sessions (orang) atau POST /api/v1/identity/tokens (aplikasi).",
}


@dataclass(frozen=True)
class Catalogue:
    """The merged document, encoded."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, documents: Mapping[str, Mapping[str, Any]]) -> "Catalogue":
        body = json.dumps(merge(documents), ensure_ascii=False, separators=(",", ":")).encode()
        return cls(body, hashlib.sha256(body).hexdigest()[:20])


def read_documents(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the committed documents by service name, without unreadable ones: sign-in must not fail for those."""
    documents = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            documents[path.name.removesuffix(_SUFFIX)] = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            log.warning("api_description_unreadable", file=path.name, error=str(error)[:200])
    return documents


def merge(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return one document: components, tags and operation ids are prefixed with their service's name.

    Raise ValueError when two services describe the same path.
    """
    merged: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Suar",
            "version": "v1",
            "description": _INTRODUCTION.read_text(),
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "tags": [],
        "paths": {},
        "components": {"securitySchemes": {"bearer": _BEARER}},
    }
    for service, document in sorted(documents.items()):
        _add(merged, service, document)
    return merged


def _add(merged: dict[str, Any], service: str, document: Mapping[str, Any]) -> None:
    for path, item in document.get("paths", {}).items():
        if path.startswith(_INTERNAL):
            continue
        if path in merged["paths"]:
            raise ValueError(f"two services describe {path}; one of them is {service}")
        merged["paths"][path] = {
            key: _operation(service, value) if key in _METHODS else _renamed(service, value)
            for key, value in item.items()
        }
    for kind, entries in document.get("components", {}).items():
        if kind == "securitySchemes":
            continue
        target = merged["components"].setdefault(kind, {})
        for name, entry in entries.items():
            target[_prefixed(service, name)] = _renamed(service, entry)
    for tag in document.get("tags", []):
        merged["tags"].append({**tag, "name": f"{service}: {tag['name']}"})


def _operation(service: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = _renamed(service, operation)
    if "operationId" in result:
        result["operationId"] = f"{service}_{result['operationId']}"
    result["tags"] = [f"{service}: {tag}" for tag in result.get("tags", ["api"])]
    if result.get("security"):
        result["security"] = [{"bearer": []}]
    return result


def _renamed(service: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _reference(service, inner) if key == "$ref" and isinstance(inner, str) else _renamed(service, inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(service, inner) for inner in value]
    return value


def _reference(service: str, reference: str) -> str:
    found = _REF.match(reference)
    if not found:
        return reference
    kind, name, rest = found.groups()
    return f"#/components/{kind}/{_prefixed(service, name)}{rest}"


def _prefixed(service: str, name: str) -> str:
    return f"{service}.{name}"
