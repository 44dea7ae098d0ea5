"""Why a predicate is what it is: its inputs, the matrix cell, the rule and its source, the history, and the rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from appraisal.domain.correction import AppliedOrderView
from appraisal.domain.deadline_moves import DeadlineMoveView
from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.following import ReroutingView
from appraisal.domain.item_views import EvaluationItemView, ItemsToShow
from appraisal.domain.objection import Objection
from appraisal.domain.rating_basis import ExplainedSegmentView, RatingBasis, RatingBasisView, RuleUsed
from appraisal.domain.rating_inputs import (
    FeedbackUsedView,
    OwnRealisationUsed,
    PeriodicConsideredView,
    PlanOfYearView,
    RealisationView,
    StudyReportUsed,
)
from appraisal.domain.review import Review, ReviewView
from appraisal.domain.rules import RuleKind, RuleSourceView
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.setting import AgencySetting
from appraisal.domain.study_revocation import RevokedReportView
from appraisal.domain.values import (
    Capacity,
    EvaluationKind,
    EvaluationState,
    Outcome,
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
_WITHDRAWN = " Keberatan ditarik oleh pegawai pada {at}; masa keberatan tidak dihitung ulang karenanya."


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
class PeriodOfInputsView:
    first_day: date
    last_day: date
    time_zone: str


@dataclass(frozen=True)
class InputsView:
    """What the rating considered, as it stood when the rating was made."""

    plans_of_the_year: tuple[PlanOfYearView, ...]
    realisation: tuple[RealisationView, ...]
    feedback: tuple[FeedbackUsedView, ...]
    periodic_evaluations: tuple[PeriodicConsideredView, ...]
    own_realisations: tuple[OwnRealisationUsed, ...]
    study_reports: tuple[StudyReportUsed, ...]
    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    plan_id: UUID
    plan_version: int
    period: PeriodOfInputsView

    @classmethod
    def of(cls, basis: RatingBasis) -> "InputsView":
        period = view_of(PeriodOfInputsView, basis.period)
        return view_of(cls, basis, basis.rating, plan_id=basis.plan.id, plan_version=basis.plan.version, period=period)


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
    def of_basis(cls, rule: RuleUsed, kind: EvaluationKind) -> "MatrixRuleView":
        text = f"{_MATRIX_RULE} {_ANNUAL_RULE}" if kind is EvaluationKind.ANNUAL else _MATRIX_RULE
        return view_of(cls, rule, text=text)


@dataclass(frozen=True)
class DecidedByView:
    employee_id: UUID
    capacity: Capacity
    at: datetime


@dataclass(frozen=True)
class WithdrawnObjectionView:
    """An objection that no longer stands: the employee withdrew it."""

    objection_id: UUID
    filed_at: datetime
    withdrawn_at: datetime
    withdrawal_reason: str

    @classmethod
    def of(cls, objection: Objection) -> "WithdrawnObjectionView":
        return view_of(cls, objection, objection_id=objection.id)


@dataclass(frozen=True)
class FinishedView:
    """Who finished the proposal, which others may have made, and by which order."""

    employee_id: UUID
    capacity: Capacity
    order_reference: Annotated[str | None, Meta(description="null: finished in a release that did not keep it")]

    @classmethod
    def of(cls, evaluation: Evaluation) -> "FinishedView | None":
        one = evaluation
        if one.finished_by is None or one.finished_capacity is None:
            return None
        return cls(one.finished_by, one.finished_capacity, one.finished_order)


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
    filed_at: Annotated[datetime | None, Meta(description="when the objection was filed")] = None
    moved: Annotated[
        tuple[DeadlineMoveView, ...], Meta(description="what moved `objection_until` and `decide_by`, oldest first")
    ] = ()
    withdrawn_objections: Annotated[
        tuple[WithdrawnObjectionView, ...], Meta(description="since it was issued last, oldest first")
    ] = ()

    @classmethod
    def of(
        cls,
        setting: AgencySetting,
        evaluation: Evaluation,
        objections: Sequence[Objection],
        now: datetime,
        moved: Sequence[DeadlineMoveView] = (),
    ) -> "RightsView":
        if evaluation.kind is EvaluationKind.PERIODIC:
            return cls(_PERIODIC_RIGHTS, can_request_dialogue=True, can_object=False)
        day = setting.today if evaluation.received_at is None else setting.local_date(evaluation.received_at)
        days = setting.rules.objection(day).objection_days
        objection = next((one for one in reversed(objections) if not one.is_withdrawn), None)
        withdrawn = tuple(WithdrawnObjectionView.of(one) for one in objections if one.is_withdrawn)
        is_issued, until = evaluation.state is EvaluationState.ISSUED, evaluation.objection_until
        return cls(
            text=_ANNUAL_RIGHTS.format(
                days=days,
                zone=zone_name(setting.time_zone),
                until="" if until is None else _UNTIL.format(until=setting.in_words(until)),
            )
            + "".join(_WITHDRAWN.format(at=setting.in_words(one.withdrawn_at)) for one in withdrawn[-1:]),
            can_request_dialogue=True,
            can_object=is_issued and until is not None and now <= until,
            must_confirm_receipt=is_issued and until is None,
            issued_at=evaluation.issued_at,
            received_at=evaluation.received_at,
            receipt=evaluation.receipt,
            objection_until=until,
            objection_id=objection.id if objection else None,
            decide_by=objection.decide_by if objection else None,
            outcome=Outcome(objection.outcome) if objection and objection.outcome else None,
            rule=RuleSourceView.of(setting.rules.on(RuleKind.OBJECTION, day)),
            filed_at=objection.filed_at if objection else None,
            moved=tuple(moved),
            withdrawn_objections=withdrawn,
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
    finished: FinishedView | None
    history: tuple[RatingVersionView, ...]
    reviews: tuple[ReviewView, ...]
    reroutings: tuple[ReroutingView, ...]
    segment_ratings: tuple[SegmentRating, ...]
    segments: Annotated[
        tuple[ExplainedSegmentView, ...], Meta(description="of each of `segment_ratings`, in their order")
    ]
    items: Annotated[tuple[EvaluationItemView, ...], Meta(description="every result and value of the plan's version")]
    items_revision: Annotated[int | None, Meta(description="the rating that the items are of; null: none has any")]
    revoked_study_reports: Annotated[
        tuple[RevokedReportView, ...], Meta(description="which the latest rating rests on, and were revoked since")
    ]
    rights: RightsView
    frozen: Annotated[
        bool, Meta(description="false: rated before bases were kept; the inputs are those that are there now")
    ]
    bases: Annotated[tuple[RatingBasisView, ...], Meta(description="what each rating rested on, oldest first")]
    orders: Annotated[
        tuple[AppliedOrderView, ...], Meta(description="the orders of two officers by which ratings were corrected")
    ] = ()

    @classmethod
    def of(
        cls,
        evaluation: Evaluation,
        records: Sequence[RatingRecord],
        basis: RatingBasis,
        reroutings: Sequence[ReroutingView],
        segments: Sequence[ExplainedSegmentView],
        items: ItemsToShow,
        rights: RightsView,
        reviews: Sequence[Review],
        *,
        revoked: Sequence[RevokedReportView],
        frozen: bool,
        bases: tuple[RatingBasisView, ...],
        orders: Sequence[AppliedOrderView] = (),
    ) -> "ExplanationView":
        """Explain it by the basis of the last rating; all that it rested on is taken from there."""
        latest = records[-1]
        return view_of(
            cls,
            evaluation,
            evaluation_id=evaluation.id,
            is_final=evaluation.state is EvaluationState.FINAL,
            predicate=evaluation.rating.predicate,
            inputs=InputsView.of(basis),
            matrix_cell=MatrixCellView.of(latest),
            rule=MatrixRuleView.of_basis(basis.rule, evaluation.kind),
            decided_by=DecidedByView(latest.decided_by, latest.capacity, latest.at),
            finished=FinishedView.of(evaluation),
            history=tuple(map(RatingVersionView.of, records)),
            reviews=tuple(map(ReviewView.of, reviews)),
            reroutings=tuple(reroutings),
            segment_ratings=basis.segment_ratings,
            segments=tuple(segments),
            items=items.shown,
            items_revision=items.revision,
            revoked_study_reports=tuple(revoked),
            rights=rights,
            frozen=frozen,
            bases=bases,
            orders=tuple(orders),
        )
