"""Close an account for good, so that its username is free in the agency."""

from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search, require_manageable
from gateway.dependencies import IdentityServices
from gateway.domain.errors import OwnRolesFixed
from gateway.persistence.accounts import load_account, update_account
from gateway.persistence.logins import release_logins
from gateway.persistence.sessions import end_sessions
from gateway.use_cases.people.follow import TIMER


def close_account(work: UnitOfWork, services: IdentityServices, actor: Principal, account_id: UUID) -> None:
    """End the account's sessions and free its username; its history stays. A second call changes nothing."""
    home = agency_to_search(work, actor, account_id)
    if account_id == actor.account_id:
        raise OwnRolesFixed
    with work.transaction(home) as tx:
        account = load_account(tx, account_id, lock=True)
        require_manageable(services.roles, actor, account.held_roles)
        if account.closed_at is not None:
            return
        now = services.now()
        update_account(tx, account, account.closed(now))
        release_logins(tx, account.id)
        timers.cancel(tx, TIMER, account.person_id)
        end_sessions(tx, account.id, now, "account_closed")
        audit.record(tx, actor, "account.closed", "account", account.id)
