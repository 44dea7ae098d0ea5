"""Compare a unit's predicates with the pattern of its organisation predicate."""

from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, require_unit
from appraisal.domain.distribution import check_distribution
from appraisal.domain.distribution_views import DistributionView
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind
from appraisal.persistence.people import load_unit
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import load_contexts
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_distribution(work: UnitOfWork, actor: Principal, unit_id: UUID, *, period: Period) -> DistributionView:
    """Counts of a group under the threshold are shown only to those who may read each evaluation anyway."""
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id, today(tx))
        require_unit(tx, actor, unit_id)
        context = load_contexts(tx, [unit_id], period, reader=actor.employee_id)[unit_id]
        rules, day = load_setting(tx, period).rules, period.last_day
        rule = rules.distribution(day)
        check = check_distribution(rule, context.require_predicate(period), context.counts)
        shown = actor.has(*WHOLE_AGENCY) or check.members >= rules.small_group(day)
        source = rules.on(RuleKind.DISTRIBUTION, day)
        audit.record(tx, actor, "distribution_checked", "org_unit", unit_id, year=period.year, **period.parts)
        return DistributionView.of(context, period, rule, source, check, shown=shown)
