"""Take up a suggestion of a calibration: the appraiser rates the proposal anew."""

from appraisal.authorisation import acting_capacity
from appraisal.domain.calibration import AdoptSuggestion, CalibrationMove
from appraisal.domain.evaluation import RatingRecord
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.rating_basis import RatedRevision
from appraisal.persistence.calibrations import load_calibration, load_suggestion, update_suggestion
from appraisal.persistence.evaluations import insert_ratings, load_evaluation, update_evaluation
from appraisal.persistence.extensions import require_window
from appraisal.persistence.offices import load_offices
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.evaluations.freeze import freeze_ratings
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def adopt_suggestion(work: UnitOfWork, actor: Principal, command: AdoptSuggestion) -> EvaluationView:
    """The rating keeps the suggestion's reason, which the employee reads in the explanation."""
    with work.transaction(actor.agency_id) as tx:
        session = load_calibration(tx, command.calibration_id)
        suggestion = load_suggestion(tx, session.id, command.suggestion_id)
        before = load_evaluation(tx, suggestion.evaluation_id)
        offices = load_offices(tx, {before.employee_id: [before.appraiser_id]}, today(tx))
        by = acting_capacity(tx, actor, before.employee_id, offices.named(before.employee_id, before.appraiser_id))
        session.require(CalibrationMove.ADOPT, tx.now)
        setting = setting_of(tx, session.period)
        require_window(tx, setting, session.period, [before.employee_id])
        rating, rule_version = setting.rate(session.period, command)
        after = before.rerated(rating, before.competency_codes, by)
        if after is before:
            expected = "penilaian yang berbeda dari usulan; untuk membiarkannya, tolak saran ini"
            raise InvalidInput(errors=[FieldError("work_result", "nothing_changed", command.work_result, expected)])
        update_suggestion(tx, suggestion, suggestion.adopted(rating, by.official, tx.now))
        saved = update_evaluation(tx, before, after)
        record = RatingRecord.of(saved, by.official, by.capacity, rule_version, tx.now, reason=suggestion.reason)
        insert_ratings(tx, [record])
        freeze_ratings(tx, actor, setting, [RatedRevision(saved, record)])
        ids = {"suggestion_id": suggestion.id, "evaluation_id": saved.id}
        audit.record(tx, actor, "calibration_adopted", "calibration", session.id, **ids)
        return EvaluationView.of(saved)
