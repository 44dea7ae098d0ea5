"""Write a survey, as a draft that nobody but its officers sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.ballot import new_secret
from wellbeing.domain.surveys import QuestionKind, SurveyState
from wellbeing.persistence import directory, surveys
from wellbeing.persistence.models import Survey

from .read_survey import SurveyView, survey_view


@dataclass(frozen=True)
class SurveyDraft:
    title: str
    introduction: str
    unit_ids: Sequence[UUID]
    questions: Sequence[tuple[QuestionKind, str]]


def create_survey(work: UnitOfWork, actor: Principal, draft: SurveyDraft) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        check_scope(tx, draft.unit_ids)
        survey = Survey(
            agency_id=tx.agency_id,
            title=draft.title,
            introduction=draft.introduction,
            state=SurveyState.DRAFT.value,
            scope=[str(unit) for unit in draft.unit_ids],
            secret=new_secret(),
        )
        tx.session.add(survey)
        tx.session.flush()
        surveys.replace_questions(tx.session, survey, draft.questions)
        audit.record(tx, actor, "survey_created", "survey", survey.survey_id)
        return survey_view(tx, actor, survey)


def check_scope(tx: Transaction, unit_ids: Sequence[UUID]) -> None:
    """Raise InvalidInput for a unit that is not known or no longer active."""
    found = {unit_id: directory.unit(tx.session, tx.agency_id, unit_id) for unit_id in unit_ids}
    unknown = [unit_id for unit_id, unit in found.items() if unit is None or not unit.active]
    if unknown:
        expected = "pengenal unit kerja yang aktif di instansi Anda"
        raise InvalidInput(errors=[FieldError("unit_ids", "unknown_unit", str(unit), expected) for unit in unknown])
