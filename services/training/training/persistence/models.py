"""The tables of the service. Migrations are the source of constraints and indexes; this is what code may use."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from approvals.models import include_tables as include_proposals
from chassis.db import AgencyRow, agency_column, make_base
from directory.models import include_tables

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


def codes_column() -> Mapped[list[str]]:
    return mapped_column(ARRAY(Text))


include_tables(Base.metadata)
include_proposals(Base.metadata)


class JpTarget(AgencyRow, Base):
    __tablename__ = "jp_target"
    employment_type: Mapped[str]
    kind: Mapped[str]
    jp: Mapped[int]
    from_year: Mapped[int]
    source: Mapped[str]
    verified: Mapped[bool]
    version: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class RuleValue(AgencyRow, Base):
    __tablename__ = "rule_value"
    name: Mapped[str]
    value: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[str]
    verified: Mapped[bool]
    version: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class CourseKind(Base):
    __tablename__ = "course_kind"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str]
    label: Mapped[str]
    source: Mapped[str]
    verified: Mapped[bool]


class Competency(Base):
    __tablename__ = "competency"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    definition: Mapped[str]
    source: Mapped[str]
    verified: Mapped[bool]
    active: Mapped[bool]
    version: Mapped[int]


class CompetencyStandard(AgencyRow, Base):
    __tablename__ = "competency_standard"
    position_code: Mapped[str]
    position_level: Mapped[str | None]
    competency_code: Mapped[str]
    required_level: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]


class Assessment(AgencyRow, Base):
    __tablename__ = "assessment"
    employee_id: Mapped[UUID]
    competency_code: Mapped[str]
    actual_level: Mapped[int]
    assessed_on: Mapped[date]
    method: Mapped[str]
    evidence_link: Mapped[str | None]
    assessor_id: Mapped[UUID]
    recorded_at: Mapped[datetime]


class Need(AgencyRow, Base):
    __tablename__ = "need"
    employee_id: Mapped[UUID]
    competency_code: Mapped[str]
    state: Mapped[str]
    required_level: Mapped[int | None]
    actual_level: Mapped[int | None]
    raised_at: Mapped[datetime]
    year: Mapped[int]
    version: Mapped[int]


class NeedCause(AgencyRow, Base):
    __tablename__ = "need_cause"
    need_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    competency_code: Mapped[str]
    source: Mapped[str]
    source_id: Mapped[UUID | None]
    evaluation_id: Mapped[UUID | None]
    standard_id: Mapped[UUID | None]
    assessment_id: Mapped[UUID | None]
    required_level: Mapped[int | None]
    actual_level: Mapped[int | None]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class FollowUp(AgencyRow, Base):
    """A follow-up of appraisal as the last event of it says."""

    __tablename__ = "follow_up"
    stands: Mapped[bool]
    sequence: Mapped[int] = mapped_column(BigInteger)


class NeedMove(AgencyRow, Base):
    __tablename__ = "need_move"
    need_id: Mapped[UUID]
    state: Mapped[str]
    reason: Mapped[str]
    moved_by: Mapped[str]
    moved_at: Mapped[datetime]


class Plan(AgencyRow, Base):
    __tablename__ = "plan"
    employee_id: Mapped[UUID]
    year: Mapped[int]
    revision: Mapped[int]
    state: Mapped[str]
    note: Mapped[str]
    agreed_by: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None]
    version: Mapped[int]
    created_at: Mapped[datetime]


class PlanItem(AgencyRow, Base):
    __tablename__ = "plan_item"
    plan_id: Mapped[UUID]
    goal: Mapped[str]
    need_id: Mapped[UUID | None]
    course_code: Mapped[str | None]
    kind_code: Mapped[str]
    jp: Mapped[int]
    due_on: Mapped[date | None]
    state: Mapped[str]
    record_id: Mapped[UUID | None]
    copied_from: Mapped[UUID | None]


class Course(Base):
    __tablename__ = "course"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind_code: Mapped[str]
    jp: Mapped[int]
    level: Mapped[int | None]
    competency_codes: Mapped[list[str]] = codes_column()
    provider: Mapped[str]
    active: Mapped[bool]
    version: Mapped[int]


class TrainingSession(AgencyRow, Base):
    # The class says whose session: a Session is SQLAlchemy's.
    __tablename__ = "session"
    course_code: Mapped[str]
    jp: Mapped[int]
    seats: Mapped[int]
    taken: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    enrol_opens_on: Mapped[date]
    enrol_closes_on: Mapped[date]
    place: Mapped[str]
    trainer_id: Mapped[UUID | None]
    state: Mapped[str]
    version: Mapped[int]


class Enrolment(AgencyRow, Base):
    __tablename__ = "enrolment"
    position: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
    session_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    state: Mapped[str]
    requested_by: Mapped[UUID]
    enrolled_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]


class Attendance(AgencyRow, Base):
    __tablename__ = "attendance"
    enrolment_id: Mapped[UUID]
    day: Mapped[date]
    present: Mapped[bool]
    marked_by: Mapped[UUID]
    marked_at: Mapped[datetime]


class Record(AgencyRow, Base):
    __tablename__ = "record"
    employee_id: Mapped[UUID]
    origin: Mapped[str]
    course_code: Mapped[str]
    session_id: Mapped[UUID | None]
    enrolment_id: Mapped[UUID | None]
    plan_item_id: Mapped[UUID | None]
    title: Mapped[str]
    kind_code: Mapped[str]
    competency_codes: Mapped[list[str]] = codes_column()
    provider: Mapped[str]
    provider_key: Mapped[str]
    certificate_number: Mapped[str]
    certificate_key: Mapped[str]
    jp: Mapped[int]
    started_on: Mapped[date]
    completed_on: Mapped[date]
    issued_on: Mapped[date]
    evidence_link: Mapped[str | None]
    state: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]


class RecordMove(AgencyRow, Base):
    __tablename__ = "record_move"
    record_id: Mapped[UUID]
    state: Mapped[str]
    reason_code: Mapped[str]
    note: Mapped[str]
    moved_by: Mapped[UUID]
    moved_by_person: Mapped[UUID | None]
    moved_at: Mapped[datetime]


class LedgerEntry(AgencyRow, Base):
    # A row is an entry of the ledger of learning hours (JP).
    __tablename__ = "jp_ledger"
    employee_id: Mapped[UUID]
    year: Mapped[int]
    jp: Mapped[int]
    record_id: Mapped[UUID]
    reverses_id: Mapped[UUID | None]
    booked_at: Mapped[datetime]


class ReferenceItem(AgencyRow, Base):
    __tablename__ = "reference_item"
    code: Mapped[str]
    title: Mapped[str]
    author: Mapped[str]
    year: Mapped[int | None]
    kind: Mapped[str]
    subject: Mapped[str]
    competency_codes: Mapped[list[str]] = codes_column()
    language: Mapped[str]
    licence: Mapped[str]
    link: Mapped[str | None]
    copies: Mapped[int]
    on_loan: Mapped[int]
    reserved: Mapped[int]
    active: Mapped[bool]
    version: Mapped[int]
    words: Mapped[str] = mapped_column(TSVECTOR, server_default=FetchedValue())


class Loan(AgencyRow, Base):
    __tablename__ = "loan"
    item_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    state: Mapped[str]
    lent_on: Mapped[date]
    due_on: Mapped[date]
    returned_on: Mapped[date | None]
    renewals: Mapped[int]


class Hold(AgencyRow, Base):
    __tablename__ = "hold"
    position: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
    item_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    state: Mapped[str]
    placed_at: Mapped[datetime]
    pick_up_by: Mapped[date | None]


class Reading(AgencyRow, Base):
    __tablename__ = "reading"
    plan_item_id: Mapped[UUID]
    item_id: Mapped[UUID]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]
    read_on: Mapped[date | None]
