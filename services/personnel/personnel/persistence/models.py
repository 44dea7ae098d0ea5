"""Tables of this service. What was decided is never edited: the *_record tables only grow, the rest is their sum."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, TEXT
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import PrimaryKeyConstraint

from chassis.db import AgencyRow, agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Agency(Base):
    """The register of agencies. All may read it, each transaction may write its own agency's row only."""

    __tablename__ = "agency"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    highest_job_class: Mapped[int] = mapped_column(server_default="17")
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class OrgUnit(AgencyRow, Base):
    """A unit as it stands today."""

    __tablename__ = "org_unit"
    __table_args__ = (
        UniqueConstraint("agency_id", "code"),
        CheckConstraint("parent_id <> id", name="not_own_parent"),
        Index("ix_org_unit_parent_id", "parent_id"),
    )
    code: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("org_unit.id"))
    leader_id: Mapped[UUID | None]
    leader_nip: Mapped[str | None]
    active: Mapped[bool]
    version: Mapped[int]
    timeline_version: Mapped[int] = mapped_column(server_default="0")
    imported: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class UnitRecord(Base):
    """What was recorded of a unit from a day on, in one of four series; `id` is the order of recording."""

    __tablename__ = "unit_record"
    __table_args__ = (
        CheckConstraint("series IN ('NAME', 'PARENT', 'LEADER', 'ACTIVE')", name="series"),
        CheckConstraint("(series = 'NAME') = (code IS NOT NULL AND name IS NOT NULL)", name="name"),
        CheckConstraint("(series = 'ACTIVE') = (active IS NOT NULL)", name="active"),
        Index("ix_unit_record_unit_id", "unit_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    agency_id: Mapped[str] = agency_column()
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("org_unit.id"))
    series: Mapped[str]
    code: Mapped[str | None]
    name: Mapped[str | None]
    parent_id: Mapped[UUID | None]
    leader_id: Mapped[UUID | None]
    active: Mapped[bool | None]
    effective_from: Mapped[date]
    recorded_on: Mapped[date]
    replaces_later: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    source: Mapped[str]
    reason: Mapped[str | None]
    decision_number: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[str | None]


class OrgUnitStretch(Base):
    """A unit's timeline, as it follows from its records and as the others know it."""

    __tablename__ = "org_unit_stretch"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("parent_id <> unit_id", name="not_own_parent"),
        Index("ix_org_unit_stretch_parent_id", "parent_id"),
        Index("ix_org_unit_stretch_agency_id_code", "agency_id", "code"),
    )
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("org_unit.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    last_day: Mapped[date | None]
    code: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None]
    leader_id: Mapped[UUID | None]
    active: Mapped[bool]


class Employee(AgencyRow, Base):
    """A person as he stands today.

    `announce_from` marks whom a running import has still to publish. `imported` remembers the last imported values, so
    that a file repeated after a correction by hand does not undo the correction. `reviewer_id`, `effective_from`,
    `employee_version` and `assignment_version` are those of the former release; the next one drops them.
    """

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint("superior_id <> id", name="not_own_superior"),
        UniqueConstraint("agency_id", "nip"),
        Index("ix_employee_superior_id", "superior_id"),
        Index("ix_employee_unit_id", "unit_id"),
        Index("ix_employee_agency_id_name_id", "agency_id", "name", "id"),
        Index("ix_employee_to_announce", "agency_id", "id", postgresql_where=text("announce_from IS NOT NULL")),
    )
    nip: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    employment_type: Mapped[str]
    status: Mapped[str]
    grade: Mapped[str]
    grade_since: Mapped[date]
    service_start: Mapped[date]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("org_unit.id"))
    position_code: Mapped[str]
    position_title: Mapped[str]
    position_kind: Mapped[str]
    position_level: Mapped[str | None]
    job_class: Mapped[int]
    position_since: Mapped[date]
    superior_id: Mapped[UUID | None]
    superior_since: Mapped[date | None]
    reviewer_id: Mapped[UUID | None]
    effective_from: Mapped[date]
    announce_from: Mapped[date | None]
    revision: Mapped[int]
    employee_version: Mapped[int]
    assignment_version: Mapped[int]
    contact_version: Mapped[int]
    imported: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class EmployeeIdentifier(AgencyRow, Base):
    """A number by which a person is or was known: it belongs to one person for ever, a person may change numbers."""

    __tablename__ = "employee_identifier"
    __table_args__ = (
        UniqueConstraint("agency_id", "value"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index("ix_employee_identifier_employee_id", "employee_id"),
    )
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    type: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]


class SearchWord(Base):
    """A word of a name, with that name, or after `<` a number read from its end; kept by triggers."""

    __tablename__ = "search_word"
    __table_args__ = (PrimaryKeyConstraint("agency_id", "word", "employee_id", postgresql_include=["name"]),)
    agency_id: Mapped[str] = agency_column()
    word: Mapped[str] = mapped_column(TEXT(collation="C"))
    employee_id: Mapped[UUID]
    name: Mapped[str | None]


class NipRegister(Base):
    """Which agencies know a number: digests only, so that an import can see whether a person is known elsewhere."""

    __tablename__ = "nip_register"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    agency_id: Mapped[str] = agency_column(primary_key=True)


