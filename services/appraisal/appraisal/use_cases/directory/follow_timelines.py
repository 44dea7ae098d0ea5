"""What is open follows the timelines of personnel: plans and evaluations move to the present superiors."""

from collections.abc import Sequence

from appraisal.persistence import evaluations, follow_ups, objections, plans
from appraisal.persistence.people import employees_on, subordinates_of
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.keeping import TimelineChange
from directory.questions import today


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """One correction in personnel is enough: nothing open stays with the wrong superior.

    Of whom the superiors have not arrived, nothing moves; their arrival is a change that comes here again.
    """
    people = [change.employee_id for change in changes]
    try:
        day = today(tx)
    except NotKnownYet:
        # Without the agency nothing is open, for it is asked whenever a plan is made.
        return
    affected = {*people, *subordinates_of(tx, people, day)}
    for one in employees_on(tx, plans.with_open_matters(tx, affected), day).values():
        follow_ups.reassign(tx, one.employee_id, one.appraiser_id)
        plans.reassign(tx, one.employee_id, one.unit_id, one.appraiser_id, one.reviewer_id)
        evaluations.reassign(tx, one.employee_id, one.appraiser_id, one.reviewer_id)
        objections.reassign(tx, one.employee_id, one.reviewer_id)
