"""Publish a closed survey: every cell that may be shown is computed once and frozen, and the answers are erased.

Frozen, because the same report computed again after a unit has moved would overlap with the first and could differ
from it by one person. Compared with the results of earlier surveys, whose people may differ by few as well. Erased,
because what is not stored cannot leak.
"""

from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.unit_of_work import UnitOfWork
from directory.questions import time_zone
from disclosure.rules import months_before
from disclosure.sets import Publication, ledger_of, record_sets
from wellbeing.domain.errors import SurveyNotComparable
from wellbeing.domain.survey_results import results_of_survey
from wellbeing.domain.survey_views import SurveyView
from wellbeing.events import SurveyPublished
from wellbeing.persistence.survey_answers import erase_answers, load_submissions, people_asked
from wellbeing.persistence.surveys import insert_results, load_survey, questions_of, update_survey
from wellbeing.use_cases.surveys.read import survey_view

QUANTITY = "survey"


def publish_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    """Freeze the results and erase the answers. Raise NotFound, SurveyNotInState, SurveyNotComparable."""
    with work.transaction(actor.agency_id) as tx:
        before = load_survey(tx, survey_id, lock=True)
        after = before.published(tx.now)
        questions = questions_of(tx, [survey_id])[survey_id]
        day = today_in(tx.now, time_zone(tx))
        since, asked = months_before(day, before.minimums.window_months), people_asked(tx, survey_id)
        if not asked:
            raise SurveyNotComparable
        ledger = ledger_of(tx, QUANTITY, since, asked)
        results = results_of_survey(before, questions, load_submissions(tx, survey_id), ledger)
        insert_results(tx, survey_id, results.cells)
        record_sets(tx, Publication(QUANTITY, survey_id, day), results.reports, asked)
        erase_answers(tx, survey_id)
        update_survey(tx, before, after)
        outbox.record(tx, SurveyPublished(survey_id=survey_id))
        audit.record(tx, actor, "survey_published", "survey", survey_id)
        return survey_view(tx, actor, after)
