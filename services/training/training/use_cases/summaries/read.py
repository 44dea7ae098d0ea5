"""Progress of units toward their JP, and needs by competency, for HR, inspectors and unit leaders."""

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import visible_units
from training.domain.jp import target_in_force
from training.domain.summaries import JpSummaryView, NeedSummaryView, SummaryQuery
from training.persistence.people import today
from training.persistence.reference import jp_targets
from training.persistence.summaries import jp_by_unit, needs_by_competency


def summarise_jp(work: UnitOfWork, actor: Principal, query: SummaryQuery) -> JpSummaryView:
    with work.transaction(actor.agency_id) as tx:
        year = query.year if query.year is not None else today(tx).year
        units = visible_units(tx, actor, query.unit_id)
        rows = jp_targets(tx)
        types = sorted({row.employment_type for row in rows})
        targets = [found for one in types if (found := target_in_force(rows, one, year))]
        return JpSummaryView(year, jp_by_unit(tx, year, targets, units))


def summarise_needs(work: UnitOfWork, actor: Principal, query: SummaryQuery) -> NeedSummaryView:
    with work.transaction(actor.agency_id) as tx:
        year = query.year if query.year is not None else today(tx).year
        units = visible_units(tx, actor, query.unit_id)
        return NeedSummaryView(year, needs_by_competency(tx, year, units))
