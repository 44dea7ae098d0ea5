"""Every route of every deployable, out of its committed description, so that a new one is walked by itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.architecture.layout import COMPONENTS, ROOT

NOT_ABOUT_ROUTES = {"parameters"}


@dataclass(frozen=True)
class Route:
    component: str
    method: str
    path: str
    roles: frozenset[str]
    parameters: dict[str, Any] = field(compare=False, repr=False)
    needed: dict[str, Any] = field(compare=False, repr=False)
    persons: frozenset[str] = frozenset()

    @property
    def public(self) -> bool:
        return not self.roles

    @property
    def key(self) -> str:
        """As the tables of objects write it: without the service's prefix."""
        return f"{self.method} /{self.path.split('/', 4)[4]}"

    @property
    def names_an_object(self) -> bool:
        return bool(self.parameters)

    def address(self, **known: object) -> str:
        """The path and the query that it cannot do without, with something believable for what is not known."""
        path = re.sub(r"\{(\w+)\}", lambda name: _value(name[1], self.parameters[name[1]], known), self.path)
        query = "&".join(f"{name}={_value(name, schema, known)}" for name, schema in self.needed.items())
        return f"{path}?{query}" if query else path

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _value(name: str, schema: dict[str, Any], known: dict[str, object]) -> str:
    if name in known and known[name] is not None:
        return str(known[name])
    if "enum" in schema:
        return str(schema["enum"][0])
    if schema["type"] == "array":
        return _value(name, schema["items"], known)
    return {"integer": "1", "string": str(uuid4()) if schema.get("format") == "uuid" else "kode"}[schema["type"]]


def all_routes() -> Iterator[Route]:
    for component in COMPONENTS:
        own = "identity" if component == "gateway" else component
        document = json.loads((ROOT / f"contracts/http/{own}.openapi.json").read_text())
        for path, operations in document["paths"].items():
            shared = operations.get("parameters", [])
            for method, operation in operations.items():
                if method in NOT_ABOUT_ROUTES:
                    continue
                parameters = [*shared, *operation.get("parameters", [])]
                yield Route(
                    component,
                    method.upper(),
                    path,
                    frozenset(operation["x-access"].get("roles", ())),
                    {one["name"]: one["schema"] for one in parameters if one["in"] == "path"},
                    {one["name"]: one["schema"] for one in parameters if one["in"] == "query" and one.get("required")},
                    frozenset(_persons(document, parameters, operation)),
                )


def _persons(document: dict[str, Any], parameters: list[dict[str, Any]], operation: dict[str, Any]) -> set[str]:
    """What a request says of a person or unit outside its path: in the query, or at the top of its body."""
    asked = {one["name"] for one in parameters if one["in"] == "query"}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").split("/")[-1]
        asked |= set(document["components"]["schemas"].get(name, {}).get("properties", {}))
    return asked & {"employee_id", "unit_id"}


ROUTES = list(all_routes())
