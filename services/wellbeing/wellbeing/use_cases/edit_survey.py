"""Rewrite a draft. Once open, a survey is what its readers answered."""

from collections.abc import Callable
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.surveys import SurveyState, need_state
from wellbeing.persistence import surveys

from .create_survey import SurveyDraft, check_scope
from .read_survey import SurveyView, survey_view


def edit_survey(
    work: UnitOfWork, actor: Principal, survey_id: UUID, draft: SurveyDraft, match: Callable[[int], None]
) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id, lock=True)
        match(survey.version)
        need_state(SurveyState(survey.state), SurveyState.DRAFT)
        check_scope(tx, draft.unit_ids)
        survey.title, survey.introduction = draft.title, draft.introduction
        survey.scope = [str(unit) for unit in draft.unit_ids]
        survey.version += 1
        surveys.replace_questions(tx.session, survey, draft.questions)
        audit.record(tx, actor, "survey_edited", "survey", survey_id, version=survey.version)
        return survey_view(tx, actor, survey)
