"""Surveys, their questions, and the published cells."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, or_, select

from chassis.errors import required
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest
from chassis.records import (
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    insert_records,
    table_of,
    update_record,
)
from chassis.unit_of_work import Transaction
from wellbeing.domain.survey import NewQuestion, Question, QuestionKind, Survey, SurveyState
from wellbeing.domain.survey_results import ResultCell
from wellbeing.persistence import models

_COLUMNS = columns_of(models.Survey, Survey)


def load_survey(tx: Transaction, survey_id: UUID, *, lock: bool = False) -> Survey:
    """Return a survey of this agency. Raise NotFound."""
    query = select(*_COLUMNS).where(models.Survey.survey_id == survey_id)
    return required(fetch_one(tx, query.with_for_update() if lock else query, Survey), "survei", survey_id)


def find_survey_shared(tx: Transaction, survey_id: UUID) -> Survey | None:
    """Return a survey and lock it against closing; others may lock it so at the same time."""
    query = select(*_COLUMNS).where(models.Survey.survey_id == survey_id).with_for_update(read=True)
    return fetch_one(tx, query, Survey)


def list_surveys(tx: Transaction, states: Iterable[SurveyState], page: PageRequest) -> Page[Survey]:
    """Return surveys in these states, the newest first."""
    query = select(*_COLUMNS).where(models.Survey.state.in_([state.value for state in states]))
    return fetch_page(tx, query, Survey, page, models.Survey.survey_id, descending=True)


def insert_survey(tx: Transaction, survey: Survey) -> None:
    insert_record(tx, models.Survey, survey)


def update_survey(tx: Transaction, before: Survey, after: Survey) -> None:
    update_record(tx, models.Survey, before, after)


def questions_of(tx: Transaction, survey_ids: Collection[UUID]) -> dict[UUID, list[Question]]:
    """Return the questions of surveys, in order."""
    row = models.SurveyQuestion
    query = select(row.survey_id, row.question_id, row.kind, row.text).where(row.survey_id.in_(survey_ids))
    found: dict[UUID, list[Question]] = {survey_id: [] for survey_id in survey_ids}
    for survey_id, question_id, kind, wording in tx.session.execute(query.order_by(row.survey_id, row.position)):
        found[survey_id].append(Question(question_id, QuestionKind(kind), wording))
    return found


def replace_questions(tx: Transaction, survey_id: UUID, questions: Sequence[NewQuestion]) -> None:
    row = models.SurveyQuestion
    tx.session.execute(delete(row).where(row.survey_id == survey_id))
    rows = [
        {"position": position, "kind": question.kind, "text": question.text}
        for position, question in enumerate(questions, start=1)
    ]
    same = {"agency_id": tx.agency_id, "survey_id": survey_id}
    tx.session.execute(insert(table_of(row)), [{"question_id": new_id(), **same, **values} for values in rows])


def insert_results(tx: Transaction, survey_id: UUID, cells: Iterable[ResultCell]) -> None:
    insert_records(tx, models.SurveyResult, cells, survey_id=survey_id)


def results_of(
    tx: Transaction, survey_id: UUID, units: Collection[UUID | None]
) -> dict[UUID | None, dict[UUID | None, ResultCell]]:
    """Return the published cells of units (None: the whole), by unit and question."""
    row = models.SurveyResult
    here: ColumnElement[bool] = row.unit_id.in_([unit for unit in units if unit])
    if None in units:
        here = or_(here, row.unit_id.is_(None))
    query = select(*columns_of(row, ResultCell)).where(row.survey_id == survey_id, here)
    found: dict[UUID | None, dict[UUID | None, ResultCell]] = {unit: {} for unit in units}
    for cell in fetch_all(tx, query, ResultCell):
        found[cell.unit_id][cell.question_id] = cell
    return found
