"""Accounts, as their managers see them."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, not_idempotent, principal, problems, with_etag, work
from chassis.pagination import Items, Page
from gateway.domain.account import ChangeAccount, ListAccounts, NewAccount
from gateway.domain.account_views import AccountResultView, AccountView, IssuedCodeView
from gateway.domain.people import ListUnmatched, PersonWithoutAccountView
from gateway.http.access import MANAGERS, Relation
from gateway.http.accounts_schemas import AccountChangeIn, AccountsQuery, NewAccountsIn, UnmatchedQuery
from gateway.http.current import services
from gateway.use_cases.accounts.approve_code import approve_code
from gateway.use_cases.accounts.change import change_account
from gateway.use_cases.accounts.close import close_account
from gateway.use_cases.accounts.create_batch import CreateAccounts, create_accounts
from gateway.use_cases.accounts.issue_code import issue_code
from gateway.use_cases.accounts.read import list_accounts, show_account
from gateway.use_cases.people.read import list_accounts_without_service, list_people_without_account

CODES_UNSTORED = "the answer holds one-time codes, which are not stored"

blp = ServiceBlueprint("accounts", url_prefix="/api/v1/identity/accounts", description="Accounts of an agency")


@blp.route("/batch", methods=["POST"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@not_idempotent(reason=CODES_UNSTORED)
@blp.arguments(NewAccountsIn)
@blp.response(200, Items[AccountResultView])
def create_batch(body: dict[str, Any]) -> Items[AccountResultView]:
    """Create up to 1,000 accounts; each row is answered by its own outcome and activation code"""
    rows = tuple(NewAccount(**row) for row in body["accounts"])
    return create_accounts(work(), services(), principal(), CreateAccounts(rows, body["agency_id"]))


@blp.route("", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.arguments(AccountsQuery, location="query")
@blp.response(200, Page[AccountView])
def get_accounts(query: dict[str, Any]) -> Page[AccountView]:
    """Accounts of an agency"""
    return list_accounts(work(), principal(), ListAccounts(**query))


@blp.route("/without-service", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@problems(503)
@blp.arguments(UnmatchedQuery, location="query")
@blp.response(200, Page[AccountView])
def get_accounts_without_service(query: dict[str, Any]) -> Page[AccountView]:
    """Open accounts of nobody who is in service or in office today"""
    return list_accounts_without_service(work(), principal(), ListUnmatched(**query))


@blp.route("/missing", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@problems(503)
@blp.arguments(UnmatchedQuery, location="query")
@blp.response(200, Page[PersonWithoutAccountView])
def get_people_without_account(query: dict[str, Any]) -> Page[PersonWithoutAccountView]:
    """People in service today who have no open account"""
    return list_people_without_account(work(), principal(), ListUnmatched(**query))


@blp.route("/<uuid:account_id>", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.response(200, AccountView)
def get_account(account_id: UUID) -> AccountView:
    """One account"""
    return with_etag(show_account(work(), principal(), account_id))


@blp.route("/<uuid:account_id>", methods=["PATCH"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@problems(409, 412, 428)
@blp.arguments(AccountChangeIn)
@blp.response(200, AccountView)
def patch_account(body: dict[str, Any], account_id: UUID) -> AccountView:
    """Change roles, name, unit, or whether it is disabled, or say whose it is; needs If-Match"""
    command = ChangeAccount(account_id, expected_version(), **body)
    return with_etag(change_account(work(), services(), principal(), command))


@blp.route("/<uuid:account_id>", methods=["DELETE"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.response(204)
def delete_account(account_id: UUID) -> None:
    """Close an account for good; its username is free in the agency afterwards"""
    close_account(work(), services(), principal(), account_id)


@blp.route("/<uuid:account_id>/codes", methods=["POST"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@not_idempotent(reason=CODES_UNSTORED)
@problems(409)
@blp.response(201, IssuedCodeView)
def post_code(account_id: UUID) -> IssuedCodeView:
    """A new activation code, or a reset code where there is a password already; for somebody with power a request"""
    return issue_code(work(), services(), principal(), account_id)


@blp.route("/<uuid:account_id>/codes/approval", methods=["PUT"])
@allow(*MANAGERS, relation=Relation.SECOND)
@blp.response(204)
def put_code_approval(account_id: UUID) -> None:
    """Agree, as the second person, to a code that a colleague asks for"""
    approve_code(work(), services(), principal(), account_id)
