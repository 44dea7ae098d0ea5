"""Accounts, as their managers see them."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, decode_cursor, encode_cursor, etag, page, page_of, principal, problems, work
from chassis.http.etag import expected_version
from gateway.domain.people import AccountView, IssuedCode
from gateway.http import schemas
from gateway.http.access import MANAGED, MANAGERS
from gateway.http.current import house
from gateway.http.cursor import after_of
from gateway.use_cases.change_account import change_account
from gateway.use_cases.close_account import close_account
from gateway.use_cases.create_accounts import NewAccount, create_accounts
from gateway.use_cases.issue_code import issue_code
from gateway.use_cases.list_accounts import AccountSearch, list_accounts
from gateway.use_cases.read_account import read_account

blp = ServiceBlueprint("accounts", url_prefix="/api/v1/identity/accounts", description="Accounts of an agency")


@blp.route("/batch", methods=["POST"])
@allow(*MANAGERS, relation=MANAGED)
@blp.arguments(schemas.NewAccountsIn)
@blp.response(200, schemas.NewAccountsOut)
def create_batch(body: dict[str, Any]) -> dict[str, Any]:
    """Create up to 1,000 accounts; each row is answered by its own outcome and activation code"""
    rows = [NewAccount(**{**row, "roles": tuple(row["roles"])}) for row in body["accounts"]]
    return {"items": create_accounts(work(), house(), principal(), body["agency_id"], rows)}


@blp.route("", methods=["GET"])
@allow(*MANAGERS, relation=MANAGED)
@blp.arguments(schemas.AccountArgs, location="query")
@blp.response(200, page_of(schemas.AccountOut))
def get_accounts(query: dict[str, Any]) -> dict[str, Any]:
    """Accounts of an agency"""
    after = after_of(decode_cursor(query.pop("cursor")))
    items, last = list_accounts(work(), principal(), AccountSearch(**query, after=after))
    return page(items, encode_cursor({"after": str(last)}) if last else None)


@blp.route("/<uuid:account_id>", methods=["GET"])
@allow(*MANAGERS, relation=MANAGED)
@blp.response(200, schemas.AccountOut)
def get_account(account_id: UUID) -> AccountView:
    """One account"""
    return _tagged(read_account(work(), principal(), account_id))


@blp.route("/<uuid:account_id>", methods=["PATCH"])
@allow(*MANAGERS, relation=MANAGED)
@problems(409, 412, 428)
@blp.arguments(schemas.AccountChangeIn)
@blp.response(200, schemas.AccountOut)
def patch_account(body: dict[str, Any], account_id: UUID) -> AccountView:
    """Change roles, name, employee, unit, or whether it is disabled; needs If-Match"""
    return _tagged(change_account(work(), house(), principal(), account_id, expected_version(), body))


@blp.route("/<uuid:account_id>", methods=["DELETE"])
@allow(*MANAGERS, relation=MANAGED)
@blp.response(204)
def delete_account(account_id: UUID) -> None:
    """Close an account for good; its username is free afterwards"""
    close_account(work(), house(), principal(), account_id)


@blp.route("/<uuid:account_id>/codes", methods=["POST"])
@allow(*MANAGERS, relation=MANAGED)
@problems(409)
@blp.response(201, schemas.IssuedCodeOut)
def post_code(account_id: UUID) -> IssuedCode:
    """A new activation code, or a reset code where there is a password already"""
    return issue_code(work(), house(), principal(), account_id)


def _tagged(account: AccountView) -> AccountView:
    etag(account.version)
    return account
