"""Change what an account is and may do; its open sessions follow at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.domain.errors import AccountClosed, EmployeeHasAccount, OwnRolesFixed, RoleNotGrantable
from gateway.domain.people import AccountView, may_manage
from gateway.house import House
from gateway.persistence import accounts, tokens
from gateway.persistence.models import Account
from gateway.use_cases.find_account import home_of, managed_account
from gateway.use_cases.open_session import effective_roles


def change_account(
    work: UnitOfWork, house: House, actor: Principal, account_id: UUID, version: int | None, changes: Mapping[str, Any]
) -> AccountView:
    """Apply `changes` (a part of roles, name, employee_id, unit_id, disabled, must_change_password) to an account."""
    home = home_of(work, actor, account_id)
    with work.transaction(home) as tx:
        accounts.lock_agency(tx.session, home)
        account = managed_account(tx, account_id)
        if account.id != actor.account_id:
            may_manage(house.roles, actor, account.roles)
        if version is not None and version != account.version:
            raise VersionConflict
        if account.closed_at is not None:
            raise AccountClosed
        if "roles" in changes:
            _change_roles(tx, house, actor, account, sorted(set(changes["roles"])))
        _change_person(tx, actor, account, changes)
        if "disabled" in changes:
            _change_door(tx, house, actor, account, disabled=changes["disabled"])
        account.version += 1
        tx.session.flush()
        tokens.follow_account(tx.session, account, effective_roles(account))
        return accounts.view_of(account)


def _change_roles(tx: Transaction, house: House, actor: Principal, account: Account, roles: list[str]) -> None:
    before = sorted(account.roles)
    if roles == before:
        return
    if account.id == actor.account_id:
        raise OwnRolesFixed
    unknown = house.roles.unknown(roles, "person")
    if unknown:
        expected = ", ".join(house.roles.of("person"))
        raise InvalidInput(errors=[FieldError("roles", "role_unknown", name, expected) for name in unknown])
    for name in house.roles.not_grantable(set(roles) ^ set(before), actor.roles):
        raise RoleNotGrantable(role=house.roles.labels([name]), managers=house.roles.granters([name]))
    if set(roles) - set(before):
        # whoever was given a code to this account was not given the new role
        accounts.drop_codes(tx.session, [account.id])
    account.roles = roles
    audit.record(tx, actor, "account.roles_changed", "account", account.id, before=before, after=roles)


def _change_person(tx: Transaction, actor: Principal, account: Account, changes: Mapping[str, Any]) -> None:
    employee: UUID | None = changes.get("employee_id")
    others = [employee] if employee is not None and employee != account.employee_id else []
    if accounts.employees_with_account(tx.session, others):
        raise EmployeeHasAccount
    person = ("name", "employee_id", "unit_id", "must_change_password")
    changed = [field for field in person if field in changes and getattr(account, field) != changes[field]]
    if account.id == actor.account_id and {"employee_id", "unit_id"} & set(changed):
        raise OwnRolesFixed
    for field in changed:
        setattr(account, field, changes[field])
    if changed:
        audit.record(tx, actor, "account.changed", "account", account.id, fields=changed)


def _change_door(tx: Transaction, house: House, actor: Principal, account: Account, *, disabled: bool) -> None:
    if disabled == (account.disabled_at is not None):
        return
    if account.id == actor.account_id:
        raise OwnRolesFixed
    account.disabled_at = house.now() if disabled else None
    if disabled:
        tokens.end(tx.session, account.id, house.now(), "account_disabled")
    audit.record(tx, actor, "account.disabled" if disabled else "account.enabled", "account", account.id)
