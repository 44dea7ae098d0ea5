"""Give feedback on a result or on a value of somebody's plan."""

from appraisal.authorisation import self_of
from appraisal.domain.feedback import Feedback, GiveFeedback, giver_role
from appraisal.events import FeedbackGiven
from appraisal.persistence.feedback import insert_feedback
from appraisal.persistence.people import find_employee, require_not_left
from appraisal.persistence.plans import load_plan
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def give_feedback(work: UnitOfWork, actor: Principal, command: GiveFeedback) -> Feedback:
    giver = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, command.plan_id)
        day = today(tx)
        role = giver_role(plan, giver, find_employee(tx, giver, day))
        require_not_left(tx, [giver], day)
        feedback = Feedback.given(new_id(), plan, command, giver, role, tx.now)
        insert_feedback(tx, feedback)
        outbox.record(tx, FeedbackGiven(feedback_id=feedback.id, plan_id=plan.id, employee_id=plan.employee_id))
        audit.record(tx, actor, "feedback_given", "plan", plan.id, feedback_id=feedback.id)
        return feedback
