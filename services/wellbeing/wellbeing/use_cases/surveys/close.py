"""Close a survey, by hand or when its day is over, and erase who took part."""

from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.survey import Survey, SurveyState
from wellbeing.domain.survey_views import SurveyView
from wellbeing.persistence.survey_answers import erase_participants
from wellbeing.persistence.surveys import load_survey, update_survey
from wellbeing.use_cases.surveys.read import survey_view


def close_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    """Close an open survey before its day. Raise NotFound, SurveyNotInState."""
    with work.transaction(actor.agency_id) as tx:
        after = _close(tx, load_survey(tx, survey_id, lock=True))
        timers.cancel(tx, "survey_closes", survey_id)
        audit.record(tx, actor, "survey_closed", "survey", survey_id)
        return survey_view(tx, actor, after)


def close_due_survey(tx: Transaction, survey_id: UUID) -> None:
    """Close a survey whose day is over; do nothing when that was done by hand."""
    survey = load_survey(tx, survey_id, lock=True)
    if survey.state is SurveyState.OPEN:
        _close(tx, survey)


def _close(tx: Transaction, before: Survey) -> Survey:
    # no token and no answer comes from here on: nothing is needed any more that points to persons
    before.require(SurveyState.OPEN)
    after = before.closed(erase_participants(tx, before.survey_id))
    update_survey(tx, before, after)
    return after
