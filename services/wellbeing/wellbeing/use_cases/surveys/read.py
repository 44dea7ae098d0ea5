"""Read surveys and their questions."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.authorisation import OFFICER, survey_reader
from wellbeing.domain.survey import ListSurveys, Survey, SurveyState
from wellbeing.domain.survey_views import SurveyView
from wellbeing.persistence import surveys
from wellbeing.persistence.surveys import load_survey, questions_of


def show_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    """Return one survey. Raise NotFound, for a draft to everybody but the officer."""
    with work.transaction(actor.agency_id) as tx:
        survey = load_survey(tx, survey_id)
        survey.require_visible(to_officer=actor.has(OFFICER))
        return survey_view(tx, actor, survey)


def list_surveys(work: UnitOfWork, actor: Principal, query: ListSurveys) -> Page[SurveyView]:
    """Return surveys, the newest first; drafts to the officer only."""
    with work.transaction(actor.agency_id) as tx:
        visible = set(SurveyState) if actor.has(OFFICER) else set(SurveyState) - {SurveyState.DRAFT}
        found = surveys.list_surveys(tx, visible & {query.state} if query.state else visible, query.page)
        ids = [survey.survey_id for survey in found.items]
        reader, questions = survey_reader(tx, actor, ids), questions_of(tx, ids)
        return found.of(lambda survey: reader.view(survey, questions[survey.survey_id]))


def survey_view(tx: Transaction, actor: Principal, survey: Survey) -> SurveyView:
    """Return a survey as somebody sees it."""
    ids = [survey.survey_id]
    return survey_reader(tx, actor, ids).view(survey, questions_of(tx, ids)[survey.survey_id])
