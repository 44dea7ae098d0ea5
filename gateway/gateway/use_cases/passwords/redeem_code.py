"""Set a password with a one-time code: the first one (activation) or a new one (reset)."""

from dataclasses import dataclass

from chassis import audit
from chassis.errors import FieldError
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account, Purpose
from gateway.domain.backoff import Attempted, FactorTried, require_no_block
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import AccountDisabled, OneTimeCodeRefused, PasswordRefused
from gateway.domain.one_time_code import OneTimeCode, code_digest
from gateway.domain.session import OpenedSessionView
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.events import Step
from gateway.persistence.accounts import find_account, people_with_former_account, update_account
from gateway.persistence.attempts import clear_failures, count_attempt
from gateway.persistence.one_time_codes import find_code, use_code
from gateway.persistence.sessions import end_sessions
from gateway.use_cases.accounts.warn_owner import warn_owner
from gateway.use_cases.second_factors.check import check_second_factor, count_code
from gateway.use_cases.sessions.open import open_session


@dataclass(frozen=True)
class RedeemCode:
    purpose: Purpose
    code: str
    password: str
    one_time_code: str = ""


def redeem_code(
    work: UnitOfWork, services: IdentityServices, origin: ClientInfo, command: RedeemCode
) -> OpenedSessionView:
    """Use the code, set the password, end the open sessions and open a new one.

    A refused password leaves the code usable. A disabled account stays disabled.
    """
    account, code = _account_of_code(work, services, origin, command)
    faults = services.policy.faults(command.password, account.username, personal=(account.name, account.agency_id))
    if faults:
        raise PasswordRefused(errors=faults)
    count_code(work, services, FactorTried(account.id), command.one_time_code)
    hashed, now = services.passwords.hash(command.password), services.now()
    with work.transaction(account.agency_id) as tx:
        before = find_account(tx, account.id, lock=True)
        if before is None or not use_code(tx, code_digest(command.code), command.purpose, now):
            raise _refused()
        if before.disabled_at is not None:
            raise AccountDisabled
        before.require_access()
        check_second_factor(tx, services, before.id, command.one_time_code)
        renewed = before.with_password(hashed, now)
        former = before.person_id and people_with_former_account(tx, [before.person_id])
        is_reset = before.was_used or bool(former)
        after = update_account(tx, before, renewed.reset(now, of_two=code.of_two) if is_reset else renewed)
        end_sessions(tx, after.id, now, "password_set")
        clear_failures(tx, _attempted(origin))
        if is_reset:
            warn_owner(tx, after, Step.PASSWORD_RESET)
        audit.record(tx, str(after.id), f"account.{command.purpose.lower()}_redeemed", "account", after.id)
        return open_session(tx, services, after, origin)


def _account_of_code(
    work: UnitOfWork, services: IdentityServices, origin: ClientInfo, command: RedeemCode
) -> tuple[Account, OneTimeCode]:
    now = services.now()
    with work.transaction(SYSTEM_TENANT) as tx:
        wait = count_attempt(tx, _attempted(origin), now)
        code: OneTimeCode | None = find_code(tx, code_digest(command.code))
    require_no_block(wait)
    if code is None or not code.is_usable(command.purpose, now):
        raise _refused()
    with work.transaction(code.agency_id) as tx:
        account = find_account(tx, code.account_id)
    if account is None:
        raise _refused()
    return account, code


def _attempted(origin: ClientInfo) -> Attempted:
    """Return the attempt at a code, which is not counted together with passwords: nobody guesses sixty bits."""
    return Attempted("", origin.address, kind="codes")


def _refused() -> OneTimeCodeRefused:
    expected = "kode 12 karakter yang diberikan pengelola kepegawaian, misalnya 7K2M-9QXA-4TZP"
    return OneTimeCodeRefused(errors=[FieldError("code", "one_time_code_refused", None, expected)])
