"""Check the second factor of whoever has shown the right password or code."""

from uuid import UUID

from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.backoff import FactorTried, require_no_block
from gateway.domain.errors import SecondFactorNeeded
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.attempts import clear_failures, count_attempt
from gateway.persistence.second_factors import find_second_factor, save_second_factor


def count_code(work: UnitOfWork, services: IdentityServices, tried: FactorTried, code: str) -> None:
    """Count a code, and commit, before it is checked: what is refused is rolled back. Raise SignInThrottled."""
    if not code:
        return
    with work.transaction(SYSTEM_TENANT) as tx:
        wait = count_attempt(tx, tried, services.now())
    require_no_block(wait)


def check_second_factor(tx: Transaction, services: IdentityServices, account_id: UUID, code: str) -> None:
    """Use the code up, which `count_code` has counted, where the account has a second factor.

    Raise SecondFactorNeeded without a good one.
    """
    factor = find_second_factor(tx, account_id, lock=True)
    if factor is not None and factor.sealed is not None:
        if not code:
            raise SecondFactorNeeded
        secret = services.vault.open(account_id, factor.sealed)
        save_second_factor(tx, factor.used(secret, code, services.now()))
    if code:
        clear_failures(tx, FactorTried(account_id))
