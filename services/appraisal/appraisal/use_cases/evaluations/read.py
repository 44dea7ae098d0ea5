"""Read evaluations: one, one's own, or for HR and inspectors all."""

from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, require_evaluation_reader, self_of
from appraisal.domain.evaluation_views import EvaluationView, ListEvaluations
from appraisal.persistence import evaluations
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def show_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> EvaluationView:
    with work.transaction(actor.agency_id) as tx:
        parties = evaluations.load_with_decider(tx, evaluation_id)
        require_evaluation_reader(tx, actor, parties)
        audit.record(tx, actor, "evaluation_read", "evaluation", evaluation_id)
        return EvaluationView.of(parties.evaluation, actor.employee_id)


def list_evaluations(work: UnitOfWork, actor: Principal, query: ListEvaluations) -> Page[EvaluationView]:
    """HR and inspectors see the agency's, anybody else those they rate; nobody a proposal about themselves."""
    with work.transaction(actor.agency_id) as tx:
        rater_id = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = evaluations.list_evaluations(tx, query, rater_id=rater_id, without_proposals_about=actor.employee_id)
        audit.record(tx, actor, "evaluations_listed", "evaluation_list", query.unit or "all", year=query.year)
        return found.of(lambda one: EvaluationView.of(one, actor.employee_id))


def list_own_evaluations(
    work: UnitOfWork, actor: Principal, *, page: PageRequest, year: int | None = None
) -> Page[EvaluationView]:
    """List one's own, once the appraiser has finished them."""
    own = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        query = ListEvaluations(page, year=year, employee_id=own)
        found = evaluations.list_evaluations(tx, query, without_proposals_about=own)
        return found.of(lambda one: EvaluationView.of(one, actor.employee_id))
