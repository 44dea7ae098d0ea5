"""The tables of the appraisal service, and those of the directory beside them: plans, evaluations, follow-ups."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from appraisal.persistence.correction_models import CorrectionOrder
from appraisal.persistence.deadline_models import DeadlineExtension, Outage
from appraisal.persistence.obligation_models import Obligation, ObligationYear
from chassis.db import AgencyRow, agency_column

# Imported for others: the tables of orders, of the register and of its deadlines belong to the same metadata.
__all__ = ["Base", "CorrectionOrder", "DeadlineExtension", "Obligation", "ObligationYear", "Outage"]


class RuleVersion(AgencyRow, Base):
    """An agency's own reference data; rows are added, never changed."""

    __tablename__ = "rule_version"
    kind: Mapped[str]
    rule_version: Mapped[str]
    effective_from: Mapped[date]
    value: Mapped[dict[str, Any]]
    legal_source: Mapped[str]
    verified: Mapped[bool]
    reason: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    __table_args__ = (Index("ix_rule_version_kind", "agency_id", "kind", "effective_from"),)


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


class Plan(AgencyRow, Base):
    __tablename__ = "plan"
    employee_id: Mapped[UUID]
    year: Mapped[int]
    unit_id: Mapped[UUID]
    appraiser_id: Mapped[UUID | None]
    reviewer_id: Mapped[UUID | None]
    model: Mapped[str]
    state: Mapped[str]
    plan_version: Mapped[int]
    active_version: Mapped[int | None]
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("state IN ('DRAFT','SUBMITTED','RETURNED','ACTIVE','REVISED','CLOSED')", name="state"),
        CheckConstraint("state <> 'ACTIVE' OR active_version = plan_version", name="active"),
        Index(
            "uq_plan_open", "agency_id", "employee_id", "year", unique=True, postgresql_where=text("state <> 'CLOSED'")
        ),
        Index("ix_plan_appraiser", "agency_id", "appraiser_id", "state"),
        Index("ix_plan_unit", "agency_id", "year", "unit_id"),
        Index("ix_plan_employee", "agency_id", "employee_id", "year"),
    )


class PlanMove(AgencyRow, Base):
    """Every move of a plan; a submission carries the content as it was submitted."""

    __tablename__ = "plan_move"
    plan_id: Mapped[UUID]
    plan_version: Mapped[int]
    move: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    content: Mapped[dict[str, Any] | None]
    changed: Mapped[list[dict[str, Any]] | None]
    capacity: Mapped[str | None]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_plan_move_plan", "plan_id", "id"),)


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
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    reopened_by_order: Mapped[UUID | None]
    order_proposed_by: Mapped[UUID | None]
    order_approved_by: Mapped[UUID | None]
    former_revision: Mapped[int | None]
    former_predicate: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("num_nonnulls(quarter, month) = CASE kind WHEN 'PERIODIC' THEN 1 ELSE 0 END", name="part"),
        CheckConstraint("(state = 'FINAL') = (final_at IS NOT NULL AND completed_by IS NOT NULL)", name="final"),
        CheckConstraint("kind = 'ANNUAL' OR state IN ('PROPOSED','FINAL')", name="periodic_states"),
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


class Objection(AgencyRow, Base):
    __tablename__ = "objection"
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    appraiser_id: Mapped[UUID]
    decider_id: Mapped[UUID | None]
    designated_by: Mapped[UUID | None]
    designation_reason: Mapped[str]
    reasons: Mapped[str]
    evidence_links: Mapped[list[str]]
    filed_at: Mapped[datetime]
    decide_by: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reasons: Mapped[str]
    decided_capacity: Mapped[str | None]
    revision: Mapped[int]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL)", name="decision"
        ),
        CheckConstraint("decider_id IS NULL OR decider_id <> employee_id", name="decider"),
        Index("uq_objection_evaluation_id_revision", "evaluation_id", "revision", unique=True),
        Index("ix_objection_open", "agency_id", "decider_id", postgresql_where=text("outcome IS NULL")),
    )


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
