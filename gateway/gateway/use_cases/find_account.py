"""Find the account that a manager means, in the agency it lives in."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.persistence import accounts
from gateway.persistence.models import DOOR, Account


def home_of(work: UnitOfWork, actor: Principal, subject_id: UUID) -> str:
    """The agency to look in: an operator's reach is every agency, anybody else's their own."""
    if not actor.has("operator"):
        return actor.agency_id
    with work.transaction(DOOR) as tx:
        return accounts.find_home(tx.session, subject_id) or actor.agency_id


def managed_account(tx: Transaction, account_id: UUID) -> Account:
    """The account, locked for a change; raises NotFound when this agency has none such."""
    account = accounts.get_account(tx.session, account_id, lock=True)
    if account is None:
        raise NotFound(object="akun", id=account_id)
    return account
