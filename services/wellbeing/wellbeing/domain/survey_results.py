"""The cells of a published survey: computed once, with every small group suppressed, and then frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from disclosure.publication import Ledger, decide
from disclosure.rules import GroupRule, merged, uniform
from disclosure.suppression import Cell, Reason, Report, Units
from wellbeing.domain.survey import Question, QuestionKind, Survey, mean_score


@dataclass(frozen=True)
class Submissions:
    """What was submitted, by unit: forms; by question and unit: how often each score, and the texts."""

    ballots: Mapping[UUID, int]
    scores: Mapping[UUID, Mapping[UUID, Mapping[int, int]]] = field(default_factory=dict)
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


@dataclass(frozen=True)
class Results:
    """The cells of a survey, and the sets of units that its shown counts and means tell apart, by report."""

    cells: Sequence[ResultCell]
    reports: frozenset[frozenset[Units]]


def results_of_survey(survey: Survey, questions: Sequence[Question], submitted: Submissions, ledger: Ledger) -> Results:
    """Return every cell of a closed survey: participation first, then each question.

    Counts and means are decided beside those of earlier surveys, whatever was asked: the same question may have had
    other words. And one after the other beside those of this survey: a unit that answers one alike hides others there.
    Texts are not, which only the officer reads.
    """
    tree, minimums = survey.tree, survey.minimums
    report = decide(tree, _counted(submitted.ballots), GroupRule(minimums.scores), ledger)
    cells, reports = [ResultCell(None, unit, cell.answers, cell.reason) for unit, cell in _cells(report)], set()
    for question in questions:
        if question.kind is QuestionKind.SCORE:
            rests = report.rests(tree)
            if rests not in reports:
                reports.add(rests)
                ledger = ledger.with_report(rests)
            scores = submitted.scores.get(question.question_id, {})
            report = decide(tree, scores, minimums.score_rule, ledger)
            cells += [_score_cell(question, unit, cell, scores) for unit, cell in _cells(report)]
        else:
            texts = submitted.texts.get(question.question_id, {})
            counts = _counted({unit: len(written) for unit, written in texts.items()})
            found = decide(tree, counts, GroupRule(minimums.free_text))
            cells += [_text_cell(question, unit, cell, texts) for unit, cell in _cells(found)]
    return Results(cells, frozenset({*reports, report.rests(tree)}))


def _score_cell(
    question: Question, unit: UUID | None, cell: Cell, scores: Mapping[UUID, Mapping[int, int]]
) -> ResultCell:
    counted = merged(scores.get(group, {}) for group in cell.counted)
    mean = mean_score(sum(score * times for score, times in counted.items()), cell.answers) if cell.answers else None
    return ResultCell(question.question_id, unit, cell.answers, cell.reason, mean)


def _text_cell(question: Question, unit: UUID | None, cell: Cell, texts: Mapping[UUID, Sequence[str]]) -> ResultCell:
    # sorted, so that their order does not show which came from one group
    shown = sorted(text for group in cell.counted for text in texts.get(group, ())) if cell.shown else None
    return ResultCell(question.question_id, unit, cell.answers, cell.reason, texts=shown)


def _counted(counts: Mapping[UUID, int]) -> Mapping[UUID, Mapping[int, int]]:
    return {unit: uniform(count) for unit, count in counts.items()}


def _cells(report: Report) -> list[tuple[UUID | None, Cell]]:
    return [(None, report.whole), *report.units.items()]
