"""Organisation predicates, exceptions from the distribution, and what a unit looks like in a period."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, text

from appraisal.domain.distribution import DistributionGuard, DistributionRule, Override, Policy, UnitContext
from appraisal.domain.org_predicate import OrgPredicateRecord
from appraisal.domain.periods import Period
from appraisal.persistence import models
from appraisal.persistence.obligation_lists import owed_in_units
from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction

_MOST_LISTED = 100
# Set-based: any number of units in one statement. Quarter and month 0 stand for the year. Proposed, issued and final
# evaluations count alike, without those of the people who are being rated, and without a proposal about the reader:
# they may read everybody else's, so the difference would be their own.
_CONTEXTS = text(
    "SELECT u.unit_id, u.headcount, "
    "(SELECT p.predicate FROM org_predicate p WHERE p.unit_id = u.unit_id AND p.year = :year "
    "AND coalesce(p.quarter, 0) = :quarter AND coalesce(p.month, 0) = :month AND p.replaced_at IS NULL "
    "ORDER BY p.set_at DESC, p.id DESC LIMIT 1) AS org_predicate, "
    "(SELECT jsonb_build_object('reason', o.reason, 'set_by', o.set_by, 'set_at', o.set_at) "
    "FROM distribution_override o WHERE o.unit_id = u.unit_id AND o.year = :year "
    "AND coalesce(o.quarter, 0) = :quarter AND coalesce(o.month, 0) = :month AND o.replaced_at IS NULL "
    "ORDER BY o.set_at DESC, o.id DESC LIMIT 1) AS override, "
    "(SELECT coalesce(jsonb_object_agg(c.predicate, c.n), '{}') FROM (SELECT e.predicate, count(*) AS n "
    "FROM evaluation e WHERE e.unit_id = u.unit_id AND e.year = :year AND coalesce(e.quarter, 0) = :quarter "
    "AND coalesce(e.month, 0) = :month "
    "AND NOT e.employee_id = ANY(CAST(:without AS uuid[])) "
    "AND (e.state <> 'PROPOSED' OR e.employee_id IS DISTINCT FROM CAST(:reader AS uuid)) "
    "GROUP BY e.predicate) c) AS counts "
    "FROM unnest(CAST(:units AS uuid[]), CAST(:headcounts AS integer[])) AS u (unit_id, headcount)"
)


def load_contexts(
    tx: Transaction,
    unit_ids: Collection[UUID],
    period: Period,
    *,
    without: Collection[UUID] = (),
    reader: UUID | None = None,
) -> dict[UUID, UnitContext]:
    """Return these units in a period, with their predicates counted.

    Those of the people in `without` are left out, and a proposal about the `reader`. The headcount are those of whom
    an evaluation of the period is owed there: not who is excused from it, on leave or suspended.
    """
    people = owed_in_units(tx, period, unit_ids)
    values = {"units": list(unit_ids), "headcounts": [people.get(one, 0) for one in unit_ids]}
    values |= {"year": period.year, "quarter": period.quarter or 0, "month": period.month or 0}
    values |= {"without": list(without), "reader": reader}
    return {context.unit_id: context for context in fetch_all(tx, _CONTEXTS, UnitContext, values)}


def load_guard(
    tx: Transaction, rule: DistributionRule, period: Period, *, units: Collection[UUID], rated: Collection[UUID]
) -> DistributionGuard:
    """Return what refuses ratings in these units; nothing is read where the agency's policy is to warn."""
    if rule.policy is Policy.WARN:
        return DistributionGuard(rule, period, {})
    return DistributionGuard(rule, period, load_contexts(tx, set(units), period, without=rated))


def insert_org_predicate(tx: Transaction, record: OrgPredicateRecord) -> None:
    insert_record(tx, models.OrgPredicate, record)


def list_org_predicates(tx: Transaction, unit_id: UUID, year: int | None) -> list[OrgPredicateRecord]:
    """Return the organisation predicates of a unit, newest first."""
    row = models.OrgPredicate
    query = select(*columns_of(row, OrgPredicateRecord)).where(row.unit_id == unit_id)
    if year is not None:
        query = query.where(row.year == year)
    return fetch_all(tx, query.order_by(row.set_at.desc(), row.id.desc()).limit(_MOST_LISTED), OrgPredicateRecord)


def insert_override(tx: Transaction, record: Override) -> None:
    insert_record(tx, models.DistributionOverride, record)
