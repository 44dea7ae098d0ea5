"""Sign in with a username and a password."""

import math
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import UnitOfWork
from gateway.domain.errors import AccountDisabled, CredentialsRefused, SignInThrottled
from gateway.domain.people import OpenedSession, Visitor
from gateway.domain.usernames import normalise_username
from gateway.house import House
from gateway.persistence import accounts, attempts
from gateway.persistence.models import DOOR
from gateway.use_cases.open_session import open_session

# Looked up for a name that nobody has, so that it takes the same steps.
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class SignIn:
    username: str
    password: str


def sign_in(work: UnitOfWork, house: House, visitor: Visitor, command: SignIn) -> OpenedSession:
    """Open a session; raises CredentialsRefused without saying what was wrong, as slowly for the unknown as the known.

    The attempt is counted and committed before the password is looked at; no transaction is open while it is hashed.
    """
    username = normalise_username(command.username)
    with work.transaction(DOOR) as tx:
        wait = attempts.knock(tx.session, username, visitor.address, house.now())
        login = accounts.find_login(tx.session, username)
    if wait is not None:
        raise throttled(wait)
    home, subject = (login.agency_id, login.subject_id) if login else (DOOR, NOBODY)
    with work.transaction(home) as tx:
        account = accounts.get_account(tx.session, subject)
        stored = account.password_hash if account else None
    if not house.passwords.matches(stored, command.password) or stored is None:
        raise CredentialsRefused
    renewed = house.passwords.hash(command.password) if house.passwords.is_outdated(stored) else stored
    with work.transaction(home) as tx:
        account = accounts.get_account(tx.session, subject, lock=True)
        if account is None or account.password_hash != stored:
            raise CredentialsRefused
        if account.disabled_at is not None:
            raise AccountDisabled
        account.password_hash = renewed
        attempts.forgive(tx.session, username, visitor.address)
        opened = open_session(tx, house, account, visitor)
        audit.record(tx, str(account.id), "session.opened", "account", account.id, session_id=opened.session_id)
        return opened


def throttled(wait: timedelta) -> SignInThrottled:
    """The refusal that says how long to wait."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    return SignInThrottled(seconds=seconds, retry_after=seconds)
