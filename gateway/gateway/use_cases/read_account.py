"""Read one account, as its manager."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.domain.people import AccountView
from gateway.persistence import accounts
from gateway.use_cases.find_account import home_of


def read_account(work: UnitOfWork, actor: Principal, account_id: UUID) -> AccountView:
    with work.transaction(home_of(work, actor, account_id)) as tx:
        account = accounts.get_account(tx.session, account_id)
        if account is None:
            raise NotFound(object="akun", id=account_id)
        audit.record(tx, actor, "account.read", "account", account_id)
        return accounts.view_of(account)
