"""Issue a new one-time code for an account: to activate it, or to replace a forgotten password."""

import secrets
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.crypto import digest
from gateway.domain.codes import make_code, normalise_code
from gateway.domain.errors import AccountClosed, OwnCodeRefused
from gateway.domain.people import IssuedCode, may_manage
from gateway.house import House
from gateway.persistence import accounts
from gateway.persistence.models import OneTimeCode
from gateway.use_cases.find_account import home_of, managed_account


def issue_code(work: UnitOfWork, house: House, actor: Principal, account_id: UUID) -> IssuedCode:
    """Give a code, once: for activation while there is no password, for a reset afterwards. Older codes end.

    The present password stays good until the new one is set, so that nobody is locked out by somebody else's request.
    Whoever issues a code and keeps it comes in as the owner. So it is refused for an account with a role that the
    issuer may not grant: no HR officer becomes the second person of an approval. What remains: HR can stand in for a
    plain employee or unit leader, and an operator for anybody, until the owner reads of it in `me`; it is audited.
    """
    home = home_of(work, actor, account_id)
    if account_id == actor.account_id:
        raise OwnCodeRefused
    with work.transaction(home) as tx:
        account = managed_account(tx, account_id)
        may_manage(house.roles, actor, account.roles)
        if account.closed_at is not None:
            raise AccountClosed
        purpose = "RESET" if account.password_hash else "ACTIVATION"
        lifetime = house.lifetimes.reset if purpose == "RESET" else house.lifetimes.activation
        code = make_code(secrets.choice)
        row = OneTimeCode(
            digest=digest(normalise_code(code)),
            agency_id=home,
            account_id=account.id,
            purpose=purpose,
            expires_at=house.now() + lifetime,
            used_at=None,
            created_at=house.now(),
            created_by=str(actor.account_id),
        )
        accounts.replace_codes(tx.session, [row])
        audit.record(tx, actor, "account.code_issued", "account", account.id, purpose=purpose)
        return IssuedCode(account_id=account.id, purpose=purpose, code=code, expires_at=row.expires_at)
