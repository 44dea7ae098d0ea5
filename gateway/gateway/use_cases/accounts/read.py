"""Read accounts, as their manager."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_for, agency_to_search
from gateway.domain.account import ListAccounts
from gateway.domain.account_views import AccountView
from gateway.domain.usernames import normalise_username
from gateway.persistence.accounts import load_account, search_accounts


def show_account(work: UnitOfWork, actor: Principal, account_id: UUID) -> AccountView:
    """Return an account. Raise NotFound."""
    with work.transaction(agency_to_search(work, actor, account_id)) as tx:
        account = load_account(tx, account_id)
        audit.record(tx, actor, "account.read", "account", account_id)
        return AccountView.of(account)


def list_accounts(work: UnitOfWork, actor: Principal, command: ListAccounts) -> Page[AccountView]:
    """Return the agency's accounts that fit the filters."""
    username = normalise_username(command.username) if command.username else None
    with work.transaction(agency_for(actor, command.agency_id)) as tx:
        found = search_accounts(tx, command, username)
        audit.record(tx, actor, "account.listed", "agency", tx.agency_id, count=len(found.items))
        return found.of(AccountView.of)
