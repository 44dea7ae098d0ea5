"""Let the owner of an account know, by message and e-mail, what somebody else does towards signing in to it."""

from chassis import outbox
from chassis.unit_of_work import Transaction
from gateway.domain.account import Account
from gateway.events import AccountCredentialsChanged, Step


def warn_owner(tx: Transaction, account: Account, step: Step) -> None:
    """Publish the step; an account of nobody has nobody whom a message would reach, but `me` shows it."""
    if account.person_id is not None:
        event = AccountCredentialsChanged(account_id=account.id, employee_id=account.person_id, step=step)
        outbox.record(tx, event)
