"""Columns of the tables in which services keep what personnel publishes; keys and indexes are each service's own."""

from uuid import UUID

from sqlalchemy.orm import Mapped

from chassis.db import agency_column


class AgencyColumns:
    __tablename__ = "agency"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    name: Mapped[str]
    time_zone: Mapped[str]


class OrgUnitColumns:
    __tablename__ = "org_unit"
    parent_id: Mapped[UUID | None]
    code: Mapped[str]
    name: Mapped[str]
    leader_id: Mapped[UUID | None]
    active: Mapped[bool]
