"""Close an account for good, so that its username is free for the person's next agency."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.domain.errors import OwnRolesFixed
from gateway.domain.people import may_manage
from gateway.house import House
from gateway.persistence import accounts, tokens
from gateway.use_cases.find_account import home_of, managed_account


def close_account(work: UnitOfWork, house: House, actor: Principal, account_id: UUID) -> None:
    """End its sessions and its name at the door; what it did stays on record. A second call changes nothing."""
    home = home_of(work, actor, account_id)
    if account_id == actor.account_id:
        raise OwnRolesFixed
    with work.transaction(home) as tx:
        account = managed_account(tx, account_id)
        may_manage(house.roles, actor, account.roles)
        if account.closed_at is not None:
            return
        now = house.now()
        account.disabled_at = account.disabled_at or now
        account.closed_at = now
        account.password_hash = None
        account.version += 1
        accounts.drop_login(tx.session, account.id)
        tokens.end(tx.session, account.id, now, "account_closed")
        audit.record(tx, actor, "account.closed", "account", account.id)
