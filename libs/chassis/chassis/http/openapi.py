"""The API description: what flask-smorest made, with each operation's access rule and its problems."""

import re
from copy import deepcopy
from typing import Any

from flask import Flask
from flask_smorest import Api

from chassis.auth import Access, access_of
from chassis.http.blueprint import OPTIONAL_IF_MATCH, PROBLEMS
from chassis.http.idempotency import IDEMPOTENCY, LONGEST_KEY, KeyRule
from chassis.http.problems import Problem
from chassis.http.view_schema import schema_of

_CONVERTER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A repeat with the same key and the same body gets the stored answer and changes nothing",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
_ALWAYS = {"400", "422", "429", "503"}
_VERSION_REQUIRED = 428
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "ETag of what was read, or *",
    "schema": {"type": "string"},
}
_WORDS = {
    "400": "malformed request",
    "401": "not signed in",
    "403": "not allowed",
    "404": "no such object",
    "409": "conflict with the present state",
    "412": "changed meanwhile",
    "413": "too large",
    "415": "unsupported media type",
    "422": "a field is wrong",
    "428": "a required header is missing",
    "429": "too many requests",
    "503": "temporarily unavailable",
}


def describe(app: Flask, api: Api) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of an application, as plain JSON data."""
    if "Problem" not in api.spec.components.schemas:
        api.spec.components.schema("Problem", schema=schema_of(Problem))
    # the parts of what to_dict returns are the specification's own, and are completed below
    document: dict[str, Any] = deepcopy(api.spec.to_dict())
    document["components"].pop("responses", None)
    schemas = document["components"]["schemas"]
    for left_over in ("Error", "PaginationMetadata"):
        schemas.pop(left_over, None)
    document["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for rule in app.url_map.iter_rules():
        path = document["paths"].get(_CONVERTER.sub(r"{\1}", rule.rule))
        view = app.view_functions[rule.endpoint]
        access = access_of(view)
        if path is None or access is None:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            declared = getattr(view, PROBLEMS, frozenset()) | (frozenset() if method == "GET" else {409})
            operation = path[method.lower()]
            _complete(operation, rule.endpoint, access, declared, rule.arguments)
            _name_idempotency_key(operation, view)
            if _VERSION_REQUIRED in declared:
                operation.setdefault("parameters", []).append(_IF_MATCH)
            elif getattr(view, OPTIONAL_IF_MATCH, False):
                operation.setdefault("parameters", []).append({**_IF_MATCH, "required": False})
    return document


def _name_idempotency_key(operation: dict[str, Any], view: object) -> None:
    """Name the header where it is honoured, and say why where it is refused."""
    match getattr(view, IDEMPOTENCY, None):
        case KeyRule() as rule:
            header = {**_IDEMPOTENCY_KEY, "required": rule is KeyRule.REQUIRED}
            operation.setdefault("parameters", []).append(header)
        case str() as reason:
            operation["x-idempotency"] = {"refused": reason}


def _rule_of(access: Access) -> dict[str, Any]:
    rule: dict[str, Any] = {"roles": sorted(access.roles), "relation": access.relation}
    if access.is_public:
        rule = {"public": access.public_because}
    marks = {"unnamed": access.unnamed, "unlogged": access.unlogged}
    return {**rule, **{name: True for name, is_set in marks.items() if is_set}}


def _complete(
    operation: dict[str, Any], endpoint: str, access: Access, declared: frozenset[int], arguments: set[str]
) -> None:
    operation["operationId"] = endpoint.rsplit(".", 1)[-1]
    operation["x-access"] = _rule_of(access)
    operation["security"] = [] if access.is_public else [{"bearer": []}]
    statuses = _ALWAYS | {str(status) for status in declared}
    if not access.is_public:
        statuses |= {"401", "403"}
    if arguments:
        statuses.add("404")
    if "requestBody" in operation:
        statuses |= {"413", "415"}
    responses = {code: body for code, body in operation["responses"].items() if code.startswith(("2", "3"))}
    for status in sorted(statuses):
        responses[status] = {"description": _WORDS.get(status, "problem"), "content": _PROBLEM}
    operation["responses"] = responses
