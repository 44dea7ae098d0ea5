"""Summarise a unit's month for its leader: sums of groups of at least five, never a person's amount."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_own_unit
from incentive.domain.months import first_day, last_day, month_text
from incentive.domain.unit_total import UnitTotalView
from incentive.persistence.allowance_lines import decided_amounts
from incentive.persistence.people import units_below


def summarise_unit(work: UnitOfWork, actor: Principal, unit_id: UUID, *, month: date) -> UnitTotalView:
    """Sum what the unit and those below it were granted; the leader who asks is left out."""
    with work.transaction(actor.agency_id) as tx:
        units = units_below(tx, unit_id, last_day(month))
        leader_id = require_own_unit(actor, unit_id)
        amounts = decided_amounts(tx, units, first_day(month), leader_id)
        audit.record(tx, actor, "read_unit_allowances", "org_unit", unit_id, month=month_text(month))
        return UnitTotalView.of(unit_id, month_text(month), amounts)
