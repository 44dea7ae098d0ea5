"""Rewrite a draft. Once open, a survey is what its readers answered."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.survey import WriteSurvey
from wellbeing.domain.survey_views import SurveyView
from wellbeing.persistence.directory import require_active_units
from wellbeing.persistence.surveys import load_survey, replace_questions, update_survey
from wellbeing.use_cases.surveys.read import survey_view


def edit_survey(
    work: UnitOfWork, actor: Principal, survey_id: UUID, command: WriteSurvey, *, expected_version: int | None
) -> SurveyView:
    """Rewrite a draft. Raise NotFound, VersionConflict, SurveyNotInState, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        before = load_survey(tx, survey_id, lock=True)
        require_version(expected_version, before.version)
        after = before.edited(command)
        require_active_units(tx, command.unit_ids)
        update_survey(tx, before, after)
        replace_questions(tx, survey_id, command.questions)
        audit.record(tx, actor, "survey_edited", "survey", survey_id, version=after.version)
        return survey_view(tx, actor, after)
