"""The table of proposals, which stands in the database of each service that includes it.

A service takes it up by a migration with the line `-- migrate: tables-of approvals N` and by `include_tables`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Index, MetaData, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


def include_tables(metadata: MetaData) -> None:
    """Add the table to the metadata of a service's own models."""
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)


class Proposal(Base):
    __tablename__ = "approval_proposal"
    __table_args__ = (Index("ix_approval_proposal_state", "agency_id", "state", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    action: Mapped[str]
    payload: Mapped[str]
    shown: Mapped[str]
    payload_hash: Mapped[str]
    concerns: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    reason: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_by_person: Mapped[UUID]
    proposed_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    outcome: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    decided_by: Mapped[UUID | None]
    decided_by_person: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str]
    version: Mapped[int]
