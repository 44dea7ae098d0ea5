"""The tables of the agency's own rules, and of what is proposed of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


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


class RuleProposal(AgencyRow, Base):
    """A version that one officer proposes and another approves, or not."""

    __tablename__ = "rule_proposal"
    kind: Mapped[str]
    effective_from: Mapped[date]
    value: Mapped[dict[str, Any]]
    legal_source: Mapped[str]
    verified: Mapped[bool]
    reason: Mapped[str]
    state: Mapped[str]
    known_versions: Mapped[list[str]]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str]
    by_subordinate: Mapped[bool]
    rule_version: Mapped[str | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')", name="state"),
        CheckConstraint("state <> 'APPROVED' OR decided_by <> proposed_by", name="second_officer"),
        CheckConstraint("(state = 'APPROVED') = (rule_version IS NOT NULL)", name="approved"),
        Index("ix_rule_proposal_state", "agency_id", "state", "id"),
    )
