"""Pulse surveys: what is asked, of whom, the states they pass, and what an answer may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.pagination import PageRequest
from disclosure.units import UnitTree
from wellbeing.domain.errors import SurveyNotInState
from wellbeing.domain.reference import Reference
from wellbeing.domain.reference_values import Anonymity

LOWEST, HIGHEST = 1, 5
LONGEST_TEXT = 2000


class SurveyState(StrEnum):
    DRAFT = "DRAFT"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    PUBLISHED = "PUBLISHED"


MOVES: Mapping[SurveyState, SurveyState] = {
    SurveyState.DRAFT: SurveyState.OPEN,
    SurveyState.OPEN: SurveyState.CLOSED,
    SurveyState.CLOSED: SurveyState.PUBLISHED,
}


class QuestionKind(StrEnum):
    SCORE = "SCORE"
    TEXT = "TEXT"


@dataclass(frozen=True)
class NewQuestion:
    kind: QuestionKind
    text: str


@dataclass(frozen=True)
class WriteSurvey:
    """What an officer writes; one unit with all below it; without a unit the whole agency is asked."""

    title: str
    introduction: str
    unit_ids: Sequence[UUID]
    questions: Sequence[NewQuestion]


@dataclass(frozen=True)
class ListSurveys:
    page: PageRequest
    state: SurveyState | None = None


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


@dataclass(frozen=True)
class SurveyGroup:
    """A unit as it was when the survey opened: its parent, and its own active members."""

    parent: UUID | None
    members: int


@dataclass(frozen=True)
class AskedPerson:
    """Somebody whom a survey asks, and the unit under which their answers are stored."""

    employee_id: UUID
    unit_id: UUID


@dataclass(frozen=True)
class Survey:
    """A survey; groups and minimums are fixed when it opens."""

    survey_id: UUID
    title: str
    introduction: str
    scope: tuple[UUID, ...]
    secret: str = field(repr=False)
    state: SurveyState = SurveyState.DRAFT
    groups: Mapping[UUID, SurveyGroup] | None = None
    closes_on: date | None = None
    anonymity: Mapping[str, int] | None = None
    anonymity_version: str | None = None
    tokens_given: int | None = None
    published_at: datetime | None = None
    version: int = 1

    @classmethod
    def drafted(cls, survey_id: UUID, command: WriteSurvey, secret: str) -> "Survey":
        require_branch(command.unit_ids)
        return cls(survey_id, command.title, command.introduction, tuple(command.unit_ids), secret)

    def require(self, needed: SurveyState) -> None:
        """Raise SurveyNotInState unless the survey is in the state that the action needs."""
        if self.state is not needed:
            raise SurveyNotInState(state=self.state.value, needed=needed.value)

    def require_visible(self, *, to_officer: bool) -> None:
        """Raise NotFound for a draft, which officers alone see."""
        if self.state is SurveyState.DRAFT and not to_officer:
            raise NotFound(object="survei", id=self.survey_id)

    def edited(self, command: WriteSurvey) -> "Survey":
        """Return the draft rewritten. Raise SurveyNotInState once it is open."""
        self.require(SurveyState.DRAFT)
        require_branch(command.unit_ids)
        return replace(
            self,
            title=command.title,
            introduction=command.introduction,
            scope=tuple(command.unit_ids),
            version=self.version + 1,
        )

    def opened(
        self, closes_on: date, today: date, groups: Mapping[UUID, SurveyGroup], anonymity: Reference
    ) -> "Survey":
        """Return it open until the end of a day. Raise SurveyNotInState, and InvalidInput for what cannot be opened."""
        moved = self._moved(SurveyState.OPEN)
        require_branch(self.scope)
        if closes_on < today:
            raise InvalidInput(errors=[FieldError("closes_on", "in_the_past", closes_on, f"{today} atau sesudahnya")])
        if not groups:
            asked = ", ".join(str(unit) for unit in self.scope)
            expected = "unit yang memiliki pegawai aktif"
            raise InvalidInput(errors=[FieldError("unit_ids", "nobody_to_ask", asked, expected)])
        return replace(
            moved, closes_on=closes_on, groups=groups, anonymity=anonymity.body, anonymity_version=anonymity.version
        )

    def closed(self, tokens_given: int) -> "Survey":
        return replace(self._moved(SurveyState.CLOSED), tokens_given=tokens_given)

    def published(self, now: datetime) -> "Survey":
        return replace(self._moved(SurveyState.PUBLISHED), published_at=now)

    @property
    def minimums(self) -> Anonymity:
        """The minimums promised when the survey opened."""
        return Anonymity(**self.anonymity or {})

    @property
    def tree(self) -> UnitTree:
        """The units asked, as they stood when the survey opened."""
        return UnitTree({unit: group.parent for unit, group in (self.groups or {}).items()})

    def asked(self, people: Mapping[UUID, Sequence[UUID]]) -> Iterator[AskedPerson]:
        """Yield everybody of the groups, of whom these are the people, with the unit of their answers.

        They are fixed when the survey opens: who comes later would make a group of one with those who came before.
        """
        members = {unit: one.members for unit, one in (self.groups or {}).items()}
        tree = self.tree
        for unit in members:
            counted_in = unit_large_enough(unit, tree, members, self.minimums.scores)
            for person in people.get(unit, ()):
                yield AskedPerson(person, counted_in)

    def _moved(self, target: SurveyState) -> "Survey":
        self.require(next(state for state, following in MOVES.items() if following is target))
        return replace(self, state=target, version=self.version + 1)


def require_branch(scope: Sequence[UUID]) -> None:
    """Raise InvalidInput for a choice of several units.

    Three surveys of two out of three teams each would disclose every team. Units of the tree lie inside or beside one
    another, and then what is shown of one survey can be compared with what was shown of others.
    """
    if len(set(scope)) > 1:
        asked = ", ".join(str(unit) for unit in scope)
        expected = "satu unit beserta semua unit di bawahnya, atau kosong untuk seluruh instansi"
        raise InvalidInput(errors=[FieldError("unit_ids", "not_one_branch", asked, expected)])


def survey_groups(tree: UnitTree, scope: Sequence[UUID], members: Mapping[UUID, int]) -> dict[UUID, SurveyGroup]:
    """Return the units asked; those with nobody in or below them are none."""
    if scope:
        tree = tree.within(tree.subtree(scope))
    tree = tree.with_members(members)
    return {unit: SurveyGroup(parent, members.get(unit, 0)) for unit, parent in tree.parents.items()}


def valid_answers(questions: Sequence[Question], answers: Sequence[Answer]) -> list[Answer]:
    """Validate a filled-in form and return what is stored: every score question answered once, texts optional."""
    asked = {question.question_id: question for question in questions}
    faults: list[FieldError] = []
    valid: dict[UUID, Answer] = {}
    for index, answer in enumerate(answers):
        fault = _fault(asked.get(answer.question_id), answer, f"answers.{index}")
        if fault is None and answer.question_id in valid:
            fault = FieldError(
                f"answers.{index}.question_id",
                "answered_twice",
                str(answer.question_id),
                "satu jawaban untuk tiap pertanyaan",
            )
        if fault is not None:
            faults.append(fault)
        elif answer.score is not None or (answer.text or "").strip():
            valid[answer.question_id] = answer
    if not faults:
        missing = [one for one in questions if one.kind is QuestionKind.SCORE and one.question_id not in valid]
        expected = f"jawaban {LOWEST} sampai {HIGHEST} untuk pertanyaan ini"
        faults = [FieldError("answers", "answer_missing", str(one.question_id), expected) for one in missing]
    if faults:
        raise InvalidInput(errors=faults)
    return list(valid.values())


def unit_large_enough(unit: UUID, tree: UnitTree, members: Mapping[UUID, int], minimum: int) -> UUID:
    """Return the person's own unit, or the nearest above whose subtree has enough members.

    A unit with fewer members than the minimum can never be shown, so its name beside an answer would serve nobody but
    somebody who reads the database. The topmost unit is taken when none is large enough.
    """
    for candidate in (unit, *tree.ancestors(unit)):
        if sum(members.get(below, 0) for below in tree.subtree([candidate])) >= minimum:
            return candidate
    return (unit, *tree.ancestors(unit))[-1]


def mean_score(total: int, answers: int) -> Decimal:
    """Return the mean of the scores, to two places, half up."""
    return (Decimal(total) / Decimal(answers)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


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
