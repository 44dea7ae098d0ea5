"""Reviews: the next level confirms or returns an extreme rating before the employee reads it."""

from typing import Any
from uuid import UUID

from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.review import DecideReview, DesignateReviewer
from appraisal.http.access import APPRAISERS, HR, PREFIX, Relation
from appraisal.http.reviews_schemas import ConfirmIn, ReturnIn, ReviewerIn
from appraisal.use_cases.reviews.confirm import confirm_review
from appraisal.use_cases.reviews.designate import designate_reviewer
from appraisal.use_cases.reviews.return_to_appraiser import return_review
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work

blp = ServiceBlueprint("reviews", url_prefix=f"{PREFIX}/evaluations", description="Extremes are reviewed")


@blp.route("/<uuid:evaluation_id>/review/confirm", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.REVIEWING)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ConfirmIn)
@blp.response(200, EvaluationView)
def post_review_confirmation(body: dict[str, Any], evaluation_id: UUID) -> EvaluationView:
    """Confirm: a periodic evaluation becomes final, an annual one is issued, as its appraiser has finished it."""
    command = DecideReview(evaluation_id, body["reason"], expected_version())
    return with_etag(confirm_review(work(), principal(), command))


@blp.route("/<uuid:evaluation_id>/review/return", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.REVIEWING)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ReturnIn)
@blp.response(200, EvaluationView)
def post_review_return(body: dict[str, Any], evaluation_id: UUID) -> EvaluationView:
    """Return it to its appraiser, who rates anew or gives a further reason; the same rating is returned once."""
    command = DecideReview(evaluation_id, body["reason"], expected_version())
    return with_etag(return_review(work(), principal(), command))


@blp.route("/<uuid:evaluation_id>/review/reviewer", methods=["PUT"])
@allow(*HR, relation=Relation.DESIGNATORS)
@problems(409, 412)
@blp.arguments(ReviewerIn)
@blp.response(200, EvaluationView)
def put_reviewer(body: dict[str, Any], evaluation_id: UUID) -> EvaluationView:
    """Name who reviews, where nobody can or the review is late."""
    return with_etag(designate_reviewer(work(), principal(), DesignateReviewer(evaluation_id, **body)))
