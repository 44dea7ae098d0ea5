"""The agency's dated rules about its accounts."""

from sqlalchemy import func, select

from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from gateway.domain.account_rules import DEFAULT, AccountRule
from gateway.persistence import models


def list_rules(tx: Transaction) -> list[AccountRule]:
    """Return the default and whatever the agency has set since, the oldest first."""
    query = select(*columns_of(models.AccountRule, AccountRule)).order_by(models.AccountRule.version)
    return [DEFAULT, *fetch_all(tx, query, AccountRule)]


def lock_rules(tx: Transaction) -> None:
    """Lock, so that two rules never get the same version."""
    tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"account_rules:{tx.agency_id}"))))


def insert_rule(tx: Transaction, rule: AccountRule, recorded_by: str) -> None:
    insert_record(tx, models.AccountRule, rule, recorded_by=recorded_by, recorded_at=tx.now)
