"""Show when the quarters and the year may be rated."""

from appraisal.domain.periods import QUARTERS, Period
from appraisal.domain.rating_windows import PeriodsView, PeriodView
from appraisal.persistence.rules import list_extensions, load_setting
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_periods(work: UnitOfWork, actor: Principal, *, year: int) -> PeriodsView:
    with work.transaction(actor.agency_id) as tx:
        periods = [Period(year, quarter) for quarter in (*QUARTERS, None)]
        items = tuple(PeriodView.of(period, load_setting(tx, period)) for period in periods)
        return PeriodsView(items, tuple(list_extensions(tx, year)))
