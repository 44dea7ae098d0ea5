"""The right to answer a survey, answers that belong to nobody, and their erasure."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.records import insert_records
from chassis.unit_of_work import Transaction
from wellbeing.domain.survey import Answer, AskedPerson
from wellbeing.domain.survey_results import Submissions
from wellbeing.persistence import models

# Text, because rows are moved within one statement: new ids and random order, after which neither place nor
# transaction number shows which rows came together.
_SHUFFLE_ANSWERS = text(
    "WITH gone AS (DELETE FROM survey_answer WHERE survey_id = :survey RETURNING *) "
    "INSERT INTO survey_answer (answer_id, agency_id, survey_id, question_id, unit_id, score, text) "
    "SELECT gen_random_uuid(), agency_id, survey_id, question_id, unit_id, score, text FROM gone ORDER BY random()"
)
_ERASE_TOKENS = text(
    "WITH gone AS (DELETE FROM survey_ballot WHERE survey_id = :survey RETURNING *) "
    "INSERT INTO survey_ballot (ballot_id, agency_id, survey_id, unit_id, digest) "
    "SELECT gen_random_uuid(), agency_id, survey_id, unit_id, gen_random_uuid()::text FROM gone ORDER BY random()"
)


def record_token_issued(tx: Transaction, survey_id: UUID, employee_id: UUID) -> bool:
    """Record that a person has a token, without time; return False when that was so before."""
    statement = insert(models.SurveyParticipation).values(
        agency_id=tx.agency_id, survey_id=survey_id, employee_id=employee_id
    )
    statement = statement.on_conflict_do_nothing()
    return tx.session.execute(statement.returning(models.SurveyParticipation.survey_id)).first() is not None


def insert_asked(tx: Transaction, survey_id: UUID, people: Iterable[AskedPerson]) -> None:
    """Record whom a survey asks, and where their answers count."""
    insert_records(tx, models.SurveyAsked, people, survey_id=survey_id)


def unit_of_asked(tx: Transaction, survey_id: UUID, employee_id: UUID) -> UUID | None:
    """Return where the answers of a person count, or None for somebody who is not asked."""
    row = models.SurveyAsked
    return tx.session.scalar(select(row.unit_id).where(row.survey_id == survey_id, row.employee_id == employee_id))


def surveys_asking(tx: Transaction, survey_ids: Collection[UUID], employee_id: UUID) -> frozenset[UUID]:
    """Return which of these surveys ask a person."""
    row = models.SurveyAsked
    query = select(row.survey_id).where(row.survey_id.in_(survey_ids), row.employee_id == employee_id)
    return frozenset(tx.session.scalars(query))


def people_asked(tx: Transaction, survey_id: UUID) -> dict[UUID, list[UUID]]:
    """Return whom a survey asked, by the unit under which their answers are stored."""
    row = models.SurveyAsked
    query = select(row.unit_id, func.array_agg(row.employee_id)).where(row.survey_id == survey_id)
    return {unit_id: list(people) for unit_id, people in tx.session.execute(query.group_by(row.unit_id))}


def surveys_with_token(tx: Transaction, survey_ids: Collection[UUID], employee_id: UUID) -> frozenset[UUID]:
    """Return for which of these surveys a person has a token."""
    row = models.SurveyParticipation
    query = select(row.survey_id).where(row.survey_id.in_(survey_ids), row.employee_id == employee_id)
    return frozenset(tx.session.scalars(query))


def record_token_used(tx: Transaction, survey_id: UUID, unit_id: UUID, digest: str) -> bool:
    """Record that a token is used up; return False when it was before."""
    row = models.SurveyBallot
    statement = insert(row).values(
        ballot_id=func.gen_random_uuid(), agency_id=tx.agency_id, survey_id=survey_id, unit_id=unit_id, digest=digest
    )
    return tx.session.execute(statement.on_conflict_do_nothing().returning(row.ballot_id)).first() is not None


def insert_answers(tx: Transaction, survey_id: UUID, unit_id: UUID, answers: Iterable[Answer]) -> None:
    insert_records(tx, models.SurveyAnswer, answers, survey_id=survey_id, unit_id=unit_id)


def erase_participants(tx: Transaction, survey_id: UUID) -> int:
    """Erase who had a token and separate what was written together; return how many tokens there were."""
    row = models.SurveyParticipation
    issued = tx.session.execute(delete(row).where(row.survey_id == survey_id)).rowcount  # type: ignore[attr-defined]
    tx.session.execute(_SHUFFLE_ANSWERS, {"survey": survey_id})
    tx.session.execute(_ERASE_TOKENS, {"survey": survey_id})
    return int(issued)


def load_submissions(tx: Transaction, survey_id: UUID) -> Submissions:
    """Return forms by unit, and scores and texts by question and unit."""
    ballot, answer = models.SurveyBallot, models.SurveyAnswer
    ballots = select(ballot.unit_id, func.count()).where(ballot.survey_id == survey_id).group_by(ballot.unit_id)
    scores: dict[UUID, dict[UUID, dict[int, int]]] = {}
    texts: dict[UUID, dict[UUID, list[str]]] = {}
    by_score = (answer.question_id, answer.unit_id, answer.score)
    counts = select(*by_score, func.count()).where(answer.survey_id == survey_id, answer.score.is_not(None))
    for question_id, unit_id, score, count in tx.session.execute(counts.group_by(*by_score)):
        scores.setdefault(question_id, {}).setdefault(unit_id, {})[score or 0] = count
    written = select(answer.question_id, answer.unit_id, answer.text)
    written = written.where(answer.survey_id == survey_id, answer.text.is_not(None))
    for question_id, unit_id, wording in tx.session.execute(written):
        texts.setdefault(question_id, {}).setdefault(unit_id, []).append(wording or "")
    return Submissions(dict(tx.session.execute(ballots).all()), scores, texts)


def erase_answers(tx: Transaction, survey_id: UUID) -> None:
    """Erase answers, used tokens and who was asked: after publication nothing is left but the published cells."""
    tx.session.execute(delete(models.SurveyAsked).where(models.SurveyAsked.survey_id == survey_id))
    tx.session.execute(delete(models.SurveyAnswer).where(models.SurveyAnswer.survey_id == survey_id))
    tx.session.execute(delete(models.SurveyBallot).where(models.SurveyBallot.survey_id == survey_id))
