"""Set a password with a one-time code: the first one (activation) or a new one (reset)."""

from chassis import audit
from chassis.errors import FieldError
from chassis.unit_of_work import UnitOfWork
from gateway.crypto import digest
from gateway.domain.codes import normalise_code
from gateway.domain.errors import AccountDisabled, OneTimeCodeRefused, PasswordRefused
from gateway.domain.people import OpenedSession, Visitor
from gateway.house import House
from gateway.persistence import accounts, attempts, tokens
from gateway.persistence.models import DOOR
from gateway.use_cases.open_session import open_session
from gateway.use_cases.sign_in import throttled


def redeem_code(
    work: UnitOfWork, house: House, visitor: Visitor, *, purpose: str, code: str, password: str
) -> OpenedSession:
    """Use the code up, set the password, end what was open, and open a session.

    A refused password leaves the code good. The account stays shut for a code that somebody else was given before.
    """
    key = digest(normalise_code(code))
    now = house.now()
    with work.transaction(DOOR) as tx:
        wait = attempts.knock(tx.session, "", visitor.address, now)
        found = accounts.find_code(tx.session, key, purpose, now)
    if wait is not None:
        raise throttled(wait)
    if found is None:
        raise _refused()
    with work.transaction(found.agency_id) as tx:
        account = accounts.get_account(tx.session, found.account_id)
    if account is None:
        raise _refused()
    faults = house.policy.faults(password, account.username, personal=(account.name, account.agency_id))
    if faults:
        raise PasswordRefused(errors=faults)
    hashed = house.passwords.hash(password)
    with work.transaction(found.agency_id) as tx:
        account = accounts.get_account(tx.session, found.account_id, lock=True)
        if account is None or accounts.use_code(tx.session, key, purpose, now) is None:
            raise _refused()
        if account.disabled_at is not None:
            raise AccountDisabled
        account.password_hash = hashed
        account.password_changed_at = now
        account.must_change_password = False
        account.version += 1
        tokens.end(tx.session, account.id, now, "password_set")
        attempts.forgive(tx.session, account.username, visitor.address)
        opened = open_session(tx, house, account, visitor)
        audit.record(tx, str(account.id), f"account.{purpose.lower()}_redeemed", "account", account.id)
        return opened


def _refused() -> OneTimeCodeRefused:
    expected = "kode 12 karakter yang diberikan pengelola kepegawaian, misalnya 7K2M-9QXA-4TZP"
    return OneTimeCodeRefused(errors=[FieldError("code", "one_time_code_refused", None, expected)])
