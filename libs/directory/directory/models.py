"""The tables of the directory, which stand in the database of each service that includes it.

A service takes them up by a migration with the line `-- migrate: tables-of directory N` and by `include_tables`.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Index, MetaData, PrimaryKeyConstraint, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


def include_tables(metadata: MetaData) -> None:
    """Add the tables to the metadata of a service's own models."""
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)


class Agency(Base):
    __tablename__ = "directory_agency"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    version: Mapped[int]


class Person(Base):
    __tablename__ = "directory_person"
    __table_args__ = (PrimaryKeyConstraint("employee_id", "agency_id"),)
    agency_id: Mapped[str] = agency_column()
    employee_id: Mapped[UUID]
    version: Mapped[int]
    service_start: Mapped[date]


class Stretch(Base):
    __tablename__ = "directory_stretch"
    __table_args__ = (
        PrimaryKeyConstraint("employee_id", "agency_id", "first_day"),
        Index("ix_directory_stretch_unit", "unit_id", "agency_id", "employee_id"),
        Index("ix_directory_stretch_superior", "superior_id", "agency_id"),
    )
    agency_id: Mapped[str] = agency_column()
    employee_id: Mapped[UUID]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    unit_id: Mapped[UUID]
    position_code: Mapped[str]
    position_kind: Mapped[str]
    position_level: Mapped[str | None]
    job_class: Mapped[int]
    employment_type: Mapped[str]
    status: Mapped[str]
    grade: Mapped[str]
    grade_since: Mapped[date]
    superior_id: Mapped[UUID | None]


class Unit(Base):
    __tablename__ = "directory_unit"
    __table_args__ = (PrimaryKeyConstraint("unit_id", "agency_id"),)
    agency_id: Mapped[str] = agency_column()
    unit_id: Mapped[UUID]
    version: Mapped[int]


class UnitStretch(Base):
    __tablename__ = "directory_unit_stretch"
    __table_args__ = (
        PrimaryKeyConstraint("unit_id", "agency_id", "first_day"),
        Index("ix_directory_unit_stretch_parent", "parent_id", "agency_id"),
        Index("ix_directory_unit_stretch_leader", "leader_id", "agency_id"),
    )
    agency_id: Mapped[str] = agency_column()
    unit_id: Mapped[UUID]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    code: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None]
    leader_id: Mapped[UUID | None]
    active: Mapped[bool]


class Substitution(Base):
    __tablename__ = "directory_substitution"
    __table_args__ = (
        PrimaryKeyConstraint("substitution_id", "agency_id"),
        Index("ix_directory_substitution_in_place_of", "in_place_of_id", "agency_id"),
        Index("ix_directory_substitution_substitute", "substitute_id", "agency_id"),
    )
    agency_id: Mapped[str] = agency_column()
    substitution_id: Mapped[UUID]
    kind: Mapped[str]
    in_place_of_id: Mapped[UUID]
    substitute_id: Mapped[UUID]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    scope: Mapped[list[str]] = mapped_column(ARRAY(Text))
    employee_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    withdrawn: Mapped[bool]
    version: Mapped[int]


class ExternalOfficial(Base):
    __tablename__ = "directory_external_official"
    __table_args__ = (PrimaryKeyConstraint("official_id", "agency_id"),)
    agency_id: Mapped[str] = agency_column()
    official_id: Mapped[UUID]
    office: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    version: Mapped[int]
