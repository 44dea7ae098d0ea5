"""The tables of issued papers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
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


class DocumentBatch(AgencyRow, Base):
    """Papers of many evaluations that somebody has asked for; the id is that of the job that makes them."""

    __tablename__ = "document_batch"
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    unit_id: Mapped[UUID | None]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    formats: Mapped[list[str]] = mapped_column(ARRAY(Text))
    total: Mapped[int]
    made: Mapped[int]
    failed: Mapped[int]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR cancelled_at IS NULL", name="end"),
        CheckConstraint("made + failed <= total", name="progress"),
        Index(
            "uq_document_batch_running",
            "agency_id",
            unique=True,
            postgresql_where=text("finished_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL"),
        ),
    )


class DocumentBatchFile(AgencyRow, Base):
    """A file of a batch, until the batch is cancelled or its days are over."""

    __tablename__ = "document_batch_file"
    batch_id: Mapped[UUID]
    part: Mapped[int]
    name: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]
    __table_args__ = (Index("ix_document_batch_file_batch", "batch_id", "part", "id"),)
