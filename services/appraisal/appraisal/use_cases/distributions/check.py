"""Compare a unit's predicates with the pattern of its organisation predicate."""

from uuid import UUID

from appraisal.authorisation import require_unit
from appraisal.domain.distribution import check_distribution
from appraisal.domain.distribution_guard import UnitContext, UnitPattern
from appraisal.domain.distribution_views import DistributionView
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind
from appraisal.persistence.people import load_unit
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import load_patterns
from appraisal.use_cases.distributions.count import count_for_reader
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_distribution(work: UnitOfWork, actor: Principal, unit_id: UUID, *, period: Period) -> DistributionView:
    """Compare a unit, with all below it as the tree was on the period's last day, with its pattern."""
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id, today(tx))
        require_unit(tx, actor, unit_id)
        rules, day = load_setting(tx, period).rules, period.last_day
        found = count_for_reader(tx, actor, unit_id, period, rules)
        pattern = load_patterns(tx, [unit_id], period).get(unit_id, UnitPattern(unit_id, None, None))
        context, rule = UnitContext(pattern, found.counts), rules.distribution(day)
        check = check_distribution(rule, context.require_predicate(period), found.counts.predicates)
        source = rules.on(RuleKind.DISTRIBUTION, day)
        audit.record(tx, actor, "distribution_checked", "org_unit", unit_id, year=period.year, **period.parts)
        return DistributionView.of(context, period, rule, source, check, shown=found.shown)
