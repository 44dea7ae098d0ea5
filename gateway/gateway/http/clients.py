"""API clients and their tokens."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import allow, allow_public
from chassis.http import UNSTORED, ServiceBlueprint, not_idempotent, principal, problems, work
from chassis.pagination import Page
from gateway.domain.client import ClientSecretView, ClientTokenView, ClientView, ListClients, RegisterClient
from gateway.http.access import MANAGERS, Relation
from gateway.http.clients_schemas import ClientsQuery, NewClientIn, RotateIn, TokenForm
from gateway.http.current import client_info, services
from gateway.use_cases.clients.issue_token import issue_client_token
from gateway.use_cases.clients.read import list_clients
from gateway.use_cases.clients.register import register_client
from gateway.use_cases.clients.revoke import revoke_client
from gateway.use_cases.clients.rotate_secret import rotate_secret

blp = ServiceBlueprint("clients", url_prefix="/api/v1/identity", description="API clients of agencies and systems")


@blp.route("/tokens", methods=["POST"])
@allow_public(reason="here an API client gets its token")
@not_idempotent(reason=UNSTORED)
@problems(401)
@blp.arguments(TokenForm, location="form")
@blp.response(200, ClientTokenView)
def post_token(form: dict[str, Any]) -> ClientTokenView:
    """A token for client id and secret (OAuth 2.0 client credentials)"""
    return issue_client_token(
        work(), services(), client_info(), client_id=form["client_id"], secret=form["client_secret"]
    )


@blp.route("/clients", methods=["POST"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@not_idempotent(reason=UNSTORED)
@blp.arguments(NewClientIn)
@blp.response(201, ClientSecretView)
def post_client(body: dict[str, Any]) -> ClientSecretView:
    """Register an API client; its secret is shown once"""
    command = RegisterClient(**{**body, "roles": tuple(body["roles"])})
    return register_client(work(), services(), principal(), command)


@blp.route("/clients", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.arguments(ClientsQuery, location="query")
@blp.response(200, Page[ClientView])
def get_clients(query: dict[str, Any]) -> Page[ClientView]:
    """API clients of an agency"""
    return list_clients(work(), principal(), ListClients(**query))


@blp.route("/clients/<uuid:client_id>/secret", methods=["POST"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@not_idempotent(reason=UNSTORED)
@problems(409)
@blp.arguments(RotateIn)
@blp.response(201, ClientSecretView)
def post_secret(body: dict[str, Any], client_id: UUID) -> ClientSecretView:
    """A new secret for a client"""
    keep_old = timedelta(hours=body["keep_old_hours"])
    return rotate_secret(work(), services(), principal(), client_id=client_id, keep_old=keep_old)


@blp.route("/clients/<uuid:client_id>", methods=["DELETE"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.response(204)
def delete_client(client_id: UUID) -> None:
    """Revoke a client and its tokens"""
    revoke_client(work(), services(), principal(), client_id)
