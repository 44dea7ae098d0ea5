"""Policies of the allowance between rows and the domain."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, select

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import among, columns_of, insert_record, keyset, update_record
from chassis.unit_of_work import Transaction
from incentive.domain.errors import NoPolicyForMonth
from incentive.domain.months import month_text
from incentive.domain.policy import Policy, PolicyState
from incentive.domain.policy_days import PolicyDays, policies_of_month
from incentive.domain.tukin_rules import rules_from, rules_to
from incentive.persistence import models

_POLICY = models.TukinPolicy
_COLUMNS = columns_of(_POLICY, Policy)
_PUBLISHED = _POLICY.state == PolicyState.PUBLISHED.value


def load_policy(tx: Transaction, policy_id: UUID, *, lock: bool = False) -> Policy:
    """Return a policy, locked until the commit if wished. Raise NotFound."""
    query = select(*_COLUMNS).where(_POLICY.id == policy_id)
    found = _policies(tx, query.with_for_update() if lock else query)
    if not found:
        raise NotFound(object="kebijakan tukin", id=policy_id)
    return found[0]


def month_policies(tx: Transaction, month: date) -> tuple[PolicyDays, ...]:
    """Return the published policies that govern the days of a month. Raise NoPolicyForMonth when there is none."""
    return _required(policies_of_month(published_policies(tx), month), month)


def month_policies_by(tx: Transaction, ids: Sequence[UUID], month: date) -> tuple[PolicyDays, ...]:
    """Return how these policies govern the days of a month among themselves."""
    return _required(policies_of_month(policies_by_id(tx, ids).values(), month), month)


def policies_by_id(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Policy]:
    found = _policies(tx, select(*_COLUMNS).where(among(_POLICY.id, ids)).order_by(_POLICY.number))
    return {policy.id: policy for policy in found}


def published_policies(tx: Transaction) -> list[Policy]:
    return _policies(tx, select(*_COLUMNS).where(_PUBLISHED))


def list_policies(tx: Transaction, page: PageRequest) -> Page[Policy]:
    """Return all policies by number."""
    found = _policies(tx, keyset(select(*_COLUMNS), page, _POLICY.number))
    return page_of(found, page, lambda policy: policy.number)


def next_policy_number(tx: Transaction) -> int:
    return (tx.session.scalar(select(func.max(_POLICY.number))) or 0) + 1


def insert_policy(tx: Transaction, policy: Policy) -> None:
    insert_record(tx, _POLICY, policy, rules=rules_to(policy.rules))


def update_policy(tx: Transaction, before: Policy, after: Policy) -> None:
    """Save a change. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, _POLICY, before, after, rules=rules_to(after.rules))


def _required(found: tuple[PolicyDays, ...], month: date) -> tuple[PolicyDays, ...]:
    if not found:
        raise NoPolicyForMonth(month=month_text(month))
    return found


def _policies(tx: Transaction, query: Select[Any]) -> list[Policy]:
    return [_policy(row) for row in tx.session.execute(query).mappings()]


def _policy(row: RowMapping) -> Policy:
    return Policy(**{**row, "state": PolicyState(row["state"]), "rules": rules_from(row["rules"])})
