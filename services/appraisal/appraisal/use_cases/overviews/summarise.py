"""Summarise how far the cycle has come, by unit."""

from appraisal.authorisation import visible_units
from appraisal.domain.periods import Period
from appraisal.domain.summary import SummaryView
from appraisal.persistence.overviews import count_cycle
from appraisal.persistence.people import parents_on
from appraisal.persistence.reviews import hidden_from
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork


def summarise(work: UnitOfWork, actor: Principal, period: Period) -> SummaryView:
    """Predicates are shown only of groups large enough."""
    with work.transaction(actor.agency_id) as tx:
        units = visible_units(tx, actor)
        if units is not None and not units:
            raise Forbidden
        open_missing(tx, period.year, units=units)
        counts = count_cycle(tx, period, units, hidden_from(tx, actor.employee_id))
        smallest = load_setting(tx).rules.small_group(period.last_day)
        audit.record(tx, actor, "summary_read", "summary", period.year, **period.parts)
        return SummaryView.of(period, counts, smallest, parents_on(tx, units, period.last_day))
