"""Keep what personnel tells: people, units, the agency; open plans and evaluations follow a new superior."""

from uuid import UUID

from appraisal.persistence import evaluations, follow_ups, objections, people, plans
from appraisal.persistence.people import StaffMember, Unit
from chassis.unit_of_work import Transaction


def note_agency(tx: Transaction, name: str, time_zone: str) -> None:
    people.put_agency(tx, name, time_zone)


def note_unit(tx: Transaction, unit: Unit) -> None:
    people.put_unit(tx, unit)


def note_employee(tx: Transaction, employee_id: UUID, employment_type: str, status: str) -> None:
    people.put_employee(tx, employee_id, employment_type, status)


def note_assignment(tx: Transaction, member: StaffMember, position_code: str) -> None:
    """One correction in personnel is enough: nothing open stays with the wrong superior."""
    assert member.unit_id is not None
    before = people.staff_member(tx, member.employee_id)
    people.put_assignment(tx, member, position_code)
    if before is None or before.unit_id is None:
        return
    follow_ups.follow_assignment(tx, member.employee_id, member.appraiser_id)
    plans.follow_assignment(tx, member.employee_id, member.unit_id, member.appraiser_id, member.reviewer_id)
    evaluations.follow_assignment(tx, member.employee_id, member.appraiser_id, member.reviewer_id)
    objections.follow_assignment(tx, member.employee_id, member.reviewer_id)
