"""Nobody comes to stand under themselves, on no day: past, present or planned by different calls."""

from datetime import date
from uuid import UUID

from chassis.unit_of_work import Transaction
from personnel.domain.records import PersonRecords
from personnel.domain.reporting_lines import differing_days, find_cycle, line_of
from personnel.persistence.employees import names_of
from personnel.persistence.reporting_lines import superiors_upward


def require_no_cycle(
    tx: Transaction, employee_id: UUID, before: PersonRecords, after: PersonRecords, *, since: date
) -> None:
    """Raise SuperiorCycle for the first day from `since` on, on which a superior who is new on it stands below."""
    own = line_of(after.superiors)
    changed = differing_days(line_of(before.superiors), own, since)
    if not changed:
        return
    above = superiors_upward(tx, {one.superior_id for one in own if one.superior_id is not None})
    lines = {one: line_of(records) for one, records in above.items()}
    cycle = find_cycle({**lines, employee_id: own}, employee_id, changed)
    if cycle is not None:
        raise cycle.refusal(names_of(tx, cycle.people))
