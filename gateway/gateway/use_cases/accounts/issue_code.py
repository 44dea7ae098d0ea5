"""Issue a new one-time code for an account: to activate it, or to replace a forgotten password."""

import secrets
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.authorisation import agency_to_search, require_manageable
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account
from gateway.domain.account_views import IssuedCodeView
from gateway.domain.errors import CodeForEndedAccount, OwnCodeRefused
from gateway.domain.one_time_code import OneTimeCode, code_digest, make_code
from gateway.domain.reset_request import Officer, ResetRequest
from gateway.domain.roles import RoleBook
from gateway.events import Step
from gateway.persistence.accounts import load_account, people_with_former_account
from gateway.persistence.one_time_codes import replace_codes
from gateway.persistence.people import day_here, is_superior
from gateway.persistence.reset_requests import delete_reset_request, find_reset_request, save_reset_request
from gateway.use_cases.accounts.warn_owner import warn_owner
from gateway.use_cases.people.follow import is_over


def issue_code(work: UnitOfWork, services: IdentityServices, actor: Principal, account_id: UUID) -> IssuedCodeView:
    """Return a code for activation while there is no password, for a reset afterwards. Older codes end.

    The present password stays valid until the new one is set, so that nobody is locked out by somebody else's request.
    An issuer who keeps the code can sign in as the owner. So it is refused for an account with a role that the issuer
    may not grant; a code for somebody with power, a superior among them, takes two people: the first call makes a
    request, and once somebody else has approved it the next call returns the code. Its owner is notified of each.

    Raise CodeForEndedAccount after the service or the term; before the first day a code may be made, to be ready.
    """
    home = agency_to_search(work, actor, account_id)
    with work.transaction(home) as tx:
        account = load_account(tx, account_id, lock=True)
        if account_id == actor.account_id or actor.is_about(account.person_id):
            raise OwnCodeRefused
        require_manageable(services.roles, actor, account.held_roles)
        purpose, now = account.code_purpose, services.now()
        if is_over(tx, account):
            raise CodeForEndedAccount
        of_two = needs_second_person(tx, services.roles, account)
        if of_two:
            request = find_reset_request(tx, account.id)
            if request is None or request.requested_by != actor.account_id or not request.is_open(now):
                request = ResetRequest.made(account, Officer(actor.account_id, actor.employee_id), now)
                save_reset_request(tx, request)
                audit.record(tx, actor, "account.reset_requested", "account", account.id)
                warn_owner(tx, account, Step.RESET_REQUESTED)
            if request.approved_by is None:
                return IssuedCodeView(account.id, purpose, None, request.expires_at, awaits_second_person=True)
            delete_reset_request(tx, account.id)
        expires_at = now + (services.lifetimes.reset if purpose == "RESET" else services.lifetimes.activation)
        code = make_code(secrets.choice)
        issued = OneTimeCode.issued(code_digest(code), account, now, expires_at, str(actor.account_id), of_two=of_two)
        replace_codes(tx, [issued])
        audit.record(tx, actor, "account.code_issued", "account", account.id, purpose=purpose)
        warn_owner(tx, account, Step.CODE_ISSUED)
        return IssuedCodeView(account.id, purpose, code, expires_at)


def needs_second_person(tx: Transaction, book: RoleBook, account: Account) -> bool:
    """Return whether a code for the account takes two people: it opens what somebody with power had opened before.

    A new account in place of one that was closed or unlinked is no way around it.
    """
    person = account.person_id
    if not account.was_used and not (person and people_with_former_account(tx, [person])):
        return False
    is_leading = person is not None and is_superior(tx, person, day_here(tx))
    return is_leading or book.needs_second_person(account.held_roles)
