"""Pulse surveys: what is asked, of whom, and what an answer may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput

from .errors import SurveyNotInState
from .units import UnitTree

LOWEST, HIGHEST = 1, 5
LONGEST_TEXT = 2000


class SurveyState(StrEnum):
    DRAFT = "DRAFT"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    PUBLISHED = "PUBLISHED"


class QuestionKind(StrEnum):
    SCORE = "SCORE"
    TEXT = "TEXT"


@dataclass(frozen=True)
class Question:
    question_id: UUID
    kind: QuestionKind
    text: str


@dataclass(frozen=True)
class Answer:
    """One answer to one question. Nothing ties it to the person's other answers."""

    question_id: UUID
    score: int | None = None
    text: str | None = None


def need_state(state: SurveyState, needed: SurveyState) -> None:
    """Raise SurveyNotInState unless the survey is where the action needs it."""
    if state is not needed:
        raise SurveyNotInState(state=state.value, needed=needed.value)


def check_answers(questions: Sequence[Question], answers: Sequence[Answer]) -> list[Answer]:
    """Check a filled-in form and give what is to be kept: every score question answered once, texts optional."""
    asked = {question.question_id: question for question in questions}
    faults: list[FieldError] = []
    kept: dict[UUID, Answer] = {}
    for index, answer in enumerate(answers):
        fault = _fault(asked.get(answer.question_id), answer, f"answers.{index}")
        if fault is None and answer.question_id in kept:
            fault = FieldError(
                f"answers.{index}.question_id",
                "answered_twice",
                str(answer.question_id),
                "satu jawaban untuk tiap pertanyaan",
            )
        if fault is not None:
            faults.append(fault)
        elif answer.score is not None or (answer.text or "").strip():
            kept[answer.question_id] = answer
    if not faults:
        missing = [one for one in questions if one.kind is QuestionKind.SCORE and one.question_id not in kept]
        expected = f"jawaban {LOWEST} sampai {HIGHEST} untuk pertanyaan ini"
        faults = [FieldError("answers", "answer_missing", str(one.question_id), expected) for one in missing]
    if faults:
        raise InvalidInput(errors=faults)
    return list(kept.values())


def _fault(question: Question | None, answer: Answer, path: str) -> FieldError | None:
    if question is None:
        return FieldError(
            f"{path}.question_id", "unknown_question", str(answer.question_id), "pengenal pertanyaan di sini"
        )
    if question.kind is QuestionKind.SCORE:
        if answer.text is not None:
            return FieldError(f"{path}.text", "text_not_asked", "…", "pertanyaan ini dijawab dengan angka")
        if answer.score is None or not LOWEST <= answer.score <= HIGHEST:
            return FieldError(
                f"{path}.score", "score_out_of_range", answer.score, f"bilangan {LOWEST} sampai {HIGHEST}"
            )
    else:
        if answer.score is not None:
            return FieldError(f"{path}.score", "score_not_asked", answer.score, "pertanyaan ini dijawab dengan teks")
        if len(answer.text or "") > LONGEST_TEXT:
            return FieldError(
                f"{path}.text", "text_too_long", len(answer.text or ""), f"paling banyak {LONGEST_TEXT} huruf"
            )
    return None


def bucket_of(unit: UUID, tree: UnitTree, members: Mapping[UUID, int], minimum: int) -> UUID:
    """The unit under which an answer is kept: the person's own, or the nearest above whose subtree has enough members.

    A unit with fewer members than the minimum can never be shown, so its name beside an answer would serve nobody but
    somebody who reads the database. The topmost unit is taken when none is large enough.
    """
    for candidate in (unit, *tree.ancestors(unit)):
        if sum(members.get(below, 0) for below in tree.subtree([candidate])) >= minimum:
            return candidate
    return (unit, *tree.ancestors(unit))[-1]


def mean_score(total: int, answers: int) -> Decimal:
    """The mean of the scores, to two places, half up."""
    return (Decimal(total) / Decimal(answers)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
