"""Publish a closed survey: every cell that may be shown is computed once and frozen, and the answers are erased.

Frozen, because the same report computed again after a unit has moved would overlap with the first and could differ
from it by one person. Erased, because what is not kept cannot leak.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.suppression import Cell, suppress
from wellbeing.domain.surveys import Question, QuestionKind, SurveyState, mean_score, need_state
from wellbeing.domain.units import UnitTree
from wellbeing.events import SurveyPublished
from wellbeing.persistence import surveys
from wellbeing.persistence.models import Survey, SurveyResult

from .give_survey_token import survey_groups
from .read_survey import SurveyView, survey_view


def publish_survey(work: UnitOfWork, actor: Principal, survey_id: UUID) -> SurveyView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id, lock=True)
        need_state(SurveyState(survey.state), SurveyState.CLOSED)
        tree, _ = survey_groups(survey)
        surveys.keep_results(tx.session, _all_cells(tx, survey, tree))
        surveys.forget_answers(tx.session, survey_id)
        survey.state, survey.published_at = SurveyState.PUBLISHED.value, tx.now
        survey.version += 1
        outbox.record(tx, SurveyPublished(survey_id=survey_id))
        audit.record(tx, actor, "survey_published", "survey", survey_id)
        return survey_view(tx, actor, survey)


def _all_cells(tx: Transaction, survey: Survey, tree: UnitTree) -> list[SurveyResult]:
    minimum: Mapping[str, int] = survey.anonymity or {}
    ballots = surveys.ballots_by_unit(tx.session, survey.survey_id)
    cells = [_row(survey, None, unit, cell) for unit, cell in _cells(tree, ballots, minimum["scores"])]
    for question in surveys.questions(tx.session, survey.survey_id):
        if question.kind is QuestionKind.SCORE:
            cells += _score_cells(tx, survey, tree, question, minimum["scores"])
        else:
            cells += _text_cells(tx, survey, tree, question, minimum["free_text"])
    return cells


def _score_cells(
    tx: Transaction, survey: Survey, tree: UnitTree, question: Question, minimum: int
) -> Iterator[SurveyResult]:
    given = surveys.scores_by_unit(tx.session, survey.survey_id, question.question_id)
    for unit, cell in _cells(tree, {group: count for group, (count, _) in given.items()}, minimum):
        row = _row(survey, question.question_id, unit, cell)
        if cell.answers:
            row.mean = mean_score(sum(given[group][1] for group in cell.counted if group in given), cell.answers)
        yield row


def _text_cells(
    tx: Transaction, survey: Survey, tree: UnitTree, question: Question, minimum: int
) -> Iterator[SurveyResult]:
    written = surveys.texts_by_unit(tx.session, survey.survey_id, question.question_id)
    for unit, cell in _cells(tree, {group: len(texts) for group, texts in written.items()}, minimum):
        row = _row(survey, question.question_id, unit, cell)
        if cell.shown:
            row.texts = sorted(text for group in cell.counted for text in written.get(group, ()))
        yield row


def _cells(tree: UnitTree, direct: Mapping[UUID, int], minimum: int) -> Iterator[tuple[UUID | None, Cell]]:
    report = suppress(tree, direct, minimum)
    yield None, report.whole
    yield from report.units.items()


def _row(survey: Survey, question_id: UUID | None, unit_id: UUID | None, cell: Cell) -> SurveyResult:
    return SurveyResult(
        agency_id=survey.agency_id,
        survey_id=survey.survey_id,
        question_id=question_id,
        unit_id=unit_id,
        answers=cell.answers,
        reason=cell.reason.value if cell.reason else None,
    )