class RecordRow:
    """The columns of every dated record of a person; `id` is the order of recording."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    agency_id: Mapped[str] = agency_column()
    effective_from: Mapped[date]
    recorded_on: Mapped[date]
    replaces_later: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    source: Mapped[str]
    reason: Mapped[str | None]
    cause: Mapped[str] = mapped_column(server_default="CHANGE")
    decision_number: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[str | None]

    @declared_attr
    def employee_id(self) -> Mapped[UUID]:
        return mapped_column(ForeignKey("employee.id"))


def _record_indexes(table: str) -> tuple[Index, Index]:
    return (
        Index(f"ix_{table}_employee_id", "employee_id"),
        Index(f"ix_{table}_agency_id_effective_from", "agency_id", "effective_from"),
    )


class PositionRecord(RecordRow, Base):
    """Each position a person was given."""

    __tablename__ = "position_record"
    __table_args__ = _record_indexes("position_record")
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("org_unit.id"))
    position_code: Mapped[str]
    position_title: Mapped[str]
    position_kind: Mapped[str]
    position_level: Mapped[str | None]
    job_class: Mapped[int]


class SuperiorRecord(RecordRow, Base):
    """Each superior a person was given: an employee or an official from outside; empty: nobody."""

    __tablename__ = "superior_record"
    __table_args__ = (
        *_record_indexes("superior_record"),
        CheckConstraint("superior_id <> employee_id", name="not_own_superior"),
    )
    superior_id: Mapped[UUID | None]


class StatusRecord(RecordRow, Base):
    """Each status a person has had, with its last day where that is known."""

    __tablename__ = "status_record"
    __table_args__ = _record_indexes("status_record")
    status: Mapped[str]
    until: Mapped[date | None]


class EmploymentTypeRecord(RecordRow, Base):
    """Each type of employment a person has had."""

    __tablename__ = "employment_type_record"
    __table_args__ = _record_indexes("employment_type_record")
    employment_type: Mapped[str]


class GradeRecord(RecordRow, Base):
    """Each grade a person has had."""

    __tablename__ = "grade_record"
    __table_args__ = _record_indexes("grade_record")
    grade: Mapped[str]
    grade_since: Mapped[date]


class PublishedTimeline(Base):
    """Each person's timeline as the others know it: the next one is published when it differs from this."""

    __tablename__ = "published_timeline"
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    agency_id: Mapped[str] = agency_column()
    version: Mapped[int]
    service_start: Mapped[date]
    stretches: Mapped[list[dict[str, Any]]]
    changes: Mapped[list[dict[str, Any]]]


class ExternalOfficial(AgencyRow, Base):
    """An official who is no civil servant of the agency and appraises."""

    __tablename__ = "external_official"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_external_official_agency_id_name_id", "agency_id", "name", "id"),
    )
    name: Mapped[str]
    office: Mapped[str]
    institution: Mapped[str]
    email: Mapped[str | None]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Substitution(AgencyRow, Base):
    """Somebody acts for an official, or appraises by delegation, for a number of days."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("kind IN ('PLT', 'PLH', 'DELEGATION')", name="kind"),
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("kind = 'PLT' OR last_day IS NOT NULL", name="last_day"),
        CheckConstraint("substitute_id <> in_place_of_id", name="not_oneself"),
        Index("ix_substitution_in_place_of_id", "in_place_of_id"),
        Index("ix_substitution_substitute_id", "substitute_id"),
        Index("ix_substitution_agency_id_id", "agency_id", "id"),
    )
    kind: Mapped[str]
    in_place_of_id: Mapped[UUID]
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    order_number: Mapped[str]
    scope: Mapped[list[str]]
    employee_ids: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    version: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_reason: Mapped[str | None]


class Team(AgencyRow, Base):
    """People of several units who work together, led by one of them."""

    __tablename__ = "team"
    __table_args__ = (Index("ix_team_agency_id_name_id", "agency_id", "name", "id"),)
    name: Mapped[str]
    order_number: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TeamMember(Base):
    """Somebody's days and role in a team."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("role IN ('LEADER', 'MEMBER')", name="role"),
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_team_member_employee_id", "employee_id"),
    )
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    role: Mapped[str]
    last_day: Mapped[date | None]


class CorrectionRequest(AgencyRow, Base):
    """What an employee finds wrong about himself, and HR's answer."""

    __tablename__ = "correction_request"
    __table_args__ = (
        CheckConstraint("status IN ('OPEN', 'ACCEPTED', 'REJECTED')", name="status"),
        CheckConstraint("(status = 'OPEN') = (resolved_at IS NULL)", name="resolved"),
        Index("ix_correction_request_agency_id_id", "agency_id", "id"),
        Index("ix_correction_request_employee_id", "employee_id"),
    )
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    field: Mapped[str]
    wanted: Mapped[str]
    note: Mapped[str]
    status: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None]
    answer: Mapped[str | None]


class ImportRow(Base):
    """A row of a file while its import runs; gone when the import is finished."""

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_job_id_nip", "job_id", "nip"),)
    job_id: Mapped[UUID] = mapped_column(primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    cells: Mapped[dict[str, Any]]
    nip: Mapped[str]
    superior_nip: Mapped[str]
    first_row: Mapped[int | None]
    employee_id: Mapped[UUID | None]
    superior_id: Mapped[UUID | None]
    state: Mapped[str]
