"""Open a survey: from here on its questions, its groups and the promise of anonymity are fixed."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.deadlines import end_of_day
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.surveys import SurveyState, need_state
from wellbeing.persistence import directory, references, surveys
from wellbeing.persistence.models import Survey

from .read_survey import SurveyView, survey_view


def open_survey(work: UnitOfWork, actor: Principal, survey_id: UUID, closes_on: date) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id, lock=True)
        need_state(SurveyState(survey.state), SurveyState.DRAFT)
        zone = directory.time_zone(tx.session, tx.agency_id)
        today = today_in(tx.now, zone)
        if closes_on < today:
            raise InvalidInput(errors=[FieldError("closes_on", "in_the_past", closes_on, f"{today} atau sesudahnya")])
        reference = references.current(tx.session, ReferenceKind.ANONYMITY, today)
        survey.groups = _groups(tx, survey)
        if not survey.groups:
            expected = "unit yang memiliki pegawai aktif"
            raise InvalidInput(errors=[FieldError("unit_ids", "nobody_to_ask", ", ".join(survey.scope), expected)])
        survey.anonymity, survey.anonymity_version = dict(reference.body), reference.version
        survey.state, survey.closes_on = SurveyState.OPEN.value, closes_on
        survey.version += 1
        tx.session.flush()
        timers.schedule(tx, "survey_closes", survey_id, end_of_day(closes_on, zone))
        audit.record(tx, actor, "survey_opened", "survey", survey_id, closes_on=closes_on)
        return survey_view(tx, actor, survey)


def _groups(tx: Transaction, survey: Survey) -> dict[str, Any]:
    """The units asked, each with its parent and its active members; units with nobody in or below them are none."""
    tree = directory.tree(tx.session)
    if survey.scope:
        tree = tree.within(tree.subtree(UUID(unit) for unit in survey.scope))
    members = directory.active_members(tx.session)
    peopled = [unit for unit in tree.parents if any(members[below] for below in tree.subtree([unit]))]
    tree = tree.within(peopled)
    return {
        str(unit): {"parent": str(parent) if parent else None, "members": members[unit]}
        for unit, parent in tree.parents.items()
    }
