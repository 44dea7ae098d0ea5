"""HTTP: the application factory, and what views use."""

from chassis.http.app import create_app
from chassis.http.blueprint import ServiceBlueprint, principal, problems, work
from chassis.http.etag import IF_MATCH, etag, expected_version
from chassis.http.idempotency import idempotent, not_idempotent
from chassis.http.jobs import jobs_blueprint
from chassis.http.pagination import PageArgs, PageQuery, decode_cursor, encode_cursor, page, page_of
from chassis.http.schema import Schema

__all__ = [
    "IF_MATCH",
    "PageArgs",
    "PageQuery",
    "Schema",
    "ServiceBlueprint",
    "create_app",
    "decode_cursor",
    "encode_cursor",
    "etag",
    "expected_version",
    "idempotent",
    "jobs_blueprint",
    "not_idempotent",
    "page",
    "page_of",
    "principal",
    "problems",
    "work",
]
