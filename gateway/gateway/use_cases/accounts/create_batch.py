"""Create many accounts at once, each with an activation code for its person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.pagination import Items
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.authorisation import agency_for, require_grantable
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account, NewAccount
from gateway.domain.account_views import AccountResultView
from gateway.domain.errors import EmployeeHasAccount, OfficialHasAccount, SecondPersonNeeded
from gateway.domain.one_time_code import OneTimeCode, code_digest, make_code
from gateway.domain.people import EMPLOYEE_UNKNOWN, EXPECTED_EMPLOYEE
from gateway.domain.roles import RoleBook
from gateway.domain.usernames import EXPECTED, EXPECTED_EMAIL, is_email, is_username, normalise_username
from gateway.persistence.accounts import (
    insert_accounts,
    lock_accounts,
    open_accounts_by_username,
    people_with_account,
    people_with_former_account,
)
from gateway.persistence.logins import claim_logins
from gateway.persistence.one_time_codes import replace_codes
from gateway.persistence.people import day_here, service_times, terms_of
from gateway.use_cases.accounts.issue_code import needs_second_person
from gateway.use_cases.people.follow import follow_new


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
        day = day_here(tx)
        results = _check_rows(tx, actor, command.accounts)
        ids = {result.username: new_id() for result in results if result.outcome == "CREATED"}
        claimed = claim_logins(tx, ids)
        former = people_with_former_account(tx, [row.person_id for row in command.accounts if row.person_id])
        made: list[Account] = []
        codes: list[OneTimeCode] = []
        for number, (result, row) in enumerate(zip(results, command.accounts, strict=True)):
            if result.outcome != "CREATED":
                continue
            if result.username not in claimed:
                results[number] = replace(result, outcome="REFUSED", code="username_taken", expected=_TAKEN)
                continue
            new = replace(row, username=result.username)
            account = Account.invited(ids[new.username], home, new, now, str(actor.account_id)).begun_on(day)
            made.append(account)
            if account.person_id in former and needs_second_person(tx, services.roles, account):
                results[number] = replace(result, account_id=account.id, code=SecondPersonNeeded.code, expected=_SECOND)
            else:
                code = make_code(secrets.choice)
                until = now + services.lifetimes.activation
                codes.append(OneTimeCode.issued(code_digest(code), account, now, until, str(actor.account_id)))
                results[number] = replace(result, account_id=account.id, activation_code=code)
            audit.record(tx, actor, "account.created", "account", account.id, roles=account.roles)
        insert_accounts(tx, follow_new(tx, made))
        replace_codes(tx, codes)
    return Items(results)


_OFFICIAL = "pejabat luar yang tercatat pada kepegawaian instansi ini; bila baru dicatat, ulangi sebentar lagi"
_PERSON = "employee_id atau official_id: akun dibuat bagi orang yang tercatat pada kepegawaian instansi ini"
_SECOND = "kode aktivasi dengan persetujuan orang kedua, karena akun ini menggantikan akun lama: minta lewat /codes"
_TAKEN = "nama pengguna yang belum dipakai di instansi ini"


def _check_roles(book: RoleBook, actor: Principal, rows: Sequence[NewAccount]) -> None:
    wrong = [
        FieldError(f"accounts.{number}.roles", "role_unknown", name, ", ".join(book.of(row.holder)))
        for number, row in enumerate(rows)
        for name in book.unknown(row.roles, row.holder)
    ]
    if wrong:
        raise InvalidInput(errors=wrong)
    for row in rows:
        require_grantable(book, actor, row.roles)


@dataclass
class _Seen:
    """Whom personnel knows, and who has an account already, in the database or by an earlier row of the list."""

    existing: dict[str, UUID]
    people: set[UUID]
    officials: set[UUID]
    employees: set[UUID]
    person_needed: bool
    names: set[str] = field(default_factory=set)


def _check_rows(tx: Transaction, actor: Principal, rows: Sequence[NewAccount]) -> list[AccountResultView]:
    names = [normalise_username(row.username) for row in rows]
    people = people_with_account(tx, [row.person_id for row in rows if row.person_id])
    officials = set(terms_of(tx, [row.official_id for row in rows if row.official_id]))
    employees = set(service_times(tx, [row.employee_id for row in rows if row.employee_id]))
    # an operator lets the first officers in, and operators, before anybody is on the agency's record
    seen = _Seen(
        open_accounts_by_username(tx, names), people, officials, employees, person_needed=not actor.has("operator")
    )
    results = []
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        result = _check_row(number, name, row, seen)
        if result.outcome == "CREATED":
            seen.names.add(name)
            if row.person_id:
                seen.people.add(row.person_id)
        results.append(result)
    return results


def _check_row(number: int, name: str, row: NewAccount, seen: _Seen) -> AccountResultView:
    if name in seen.existing:
        return AccountResultView(number, name, "EXISTS", account_id=seen.existing[name])
    checks = (
        (row.official_id and not is_email(name), "username_invalid", EXPECTED_EMAIL),
        (not is_username(name), "username_invalid", EXPECTED),
        (name in seen.names, "username_repeated", "satu baris bagi satu nama"),
        (row.official_id and row.official_id not in seen.officials, "official_unknown", _OFFICIAL),
        (seen.person_needed and row.person_id is None, "person_needed", _PERSON),
        (row.employee_id and row.employee_id not in seen.employees, EMPLOYEE_UNKNOWN, EXPECTED_EMPLOYEE),
        (row.official_id in seen.people, OfficialHasAccount.code, "pejabat yang belum mempunyai akun"),
        (row.employee_id in seen.people, EmployeeHasAccount.code, "pegawai yang belum mempunyai akun"),
    )
    for is_wrong, code, expected in checks:
        if is_wrong:
            return AccountResultView(number, name, "REFUSED", code=code, expected=expected)
    return AccountResultView(number, name, "CREATED")
