"""Change one's own password."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.domain.errors import CredentialsRefused, PasswordRefused
from gateway.domain.passwords import same_password
from gateway.domain.people import Visitor
from gateway.house import House
from gateway.persistence import accounts, attempts, tokens
from gateway.persistence.models import DOOR
from gateway.use_cases.open_session import effective_roles
from gateway.use_cases.sign_in import throttled


def change_password(
    work: UnitOfWork,
    house: House,
    actor: Principal,
    visitor: Visitor,
    *,
    session_id: UUID | None,
    old: str,
    new: str,
) -> None:
    """Set a new password for the caller, who must know the old one; all other sessions of theirs end."""
    with work.transaction(actor.agency_id) as tx:
        account = accounts.get_account(tx.session, actor.account_id)
        if account is None:
            raise NotFound(object="akun", id=actor.account_id)
        stored, username, name = account.password_hash, account.username, account.name
    with work.transaction(DOOR) as tx:
        wait = attempts.knock(tx.session, username, visitor.address, house.now())
    if wait is not None:
        raise throttled(wait)
    if not house.passwords.matches(stored, old):
        raise CredentialsRefused
    personal = (name, actor.agency_id)
    faults = house.policy.faults(new, username, personal=personal, field="new_password") + same_password(old, new)
    if faults:
        raise PasswordRefused(errors=faults)
    hashed = house.passwords.hash(new)
    with work.transaction(actor.agency_id) as tx:
        account = accounts.get_account(tx.session, actor.account_id, lock=True)
        if account is None or account.password_hash != stored:
            raise CredentialsRefused
        account.password_hash = hashed
        account.password_changed_at = house.now()
        account.must_change_password = False
        account.version += 1
        tokens.end(tx.session, account.id, house.now(), "password_changed", keep=session_id)
        tokens.follow_account(tx.session, account, effective_roles(account))
        attempts.forgive(tx.session, username, visitor.address)
        audit.record(tx, actor, "account.password_changed", "account", account.id)
