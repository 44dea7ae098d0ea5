"""Change an account's roles, details or whether it is disabled; its open sessions follow at once."""

from uuid import UUID

from msgspec import UNSET

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.authorisation import agency_to_search, require_grantable, require_manageable
from gateway.dependencies import IdentityServices
from gateway.domain.account import DETAILS, Account, ChangeAccount
from gateway.domain.account_views import AccountView
from gateway.domain.errors import AccountClosed, EmployeeHasAccount, LinkFixed, OwnRolesFixed
from gateway.domain.people import EMPLOYEE_UNKNOWN, EXPECTED_EMPLOYEE
from gateway.events import Step
from gateway.persistence.accounts import (
    keep_former_link,
    load_account,
    lock_accounts,
    people_with_account,
    people_with_former_account,
    update_account,
)
from gateway.persistence.one_time_codes import delete_unused_codes
from gateway.persistence.people import day_here, service_times
from gateway.persistence.sessions import end_sessions
from gateway.use_cases.accounts.warn_owner import warn_owner
from gateway.use_cases.people.follow import follow_new
from gateway.use_cases.sessions.open import refresh_sessions


def change_account(
    work: UnitOfWork, services: IdentityServices, actor: Principal, command: ChangeAccount
) -> AccountView:
    """Apply the fields that are set. Raise OwnRolesFixed for one's own roles, employee, unit and state."""
    with work.transaction(agency_to_search(work, actor, command.account_id)) as tx:
        lock_accounts(tx)
        before = load_account(tx, command.account_id, lock=True)
        if before.id != actor.account_id:
            require_manageable(services.roles, actor, before.held_roles)
        require_version(command.expected_version, before.version)
        if before.closed_at is not None:
            raise AccountClosed
        after = _with_roles(tx, services, actor, before, command)
        after = _with_details(tx, services, actor, after, command)
        after = _with_state(tx, services, actor, after, command)
        if _opens_too_much(tx, services, before, after):
            after = after.without_password()
            delete_unused_codes(tx, [after.id])
            end_sessions(tx, after.id, services.now(), "power_granted")
            audit.record(tx, actor, "account.password_ended", "account", after.id)
        (after,) = follow_new(tx, [after])
        after = update_account(tx, before, after)
        refresh_sessions(tx, after)
        return AccountView.of(after)


def _opens_too_much(tx: Transaction, services: IdentityServices, before: Account, after: Account) -> bool:
    """Return whether a password that one person alone may have got would open more than before.

    So roles taken away for a reset and given back, or a link moved to and fro, lead to a code that takes two people.
    """
    if before.password_hash is None:
        return False
    gained = set(after.held_roles) - set(before.held_roles)
    if before.reset_alone and services.roles.needs_second_person(gained):
        return True
    person = after.person_id
    if person is None or person == before.person_id:
        return False
    return person in people_with_former_account(tx, [person])


def _with_roles(
    tx: Transaction, services: IdentityServices, actor: Principal, account: Account, command: ChangeAccount
) -> Account:
    if command.roles is UNSET:
        return account
    changed = account.with_roles(command.roles, day_here(tx))
    before, after = set(account.roles), set(changed.roles)
    # an office that the timeline has ended and that is left out is taken away, too
    touched = (before ^ after) | (set(account.held_roles) - after)
    if not touched:
        return account
    if account.id == actor.account_id:
        raise OwnRolesFixed
    unknown = services.roles.unknown(after, account.holder)
    if unknown:
        expected = ", ".join(services.roles.of(account.holder))
        raise InvalidInput(errors=[FieldError("roles", "role_unknown", name, expected) for name in unknown])
    require_grantable(services.roles, actor, touched)
    if after - before:
        # whoever received a code for this account did not receive the new role
        delete_unused_codes(tx, [account.id])
    audit.record(tx, actor, "account.roles_changed", "account", account.id, before=sorted(before), after=sorted(after))
    return changed


def _with_details(
    tx: Transaction, services: IdentityServices, actor: Principal, account: Account, command: ChangeAccount
) -> Account:
    changed = account.with_details(command, day_here(tx))
    names = [name for name in DETAILS if getattr(changed, name) != getattr(account, name)]
    if account.id == actor.account_id and {"employee_id", "unit_id"} & set(names):
        raise OwnRolesFixed
    if "employee_id" in names:
        _require_linkable(tx, actor, account, changed.employee_id)
        audit.record(tx, actor, "account.link_changed", "account", account.id, employee_id=changed.employee_id)
        changed = changed.watched(services.now())
        if account.employee_id is not None and account.was_used:
            keep_former_link(tx, account.employee_id)
        for one in (account, changed):
            warn_owner(tx, one, Step.LINK_CHANGED)
    if others := [name for name in names if name != "employee_id"]:
        audit.record(tx, actor, "account.changed", "account", account.id, fields=others)
    return changed


def _require_linkable(tx: Transaction, actor: Principal, account: Account, employee_id: UUID | None) -> None:
    """Raise LinkFixed for all but an operator: whoever moves a link can act as another person.

    Raise InvalidInput for somebody whom personnel of the agency has not made known here.
    """
    if account.official_id or not actor.has("operator"):
        raise LinkFixed
    if employee_id is None:
        return
    if employee_id not in service_times(tx, [employee_id]):
        raise InvalidInput(errors=[FieldError("employee_id", EMPLOYEE_UNKNOWN, str(employee_id), EXPECTED_EMPLOYEE)])
    if people_with_account(tx, [employee_id]):
        raise EmployeeHasAccount


def _with_state(
    tx: Transaction, services: IdentityServices, actor: Principal, account: Account, command: ChangeAccount
) -> Account:
    if command.disabled is UNSET or command.disabled == (account.disabled_at is not None):
        return account
    if account.id == actor.account_id:
        raise OwnRolesFixed
    if not command.disabled:
        audit.record(tx, actor, "account.enabled", "account", account.id)
        return account.enabled()
    end_sessions(tx, account.id, services.now(), "account_disabled")
    audit.record(tx, actor, "account.disabled", "account", account.id)
    return account.disabled(services.now())
