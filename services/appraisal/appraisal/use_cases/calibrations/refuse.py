"""Refuse a suggestion of a calibration, with a reason: the proposal stays as it is."""

from uuid import UUID

from appraisal.authorisation import acting_capacity
from appraisal.domain.calibration import CalibrationMove, Suggestion
from appraisal.persistence.calibrations import load_calibration, load_suggestion, update_suggestion
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.offices import load_offices
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def refuse_suggestion(
    work: UnitOfWork, actor: Principal, calibration_id: UUID, suggestion_id: UUID, *, reason: str
) -> Suggestion:
    with work.transaction(actor.agency_id) as tx:
        session = load_calibration(tx, calibration_id)
        before = load_suggestion(tx, calibration_id, suggestion_id)
        evaluation = load_evaluation(tx, before.evaluation_id)
        offices = load_offices(tx, {before.employee_id: [evaluation.appraiser_id]}, today(tx))
        by = acting_capacity(tx, actor, before.employee_id, offices.named(before.employee_id, evaluation.appraiser_id))
        session.require(CalibrationMove.REFUSE, tx.now)
        saved = update_suggestion(tx, before, before.refused(reason, by.official, tx.now))
        audit.record(tx, actor, "calibration_refused", "calibration", session.id, suggestion_id=saved.id)
        return saved
