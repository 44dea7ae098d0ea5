"""Change one's own password."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account
from gateway.domain.backoff import Attempted, require_no_block
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import CredentialsRefused, PasswordRefused
from gateway.domain.passwords import same_password
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.accounts import find_account, load_account, update_account
from gateway.persistence.attempts import clear_failures, count_attempt
from gateway.persistence.sessions import end_sessions
from gateway.use_cases.sessions.open import refresh_sessions


@dataclass(frozen=True)
class ChangePassword:
    origin: ClientInfo
    session_id: UUID | None
    old_password: str
    new_password: str


def change_password(work: UnitOfWork, services: IdentityServices, actor: Principal, command: ChangePassword) -> None:
    """Set a new password for the caller, who must know the old one; the caller's other sessions end."""
    with work.transaction(actor.agency_id) as tx:
        account = load_account(tx, actor.account_id)
    with work.transaction(SYSTEM_TENANT) as tx:
        # the session proves as much as a known device
        attempted = Attempted(account.username, command.origin.address, device=f"session {command.session_id}")
        wait = count_attempt(tx, attempted, services.now())
    require_no_block(wait)
    _check_passwords(services, account, command)
    hashed, now = services.passwords.hash(command.new_password), services.now()
    with work.transaction(actor.agency_id) as tx:
        before = find_account(tx, account.id, lock=True)
        if before is None or before.password_hash != account.password_hash:
            raise CredentialsRefused
        after = before.with_password(hashed, now)
        update_account(tx, before, after)
        end_sessions(tx, after.id, now, "password_changed", except_for=command.session_id)
        refresh_sessions(tx, after)
        clear_failures(tx, attempted)
        audit.record(tx, actor, "account.password_changed", "account", after.id)


def _check_passwords(services: IdentityServices, account: Account, command: ChangePassword) -> None:
    """Raise CredentialsRefused for a wrong old password, PasswordRefused for a new one that breaks the policy."""
    if not services.passwords.matches(account.password_hash, command.old_password):
        raise CredentialsRefused
    personal = (account.name, account.agency_id)
    faults = services.policy.faults(command.new_password, account.username, personal=personal, field="new_password")
    faults += same_password(command.old_password, command.new_password)
    if faults:
        raise PasswordRefused(errors=faults)
