"""Show the periods of a year, as it was opened or as it would be."""

from appraisal.domain.cycle import CycleView, require_year
from appraisal.persistence.periods import cycle_to_be, find_cycle
from appraisal.persistence.replaced_periods import to_set_anew
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_cycle(work: UnitOfWork, actor: Principal, *, year: int) -> CycleView:
    require_year(year)
    with work.transaction(actor.agency_id) as tx:
        return CycleView.of(find_cycle(tx, year) or cycle_to_be(tx, year), to_set_anew(tx, year))
