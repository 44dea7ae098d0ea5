"""Who stands in which relation to a plan or an evaluation; every use case that touches one asks here."""

from collections.abc import Iterable
from uuid import UUID

from appraisal.domain.plan import Plan
from appraisal.domain.values import EvaluationState
from appraisal.persistence.evaluations import StoredEvaluation
from appraisal.persistence.people import units_under
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction

WHOLE_AGENCY = ("hr_officer", "inspector")


def self_of(actor: Principal) -> UUID:
    """The employee behind an account; a machine has none and may not act as one."""
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def require_self(actor: Principal, employee_id: UUID) -> None:
    if actor.employee_id != employee_id:
        raise Forbidden


def require_one_of(actor: Principal, people: Iterable[UUID | None]) -> None:
    if actor.employee_id is None or actor.employee_id not in set(people):
        raise Forbidden


def scope_of(tx: Transaction, actor: Principal) -> set[UUID] | None:
    """The units whose aggregates somebody may see: None stands for the whole agency, an empty set for nothing."""
    if actor.has(*WHOLE_AGENCY):
        return None
    if actor.has("unit_leader"):
        return units_under(tx, actor.unit_id, actor.employee_id)
    return set()


def require_unit(tx: Transaction, actor: Principal, unit_id: UUID) -> None:
    scope = scope_of(tx, actor)
    if scope is not None and unit_id not in scope:
        raise Forbidden


def require_plan_reader(tx: Transaction, actor: Principal, plan: Plan) -> None:
    """A plan is read by its owner, appraiser and reviewer, by HR and inspectors, and by the leader of the unit."""
    if actor.has(*WHOLE_AGENCY) or _is_one_of(actor, plan.employee_id, plan.appraiser_id, plan.reviewer_id):
        return
    require_unit(tx, actor, plan.unit_id)


def require_log_reader(actor: Principal, plan: Plan) -> None:
    """What is written along a plan is about a person: the leaders above see the plan and sums, not these words."""
    if not actor.has(*WHOLE_AGENCY):
        require_one_of(actor, (plan.employee_id, plan.appraiser_id, plan.reviewer_id))


def require_evaluation_reader(actor: Principal, stored: StoredEvaluation) -> None:
    """An evaluation is read by the person, by those who judge them now or then, by HR and inspectors; nobody else.

    A proposal is the appraiser's draft: the person reads it once it is finished, whatever office they hold.
    """
    evaluation = stored.evaluation
    if evaluation.state is EvaluationState.PROPOSED and actor.employee_id == evaluation.employee_id:
        raise Forbidden
    people = (
        evaluation.employee_id,
        evaluation.appraiser_id,
        evaluation.reviewer_id,
        evaluation.rated_by,
        stored.present_appraiser,
        stored.present_reviewer,
        stored.decider_id,
    )
    if not (actor.has(*WHOLE_AGENCY) or _is_one_of(actor, *people)):
        raise Forbidden


def _is_one_of(actor: Principal, *people: UUID | None) -> bool:
    return actor.employee_id is not None and actor.employee_id in people
