"""Accounts between rows and the domain."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select, update

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, insert_records, keyset, update_record
from chassis.unit_of_work import Transaction
from gateway.domain.account import Account
from gateway.persistence import models

_COLUMNS = columns_of(models.Account, Account)


def lock_accounts(tx: Transaction) -> None:
    """Lock, so that one transaction at a time changes who has an account: two would not see each other's employees."""
    tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"accounts:{tx.agency_id}"))))


def find_account(tx: Transaction, account_id: UUID, *, lock: bool = False) -> Account | None:
    """Return an account, locked for a change if asked, or None."""
    query = select(*_COLUMNS).where(models.Account.id == account_id)
    return fetch_one(tx, query.with_for_update() if lock else query, Account)


def load_account(tx: Transaction, account_id: UUID, *, lock: bool = False) -> Account:
    """Return an account. Raise NotFound."""
    account = find_account(tx, account_id, lock=lock)
    if account is None:
        raise NotFound(object="akun", id=account_id)
    return account


def insert_accounts(tx: Transaction, accounts: Iterable[Account]) -> None:
    insert_records(tx, models.Account, accounts)


def update_account(tx: Transaction, before: Account, after: Account) -> Account:
    """Save a change and return the account with its new version. Raise VersionConflict after a change by others."""
    update_record(tx, models.Account, before, after)
    return replace(after, version=before.version + 1)


def replace_password_hash(tx: Transaction, account_id: UUID, password_hash: str) -> None:
    """Store the same password hashed anew; for everybody else the account has not changed."""
    query = update(models.Account).where(models.Account.id == account_id)
    tx.session.execute(query.values(password_hash=password_hash))


def names_of(tx: Transaction, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the persons' names by account."""
    query = select(models.Account.id, models.Account.name).where(models.Account.id.in_(list(account_ids)))
    return {row.id: row.name for row in tx.session.execute(query)}


def open_accounts_by_username(tx: Transaction, usernames: Iterable[str]) -> dict[str, UUID]:
    """Return the accounts of these usernames that are not closed."""
    query = select(models.Account.username, models.Account.id)
    query = query.where(models.Account.username.in_(list(usernames)), models.Account.closed_at.is_(None))
    return {row.username: row.id for row in tx.session.execute(query)}


def employees_with_account(tx: Transaction, employees: Iterable[UUID]) -> set[UUID]:
    """Return those employees who have an account that is not closed."""
    query = select(models.Account.employee_id).where(
        models.Account.employee_id.in_(list(employees)), models.Account.closed_at.is_(None)
    )
    return {employee for employee in tx.session.scalars(query) if employee is not None}


def search_accounts(
    tx: Transaction, page: PageRequest, *, username: str | None, employee_id: UUID | None, role: str | None
) -> Page[Account]:
    """Return the agency's accounts by id, which is the order of their creation."""
    query = select(*_COLUMNS)
    if username:
        query = query.where(models.Account.username == username)
    if employee_id:
        query = query.where(models.Account.employee_id == employee_id)
    if role:
        query = query.where(models.Account.roles.contains([role]))
    found = fetch_all(tx, keyset(query, page, models.Account.id), Account)
    return page_of(found, page, lambda account: account.id)
