"""API clients and their tokens."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_public
from chassis.http import ServiceBlueprint, decode_cursor, encode_cursor, page, page_of, principal, problems, work
from gateway.http import schemas
from gateway.http.access import MANAGED, MANAGERS
from gateway.http.current import house, visitor
from gateway.http.cursor import after_of
from gateway.use_cases.change_client import revoke_client, rotate_client
from gateway.use_cases.create_client import ClientSecret, create_client
from gateway.use_cases.issue_client_token import ClientToken, issue_client_token
from gateway.use_cases.list_clients import list_clients

blp = ServiceBlueprint("clients", url_prefix="/api/v1/identity", description="API clients of agencies and systems")


@blp.route("/tokens", methods=["POST"])
@allow_public(reason="here an API client gets its token")
@problems(401)
@blp.arguments(schemas.TokenForm, location="form")
@blp.response(200, schemas.TokenOut)
def post_token(form: dict[str, Any]) -> ClientToken:
    """A token for client id and secret (OAuth 2.0 client credentials)"""
    return issue_client_token(work(), house(), visitor(), form["client_id"], form["client_secret"])


@blp.route("/clients", methods=["POST"])
@allow(*MANAGERS, relation=MANAGED)
@blp.arguments(schemas.NewClientIn)
@blp.response(201, schemas.ClientSecretOut)
def post_client(body: dict[str, Any]) -> ClientSecret:
    """Register an API client; its secret is shown once"""
    return create_client(work(), house(), principal(), **body)


@blp.route("/clients", methods=["GET"])
@allow(*MANAGERS, relation=MANAGED)
@blp.arguments(schemas.ClientArgs, location="query")
@blp.response(200, page_of(schemas.ClientOut))
def get_clients(query: dict[str, Any]) -> dict[str, Any]:
    """API clients of an agency"""
    after = after_of(decode_cursor(query["cursor"]))
    items, last = list_clients(work(), principal(), query["agency_id"], after, query["limit"])
    return page(items, encode_cursor({"after": str(last)}) if last else None)


@blp.route("/clients/<uuid:client_id>/secret", methods=["POST"])
@allow(*MANAGERS, relation=MANAGED)
@problems(409)
@blp.arguments(schemas.RotateIn)
@blp.response(201, schemas.ClientSecretOut)
def post_secret(body: dict[str, Any], client_id: UUID) -> ClientSecret:
    """A new secret for a client"""
    return rotate_client(work(), house(), principal(), client_id, timedelta(hours=body["keep_old_hours"]))


@blp.route("/clients/<uuid:client_id>", methods=["DELETE"])
@allow(*MANAGERS, relation=MANAGED)
@blp.response(204)
def delete_client(client_id: UUID) -> None:
    """Revoke a client and its tokens"""
    revoke_client(work(), house(), principal(), client_id)
