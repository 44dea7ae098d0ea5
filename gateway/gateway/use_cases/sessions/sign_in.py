"""Sign in with a username and a password."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.backoff import require_no_block
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import AccountDisabled, CredentialsRefused
from gateway.domain.session import OpenedSessionView
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.domain.usernames import normalise_username
from gateway.persistence.accounts import find_account, replace_password_hash
from gateway.persistence.attempts import clear_failures, count_attempt
from gateway.persistence.logins import find_login
from gateway.persistence.sessions import insert_session

# Looked up for an unknown name, so that it takes the same steps as a known one.
UNKNOWN_SUBJECT = UUID(int=0)


@dataclass(frozen=True)
class SignIn:
    username: str
    password: str


def sign_in(work: UnitOfWork, services: IdentityServices, origin: ClientInfo, command: SignIn) -> OpenedSessionView:
    """Open a session. Raise CredentialsRefused, whatever is wrong, after the same time for unknown and known names.

    The attempt is counted and committed before the password is checked; no transaction is open while it is hashed.
    """
    username = normalise_username(command.username)
    with work.transaction(SYSTEM_TENANT) as tx:
        wait = count_attempt(tx, username, origin.address, services.now())
        login = find_login(tx, username)
    require_no_block(wait)
    home, subject = (login.agency_id, login.subject_id) if login else (SYSTEM_TENANT, UNKNOWN_SUBJECT)
    with work.transaction(home) as tx:
        account = find_account(tx, subject)
        stored = account.password_hash if account else None
    if not services.passwords.matches(stored, command.password) or stored is None:
        raise CredentialsRefused
    renewed = services.passwords.hash(command.password) if services.passwords.is_outdated(stored) else None
    with work.transaction(home) as tx:
        account = find_account(tx, subject, lock=True)
        if account is None or account.password_hash != stored:
            raise CredentialsRefused
        if account.disabled_at is not None:
            raise AccountDisabled
        if renewed is not None:
            replace_password_hash(tx, account.id, renewed)
        clear_failures(tx, username, origin.address)
        session, token = services.new_session(account, origin)
        insert_session(tx, session)
        audit.record(tx, str(account.id), "session.opened", "account", account.id, session_id=session.id)
        return OpenedSessionView.of(session, account, token)
