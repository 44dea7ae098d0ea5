"""An annual evaluation comes after the periodic ones of its year, as far as these can be made."""

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.errors import PeriodsOpen
from appraisal.domain.evaluation import RatablePlan
from appraisal.domain.segments import DaysInPeriod
from appraisal.domain.setting import AgencySetting


def require_periods_done(setting: AgencySetting, plan: RatablePlan, days: DaysInPeriod) -> None:
    """Raise PeriodsOpen while a periodic evaluation of the year could be made and is not final.

    PermenPANRB 6/2022: the annual evaluation considers the periodic ones. It waits for none whose window has closed, or
    has not opened yet, nor for one of which the person is excused, or which lies before the plan was agreed.
    """
    due = [row for row in setting.rows if not row.period.is_year and _is_due(row, setting, plan, days)]
    if due:
        periods = ", ".join(str(row.period) for row in due)
        raise PeriodsOpen(year=days.period.year, periods=periods)


def _is_due(row: PeriodRow, setting: AgencySetting, plan: RatablePlan, days: DaysInPeriod) -> bool:
    if row.period.last_month in plan.finished or not row.window.contains(setting.today):
        return False
    if plan.agreed_at is None or plan.agreed_at >= setting.end_of(row.period):
        return False
    return days.within(row.period).is_enough(setting.rules_of(row).minimum_days(row.last_day))
