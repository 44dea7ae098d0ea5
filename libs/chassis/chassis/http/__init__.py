"""HTTP: the application factory, and what views use."""

from chassis.http.app import create_app
from chassis.http.blueprint import ServiceBlueprint, principal, problems, work
from chassis.http.etag import etag, expected_version, expected_version_if_sent, read_version, with_etag
from chassis.http.idempotency import UNSTORED, idempotent, not_idempotent
from chassis.http.jobs import jobs_blueprint
from chassis.http.pagination import PageQuery
from chassis.http.schema import Schema

__all__ = [
    "UNSTORED",
    "PageQuery",
    "Schema",
    "ServiceBlueprint",
    "create_app",
    "etag",
    "expected_version",
    "expected_version_if_sent",
    "idempotent",
    "jobs_blueprint",
    "not_idempotent",
    "principal",
    "problems",
    "read_version",
    "with_etag",
    "work",
]
