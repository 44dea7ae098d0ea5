"""Read where accounts and people do not match: an account of nobody in service, somebody in service without one."""

from datetime import date

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.authorisation import agency_for
from gateway.domain.account_views import AccountView
from gateway.domain.people import ListUnmatched, PersonWithoutAccountView
from gateway.persistence.accounts import list_without_service
from gateway.persistence.people import find_time_zone, list_without_account, today


def list_accounts_without_service(work: UnitOfWork, actor: Principal, command: ListUnmatched) -> Page[AccountView]:
    """Return the open accounts of nobody who is in service or in office today. Raise NotKnownYet, or InvalidInput."""
    with work.transaction(agency_for(actor, command.agency_id)) as tx:
        found = list_without_service(tx, command.page, _day(tx, actor))
        audit.record(tx, actor, "account.listed", "agency", tx.agency_id, count=len(found.items))
        return found.of(AccountView.of)


def list_people_without_account(
    work: UnitOfWork, actor: Principal, command: ListUnmatched
) -> Page[PersonWithoutAccountView]:
    """Return the people in service today who have no open account. Raise NotKnownYet, or InvalidInput."""
    with work.transaction(agency_for(actor, command.agency_id)) as tx:
        found = list_without_account(tx, command.page, _day(tx, actor))
        audit.record(tx, actor, "people.listed", "agency", tx.agency_id, count=len(found.items))
        return found


def _day(tx: Transaction, actor: Principal) -> date:
    """Return the day in the agency. Raise NotKnownYet for one's own, InvalidInput for another that is not known."""
    if tx.agency_id != actor.agency_id and find_time_zone(tx) is None:
        expected = "kode instansi yang terdaftar dan datanya sudah diterima"
        raise InvalidInput(errors=[FieldError("agency_id", "agency_unknown", tx.agency_id, expected)])
    return today(tx)
