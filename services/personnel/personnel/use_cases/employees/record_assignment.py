"""Record a move: another unit, position or job class since a day, past, present or to come."""

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from personnel.domain.employee import ChangeView, RecordAssignment, require_position_fits
from personnel.domain.records import PositionRecord, Source
from personnel.domain.timeline import TakesEffect, takes_effect
from personnel.domain.unit_timeline import is_open_from
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import load_employee, lock_reporting_lines
from personnel.persistence.records import add_position, position_records
from personnel.persistence.unit_records import timelines_of
from personnel.use_cases.employees.apply_effective_state import apply_effective_state
from personnel.use_cases.employees.plan_change import plan_change


def record_assignment(work: UnitOfWork, actor: Principal, command: RecordAssignment) -> ChangeView:
    """Record the move and, if it is in force, publish it. Raise NotFound, OwnAffair, VersionConflict, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        agency = own_agency(tx)
        lock_reporting_lines(tx)
        employee = load_employee(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        require_version(command.expected_version, employee.revision)
        day = agency.today(tx.now)
        timeline = timelines_of(tx, [command.unit_id])[command.unit_id]
        require_position_fits(command, unit_is_active=is_open_from(timeline, command.effective_from, day))
        record = view_of(
            PositionRecord,
            command,
            recorded_on=day,
            recorded_at=tx.now,
            recorded_by=actor.account_id,
            source=Source.MOVE,
        )
        add_position(tx, record)
        published = apply_effective_state(tx, employee, day)
        effect = takes_effect(position_records(tx, employee.id), day)
        if effect is TakesEffect.LATER:
            plan_change(tx, agency, employee.id, command.effective_from)
        audit.record(tx, actor, "assignment_recorded", "employee", employee.id, unit_id=command.unit_id, effect=effect)
        return ChangeView(employee.id, effect, published, load_employee(tx, employee.id).revision)
