"""The tables of the appraisal service, and those of the directory beside them: plans, evaluations, follow-ups."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from appraisal.persistence.calibration_models import Calibration, CalibrationSuggestion
from appraisal.persistence.correction_models import CorrectionOrder
from appraisal.persistence.deadline_models import DeadlineExtension, Outage
from appraisal.persistence.document_models import Document, DocumentCode
from appraisal.persistence.item_models import EvaluationItem, OwnRealisation
from appraisal.persistence.objection_models import Examination, Objection
from appraisal.persistence.obligation_models import Obligation, ObligationReminder, ObligationYear
from appraisal.persistence.oversight_models import (
    Anomaly,
    AnomalyBasis,
    AnomalyRun,
    Sample,
    SampleMember,
    SampleReading,
)
from appraisal.persistence.plan_models import Plan, PlanMove, PlanVersion, ResultLink, ResultLinkDraft
from appraisal.persistence.rating_basis_models import RatingBasis
from appraisal.persistence.review_models import Review
from appraisal.persistence.rule_models import RuleProposal, RuleVersion
from appraisal.persistence.study_models import StudyReport, StudyRevocation
from appraisal.persistence.template_models import PlanTemplate
from chassis.db import AgencyRow, agency_column

# Imported for others: the tables of these other files belong to the same metadata.
__all__ = [
    "Anomaly",
    "AnomalyBasis",
    "AnomalyRun",
    "Base",
    "Calibration",
    "CalibrationSuggestion",
    "CorrectionOrder",
    "DeadlineExtension",
    "Document",
    "DocumentCode",
    "EvaluationItem",
    "Examination",
    "Objection",
    "Obligation",
    "ObligationReminder",
    "ObligationYear",
    "Outage",
    "OwnRealisation",
    "Plan",
    "PlanMove",
    "PlanTemplate",
    "PlanVersion",
    "RatingBasis",
    "ResultLink",
    "ResultLinkDraft",
    "Review",
    "RuleProposal",
    "RuleVersion",
    "Sample",
    "SampleMember",
    "SampleReading",
    "StudyReport",
    "StudyRevocation",
]


class Period(AgencyRow, Base):
    """A month, a quarter or the year of an opened cycle, with the rule versions that hold in it."""

    __tablename__ = "period"
    kind: Mapped[str]
    year: Mapped[int]
    number: Mapped[int] = mapped_column(SmallInteger)
    first_day: Mapped[date]
    last_day: Mapped[date]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    pinned: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID | None]
    __table_args__ = (
        CheckConstraint(
            "CASE kind WHEN 'MONTH' THEN number BETWEEN 1 AND 12 WHEN 'QUARTER' THEN number BETWEEN 1 AND 4 "
            "ELSE kind = 'YEAR' AND number = 0 END",
            name="number",
        ),
        CheckConstraint("first_day <= last_day AND opens_on <= closes_on", name="days"),
        Index("uq_period_number", "agency_id", "year", "kind", "number", unique=True),
    )


class WindowExtension(AgencyRow, Base):
    __tablename__ = "window_extension"
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    closes_on: Mapped[date]
    reason: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    outage_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_window_extension_period", "agency_id", "year", "quarter"),)


class Progress(AgencyRow, Base):
    __tablename__ = "progress"
    plan_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    work_result_id: Mapped[UUID]
    day: Mapped[date]
    text: Mapped[str]
    evidence_link: Mapped[str | None]
    quantity: Mapped[Decimal | None]
    unit: Mapped[str]
    recorded_at: Mapped[datetime]
    __table_args__ = (Index("ix_progress_plan", "plan_id", "id"),)


class Feedback(AgencyRow, Base):
    __tablename__ = "feedback"
    plan_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    giver_id: Mapped[UUID]
    giver_role: Mapped[str]
    work_result_id: Mapped[UUID | None]
    behaviour_value: Mapped[str | None]
    text: Mapped[str]
    evidence_link: Mapped[str | None]
    given_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("(work_result_id IS NULL) <> (behaviour_value IS NULL)", name="one_target"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer"),
        Index("ix_feedback_plan", "plan_id", "id"),
    )


class Evaluation(AgencyRow, Base):
    __tablename__ = "evaluation"
    plan_id: Mapped[UUID]
    plan_version: Mapped[int]
    employee_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    appraiser_id: Mapped[UUID]
    reviewer_id: Mapped[UUID | None]
    rated_by: Mapped[UUID]
    kind: Mapped[str]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    state: Mapped[str]
    work_result: Mapped[str]
    behaviour: Mapped[str]
    work_result_note: Mapped[str]
    behaviour_note: Mapped[str]
    predicate: Mapped[str]
    competency_codes: Mapped[list[str]]
    revision: Mapped[int]
    version: Mapped[int]
    issued_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    receipt: Mapped[str | None]
    objection_until: Mapped[datetime | None]
    final_at: Mapped[datetime | None]
    completed_by: Mapped[str | None]
    created_at: Mapped[datetime]
    rated_capacity: Mapped[str | None]
    finished_by: Mapped[UUID | None]
    finished_capacity: Mapped[str | None]
    finished_order: Mapped[str | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    reopened_by_order: Mapped[UUID | None]
    order_proposed_by: Mapped[UUID | None]
    order_approved_by: Mapped[UUID | None]
    former_revision: Mapped[int | None]
    former_predicate: Mapped[str | None]
    handed_in_at: Mapped[datetime | None]
    review_until: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("num_nonnulls(quarter, month) = CASE kind WHEN 'PERIODIC' THEN 1 ELSE 0 END", name="part"),
        CheckConstraint("(state = 'FINAL') = (final_at IS NOT NULL AND completed_by IS NOT NULL)", name="final"),
        CheckConstraint("kind = 'ANNUAL' OR state IN ('PROPOSED', 'IN_REVIEW', 'FINAL')", name="periodic_states"),
        CheckConstraint("(state = 'IN_REVIEW') = (review_until IS NOT NULL)", name="in_review"),
        CheckConstraint("state <> 'OBJECTED' OR received_at IS NOT NULL", name="objected"),
        Index(
            "uq_evaluation_part",
            "agency_id",
            "employee_id",
            "year",
            text("coalesce(quarter, 0)"),
            text("coalesce(month, 0)"),
            unique=True,
        ),
        Index("ix_evaluation_unit", "agency_id", "year", "quarter", "unit_id"),
        Index("ix_evaluation_appraiser", "agency_id", "appraiser_id", "state"),
    )


class SegmentRating(AgencyRow, Base):
    """What an outgoing appraiser says of the days until a move."""

    __tablename__ = "segment_rating"
    plan_id: Mapped[UUID]
    plan_version: Mapped[int]
    employee_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    first_day: Mapped[date]
    last_day: Mapped[date]
    unit_id: Mapped[UUID]
    appraiser_id: Mapped[UUID | None]
    rated_by: Mapped[UUID]
    capacity: Mapped[str]
    order_reference: Mapped[str]
    work_result: Mapped[str]
    behaviour: Mapped[str]
    work_result_note: Mapped[str]
    behaviour_note: Mapped[str]
    predicate: Mapped[str]
    rated_at: Mapped[datetime]
    __table_args__ = (
        Index(
            "uq_segment_rating_part",
            "agency_id",
            "employee_id",
            "year",
            text("coalesce(quarter, 0)"),
            text("coalesce(month, 0)"),
            "first_day",
            unique=True,
        ),
    )


class EvaluationVersion(Base):
    """Each rating that ever stood, with the official who made it and the rule it followed."""

    __tablename__ = "evaluation_version"
    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    agency_id = agency_column()
    work_result: Mapped[str]
    behaviour: Mapped[str]
    work_result_note: Mapped[str]
    behaviour_note: Mapped[str]
    predicate: Mapped[str]
    decided_by: Mapped[UUID]
    capacity: Mapped[str]
    reason: Mapped[str]
    order_reference: Mapped[str]
    rule_version: Mapped[str]
    plan_version: Mapped[int]
    considered: Mapped[list[str]]
    at: Mapped[datetime]


class EvaluationRerouting(AgencyRow, Base):
    """Other officials were named on an evaluation: a proposal that followed a move, or a correction."""

    __tablename__ = "evaluation_rerouting"
    evaluation_id: Mapped[UUID]
    state: Mapped[str]
    reason: Mapped[str]
    changed: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_evaluation_rerouting_evaluation", "evaluation_id", "id"),)


class Dialogue(AgencyRow, Base):
    __tablename__ = "dialogue"
    evaluation_id: Mapped[UUID]
    author_id: Mapped[UUID]
    role: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    after_final: Mapped[bool]
    agreed_note: Mapped[str]
    __table_args__ = (Index("ix_dialogue_evaluation", "evaluation_id", "id"),)


class FollowUp(AgencyRow, Base):
    __tablename__ = "follow_up"
    employee_id: Mapped[UUID]
    evaluation_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str]
    appraiser_id: Mapped[UUID]
    assigned_to: Mapped[UUID | None]
    competency_codes: Mapped[list[str]]
    repeated: Mapped[bool]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str]
    close_reason: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name="closed"),
        Index("uq_follow_up_evaluation_id_kind", "evaluation_id", "kind", unique=True),
        Index("ix_follow_up_employee", "agency_id", "employee_id"),
    )


class FollowUpNote(AgencyRow, Base):
    __tablename__ = "follow_up_note"
    follow_up_id: Mapped[UUID]
    author_id: Mapped[UUID]
    text: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_follow_up_note_follow_up", "follow_up_id", "id"),)


class FollowUpAction(AgencyRow, Base):
    __tablename__ = "follow_up_action"
    follow_up_id: Mapped[UUID]
    kind: Mapped[str]
    text: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    added_by: Mapped[UUID]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_follow_up_action_follow_up", "follow_up_id", "id"),)


class OrgPredicate(AgencyRow, Base):
    """A unit's organisation predicate; the newest row counts, the older ones stay."""

    __tablename__ = "org_predicate"
    unit_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    predicate: Mapped[str]
    set_by: Mapped[UUID]
    capacity: Mapped[str]
    reason: Mapped[str]
    set_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_org_predicate_unit", "agency_id", "unit_id", "year", "quarter"),)


class DistributionOverride(AgencyRow, Base):
    __tablename__ = "distribution_override"
    unit_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_distribution_override_unit", "agency_id", "unit_id", "year", "quarter"),)
