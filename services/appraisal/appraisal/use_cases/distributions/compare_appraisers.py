"""Compare how the appraisers of a unit distribute their ratings."""

from uuid import UUID

from appraisal.domain.distribution_tendency import TendenciesView
from appraisal.domain.periods import Period
from appraisal.persistence.people import load_unit
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import count_by_rater, groups_of
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def compare_appraisers(work: UnitOfWork, actor: Principal, unit_id: UUID, *, period: Period) -> TendenciesView:
    """List those with enough ratings; a proposal about the reader is not counted."""
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id, today(tx))
        rules, day = load_setting(tx, period).rules, period.last_day
        group = groups_of(tx, rules.distribution(day).level, [unit_id], day)[unit_id]
        counted = count_by_rater(tx, group, period, unseen=[actor.employee_id])
        audit.record(tx, actor, "appraisers_compared", "org_unit", unit_id, year=period.year, **period.parts)
        return TendenciesView.of(unit_id, period, counted, rules.small_group(day))
