"""Surveys and their published results as they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from disclosure.suppression import Reason
from wellbeing.domain.survey import Question, QuestionKind, Survey, SurveyState
from wellbeing.domain.survey_results import ResultCell


@dataclass(frozen=True)
class QuestionView:
    question_id: UUID
    kind: QuestionKind
    text: str


@dataclass(frozen=True)
class SurveyView:
    survey_id: UUID
    title: str
    introduction: str
    state: SurveyState
    unit_ids: Sequence[UUID]
    questions: Sequence[QuestionView]
    closes_on: date | None
    minimum_scores: Annotated[int | None, Meta(description="promised when it opened")]
    minimum_free_text: int | None
    anonymity_version: str | None
    for_you: bool
    token_taken: bool
    tokens_given: Annotated[int | None, Meta(description="officers only, once closed")]
    version: int


@dataclass(frozen=True)
class SurveyReader:
    """What a reader is to surveys: whether an officer, which ask for their answer, and where they have a token."""

    is_officer: bool
    asked_by: frozenset[UUID]
    tokens: frozenset[UUID]

    def view(self, survey: Survey, questions: Sequence[Question]) -> SurveyView:
        is_open = survey.state is SurveyState.OPEN
        anonymity = survey.anonymity or {}
        return view_of(
            SurveyView,
            survey,
            unit_ids=survey.scope,
            questions=[view_of(QuestionView, question) for question in questions],
            minimum_scores=anonymity.get("scores"),
            minimum_free_text=anonymity.get("free_text"),
            for_you=is_open and survey.survey_id in self.asked_by,
            token_taken=is_open and survey.survey_id in self.tokens,
            tokens_given=survey.tokens_given if self.is_officer else None,
        )


@dataclass(frozen=True)
class TokenView:
    token: Annotated[str, Meta(description="shown once; stored nowhere")]
    closes_on: date | None


@dataclass(frozen=True)
class CellView:
    """One question in one group. Hidden: everything null but the reason."""

    question_id: UUID
    kind: QuestionKind
    text: str
    answers: int | None
    mean: Decimal | None
    texts: Sequence[str] | None
    reason: Reason | None


@dataclass(frozen=True)
class GroupView:
    unit_id: UUID | None
    unit_code: str | None
    unit_name: str | None
    answers: int | None
    reason: Annotated[Reason | None, Meta(description="why it is hidden")]
    questions: Sequence[CellView]

    @classmethod
    def of(
        cls,
        unit_id: UUID | None,
        name: tuple[str | None, str | None],
        questions: Sequence[Question],
        cells: Mapping[UUID | None, ResultCell],
        *,
        with_texts: bool,
    ) -> "GroupView":
        """Return one group's cells, by question; free text only for those who may read it."""
        shown = []
        for question in questions:
            cell = cells[question.question_id]
            texts = cell.texts if with_texts else None
            shown.append(view_of(CellView, cell, kind=question.kind, text=question.text, texts=texts))
        return cls(unit_id, *name, cells[None].answers, cells[None].reason, shown)


@dataclass(frozen=True)
class ResultExplanationView:
    """How it was decided what is shown, in words and with the numbers that were used."""

    rule: str
    minimum_scores: int
    minimum_free_text: int
    version: str
    source: str
    sentence: str

    @classmethod
    def of(cls, survey: Survey) -> "ResultExplanationView":
        minimums = survey.minimums
        return cls(
            rule="complementary_suppression_v2",
            minimum_scores=minimums.scores,
            minimum_free_text=minimums.free_text,
            version=survey.anonymity_version or "",
            source="Kebijakan anonimitas Suar atau instansi, ditetapkan sebelum survei dibuka. Bukan ketentuan hukum.",
            sentence=(
                f"Nilai ditampilkan untuk kelompok dengan paling sedikit {minimums.scores} jawaban, tulisan bebas "
                f"untuk paling sedikit {minimums.free_text} jawaban. Bila satu kelompok disembunyikan, kelompok "
                "terkecil berikutnya yang setingkat ikut disembunyikan agar tidak dapat dihitung dari selisih. Sisa "
                "jawaban yang terlalu sedikit tidak dihitung dalam laporan unit di atasnya. Begitu pula kelompok yang "
                f"jawabannya hampir seragam (kurang dari {minimums.differing} jawaban berbeda dari yang terbanyak) dan "
                f"kelompok yang anggotanya berubah kurang dari {minimums.scores} orang dibandingkan dengan hasil "
                f"survei yang diterbitkan {minimums.window_months} bulan terakhir."
            ),
        )


@dataclass(frozen=True)
class ResultsView:
    survey_id: UUID
    group: GroupView
    below: Sequence[GroupView]
    explanation: ResultExplanationView
