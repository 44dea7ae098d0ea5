"""Why a predicate is what it is: its inputs, the matrix cell, the rule and its source, the history, and the rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.following import ReroutingView
from appraisal.domain.objection import Objection
from appraisal.domain.rating import PredicateMatrix
from appraisal.domain.review import Review, ReviewView
from appraisal.domain.rules import RuleKind, RuleSourceView
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import (
    BehaviourValue,
    Capacity,
    EvaluationKind,
    EvaluationState,
    GiverRole,
    Outcome,
    PlanState,
    RatingLevel,
    Receipt,
)
from chassis.indonesian import zone_name
from chassis.views import view_of
from directory.performance import Predicate

_MATRIX_RULE = (
    "Predikat dicari dalam matriks: baris penilaian hasil kerja, kolom penilaian perilaku kerja. "
    "Bukan nilai berbobot dan bukan rata-rata."
)
_ANNUAL_RULE = (
    "Penilaian tahunan mempertimbangkan evaluasi periodik, bukan rata-ratanya; pejabat penilai yang menetapkan."
)
_PERIODIC_RIGHTS = (
    "Evaluasi periodik dapat dibicarakan lewat permintaan dialog; koreksi diputus atasan pejabat penilai. "
    "Keberatan tersedia untuk evaluasi tahunan."
)
_ANNUAL_RIGHTS = (
    "Keberatan dapat diajukan dalam {days} hari kalender sejak diterima (hari terima = hari 0, "
    "hari terakhir penuh sampai pukul 23.59.59 {zone}). {until}Putusan atasan pejabat penilai bersifat final."
)
_UNTIL = "Batas waktu Anda: {until}. "


@dataclass(frozen=True)
class RatingVersionView:
    revision: int
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    decided_by: UUID
    capacity: Capacity
    reason: str
    order_reference: str
    rule_version: str
    plan_version: int
    at: datetime

    @classmethod
    def of(cls, record: RatingRecord) -> "RatingVersionView":
        return view_of(cls, record)


@dataclass(frozen=True)
class PlanOfYearView:
    plan_id: UUID
    unit_id: UUID
    state: PlanState
    first_day: date | None
    last_day: date | None
    active_version: int


@dataclass(frozen=True)
class RealisationView:
    """The daily log of the period, summed for one work result."""

    work_result_id: UUID
    entries: int
    quantity: Decimal | None
    evidence_links: int


@dataclass(frozen=True)
class FeedbackUsedView:
    id: UUID
    giver_role: GiverRole
    work_result_id: UUID | None
    behaviour_value: BehaviourValue | None
    text: str
    evidence_link: str | None
    given_at: datetime
    answer: str | None


@dataclass(frozen=True)
class PeriodicConsideredView:
    evaluation_id: UUID
    quarter: int | None
    month: int | None
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate


@dataclass(frozen=True)
class PeriodOfInputsView:
    first_day: date
    last_day: date
    time_zone: str


@dataclass(frozen=True)
class Evidence:
    """What was recorded about a person until the rating was made."""

    plans_of_the_year: tuple[PlanOfYearView, ...]
    realisation: tuple[RealisationView, ...]
    feedback: tuple[FeedbackUsedView, ...]
    periodic_evaluations: tuple[PeriodicConsideredView, ...]


@dataclass(frozen=True)
class InputsView(Evidence):
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    plan_id: UUID
    plan_version: int
    period: PeriodOfInputsView

    @classmethod
    def of(cls, evaluation: Evaluation, evidence: Evidence, time_zone: str) -> "InputsView":
        period = PeriodOfInputsView(evaluation.period.first_day, evaluation.period.last_day, time_zone)
        return view_of(cls, evidence, evaluation, evaluation.rating, period=period)


@dataclass(frozen=True)
class MatrixCellView:
    work_result: RatingLevel
    behaviour: RatingLevel
    predicate: Predicate

    @classmethod
    def of(cls, record: RatingRecord) -> "MatrixCellView":
        return view_of(cls, record)


@dataclass(frozen=True)
class MatrixRuleView(RuleSourceView):
    text: str
    matrix: dict[str, Any]

    @classmethod
    def used(cls, setting: AgencySetting, evaluation: Evaluation, rule_version: str) -> "MatrixRuleView":
        """Return the matrix that the rating names, or the one in force when the period ended.

        One that goes beyond a national limit is shown within it, unless the rating was made before there were limits.
        """
        matrices = [rule for rule in setting.rules.rules if rule.kind is RuleKind.PREDICATE_MATRIX]
        named = [rule for rule in matrices if rule.rule_version == rule_version]
        rule = named[-1] if named else setting.rules.on(RuleKind.PREDICATE_MATRIX, evaluation.period.last_day)
        rating = evaluation.rating
        if PredicateMatrix.parse(rule.value).cells[rating.levels] is not rating.predicate:
            rule = setting.rules.within_limits(rule, evaluation.period.last_day)
        is_annual = evaluation.kind is EvaluationKind.ANNUAL
        text = f"{_MATRIX_RULE} {_ANNUAL_RULE}" if is_annual else _MATRIX_RULE
        return view_of(cls, rule, text=text, matrix=rule.value)


@dataclass(frozen=True)
class DecidedByView:
    employee_id: UUID
    capacity: Capacity
    at: datetime


@dataclass(frozen=True)
class RightsView:
    """What the employee may do, and until when; the fields after `can_object` are of annual evaluations."""

    text: str
    can_request_dialogue: bool
    can_object: bool
    must_confirm_receipt: bool = False
    issued_at: datetime | None = None
    received_at: datetime | None = None
    receipt: Receipt | None = None
    objection_until: datetime | None = None
    objection_id: UUID | None = None
    decide_by: datetime | None = None
    outcome: Outcome | None = None
    rule: RuleSourceView | None = None

    @classmethod
    def of(
        cls, setting: AgencySetting, evaluation: Evaluation, objection: Objection | None, now: datetime
    ) -> "RightsView":
        if evaluation.kind is EvaluationKind.PERIODIC:
            return cls(_PERIODIC_RIGHTS, can_request_dialogue=True, can_object=False)
        day = setting.today if evaluation.received_at is None else setting.local_date(evaluation.received_at)
        days = setting.rules.objection(day).objection_days
        is_issued, until = evaluation.state is EvaluationState.ISSUED, evaluation.objection_until
        return cls(
            text=_ANNUAL_RIGHTS.format(
                days=days,
                zone=zone_name(setting.time_zone),
                until="" if until is None else _UNTIL.format(until=setting.in_words(until)),
            ),
            can_request_dialogue=True,
            can_object=is_issued and until is not None and now <= until,
            must_confirm_receipt=is_issued and until is None,
            issued_at=evaluation.issued_at,
            received_at=evaluation.received_at,
            receipt=evaluation.receipt,
            objection_until=until,
            objection_id=objection.id if objection else None,
            decide_by=objection.decide_by if objection else None,
            outcome=objection.outcome if objection else None,
            rule=RuleSourceView.of(setting.rules.on(RuleKind.OBJECTION, day)),
        )


@dataclass(frozen=True)
class ExplanationView:
    """Everything needed to recompute a predicate, and to act on it."""

    evaluation_id: UUID
    kind: EvaluationKind
    year: int
    quarter: int | None
    month: int | None
    state: EvaluationState
    is_final: bool
    predicate: Predicate
    inputs: InputsView
    matrix_cell: MatrixCellView
    rule: MatrixRuleView
    decided_by: DecidedByView
    history: tuple[RatingVersionView, ...]
    reviews: tuple[ReviewView, ...]
    reroutings: tuple[ReroutingView, ...]
    segment_ratings: tuple[SegmentRating, ...]
    rights: RightsView

    @classmethod
    def of(
        cls,
        setting: AgencySetting,
        evaluation: Evaluation,
        records: Sequence[RatingRecord],
        evidence: Evidence,
        reroutings: Sequence[ReroutingView],
        segment_ratings: Sequence[SegmentRating],
        rights: RightsView,
        reviews: Sequence[Review],
    ) -> "ExplanationView":
        latest = records[-1]
        return view_of(
            cls,
            evaluation,
            evaluation_id=evaluation.id,
            is_final=evaluation.state is EvaluationState.FINAL,
            predicate=evaluation.rating.predicate,
            inputs=InputsView.of(evaluation, evidence, setting.time_zone),
            matrix_cell=MatrixCellView.of(latest),
            rule=MatrixRuleView.used(setting, evaluation, latest.rule_version),
            decided_by=DecidedByView(latest.decided_by, latest.capacity, latest.at),
            history=tuple(map(RatingVersionView.of, records)),
            reviews=tuple(map(ReviewView.of, reviews)),
            reroutings=tuple(reroutings),
            segment_ratings=tuple(segment_ratings),
            rights=rights,
        )
