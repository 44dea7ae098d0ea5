"""Create the first operator of a deployment, once."""

from chassis import audit
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from gateway.domain.errors import PasswordRefused
from gateway.domain.usernames import EXPECTED, is_username, normalise_username
from gateway.house import House
from gateway.persistence import accounts
from gateway.persistence.models import DOOR, Account


def bootstrap_operator(work: UnitOfWork, house: House, *, username: str, password: str, agency_id: str) -> bool:
    """Create the operator unless the username exists; tells whether it was created. An existing password stays."""
    name = normalise_username(username)
    if not is_username(name):
        raise ValueError(f"username {name!r}: {EXPECTED}")
    with work.transaction(DOOR) as tx:
        if accounts.find_login(tx.session, name) is not None:
            return False
    faults = house.policy.faults(password, name, personal=(agency_id,))
    if faults:
        raise PasswordRefused(errors=faults)
    hashed = house.passwords.hash(password)
    with work.transaction(agency_id) as tx:
        account_id = new_id()
        if not accounts.claim_logins(tx.session, agency_id, {name: account_id}):
            return False
        tx.session.add(
            Account(
                id=account_id,
                agency_id=agency_id,
                username=name,
                name="Operator",
                employee_id=None,
                unit_id=None,
                roles=["operator"],
                password_hash=hashed,
                password_changed_at=house.now(),
                must_change_password=False,
                disabled_at=None,
                closed_at=None,
                version=1,
                created_at=house.now(),
                created_by="bootstrap",
            )
        )
        audit.record(tx, "bootstrap", "account.created", "account", account_id, roles=["operator"])
        return True
