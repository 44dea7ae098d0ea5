"""Create many accounts at once, each with an activation code to hand to its person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.crypto import digest
from gateway.domain.codes import make_code, normalise_code
from gateway.domain.errors import EmployeeHasAccount, RoleNotGrantable
from gateway.domain.people import agency_for
from gateway.domain.usernames import EXPECTED, is_username, normalise_username
from gateway.house import House
from gateway.persistence import accounts
from gateway.persistence.models import Account, OneTimeCode


@dataclass(frozen=True)
class NewAccount:
    username: str
    name: str
    roles: tuple[str, ...]
    employee_id: UUID | None = None
    unit_id: UUID | None = None


@dataclass
class RowOutcome:
    """What became of one row: CREATED with a code, EXISTS, or REFUSED with a reason."""

    row: int
    username: str
    outcome: str
    account_id: UUID | None = None
    activation_code: str | None = None
    code: str | None = None
    expected: str | None = None


def create_accounts(
    work: UnitOfWork, house: House, actor: Principal, agency_id: str | None, rows: Sequence[NewAccount]
) -> list[RowOutcome]:
    """Create what can be created; the rest is told row by row, and a repeat of the same list creates nothing twice."""
    home = agency_for(actor, agency_id)
    _check_roles(house, actor, rows)
    with work.transaction(home) as tx:
        accounts.lock_agency(tx.session, home)
        outcomes = _sort_out(tx, rows)
        fresh = {done.username: new_id() for done in outcomes if done.outcome == "CREATED"}
        free = accounts.claim_logins(tx.session, home, fresh)
        codes = []
        for done, row in zip(outcomes, rows, strict=True):
            if done.outcome != "CREATED":
                continue
            if done.username not in free:
                done.outcome, done.code = "REFUSED", "username_taken"
                done.expected = "nama pengguna yang belum dipakai; nama ini terdaftar di instansi lain"
                continue
            done.account_id = fresh[done.username]
            done.activation_code = make_code(secrets.choice)
            tx.session.add(_account(house, actor, home, done, row))
            codes.append(_code(house, actor, home, done))
            audit.record(tx, actor, "account.created", "account", done.account_id, roles=sorted(row.roles))
        tx.session.flush()
        accounts.replace_codes(tx.session, codes)
    return outcomes


def _check_roles(house: House, actor: Principal, rows: Sequence[NewAccount]) -> None:
    wrong = [
        FieldError(f"accounts.{number}.roles", "role_unknown", name, ", ".join(house.roles.of("person")))
        for number, row in enumerate(rows)
        for name in house.roles.unknown(row.roles, "person")
    ]
    if wrong:
        raise InvalidInput(errors=wrong)
    for row in rows:
        for name in house.roles.not_grantable(row.roles, actor.roles):
            raise RoleNotGrantable(role=house.roles.labels([name]), managers=house.roles.granters([name]))


def _sort_out(tx: Transaction, rows: Sequence[NewAccount]) -> list[RowOutcome]:
    names = [normalise_username(row.username) for row in rows]
    existing = accounts.open_accounts_by_username(tx.session, names)
    busy = accounts.employees_with_account(tx.session, [row.employee_id for row in rows if row.employee_id])
    seen: set[str] = set()
    outcomes = []
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        outcome = RowOutcome(number, name, "CREATED")
        if not is_username(name):
            outcome.outcome, outcome.code, outcome.expected = "REFUSED", "username_invalid", EXPECTED
        elif name in seen:
            outcome.outcome, outcome.code, outcome.expected = (
                "REFUSED",
                "username_repeated",
                "satu baris bagi satu nama",
            )
        elif name in existing:
            outcome.outcome, outcome.account_id = "EXISTS", existing[name].id
        elif row.employee_id in busy:
            outcome.outcome, outcome.code = "REFUSED", EmployeeHasAccount.code
            outcome.expected = "pegawai yang belum mempunyai akun"
        else:
            seen.add(name)
            if row.employee_id:
                busy.add(row.employee_id)
        outcomes.append(outcome)
    return outcomes


def _account(house: House, actor: Principal, home: str, done: RowOutcome, row: NewAccount) -> Account:
    return Account(
        id=done.account_id,
        agency_id=home,
        username=done.username,
        name=row.name,
        employee_id=row.employee_id,
        unit_id=row.unit_id,
        roles=sorted(set(row.roles)),
        password_hash=None,
        password_changed_at=None,
        must_change_password=False,
        disabled_at=None,
        closed_at=None,
        version=1,
        created_at=house.now(),
        created_by=str(actor.account_id),
    )


def _code(house: House, actor: Principal, home: str, done: RowOutcome) -> OneTimeCode:
    assert done.activation_code is not None
    return OneTimeCode(
        digest=digest(normalise_code(done.activation_code)),
        agency_id=home,
        account_id=done.account_id,
        purpose="ACTIVATION",
        expires_at=house.now() + house.lifetimes.activation,
        used_at=None,
        created_at=house.now(),
        created_by=str(actor.account_id),
    )
