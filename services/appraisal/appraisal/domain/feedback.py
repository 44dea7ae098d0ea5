"""Feedback on one work result or one value of somebody's plan, answered once by its employee."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from appraisal.domain.errors import FeedbackAnswered
from appraisal.domain.people import Employee
from appraisal.domain.plan import FullPlan, Plan
from appraisal.domain.values import BehaviourValue, GiverRole
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.views import view_of


@dataclass(frozen=True)
class GiveFeedback:
    plan_id: UUID
    text: str
    work_result_id: UUID | None = None
    behaviour_value: BehaviourValue | None = None
    evidence_link: str | None = None


@dataclass(frozen=True)
class Feedback:
    id: UUID
    plan_id: UUID
    employee_id: UUID
    giver_id: UUID
    giver_role: GiverRole
    work_result_id: UUID | None
    behaviour_value: BehaviourValue | None
    text: str
    evidence_link: str | None
    given_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None

    @classmethod
    def given(
        cls, feedback_id: UUID, plan: FullPlan, command: GiveFeedback, giver: UUID, role: GiverRole, now: datetime
    ) -> "Feedback":
        """Make feedback on an agreed plan. Raise PlanClosed, PlanNeverActive, or InvalidInput for a wrong target."""
        plan.in_force()
        if (command.work_result_id is None) == (command.behaviour_value is None):
            expected = "tepat satu: work_result_id atau behaviour_value"
            raise InvalidInput(errors=[FieldError("work_result_id", "one_target", None, expected)])
        if command.work_result_id is not None:
            plan.agreed_content().require_result(command.work_result_id)
        known = {"id": feedback_id, "employee_id": plan.employee_id, "giver_id": giver, "giver_role": role}
        return view_of(cls, command, **known, given_at=now, answer=None, answered_at=None)

    def answered(self, answer: str, now: datetime) -> "Feedback":
        """Return it with its answer. Raise FeedbackAnswered the second time."""
        if self.answer is not None:
            raise FeedbackAnswered
        return replace(self, answer=answer, answered_at=now)


def giver_role(plan: Plan, giver_id: UUID, giver: Employee | None) -> GiverRole:
    """Return the role that follows from who the giver is to the plan's employee; nobody chooses it.

    Raise Forbidden for the employee, and for people without such a relation.
    """
    if giver_id == plan.employee_id:
        raise Forbidden
    if giver_id == plan.appraiser_id:
        return GiverRole.APPRAISER
    if giver is not None and giver.appraiser_id == plan.employee_id:
        return GiverRole.SUBORDINATE
    same_appraiser = giver is not None and giver.appraiser_id is not None and giver.appraiser_id == plan.appraiser_id
    if giver is not None and (giver.unit_id == plan.unit_id or same_appraiser):
        return GiverRole.PEER
    raise Forbidden
