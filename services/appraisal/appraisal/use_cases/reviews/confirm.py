"""Confirm an extreme rating as its reviewer: it becomes final, or is issued, as its appraiser has finished it."""

from appraisal.domain.evaluation_moves import EvaluationMove
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.review import DecideReview
from appraisal.persistence.cases import end_case
from appraisal.persistence.evaluations import update_evaluation
from appraisal.persistence.periods import setting_of
from appraisal.persistence.reviews import update_review
from appraisal.use_cases.evaluations.publish import publish_finished
from appraisal.use_cases.reviews.load import load_running_review
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def confirm_review(work: UnitOfWork, actor: Principal, command: DecideReview) -> EvaluationView:
    """The window of the period does not matter: the appraiser finished it in time."""
    with work.transaction(actor.agency_id) as tx:
        running = load_running_review(tx, actor, command, EvaluationMove.CONFIRM_FINAL)
        before, review = running.evaluation, running.review
        setting = setting_of(tx, before.period)
        saved = update_evaluation(tx, before, before.confirmed(tx.now))
        update_review(tx, review, review.confirmed(running.by, command.reason, tx.now))
        end_case(tx, ObligationKind.REVIEW, review.id)
        audit.record(tx, actor, "review_confirmed", "evaluation", saved.id, employee_id=saved.employee_id)
        publish_finished(tx, actor, setting, saved)
        return EvaluationView.of(saved, actor.employee_id)
