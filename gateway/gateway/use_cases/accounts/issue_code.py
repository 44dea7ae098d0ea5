"""Issue a new one-time code for an account: to activate it, or to replace a forgotten password."""

import secrets
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search, require_manageable
from gateway.dependencies import IdentityServices
from gateway.domain.account_views import IssuedCodeView
from gateway.domain.errors import CodeForEndedAccount, OwnCodeRefused
from gateway.domain.one_time_code import OneTimeCode, code_digest, make_code
from gateway.persistence.accounts import load_account
from gateway.persistence.one_time_codes import replace_codes
from gateway.use_cases.people.follow import is_over


def issue_code(work: UnitOfWork, services: IdentityServices, actor: Principal, account_id: UUID) -> IssuedCodeView:
    """Return a code for activation while there is no password, for a reset afterwards. Older codes end.

    The present password stays valid until the new one is set, so that nobody is locked out by somebody else's request.
    An issuer who keeps the code can sign in as the owner, so it is refused for an account with a role that the
    issuer may not grant: no HR officer becomes the second person of an approval. What remains: HR can act as a
    plain employee or unit leader, and an operator as anybody, until the owner reads of it in `me`; it is audited.

    Raise CodeForEndedAccount after the service or the term; before the first day a code may be made, to be ready.
    """
    home = agency_to_search(work, actor, account_id)
    if account_id == actor.account_id:
        raise OwnCodeRefused
    with work.transaction(home) as tx:
        account = load_account(tx, account_id, lock=True)
        require_manageable(services.roles, actor, account.held_roles)
        purpose, now = account.code_purpose, services.now()
        if is_over(tx, account):
            raise CodeForEndedAccount
        expires_at = now + (services.lifetimes.reset if purpose == "RESET" else services.lifetimes.activation)
        code = make_code(secrets.choice)
        replace_codes(tx, [OneTimeCode.issued(code_digest(code), account, now, expires_at, str(actor.account_id))])
        audit.record(tx, actor, "account.code_issued", "account", account.id, purpose=purpose)
        return IssuedCodeView(account.id, purpose, code, expires_at)
