"""Hold the distribution of units while ratings in them are made, so that two at once never both take the last place."""

from collections.abc import Collection
from uuid import UUID

from appraisal.domain.distribution import DistributionRule, Policy
from appraisal.domain.distribution_guard import DistributionGuard
from appraisal.domain.errors import ObligationsNotOpened
from appraisal.domain.periods import Period
from appraisal.persistence.units import groups_of, hold_units, load_contexts, load_patterns, paths_up
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def hold_distribution(
    tx: Transaction,
    actor: Principal,
    rule: DistributionRule,
    period: Period,
    *,
    units: Collection[UUID],
    rated: Collection[UUID] = (),
) -> DistributionGuard:
    """Return what refuses ratings in these units; nothing is read where the agency's policy is to warn.

    Proposals about those who are `rated` count as not made, and so does one about the caller, who would learn of it by
    trying what is refused; it is compared when it is finished. The units with a pattern are held before any row is
    locked. Raise ObligationsNotOpened while it is not known how many people are compared.
    """
    if rule.policy is Policy.WARN or not units:
        return DistributionGuard(rule, period)
    paths = paths_up(tx, rule.level, units, period.last_day)
    patterns = load_patterns(tx, set().union(*paths.values()), period)
    hold_units(tx, patterns, period)
    groups = groups_of(tx, rule.level, patterns, period.last_day)
    if not open_missing(tx, period.year, units=set().union(*groups.values())):
        raise ObligationsNotOpened(year=period.year)
    contexts = load_contexts(tx, patterns.values(), groups, period, unseen=[*rated, actor.employee_id])
    return DistributionGuard(rule, period, paths, contexts)


def foresee_distribution(tx: Transaction, rule: DistributionRule, period: Period, unit_id: UUID) -> DistributionGuard:
    """Return what says how a rating changes the patterns on a unit's path, for one that nothing may hold up."""
    if rule.policy is Policy.WARN:
        return DistributionGuard(rule, period)
    paths = paths_up(tx, rule.level, [unit_id], period.last_day)
    patterns = load_patterns(tx, paths[unit_id], period)
    groups = groups_of(tx, rule.level, patterns, period.last_day)
    return DistributionGuard(rule, period, paths, load_contexts(tx, patterns.values(), groups, period))
