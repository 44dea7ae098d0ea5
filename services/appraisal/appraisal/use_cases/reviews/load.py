"""Load the review that somebody is about to end; its deadline is locked first, as outages do."""

from dataclasses import dataclass

from appraisal.authorisation import require_evaluation_reader, reviewing_capacity
from appraisal.domain.evaluation import Evaluation, RatedBy
from appraisal.domain.evaluation_moves import EvaluationMove
from appraisal.domain.refusal_words import in_words
from appraisal.domain.review import DecideReview, Review
from appraisal.persistence.cases import lock_review
from appraisal.persistence.evaluations import load_evaluation, load_with_decider
from appraisal.persistence.reviews import load_review
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction


@dataclass(frozen=True)
class RunningReview:
    """An evaluation with its running review, and as whom the caller reviews it."""

    evaluation: Evaluation
    review: Review
    by: RatedBy


def load_running_review(
    tx: Transaction, actor: Principal, command: DecideReview, move: EvaluationMove
) -> RunningReview:
    """Return what the caller may end. Raise Forbidden, VersionConflict, or, to its readers, EvaluationMoveRefused."""
    review_id = lock_review(tx, command.evaluation_id)
    before = load_evaluation(tx, command.evaluation_id)
    if review_id is None:
        require_evaluation_reader(tx, actor, load_with_decider(tx, before.id))
        raise before.refused(in_words(move))
    by = reviewing_capacity(tx, actor, before)
    require_version(command.expected_version, before.version)
    return RunningReview(before, load_review(tx, review_id), by)
