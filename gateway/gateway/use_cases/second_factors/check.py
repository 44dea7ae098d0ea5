"""Check the second factor of whoever has shown the right password or code."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from gateway.dependencies import IdentityServices
from gateway.domain.errors import SecondFactorNeeded
from gateway.persistence.second_factors import find_second_factor, save_second_factor


def check_second_factor(tx: Transaction, services: IdentityServices, account_id: UUID, code: str) -> None:
    """Use the code up where the account has a second factor. Raise SecondFactorNeeded without a good one."""
    factor = find_second_factor(tx, account_id, lock=True)
    if factor is None or factor.sealed is None:
        return
    if not code:
        raise SecondFactorNeeded
    secret = services.vault.open(account_id, factor.sealed)
    save_second_factor(tx, factor.used(secret, code, services.now()))
