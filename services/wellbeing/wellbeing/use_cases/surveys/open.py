"""Open a survey: from here on its questions, its groups and the promise of anonymity are fixed."""

from datetime import date
from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.unit_of_work import UnitOfWork
from directory.questions import time_zone
from wellbeing.domain.deadlines import end_of_day
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.survey import survey_groups
from wellbeing.domain.survey_views import SurveyView
from wellbeing.persistence.directory import active_members, unit_tree
from wellbeing.persistence.references import current_reference
from wellbeing.persistence.survey_answers import insert_asked
from wellbeing.persistence.surveys import load_survey, update_survey
from wellbeing.use_cases.surveys.read import survey_view


def open_survey(work: UnitOfWork, actor: Principal, survey_id: UUID, closes_on: date) -> SurveyView:
    """Open a draft until the end of a day, and schedule its closing. Raise SurveyNotInState, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        before = load_survey(tx, survey_id, lock=True)
        zone = time_zone(tx)
        today = today_in(tx.now, zone)
        members = active_members(tx)
        groups = survey_groups(unit_tree(tx), before.scope, {unit: len(people) for unit, people in members.items()})
        after = before.opened(closes_on, today, groups, current_reference(tx, ReferenceKind.ANONYMITY, today))
        update_survey(tx, before, after)
        insert_asked(tx, survey_id, after.asked(members))
        timers.schedule(tx, "survey_closes", survey_id, end_of_day(closes_on, zone))
        audit.record(tx, actor, "survey_opened", "survey", survey_id, closes_on=closes_on)
        return survey_view(tx, actor, after)
