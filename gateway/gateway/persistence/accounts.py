"""Accounts between rows and the domain."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest
from chassis.records import among, columns_of, fetch_all, fetch_one, fetch_page, insert_records, update_record
from chassis.unit_of_work import Transaction
from gateway.domain.account import Account, ListAccounts
from gateway.domain.service_time import LEFT_SERVICE
from gateway.persistence import models

_COLUMNS = columns_of(models.Account, Account)


def lock_accounts(tx: Transaction) -> None:
    """Lock, so that one transaction at a time changes who has an account: two would not see each other's employees."""
    tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"accounts:{tx.agency_id}"))))


def lock_accounts_shared(tx: Transaction) -> None:
    """Lock, so that no account is made meanwhile: it would miss what arrives now, and this would miss the account."""
    tx.session.execute(select(func.pg_advisory_xact_lock_shared(func.hashtext(f"accounts:{tx.agency_id}"))))


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


def people_with_account(tx: Transaction, people: Iterable[UUID]) -> set[UUID]:
    """Return those employees and officials who have an account that is not closed."""
    wanted, account = list(people), models.Account
    query = select(account.employee_id, account.official_id).where(
        or_(among(account.employee_id, wanted), among(account.official_id, wanted)), account.closed_at.is_(None)
    )
    return {one for row in tx.session.execute(query) for one in row if one is not None}


def people_with_former_account(tx: Transaction, people: Iterable[UUID]) -> set[UUID]:
    """Return those of whom an earlier account was used and is closed, or is not theirs any more."""
    wanted, account, link = list(people), models.Account, models.FormerLink
    query = select(func.coalesce(account.employee_id, account.official_id)).where(
        or_(among(account.employee_id, wanted), among(account.official_id, wanted)),
        account.closed_at.is_not(None),
        account.password_changed_at.is_not(None),
    )
    unlinked = select(link.employee_id).where(among(link.employee_id, wanted))
    return {*tx.session.scalars(query), *tx.session.scalars(unlinked)}


def keep_former_link(tx: Transaction, employee_id: UUID) -> None:
    """Remember that this employee had an account that is not theirs any more."""
    fresh = insert(models.FormerLink).values(agency_id=tx.agency_id, employee_id=employee_id)
    tx.session.execute(fresh.on_conflict_do_nothing())


def lock_accounts_of(tx: Transaction, people: Iterable[UUID]) -> list[Account]:
    """Return the accounts of these employees and officials that are not closed, locked for a change."""
    wanted, account = list(people), models.Account
    query = select(*_COLUMNS).where(
        or_(among(account.employee_id, wanted), among(account.official_id, wanted)), account.closed_at.is_(None)
    )
    return fetch_all(tx, query.order_by(account.id).with_for_update(), Account)


def people_after(tx: Transaction, after: UUID | None, limit: int) -> list[UUID]:
    """Return whose accounts they are, by the id of the person, after a person."""
    person = func.coalesce(models.Account.employee_id, models.Account.official_id)
    query = select(person).where(person.is_not(None), models.Account.closed_at.is_(None))
    if after is not None:
        query = query.where(person > after)
    return list(tx.session.scalars(query.order_by(person).limit(limit)))


def search_accounts(tx: Transaction, wanted: ListAccounts, username: str | None) -> Page[Account]:
    """Return the agency's accounts by id, which is the order of their creation."""
    query = select(*_COLUMNS)
    if username:
        query = query.where(models.Account.username == username)
    if wanted.employee_id:
        query = query.where(models.Account.employee_id == wanted.employee_id)
    if wanted.official_id:
        query = query.where(models.Account.official_id == wanted.official_id)
    if wanted.role:
        query = query.where(models.Account.roles.contains([wanted.role]))
    return fetch_page(tx, query, Account, wanted.page, models.Account.id)


def list_without_service(tx: Transaction, page: PageRequest, day: date) -> Page[Account]:
    """Return the open accounts of nobody who is in service or in office on a day, by id."""
    account, stretch, official = models.Account, models.ServiceStretch, models.Official
    in_service = exists().where(
        stretch.employee_id == account.employee_id,
        stretch.first_day <= day,
        stretch.status.not_in(LEFT_SERVICE),
        or_(stretch.last_day.is_(None), stretch.last_day >= day),
    )
    in_office = exists().where(
        official.official_id == account.official_id,
        official.first_day <= day,
        or_(official.last_day.is_(None), official.last_day >= day),
    )
    query = select(*_COLUMNS).where(account.closed_at.is_(None), ~in_service, ~in_office)
    return fetch_page(tx, query, Account, page, account.id)
