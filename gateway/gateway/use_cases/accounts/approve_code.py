"""Agree, as the second person, to a new password for somebody with power."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search
from gateway.dependencies import IdentityServices
from gateway.domain.reset_request import Officer
from gateway.events import Step
from gateway.persistence.accounts import load_account
from gateway.persistence.reset_requests import find_reset_request, save_reset_request
from gateway.use_cases.accounts.warn_owner import warn_owner


def approve_code(work: UnitOfWork, services: IdentityServices, actor: Principal, account_id: UUID) -> None:
    """Approve the request for a code; the code goes to who asked, never to who agrees. Raise SecondPersonNeeded.

    So an HR officer may agree for an account that only an operator manages. Raise NotFound without an open request.
    """
    with work.transaction(agency_to_search(work, actor, account_id)) as tx:
        account = load_account(tx, account_id, lock=True)
        request, now = find_reset_request(tx, account_id), services.now()
        if request is None or not request.is_open(now):
            raise NotFound(object="permintaan kode untuk akun", id=account_id)
        save_reset_request(tx, request.approved(account, Officer(actor.account_id, actor.employee_id), now))
        audit.record(tx, actor, "account.reset_approved", "account", account_id, requested_by=request.requested_by)
        warn_owner(tx, account, Step.RESET_APPROVED)
