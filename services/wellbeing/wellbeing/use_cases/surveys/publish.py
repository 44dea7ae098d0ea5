"""Publish a closed survey: every cell that may be shown is computed once and frozen, and the answers are erased.

Frozen, because the same report computed again after a unit has moved would overlap with the first and could differ
from it by one person. Erased, because what is not stored cannot leak.
"""

from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.survey_results import result_cells
from wellbeing.domain.survey_views import SurveyView
from wellbeing.events import SurveyPublished
from wellbeing.persistence.survey_answers import erase_answers, load_submissions
from wellbeing.persistence.surveys import insert_results, load_survey, questions_of, update_survey
from wellbeing.use_cases.surveys.read import survey_view


def publish_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    """Freeze the results and erase the answers. Raise NotFound, SurveyNotInState."""
    with work.transaction(actor.agency_id) as tx:
        before = load_survey(tx, survey_id, lock=True)
        after = before.published(tx.now)
        questions = questions_of(tx, [survey_id])[survey_id]
        insert_results(tx, survey_id, result_cells(before, questions, load_submissions(tx, survey_id)))
        erase_answers(tx, survey_id)
        update_survey(tx, before, after)
        outbox.record(tx, SurveyPublished(survey_id=survey_id))
        audit.record(tx, actor, "survey_published", "survey", survey_id)
        return survey_view(tx, actor, after)
