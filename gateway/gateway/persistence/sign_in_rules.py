"""The dated rules about what an account must have."""

from sqlalchemy import func, select

from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from gateway.domain.sign_in_rules import DEFAULT, SignInRule, sign_in_rule_on
from gateway.persistence import models
from gateway.persistence.people import day_here


def list_sign_in_rules(tx: Transaction) -> list[SignInRule]:
    """Return the default and whatever has been set since, the oldest first."""
    query = select(*columns_of(models.SignInRule, SignInRule)).order_by(models.SignInRule.version)
    return [DEFAULT, *fetch_all(tx, query, SignInRule)]


def rule_of_today(tx: Transaction) -> SignInRule:
    return sign_in_rule_on(list_sign_in_rules(tx), day_here(tx))


def lock_sign_in_rules(tx: Transaction) -> None:
    """Lock, so that two rules never get the same version."""
    tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"sign_in_rules:{tx.agency_id}"))))


def insert_sign_in_rule(tx: Transaction, rule: SignInRule, recorded_by: str) -> None:
    insert_record(tx, models.SignInRule, rule, recorded_by=recorded_by, recorded_at=tx.now)
