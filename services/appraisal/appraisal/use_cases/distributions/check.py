"""Compare a unit's predicates with the pattern of its organisation predicate."""

from uuid import UUID

from appraisal.authorisation import require_unit, visible_units
from appraisal.domain.distribution import Level, check_distribution
from appraisal.domain.distribution_guard import UnitContext, UnitCounts, UnitPattern
from appraisal.domain.distribution_views import DistributionView
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind
from appraisal.domain.suppression import UnitTree
from appraisal.persistence.people import load_unit, parents_on, units_below
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import count_units, groups_of, load_patterns
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_distribution(work: UnitOfWork, actor: Principal, unit_id: UUID, *, period: Period) -> DistributionView:
    """Compare a unit, with all below it as the tree was on the period's last day, with its pattern.

    Counts of a group under the threshold are shown only to those who may read each evaluation anyway, and no leader
    sees so much of the units below them that a small group could be added up.
    """
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id, today(tx))
        require_unit(tx, actor, unit_id)
        rules, day = load_setting(tx, period).rules, period.last_day
        rule, visible = rules.distribution(day), visible_units(tx, actor)
        group = groups_of(tx, rule.level, [unit_id], day)[unit_id]
        seen = group if visible is None else group | visible | units_below(tx, visible, day)
        open_missing(tx, period.year, units=group)
        counted = count_units(tx, seen, period, unseen=[actor.employee_id])
        pattern = load_patterns(tx, [unit_id], period).get(unit_id, UnitPattern(unit_id, None, None))
        context = UnitContext(pattern, UnitCounts.of_all(counted.get(one, UnitCounts()) for one in group))
        check = check_distribution(rule, context.require_predicate(period), context.counts.predicates)
        shown = visible is None
        if visible is not None and check.members >= rules.small_group(day):
            tree = UnitTree({one: counted.get(one, UnitCounts()).rated for one in seen}, parents_on(tx, seen, day))
            shown = tree.hidden(rules.small_group(day)).shows(unit_id, with_below=rule.level is Level.SUBTREE)
        source = rules.on(RuleKind.DISTRIBUTION, day)
        audit.record(tx, actor, "distribution_checked", "org_unit", unit_id, year=period.year, **period.parts)
        return DistributionView.of(context, period, rule, source, check, shown=shown)
