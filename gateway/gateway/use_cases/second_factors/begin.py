"""Begin a second factor for one's own account: a secret for an authenticator app."""

from dataclasses import dataclass
from uuid import UUID

import pyotp

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.backoff import Attempted, FactorTried, require_no_block
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import CredentialsRefused
from gateway.domain.second_factor import NewSecondFactorView, SecondFactor
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.accounts import load_account
from gateway.persistence.attempts import clear_failures, count_attempt
from gateway.persistence.second_factors import find_second_factor, save_second_factor
from gateway.use_cases.second_factors.check import check_second_factor, count_code

ISSUER = "Suar"


@dataclass(frozen=True)
class BeginSecondFactor:
    """Whoever has found an open session has neither the password nor, where there is a factor already, its code."""

    origin: ClientInfo
    session_id: UUID | None
    password: str
    one_time_code: str = ""


def begin_second_factor(
    work: UnitOfWork, services: IdentityServices, actor: Principal, command: BeginSecondFactor
) -> NewSecondFactorView:
    """Return a new secret, which counts from its confirmation on. Raise CredentialsRefused, or SecondFactorNeeded."""
    with work.transaction(actor.agency_id) as tx:
        account = load_account(tx, actor.account_id)
    attempted = Attempted(account.username, command.origin.address, device=f"session {command.session_id}")
    with work.transaction(SYSTEM_TENANT) as tx:
        wait = count_attempt(tx, attempted, services.now())
    require_no_block(wait)
    if not services.passwords.matches(account.password_hash, command.password):
        raise CredentialsRefused
    count_code(work, services, FactorTried(account.id), command.one_time_code)
    with work.transaction(actor.agency_id) as tx:
        check_second_factor(tx, services, account.id, command.one_time_code)
        secret = pyotp.random_base32()
        factor = find_second_factor(tx, account.id, lock=True) or SecondFactor(account.id)
        save_second_factor(tx, factor.begun(services.vault.seal(account.id, secret)))
        audit.record(tx, actor, "second_factor.begun", "account", account.id)
        clear_failures(tx, attempted)
        address = pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)
        return NewSecondFactorView(secret, address)
