"""One survey and its questions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.surveys import Question, SurveyState
from wellbeing.persistence import directory, surveys
from wellbeing.persistence.models import Survey


@dataclass(frozen=True)
class SurveyView:
    survey_id: UUID
    title: str
    introduction: str
    state: SurveyState
    unit_ids: list[str]
    questions: list[Question]
    closes_on: date | None
    minimum_scores: int | None
    minimum_free_text: int | None
    anonymity_version: str | None
    for_you: bool
    token_taken: bool
    tokens_given: int | None
    version: int


def read_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id)
        if survey.state == SurveyState.DRAFT.value and not actor.has("wellbeing_officer"):
            raise NotFound(object="survei", id=survey_id)
        return survey_view(tx, actor, survey)


def survey_view(tx: Transaction, actor: Principal, survey: Survey) -> SurveyView:
    person = actor.employee_id
    is_open = survey.state == SurveyState.OPEN.value
    anonymity = survey.anonymity or {}
    return SurveyView(
        survey_id=survey.survey_id,
        title=survey.title,
        introduction=survey.introduction,
        state=SurveyState(survey.state),
        unit_ids=survey.scope,
        questions=surveys.questions(tx.session, survey.survey_id),
        closes_on=survey.closes_on,
        minimum_scores=anonymity.get("scores"),
        minimum_free_text=anonymity.get("free_text"),
        anonymity_version=survey.anonymity_version,
        for_you=is_open and person is not None and group_of(tx, survey, person) is not None,
        token_taken=is_open and person is not None and surveys.has_token(tx.session, survey.survey_id, person),
        tokens_given=survey.tokens_given if actor.has("wellbeing_officer") else None,
        version=survey.version,
    )


def group_of(tx: Transaction, survey: Survey, employee_id: UUID) -> UUID | None:
    """The group of an open survey to which an active employee belongs, or None when the survey does not ask them.

    Groups were fixed when the survey opened. A unit founded since counts with the nearest one above it.
    """
    person = directory.employee(tx.session, tx.agency_id, employee_id)
    if person is None or person.status != "ACTIVE" or person.unit_id is None:
        return None
    groups = survey.groups or {}
    chain = (person.unit_id, *directory.tree(tx.session).ancestors(person.unit_id))
    return next((unit for unit in chain if str(unit) in groups), None)
