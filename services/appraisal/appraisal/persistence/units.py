"""Organisation predicates, exceptions from the distribution, and what a unit looks like in a period."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, exists, func, literal, null, or_, select, text, union_all
from sqlalchemy.orm import aliased

from appraisal.domain.distribution import Level, Override
from appraisal.domain.distribution_guard import UnitContext, UnitCounts, UnitPattern
from appraisal.domain.obligation import ObligationState, kind_of, subject_of
from appraisal.domain.org_predicate import OrgPredicateRecord
from appraisal.domain.periods import Period
from appraisal.domain.values import UNDISCLOSED
from appraisal.persistence import models
from appraisal.persistence.obligation_models import Obligation
from appraisal.persistence.of_period import of_period
from chassis.records import among, columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from directory.performance import Predicate
from directory.questions import units_above_each, units_below_each, units_on

_MOST_LISTED = 100
# A lock: one transaction at a time rates in a unit with a pattern. In the order of what is locked, so that two whose
# paths meet never wait for each other. It is taken before any row is locked.
_HOLD = text(
    "SELECT pg_advisory_xact_lock(wanted.key) FROM (SELECT DISTINCT hashtextextended(k, 0) AS key "
    "FROM unnest(CAST(:keys AS text[])) AS k ORDER BY 1) AS wanted"
)
# Set-based: any number of units in one statement. Quarter and month 0 stand for the year.
_PATTERNS = text(
    "SELECT u.unit_id, "
    "(SELECT p.predicate FROM org_predicate p WHERE p.unit_id = u.unit_id AND p.year = :year "
    "AND coalesce(p.quarter, 0) = :quarter AND coalesce(p.month, 0) = :month AND p.replaced_at IS NULL "
    "ORDER BY p.set_at DESC, p.id DESC LIMIT 1) AS org_predicate, "
    "(SELECT jsonb_build_object('reason', o.reason, 'set_by', o.set_by, 'set_at', o.set_at) "
    "FROM distribution_override o WHERE o.unit_id = u.unit_id AND o.year = :year "
    "AND coalesce(o.quarter, 0) = :quarter AND coalesce(o.month, 0) = :month AND o.replaced_at IS NULL "
    "ORDER BY o.set_at DESC, o.id DESC LIMIT 1) AS override "
    "FROM unnest(CAST(:units AS uuid[])) AS u (unit_id)"
)


def hold_units(tx: Transaction, units: Iterable[UUID], period: Period) -> None:
    """Let no other transaction rate in these units for a period until this one ends."""
    keys = [f"distribution/{tx.agency_id}/{unit}/{subject_of(period)}" for unit in units]
    if keys:
        tx.session.execute(_HOLD, {"keys": keys})


def paths_up(tx: Transaction, level: Level, units: Collection[UUID], day: date) -> dict[UUID, frozenset[UUID]]:
    """Return for each of these units those whose patterns its people must fit: it, and those above it on a day."""
    above = units_above_each(tx, units, day).known if level is Level.SUBTREE and units else {}
    return {unit: above.get(unit, frozenset([unit])) for unit in units}


def groups_of(tx: Transaction, level: Level, units: Collection[UUID], day: date) -> dict[UUID, frozenset[UUID]]:
    """Return for each of these units those whose people are compared with its pattern: it, and those below it."""
    below = units_below_each(tx, units, day).known if level is Level.SUBTREE and units else {}
    return {unit: below.get(unit, frozenset([unit])) for unit in units}


def load_patterns(tx: Transaction, units: Collection[UUID], period: Period) -> dict[UUID, UnitPattern]:
    """Return those of these units of which a predicate or an exception is set for a period."""
    values = {"units": list(units), "year": period.year, "quarter": period.quarter or 0, "month": period.month or 0}
    found = fetch_all(tx, _PATTERNS, UnitPattern, values)
    return {pattern.unit_id: pattern for pattern in found if pattern.is_set}


def load_contexts(
    tx: Transaction,
    patterns: Iterable[UnitPattern],
    groups: Mapping[UUID, frozenset[UUID]],
    period: Period,
    *,
    unseen: Collection[UUID | None] = (),
) -> dict[UUID, UnitContext]:
    """Return these units with the people of their groups counted; proposals about those `unseen` are left out."""
    counted = count_units(tx, set().union(*groups.values()), period, unseen=unseen)
    names = {
        one: f"{unit.name} ({unit.code})"
        for one, unit in units_on(tx, groups, period.last_day).known.items()
        if unit is not None
    }
    empty = UnitCounts()
    return {
        pattern.unit_id: UnitContext(
            pattern,
            UnitCounts.of_all(counted.get(unit, empty) for unit in groups[pattern.unit_id]),
            names.get(pattern.unit_id, "ini"),
        )
        for pattern in patterns
    }


def count_units(
    tx: Transaction, units: Collection[UUID], period: Period, *, unseen: Collection[UUID | None] = ()
) -> dict[UUID, UnitCounts]:
    """Count the predicates of each of these units itself, and who is left to be rated there.

    Proposed, issued and final evaluations count alike, but for proposals about those `unseen`, and about whoever owes
    none any more. Left are those of whom an evaluation is owed: not who is excused, on leave or suspended.
    """
    evaluation, not_seen = models.Evaluation, [one for one in unseen if one is not None]
    is_counted = _is_counted(period, not_seen)
    rated = select(evaluation.unit_id, evaluation.predicate, func.count().label("people"))
    rated = rated.where(among(evaluation.unit_id, units), is_counted)
    rated = rated.group_by(evaluation.unit_id, evaluation.predicate)
    has_rating = exists(select(literal(1)).where(evaluation.employee_id == Obligation.employee_id, is_counted))
    left = select(Obligation.unit_id, null().label("predicate"), func.count().label("people"))
    still_owed: ColumnElement[bool] = Obligation.state.in_((ObligationState.OPEN, ObligationState.LAPSED))
    if not_seen:
        # what its appraiser has finished is owed no longer, yet for those it is as if it were
        is_hidden = and_(among(Obligation.employee_id, not_seen), Obligation.state == ObligationState.DONE)
        still_owed = or_(still_owed, is_hidden)
    of_it = and_(Obligation.kind == kind_of(period), Obligation.subject == subject_of(period))
    left = left.where(among(Obligation.unit_id, units), of_it, still_owed, ~has_rating)
    found: dict[UUID, UnitCounts] = {}
    both: Executable = union_all(rated, left.group_by(Obligation.unit_id))
    for row in tx.session.execute(both):
        before = found.get(row.unit_id, UnitCounts())
        if row.predicate is None:
            found[row.unit_id] = UnitCounts(before.predicates, row.people)
        else:
            predicates = {**before.predicates, Predicate(row.predicate): row.people}
            found[row.unit_id] = UnitCounts(predicates, before.left)
    return found


def count_by_rater(
    tx: Transaction, units: Collection[UUID], period: Period, *, unseen: Collection[UUID | None]
) -> dict[UUID, dict[Predicate, int]]:
    """Count the predicates of these units by the official who rated, as `count_units` counts them."""
    row, is_counted = models.Evaluation, _is_counted(period, [one for one in unseen if one is not None])
    query = select(row.rated_by, row.predicate, func.count()).where(among(row.unit_id, units), is_counted)
    found: dict[UUID, dict[Predicate, int]] = {}
    for rater, predicate, people in tx.session.execute(query.group_by(row.rated_by, row.predicate)):
        found.setdefault(rater, {})[Predicate(predicate)] = people
    return found


def _is_counted(period: Period, unseen: Collection[UUID]) -> ColumnElement[bool]:
    row, excused = models.Evaluation, aliased(Obligation)
    owes_none = exists(
        select(literal(1)).where(
            excused.employee_id == row.employee_id,
            excused.kind == kind_of(period),
            excused.subject == subject_of(period),
            excused.state.in_((ObligationState.EXCUSED, ObligationState.CANCELLED)),
        )
    )
    is_hidden = or_(among(row.employee_id, unseen), owes_none)
    # with the plain quarter as well: it is the index of units that has it
    own = and_(of_period(row, period), row.quarter == period.quarter)
    return and_(own, or_(row.state.not_in(UNDISCLOSED), ~is_hidden))


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
