"""The tables of issued papers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow, agency_column


class Document(AgencyRow, Base):
    """What an issued paper states; rows are added, never changed."""

    __tablename__ = "document"
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    revision: Mapped[int]
    stage: Mapped[str]
    code: Mapped[str]
    hash: Mapped[str]
    paper: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID]
    __table_args__ = (
        CheckConstraint("stage IN ('AGREED', 'ISSUED', 'FINAL', 'DECIDED')", name="stage"),
        Index("uq_document_subject", "agency_id", "kind", "subject_id", "revision", "stage", unique=True),
        Index("uq_document_code", "code", unique=True),
    )


class DocumentCode(Base):
    """Whose paper bears a code: the only table of this service without row-level security."""

    __tablename__ = "document_code"
    code: Mapped[str] = mapped_column(primary_key=True)
    agency_id = agency_column()
