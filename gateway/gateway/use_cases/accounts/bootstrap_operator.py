"""Create the first operator of a deployment, once."""

from dataclasses import dataclass

from chassis import audit
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.account import Account, NewAccount
from gateway.domain.errors import PasswordRefused
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.domain.usernames import EXPECTED, is_username, normalise_username
from gateway.persistence.accounts import insert_accounts
from gateway.persistence.logins import claim_logins, find_logins


@dataclass(frozen=True)
class BootstrapOperator:
    username: str
    password: str
    agency_id: str


def bootstrap_operator(work: UnitOfWork, services: IdentityServices, command: BootstrapOperator) -> bool:
    """Create the operator; return False, and change nothing, when the username exists."""
    name = normalise_username(command.username)
    if not is_username(name):
        raise ValueError(f"username {name!r}: {EXPECTED}")
    with work.transaction(SYSTEM_TENANT) as tx:
        if any(login.agency_id == command.agency_id for login in find_logins(tx, name)):
            return False
    faults = services.policy.faults(command.password, name, personal=(command.agency_id,))
    if faults:
        raise PasswordRefused(errors=faults)
    new, now = NewAccount(name, "Operator", ("operator",)), services.now()
    account = Account.invited(new_id(), command.agency_id, new, now, "bootstrap")
    account = account.with_password(services.passwords.hash(command.password), now)
    with work.transaction(command.agency_id) as tx:
        if not claim_logins(tx, {name: account.id}):
            return False
        insert_accounts(tx, [account])
        audit.record(tx, "bootstrap", "account.created", "account", account.id, roles=account.roles)
        return True
