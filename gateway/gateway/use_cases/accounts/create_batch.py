"""Create many accounts at once, each with an activation code for its person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.pagination import Items
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.authorisation import agency_for, require_grantable
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account, AccountResultView, NewAccount
from gateway.domain.errors import EmployeeHasAccount
from gateway.domain.one_time_code import OneTimeCode, code_digest, make_code
from gateway.domain.roles import RoleBook
from gateway.domain.usernames import EXPECTED, is_username, normalise_username
from gateway.persistence.accounts import (
    employees_with_account,
    insert_accounts,
    lock_accounts,
    open_accounts_by_username,
)
from gateway.persistence.logins import claim_logins
from gateway.persistence.one_time_codes import replace_codes


@dataclass(frozen=True)
class CreateAccounts:
    accounts: tuple[NewAccount, ...]
    agency_id: str | None = None


def create_accounts(
    work: UnitOfWork, services: IdentityServices, actor: Principal, command: CreateAccounts
) -> Items[AccountResultView]:
    """Create what can be created and return a result for each row; repeating the list creates nothing twice."""
    home = agency_for(actor, command.agency_id)
    _check_roles(services.roles, actor, command.accounts)
    now = services.now()
    with work.transaction(home) as tx:
        lock_accounts(tx)
        results = _check_rows(tx, command.accounts)
        ids = {result.username: new_id() for result in results if result.outcome == "CREATED"}
        claimed = claim_logins(tx, ids)
        made: list[Account] = []
        codes: list[OneTimeCode] = []
        for number, (result, row) in enumerate(zip(results, command.accounts, strict=True)):
            if result.outcome != "CREATED":
                continue
            if result.username not in claimed:
                results[number] = replace(result, outcome="REFUSED", code="username_taken", expected=_TAKEN)
                continue
            new = replace(row, username=result.username)
            account = Account.invited(ids[new.username], home, new, now, str(actor.account_id))
            code = make_code(secrets.choice)
            made.append(account)
            codes.append(
                OneTimeCode.issued(
                    code_digest(code), account, now, now + services.lifetimes.activation, str(actor.account_id)
                )
            )
            results[number] = replace(result, account_id=account.id, activation_code=code)
            audit.record(tx, actor, "account.created", "account", account.id, roles=account.roles)
        insert_accounts(tx, made)
        replace_codes(tx, codes)
    return Items(results)


_TAKEN = "nama pengguna yang belum dipakai; nama ini terdaftar di instansi lain"


def _check_roles(book: RoleBook, actor: Principal, rows: Sequence[NewAccount]) -> None:
    wrong = [
        FieldError(f"accounts.{number}.roles", "role_unknown", name, ", ".join(book.of("person")))
        for number, row in enumerate(rows)
        for name in book.unknown(row.roles, "person")
    ]
    if wrong:
        raise InvalidInput(errors=wrong)
    for row in rows:
        require_grantable(book, actor, row.roles)


def _check_rows(tx: Transaction, rows: Sequence[NewAccount]) -> list[AccountResultView]:
    names = [normalise_username(row.username) for row in rows]
    existing = open_accounts_by_username(tx, names)
    busy = employees_with_account(tx, [row.employee_id for row in rows if row.employee_id])
    seen: set[str] = set()
    results = []
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        result = _check_row(number, name, row.employee_id, existing=existing, busy=busy, seen=seen)
        if result.outcome == "CREATED":
            seen.add(name)
            if row.employee_id:
                busy.add(row.employee_id)
        results.append(result)
    return results


def _check_row(
    number: int, name: str, employee_id: UUID | None, *, existing: dict[str, UUID], busy: set[UUID], seen: set[str]
) -> AccountResultView:
    if not is_username(name):
        return AccountResultView(number, name, "REFUSED", code="username_invalid", expected=EXPECTED)
    if name in seen:
        return AccountResultView(
            number, name, "REFUSED", code="username_repeated", expected="satu baris bagi satu nama"
        )
    if name in existing:
        return AccountResultView(number, name, "EXISTS", account_id=existing[name])
    if employee_id in busy:
        expected = "pegawai yang belum mempunyai akun"
        return AccountResultView(number, name, "REFUSED", code=EmployeeHasAccount.code, expected=expected)
    return AccountResultView(number, name, "CREATED")
