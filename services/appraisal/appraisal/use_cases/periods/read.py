"""Show when the months or quarters and the year may be rated."""

from appraisal.domain.rating_windows import PeriodsView, PeriodView
from appraisal.persistence.periods import extended_to, rows_of_year
from appraisal.persistence.rules import recorded_extensions
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_periods(work: UnitOfWork, actor: Principal, *, year: int) -> PeriodsView:
    with work.transaction(actor.agency_id) as tx:
        day, extended = today(tx), extended_to(tx, year)
        items = (PeriodView.of(row, day, extended.get(row.period)) for row in rows_of_year(tx, year))
        return PeriodsView(tuple(items), tuple(recorded_extensions(tx, year)))
