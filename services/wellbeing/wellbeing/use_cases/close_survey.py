"""Close a survey, by hand or when its day is over, and forget who took part."""

from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.surveys import SurveyState, need_state
from wellbeing.persistence import surveys
from wellbeing.persistence.models import Survey

from .read_survey import SurveyView, survey_view


def close_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id, lock=True)
        need_state(SurveyState(survey.state), SurveyState.OPEN)
        close(tx, survey)
        timers.cancel(tx, "survey_closes", survey_id)
        audit.record(tx, actor, "survey_closed", "survey", survey_id)
        return survey_view(tx, actor, survey)


def close(tx: Transaction, survey: Survey) -> None:
    """No token and no answer from here on, so nothing is needed any more that speaks of persons."""
    survey.state = SurveyState.CLOSED.value
    survey.version += 1
    surveys.forget_persons(tx.session, survey)
    tx.session.flush()
