"""Confirm one's second factor with the first code that the app shows."""

import secrets

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.backoff import FactorTried
from gateway.domain.errors import SecondFactorNotBegun
from gateway.domain.second_factor import RecoveryCodesView, make_recovery_codes
from gateway.persistence.accounts import load_account
from gateway.persistence.attempts import clear_failures
from gateway.persistence.second_factors import find_second_factor, save_second_factor
from gateway.use_cases.second_factors.check import count_code
from gateway.use_cases.sessions.open import refresh_sessions


def confirm_second_factor(
    work: UnitOfWork, services: IdentityServices, actor: Principal, *, one_time_code: str
) -> RecoveryCodesView:
    """Take the factor into use; return the recovery codes, which replace older ones. Roles that waited for it open."""
    tried = FactorTried(actor.account_id, "confirmation")
    count_code(work, services, tried, one_time_code)
    with work.transaction(actor.agency_id) as tx:
        factor = find_second_factor(tx, actor.account_id, lock=True)
        if factor is None or factor.pending is None:
            raise SecondFactorNotBegun
        secret, recovery = services.vault.open(actor.account_id, factor.pending), make_recovery_codes(secrets.choice)
        save_second_factor(tx, factor.confirmed(secret, one_time_code, services.now(), recovery))
        clear_failures(tx, tried)
        audit.record(tx, actor, "second_factor.confirmed", "account", actor.account_id)
        refresh_sessions(tx, load_account(tx, actor.account_id))
        return RecoveryCodesView(recovery)
