"""Sign in with a username and a password."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import FieldError
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account
from gateway.domain.backoff import Attempted, FactorTried, require_no_block
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import AccountDisabled, AgencyNeeded, CredentialsRefused
from gateway.domain.session import OpenedSessionView
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.domain.usernames import normalise_username
from gateway.persistence.accounts import find_account, replace_password_hash
from gateway.persistence.attempts import clear_failures, count_attempt, has_signed_in_from
from gateway.persistence.logins import Login, find_logins
from gateway.persistence.people import agency_name
from gateway.use_cases.second_factors.check import check_second_factor, count_code
from gateway.use_cases.sessions.open import open_session

# Looked up for an unknown name, so that it takes the same steps as a known one.
UNKNOWN = Login(SYSTEM_TENANT, UUID(int=0))
# A wrong password takes as long for a name that nobody has, or one agency, as for somebody who has moved to another.
COMPARED_AT_LEAST = 2
# Whoever is known at more agencies names the one they mean.
COMPARED_AT_MOST = 4


@dataclass(frozen=True)
class SignIn:
    """Without `agency_id`: the agency where the password fits; of several, the one where the person is in service."""

    username: str
    password: str
    agency_id: str | None = None
    one_time_code: str = ""


def sign_in(work: UnitOfWork, services: IdentityServices, origin: ClientInfo, command: SignIn) -> OpenedSessionView:
    """Open a session. Raise CredentialsRefused, whatever is wrong, after the same time for unknown and known names.

    Raise AgencyNeeded where name and password fit as well at another agency: whoever has shown both may learn which.
    The attempt is counted and committed before the password is checked; no transaction is open while it is hashed.
    """
    username = normalise_username(command.username)
    with work.transaction(SYSTEM_TENANT) as tx:
        logins = find_logins(tx, username)
        attempted = attempt_of(tx, services, origin, username, [login.subject_id for login in logins])
        wait = count_attempt(tx, attempted, services.now())
    require_no_block(wait)
    fitting = _fitting(services, _candidates(work, logins, command.agency_id), command.password)
    found = fitting[0]
    alike = [one for one in fitting if one.standing == found.standing]
    if found.is_usable and len(alike) > 1:
        with work.transaction(SYSTEM_TENANT) as tx:
            clear_failures(tx, attempted)
        raise _agency_needed(work, alike)
    stored = found.password_hash or ""
    renewed = services.passwords.hash(command.password) if services.passwords.is_outdated(stored) else None
    count_code(work, services, FactorTried(found.id), command.one_time_code)
    with work.transaction(found.agency_id) as tx:
        account = find_account(tx, found.id, lock=True)
        if account is None or account.password_hash != stored:
            raise CredentialsRefused
        if account.disabled_at is not None:
            raise AccountDisabled
        account.require_access()
        check_second_factor(tx, services, account.id, command.one_time_code)
        if renewed is not None:
            replace_password_hash(tx, account.id, renewed)
        clear_failures(tx, attempted)
        return open_session(tx, services, account, origin)


def attempt_of(
    tx: Transaction, services: IdentityServices, origin: ClientInfo, name: str, subjects: Collection[UUID]
) -> Attempted:
    """Return an attempt at a name that belongs to these accounts, with what is known of where it comes from."""
    devices = [one.id for one in services.key.devices_in(origin.device_notes) if one.account_id in subjects]
    known = bool(subjects) and has_signed_in_from(tx, subjects, origin.address)
    return Attempted(name, origin.address, str(devices[0]) if devices else "", is_known_address=known)


def _candidates(work: UnitOfWork, logins: list[Login], agency_id: str | None) -> list[Account]:
    """Return the accounts of a name: where the person is in service first, then the newest."""
    wanted = [login for login in logins if agency_id in (None, login.agency_id)] or [UNKNOWN]
    found = []
    for login in wanted:
        with work.transaction(login.agency_id) as tx:
            found.append(find_account(tx, login.subject_id))
    accounts = [account for account in found if account is not None]
    return sorted(accounts, key=lambda one: (one.standing, -one.created_at.timestamp()))


def _fitting(services: IdentityServices, accounts: list[Account], password: str) -> list[Account]:
    """Return the accounts that the password fits, in their order. Raise CredentialsRefused where there is none."""
    tried = [account for account in accounts[:COMPARED_AT_MOST] if account.password_hash is not None]
    fitting = [account for account in tried if services.passwords.matches(account.password_hash, password)]
    for _ in range(len(tried), COMPARED_AT_LEAST):
        services.passwords.matches(None, password)
    if not fitting:
        raise CredentialsRefused
    return fitting


def _agency_needed(work: UnitOfWork, accounts: list[Account]) -> AgencyNeeded:
    """Return the refusal that names the agencies to choose from; the caller has shown that each is theirs."""
    names: dict[str, str] = {}
    for agency in sorted(account.agency_id for account in accounts):
        with work.transaction(agency) as tx:
            names[agency] = agency_name(tx)
    expected = "{name}: kirim lagi dengan agency_id ini bila instansi ini yang dituju"
    choices = [
        FieldError("agency_id", AgencyNeeded.code, agency, expected.format(name=name)) for agency, name in names.items()
    ]
    return AgencyNeeded(errors=choices, agencies=", ".join(names.values()))
