"""Take a lost second factor off somebody's account; the password stays, and without it nobody signs in."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search, require_manageable
from gateway.dependencies import IdentityServices
from gateway.domain.errors import OwnCodeRefused
from gateway.events import Step
from gateway.persistence.accounts import load_account
from gateway.persistence.second_factors import delete_second_factor
from gateway.use_cases.accounts.warn_owner import warn_owner
from gateway.use_cases.sessions.open import refresh_sessions


def remove_second_factor(work: UnitOfWork, services: IdentityServices, actor: Principal, account_id: UUID) -> None:
    """Remove the factor; roles that need one wait for the next. Raise OwnCodeRefused for one's own, or NotFound."""
    with work.transaction(agency_to_search(work, actor, account_id)) as tx:
        account = load_account(tx, account_id, lock=True)
        if account_id == actor.account_id or actor.is_about(account.person_id):
            raise OwnCodeRefused
        require_manageable(services.roles, actor, account.held_roles)
        if not delete_second_factor(tx, account_id):
            raise NotFound(object="faktor kedua dari akun", id=account_id)
        audit.record(tx, actor, "second_factor.removed", "account", account_id)
        warn_owner(tx, account, Step.SECOND_FACTOR_REMOVED)
        refresh_sessions(tx, account)
