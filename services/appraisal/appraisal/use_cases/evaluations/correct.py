"""Correct a final evaluation by order of the reviewer or of HR: a new version beside the old ones."""

from appraisal.authorisation import present_officials, require_one_of, self_of
from appraisal.domain.errors import DeciderNotAllowed
from appraisal.domain.evaluation import CorrectEvaluation, RatingRecord, may_decide
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.values import Capacity
from appraisal.events import AppraisalCorrected
from appraisal.persistence.evaluations import insert_ratings, load_evaluation, update_evaluation
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.hold import hold_distribution
from appraisal.use_cases.follow_ups.open import open_follow_up
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork


def correct_evaluation(work: UnitOfWork, actor: Principal, command: CorrectEvaluation) -> EvaluationView:
    """Neither the employee nor whoever rated may order it; the order's number and reason are stored."""
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, command.evaluation_id)
        reviewers = (before.reviewer_id, present_officials(tx, before.employee_id).reviewer_id)
        if not actor.has("hr_officer"):
            require_one_of(actor, reviewers)
        if not may_decide(before, actor.employee_id):
            raise DeciderNotAllowed
        setting = setting_of(tx, before.period)
        rating, rule_version = setting.rate(before.period, command)
        if rating == before.rating:
            expected = "penilaian atau catatan yang berbeda dari yang berlaku"
            raise InvalidInput(errors=[FieldError("work_result", "nothing_changed", command.work_result, expected)])
        rule = setting.rules.distribution(before.period.last_day)
        guard = hold_distribution(tx, rule, before.period, units=[before.unit_id])
        guard.admit(before.unit_id, rating.predicate, instead_of=before.rating.predicate)
        saved = update_evaluation(tx, before, before.corrected(rating))
        capacity = Capacity.REVIEWER if actor.employee_id in reviewers else Capacity.HR
        record = RatingRecord.of(
            saved,
            self_of(actor),
            capacity,
            rule_version,
            tx.now,
            reason=command.reason,
            order_reference=command.order_reference,
        )
        insert_ratings(tx, [record])
        outbox.record(tx, AppraisalCorrected.of(saved, before.rating.predicate))
        open_follow_up(tx, setting, saved)
        audit.record(tx, actor, "evaluation_corrected", "evaluation", saved.id, revision=saved.revision)
        return EvaluationView.of(saved)
