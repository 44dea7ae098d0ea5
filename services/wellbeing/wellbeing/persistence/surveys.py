"""Surveys, the ballots that prove the right to answer, and answers that belong to nobody."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from chassis.errors import NotFound
from wellbeing.domain.surveys import Answer, Question, QuestionKind

from .models import Survey, SurveyAnswer, SurveyBallot, SurveyParticipation, SurveyQuestion, SurveyResult

# one statement, new ids, random order: afterwards neither place nor transaction number tells which rows came together
_SHUFFLE = text(
    "WITH gone AS (DELETE FROM survey_answer WHERE survey_id = :survey RETURNING *) "
    "INSERT INTO survey_answer (answer_id, agency_id, survey_id, question_id, unit_id, score, text) "
    "SELECT gen_random_uuid(), agency_id, survey_id, question_id, unit_id, score, text FROM gone ORDER BY random()"
)
_FORGET_TOKENS = text(
    "WITH gone AS (DELETE FROM survey_ballot WHERE survey_id = :survey RETURNING *) "
    "INSERT INTO survey_ballot (ballot_id, agency_id, survey_id, unit_id, digest) "
    "SELECT gen_random_uuid(), agency_id, survey_id, unit_id, gen_random_uuid()::text FROM gone ORDER BY random()"
)


def get(session: Session, survey_id: UUID, *, lock: bool = False) -> Survey:
    """Raises NotFound for what is not there, or belongs to another agency."""
    statement = select(Survey).where(Survey.survey_id == survey_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise NotFound(object="survei", id=survey_id)
    return found


def share(session: Session, survey_id: UUID) -> Survey | None:
    """Hold a survey's row so that it cannot close meanwhile, while others may hold it too."""
    return session.scalars(select(Survey).where(Survey.survey_id == survey_id).with_for_update(read=True)).one_or_none()


def search(session: Session, *, states: Iterable[str], after: UUID | None, limit: int) -> list[Survey]:
    statement = select(Survey).where(Survey.state.in_(list(states))).order_by(Survey.survey_id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(Survey.survey_id < after)
    return list(session.scalars(statement))


def questions(session: Session, survey_id: UUID) -> list[Question]:
    rows = session.scalars(
        select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id).order_by(SurveyQuestion.position)
    )
    return [Question(row.question_id, QuestionKind(row.kind), row.text) for row in rows]


def replace_questions(session: Session, survey: Survey, asked: Sequence[tuple[QuestionKind, str]]) -> None:
    session.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey.survey_id))
    for position, (kind, wording) in enumerate(asked, start=1):
        row = SurveyQuestion(
            agency_id=survey.agency_id, survey_id=survey.survey_id, position=position, kind=kind.value, text=wording
        )
        session.add(row)
    session.flush()


def note_token_given(session: Session, survey: Survey, employee_id: UUID) -> bool:
    """Note that a person has been given a token; False when that was so before."""
    statement = insert(SurveyParticipation).values(
        agency_id=survey.agency_id, survey_id=survey.survey_id, employee_id=employee_id
    )
    return (
        session.execute(statement.on_conflict_do_nothing().returning(SurveyParticipation.survey_id)).first() is not None
    )


def has_token(session: Session, survey_id: UUID, employee_id: UUID) -> bool:
    return session.get(SurveyParticipation, (survey_id, employee_id)) is not None


def use_token(session: Session, survey: Survey, unit_id: UUID, digest: str) -> bool:
    """Note that a token is used up; False when it was before."""
    statement = insert(SurveyBallot).values(
        ballot_id=func.gen_random_uuid(),
        agency_id=survey.agency_id,
        survey_id=survey.survey_id,
        unit_id=unit_id,
        digest=digest,
    )
    return session.execute(statement.on_conflict_do_nothing().returning(SurveyBallot.ballot_id)).first() is not None


def keep_answers(session: Session, survey: Survey, unit_id: UUID, answers: Iterable[Answer]) -> None:
    for answer in answers:
        row = SurveyAnswer(
            agency_id=survey.agency_id,
            survey_id=survey.survey_id,
            question_id=answer.question_id,
            unit_id=unit_id,
            score=answer.score,
            text=answer.text,
        )
        session.add(row)
    session.flush()


def forget_persons(session: Session, survey: Survey) -> None:
    """At the close: count the tokens and forget who had one, and tear apart what was written together."""
    held = (
        select(func.count()).select_from(SurveyParticipation).where(SurveyParticipation.survey_id == survey.survey_id)
    )
    survey.tokens_given = session.scalar(held)
    session.execute(delete(SurveyParticipation).where(SurveyParticipation.survey_id == survey.survey_id))
    session.execute(_SHUFFLE, {"survey": survey.survey_id})
    session.execute(_FORGET_TOKENS, {"survey": survey.survey_id})


def ballots_by_unit(session: Session, survey_id: UUID) -> Counter[UUID]:
    counts = select(SurveyBallot.unit_id, func.count()).where(SurveyBallot.survey_id == survey_id)
    return Counter({row[0]: row[1] for row in session.execute(counts.group_by(SurveyBallot.unit_id))})


def scores_by_unit(session: Session, survey_id: UUID, question_id: UUID) -> dict[UUID, tuple[int, int]]:
    """For each unit, how many scores its members gave and their sum."""
    sums = (
        select(SurveyAnswer.unit_id, func.count(SurveyAnswer.score), func.sum(SurveyAnswer.score))
        .where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.question_id == question_id)
        .group_by(SurveyAnswer.unit_id)
    )
    return {row[0]: (row[1], int(row[2] or 0)) for row in session.execute(sums)}


def texts_by_unit(session: Session, survey_id: UUID, question_id: UUID) -> dict[UUID, list[str]]:
    rows = select(SurveyAnswer.unit_id, SurveyAnswer.text).where(
        SurveyAnswer.survey_id == survey_id, SurveyAnswer.question_id == question_id, SurveyAnswer.text.is_not(None)
    )
    found: dict[UUID, list[str]] = {}
    for unit_id, written in session.execute(rows):
        found.setdefault(unit_id, []).append(written or "")
    return found


def forget_answers(session: Session, survey_id: UUID) -> None:
    """After publication nothing is left but the published cells."""
    session.execute(delete(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id))
    session.execute(delete(SurveyBallot).where(SurveyBallot.survey_id == survey_id))


def keep_results(session: Session, rows: Iterable[SurveyResult]) -> None:
    session.add_all(rows)
    session.flush()


def results(session: Session, survey_id: UUID, unit_id: UUID | None) -> list[SurveyResult]:
    """The published cells of one unit, or of the whole."""
    here = SurveyResult.unit_id.is_(None) if unit_id is None else SurveyResult.unit_id == unit_id
    return list(session.scalars(select(SurveyResult).where(SurveyResult.survey_id == survey_id, here)))


def units_reported(session: Session, survey_id: UUID) -> set[UUID]:
    rows = select(SurveyResult.unit_id).where(SurveyResult.survey_id == survey_id, SurveyResult.unit_id.is_not(None))
    return {row for row in session.scalars(rows) if row is not None}
