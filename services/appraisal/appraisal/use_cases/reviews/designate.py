"""HR names the official who reviews an evaluation that nobody can review, or whose review is late."""

from appraisal.authorisation import need_other_party, self_of
from appraisal.domain.deciders import Matter
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.review import DesignateReviewer
from appraisal.domain.review_errors import ReviewHasReviewer
from appraisal.domain.reviewers import require_designated_reviewer
from appraisal.persistence.cases import lock_case, lock_review
from appraisal.persistence.evaluations import list_ratings, load_evaluation
from appraisal.persistence.lines import load_standing
from appraisal.persistence.people import require_reachable
from appraisal.persistence.review_officials import cases_of, reviewers_today
from appraisal.persistence.reviews import load_review, update_review
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.reviews.follow import owe_and_ask
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def designate_reviewer(work: UnitOfWork, actor: Principal, command: DesignateReviewer) -> EvaluationView:
    """Whose own matter it is, is asked before anything is disclosed of it."""
    with work.transaction(actor.agency_id) as tx:
        review_id = lock_review(tx, command.evaluation_id)
        evaluation, day = load_evaluation(tx, command.evaluation_id), today(tx)
        matter = Matter.of(evaluation, list_ratings(tx, evaluation.id))
        need_other_party(tx, actor, matter)
        if review_id is None:
            raise evaluation.refused("menunjuk peninjau")
        _require_needed(tx, command)
        require_reachable(tx, "reviewer_id", [command.reviewer_id], day)
        standing = load_standing(tx, command.reviewer_id, matter.appraiser_id, day)
        require_designated_reviewer(matter, command.reviewer_id, self_of(actor), standing)
        review = load_review(tx, review_id)
        update_review(tx, review, review.designated(command.reviewer_id, self_of(actor), command.reason))
        owe_and_ask(tx, cases_of(tx, [evaluation.id]))
        ids = {"reviewer_id": command.reviewer_id, "employee_id": evaluation.employee_id}
        audit.record(tx, actor, "reviewer_designated", "evaluation", evaluation.id, **ids)
        return EvaluationView.of(evaluation, actor.employee_id)


def _require_needed(tx: Transaction, command: DesignateReviewer) -> None:
    """Raise ReviewHasReviewer while somebody can review it in time."""
    (case,) = cases_of(tx, [command.evaluation_id])
    deadline = lock_case(tx, ObligationKind.REVIEW, case.review_id)
    if reviewers_today(tx, [case])[case.review_id] is not None and deadline is not None and tx.now <= deadline.due_at:
        raise ReviewHasReviewer(until=load_setting(tx).in_words(deadline.due_at))
