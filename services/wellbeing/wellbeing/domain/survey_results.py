"""The cells of a published survey: computed once, with every small group suppressed, and then frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from disclosure.suppression import Cell, Reason, suppress
from wellbeing.domain.survey import Question, QuestionKind, Survey, mean_score
from disclosure.units import UnitTree


@dataclass(frozen=True)
class Submissions:
    """What was submitted, by unit: forms; by question and unit: number and sum of scores, and the texts."""

    ballots: Mapping[UUID, int]
    scores: Mapping[UUID, Mapping[UUID, tuple[int, int]]] = field(default_factory=dict)
    texts: Mapping[UUID, Mapping[UUID, Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultCell:
    """One published cell. No unit: the whole. No question: how many took part. Hidden is null with a reason."""

    question_id: UUID | None
    unit_id: UUID | None
    answers: int | None
    reason: Reason | None
    mean: Decimal | None = None
    texts: list[str] | None = None


def result_cells(survey: Survey, questions: Sequence[Question], submitted: Submissions) -> Iterator[ResultCell]:
    """Yield every cell of a closed survey: participation first, then each question."""
    tree, minimums = survey.tree, survey.minimums
    for unit, cell in _cells(tree, submitted.ballots, minimums.scores):
        yield ResultCell(None, unit, cell.answers, cell.reason)
    for question in questions:
        if question.kind is QuestionKind.SCORE:
            yield from _score_cells(tree, question.question_id, submitted, minimums.scores)
        else:
            yield from _text_cells(tree, question.question_id, submitted, minimums.free_text)


def _score_cells(tree: UnitTree, question_id: UUID, submitted: Submissions, minimum: int) -> Iterator[ResultCell]:
    scores = submitted.scores.get(question_id, {})
    for unit, cell in _cells(tree, {group: count for group, (count, _) in scores.items()}, minimum):
        mean = None
        if cell.answers:
            mean = mean_score(sum(scores[group][1] for group in cell.counted if group in scores), cell.answers)
        yield ResultCell(question_id, unit, cell.answers, cell.reason, mean)


def _text_cells(tree: UnitTree, question_id: UUID, submitted: Submissions, minimum: int) -> Iterator[ResultCell]:
    texts = submitted.texts.get(question_id, {})
    for unit, cell in _cells(tree, {group: len(found) for group, found in texts.items()}, minimum):
        # sorted, so that their order does not show which came from one group
        shown = sorted(text for group in cell.counted for text in texts.get(group, ())) if cell.shown else None
        yield ResultCell(question_id, unit, cell.answers, cell.reason, texts=shown)


def _cells(tree: UnitTree, direct: Mapping[UUID, int], minimum: int) -> Iterator[tuple[UUID | None, Cell]]:
    report = suppress(tree, direct, minimum)
    yield None, report.whole
    yield from report.units.items()
