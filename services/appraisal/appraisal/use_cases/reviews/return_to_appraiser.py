"""Return an extreme rating to its appraiser, with a reason: it is a proposal again."""

from appraisal.domain.evaluation_moves import EvaluationMove
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.review import DecideReview
from appraisal.events.reviews import ReviewReturned
from appraisal.persistence.cases import end_case
from appraisal.persistence.evaluations import update_evaluation
from appraisal.persistence.periods import setting_of
from appraisal.persistence.reviews import reviews_of, update_review
from appraisal.use_cases.obligations.owe_again import owe_rating_again
from appraisal.use_cases.reviews.load import load_running_review
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def return_review(work: UnitOfWork, actor: Principal, command: DecideReview) -> EvaluationView:
    """The appraiser has the days of a review to finish it anew, also where the window of the period has closed."""
    with work.transaction(actor.agency_id) as tx:
        running = load_running_review(tx, actor, command, EvaluationMove.RETURN)
        before, review = running.evaluation, running.review
        setting = setting_of(tx, before.period)
        former = reviews_of(tx, [before.id]).get(before.id, ())
        after = review.returned(running.by, command.reason, tx.now, former)
        saved = update_evaluation(tx, before, before.returned())
        update_review(tx, review, after)
        end_case(tx, ObligationKind.REVIEW, review.id)
        finish_until = owe_rating_again(tx, actor, setting, saved)
        event = ReviewReturned(
            review_id=review.id,
            evaluation_id=saved.id,
            employee_id=saved.employee_id,
            appraiser_id=saved.appraiser_id,
            finish_until=finish_until,
        )
        outbox.record(tx, event)
        audit.record(tx, actor, "review_returned", "evaluation", saved.id, employee_id=saved.employee_id)
        return EvaluationView.of(saved, actor.employee_id)
