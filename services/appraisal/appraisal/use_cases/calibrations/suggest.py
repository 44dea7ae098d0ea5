"""Suggest another rating for a proposal, in a calibration."""

from appraisal.authorisation import leads_parent_unit, require_one_of, self_of
from appraisal.domain.calibration import CalibrationMove, CalibrationView, Suggestion, SuggestRating
from appraisal.domain.calibration_errors import NotInCalibration
from appraisal.events import RatingSuggested
from appraisal.persistence.calibrations import insert_suggestion, load_calibration
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.offices import named_today
from appraisal.persistence.people import load_unit
from appraisal.use_cases.calibrations.read import group_of, view_calibration
from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def suggest_rating(work: UnitOfWork, actor: Principal, command: SuggestRating) -> CalibrationView:
    """The leader above and the unit's appraisers do; the rating changes only when its appraiser takes it up."""
    with work.transaction(actor.agency_id) as tx:
        session = load_calibration(tx, command.calibration_id)
        if not leads_parent_unit(tx, actor, load_unit(tx, session.unit_id, today(tx))):
            require_one_of(actor, session.participants)
        session.require(CalibrationMove.SUGGEST, tx.now)
        evaluation, period = load_evaluation(tx, command.evaluation_id), session.period
        need_other(actor, evaluation.employee_id)
        group = group_of(tx, session.unit_id, period)
        if not evaluation.is_proposal or evaluation.period != period or evaluation.unit_id not in group:
            raise NotInCalibration(period=str(period))
        suggestion = Suggestion.made(new_id(), command, evaluation, self_of(actor), tx.now)
        insert_suggestion(tx, suggestion)
        (appraiser,) = named_today(tx, {evaluation.employee_id: evaluation.appraiser_id}, today(tx)).values()
        if appraiser != actor.employee_id:
            outbox.record(tx, RatingSuggested.of(suggestion, session, appraiser))
        ids = {"suggestion_id": suggestion.id, "evaluation_id": evaluation.id}
        audit.record(tx, actor, "calibration_suggested", "calibration", session.id, **ids)
        return view_calibration(tx, actor, session)
