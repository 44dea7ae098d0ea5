"""Accounts, the names they sign in with, and their one-time codes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.domain.people import AccountView, state_of
from gateway.persistence.models import Account, Login, OneTimeCode


def view_of(account: Account) -> AccountView:
    """An account as it leaves this room, without its secret."""
    return AccountView(
        account_id=account.id,
        agency_id=account.agency_id,
        username=account.username,
        name=account.name,
        employee_id=account.employee_id,
        unit_id=account.unit_id,
        roles=tuple(account.roles),
        state=state_of(
            has_password=account.password_hash is not None,
            disabled=account.disabled_at is not None,
            closed=account.closed_at is not None,
        ),
        must_change_password=account.must_change_password,
        version=account.version,
        created_at=account.created_at,
    )


def lock_agency(session: Session, agency_id: str) -> None:
    """One change of an agency's list of accounts at a time."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": f"accounts:{agency_id}"})


def find_login(session: Session, name: str) -> Login | None:
    return session.get(Login, name)


def find_home(session: Session, subject_id: UUID) -> str | None:
    """The agency of an account or client, asked at the door."""
    return session.scalar(select(Login.agency_id).where(Login.subject_id == subject_id))


def claim_logins(session: Session, agency_id: str, wanted: dict[str, UUID]) -> set[str]:
    """Take names that nobody has yet, in any agency; gives those that could be taken."""
    if not wanted:
        return set()
    rows = [{"name": name, "agency_id": agency_id, "subject_id": subject} for name, subject in wanted.items()]
    taken = insert(Login).values(rows).on_conflict_do_nothing(index_elements=[Login.name]).returning(Login.name)
    return set(session.scalars(taken))


def drop_login(session: Session, subject_id: UUID) -> None:
    session.execute(delete(Login).where(Login.subject_id == subject_id))


def get_account(session: Session, account_id: UUID, *, lock: bool = False) -> Account | None:
    return session.get(Account, account_id, with_for_update=lock or None, populate_existing=lock)


def names_of(session: Session, accounts: Iterable[UUID]) -> dict[UUID, str]:
    query = select(Account.id, Account.name).where(Account.id.in_(list(accounts)))
    return {row.id: row.name for row in session.execute(query)}


def open_accounts_by_username(session: Session, usernames: Iterable[str]) -> dict[str, Account]:
    query = select(Account).where(Account.username.in_(list(usernames)), Account.closed_at.is_(None))
    return {account.username: account for account in session.scalars(query)}


def employees_with_account(session: Session, employees: Iterable[UUID]) -> set[UUID]:
    query = select(Account.employee_id).where(Account.employee_id.in_(list(employees)), Account.closed_at.is_(None))
    return {employee for employee in session.scalars(query) if employee is not None}


def search_accounts(
    session: Session,
    *,
    username: str | None,
    employee_id: UUID | None,
    role: str | None,
    after: UUID | None,
    limit: int,
) -> list[Account]:
    """Accounts of the transaction's agency by id, which is the order they were made in."""
    query = select(Account).order_by(Account.id).limit(limit)
    if username:
        query = query.where(Account.username == username)
    if employee_id:
        query = query.where(Account.employee_id == employee_id)
    if role:
        query = query.where(Account.roles.contains([role]))
    if after:
        query = query.where(Account.id > after)
    return list(session.scalars(query))


def replace_codes(session: Session, codes: list[OneTimeCode]) -> None:
    """Store new codes; older unused ones of the same accounts are worth nothing from now on."""
    if not codes:
        return
    drop_codes(session, [code.account_id for code in codes])
    session.add_all(codes)
    session.flush()


def drop_codes(session: Session, accounts: Iterable[UUID]) -> None:
    """Unused codes of these accounts are worth nothing from now on."""
    session.execute(delete(OneTimeCode).where(OneTimeCode.account_id.in_(accounts), OneTimeCode.used_at.is_(None)))


def use_code(session: Session, code_digest: bytes, purpose: str, now: datetime) -> OneTimeCode | None:
    """Use a code up, once; None when it is unknown, used, expired or for another purpose."""
    taken = (
        update(OneTimeCode)
        .where(
            OneTimeCode.digest == code_digest,
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now,
        )
        .values(used_at=now)
        .returning(OneTimeCode)
    )
    return session.scalars(taken).one_or_none()


def find_code(session: Session, code_digest: bytes, purpose: str, now: datetime) -> OneTimeCode | None:
    """A code that could be used now; it stays unused."""
    code = session.get(OneTimeCode, code_digest)
    if code is None or code.purpose != purpose or code.used_at is not None or code.expires_at <= now:
        return None
    return code
