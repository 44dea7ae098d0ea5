"""Write a survey, as a draft that nobody but its officers sees."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.ballot import new_secret
from wellbeing.domain.survey import Survey, WriteSurvey
from wellbeing.domain.survey_views import SurveyView
from wellbeing.persistence.directory import require_active_units
from wellbeing.persistence.surveys import insert_survey, replace_questions
from wellbeing.use_cases.surveys.read import survey_view


def create_survey(work: UnitOfWork, actor: Principal, command: WriteSurvey) -> SurveyView:
    """Store a draft. Raise InvalidInput for a unit that is not active."""
    with work.transaction(actor.agency_id) as tx:
        require_active_units(tx, command.unit_ids)
        survey = Survey.drafted(new_id(), command, new_secret())
        insert_survey(tx, survey)
        replace_questions(tx, survey.survey_id, command.questions)
        audit.record(tx, actor, "survey_created", "survey", survey.survey_id)
        return survey_view(tx, actor, survey)
