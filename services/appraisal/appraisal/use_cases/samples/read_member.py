"""Read the evaluation of a member of a sample; the person is shown that it was read, and in which sample."""

from uuid import UUID

from appraisal.authorisation import inspector_of
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.sample import SampleMove, SampleReading
from appraisal.domain.sample_views import SampledEvaluationView
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.rules import load_setting
from appraisal.persistence.samples import find_member, insert_reading, load_sample
from appraisal.use_cases.evaluations.explain import explanation_of
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def read_member(work: UnitOfWork, actor: Principal, sample_id: UUID, evaluation_id: UUID) -> SampledEvaluationView:
    """Any inspector reads it until the sample is closed, but nobody their own, or one that they have rated."""
    inspector = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        sample = load_sample(tx, sample_id)
        member = find_member(tx, sample_id, evaluation_id)
        need_other(actor, member.employee_id)
        sample.require(SampleMove.READ)
        evaluation = load_evaluation(tx, evaluation_id)
        for official in (evaluation.appraiser_id, evaluation.rated_by, evaluation.finished_by):
            need_other(actor, official)
        setting = load_setting(tx, evaluation.period)
        reading = SampleReading(new_id(), sample_id, evaluation_id, member.employee_id, inspector, tx.now)
        insert_reading(tx, reading)
        audit.record(tx, actor, "evaluation_read", "evaluation", evaluation_id, sample_id=sample_id)
        audit.record(tx, actor, "evaluation_explained", "evaluation", evaluation_id, sample_id=sample_id)
        shown = EvaluationView.of(evaluation, actor.employee_id)
        return SampledEvaluationView(sample_id, shown, explanation_of(tx, setting, evaluation))
