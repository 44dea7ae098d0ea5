"""What waits for somebody as appraiser, reviewer or designated decider."""

from typing import Any

from sqlalchemy import text

from appraisal.authorisation import self_of
from appraisal.domain.periods import period_bounds
from appraisal.persistence.people import rows
from appraisal.persistence.rules import AgencySetting, load_setting
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

_PLANS = text(
    "SELECT id AS plan_id, employee_id, year, plan_version, updated_at FROM plan "
    "WHERE appraiser_id = :me AND state = 'SUBMITTED' ORDER BY updated_at LIMIT 200"
)
_TO_RATE = text(
    "SELECT p.id AS plan_id, p.employee_id FROM plan p WHERE p.appraiser_id = :me AND p.year = :year "
    "AND p.state <> 'CLOSED' AND p.active_version IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evaluation e "
    "WHERE e.employee_id = p.employee_id AND e.year = :year AND coalesce(e.quarter, 0) = :quarter "
    "AND e.state <> 'PROPOSED') ORDER BY p.employee_id LIMIT 200"
)
_PROPOSED = text(
    "SELECT id AS evaluation_id, employee_id, kind, year, quarter FROM evaluation "
    "WHERE appraiser_id = :me AND state = 'PROPOSED' ORDER BY id LIMIT 200"
)
_OBJECTIONS = text(
    "SELECT id AS objection_id, evaluation_id, employee_id, decide_by, escalated_at IS NOT NULL AS escalated "
    "FROM objection WHERE decider_id = :me AND outcome IS NULL ORDER BY decide_by LIMIT 200"
)
_FOLLOW_UPS = text(
    "SELECT id AS follow_up_id, employee_id, kind, opened_at FROM follow_up "
    "WHERE assigned_to = :me AND state = 'OPEN' ORDER BY opened_at LIMIT 200"
)


def show_queue(work: UnitOfWork, actor: Principal) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        me = self_of(actor)
        setting = load_setting(tx)
        to_rate = [
            {"year": year, "quarter": quarter, "closes_on": setting.window(year, quarter).closes_on, **row}
            for year, quarter in _open_periods(setting)
            for row in rows(tx, _TO_RATE, me=me, year=year, quarter=quarter or 0)
        ]
        return {
            "plans_to_agree": rows(tx, _PLANS, me=me),
            "to_rate": to_rate,
            "proposals_to_finish": rows(tx, _PROPOSED, me=me),
            "objections_to_decide": rows(tx, _OBJECTIONS, me=me),
            "follow_ups": rows(tx, _FOLLOW_UPS, me=me),
        }


def _open_periods(setting: AgencySetting) -> list[tuple[int, int | None]]:
    """The quarters and years around today whose window is open."""
    year = setting.today.year
    periods: list[tuple[int, int | None]] = [(y, q) for y in (year - 1, year) for q in (1, 2, 3, 4, None)]
    near = [p for p in periods if abs((period_bounds(*p)[1] - setting.today).days) <= 200]  # noqa: PLR2004
    return [p for p in near if setting.window(*p).contains(setting.today)]
