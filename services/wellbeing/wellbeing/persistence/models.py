"""Tables of this service. What must not be known is not a column: answers have no person, no time and no order."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base
from chassis.ids import new_id
from directory.models import include_tables as include_directory
from disclosure.models import include_tables as include_disclosure

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


def _id() -> Mapped[UUID]:
    return mapped_column(primary_key=True, default=new_id)


def _unordered_id() -> Mapped[UUID]:  # a UUIDv7 would show when the row was written
    return mapped_column(primary_key=True, default=uuid4)


def _optional_json() -> Mapped[Any]:  # None is SQL's NULL, which the check constraints test, not JSON's null
    return mapped_column(JSONB(none_as_null=True))


include_directory(Base.metadata)
include_disclosure(Base.metadata)


class ReferenceRow(Base):
    __tablename__ = "reference"
    reference_id: Mapped[UUID] = _id()
    number: Mapped[int] = mapped_column(Identity(always=True))
    agency_id: Mapped[str] = agency_column()
    kind: Mapped[str]
    valid_from: Mapped[date]
    body: Mapped[dict[str, Any]]
    source: Mapped[str]
    verified: Mapped[bool]
    recorded_at: Mapped[datetime]


class Holiday(Base):
    __tablename__ = "holiday"
    __table_args__ = (PrimaryKeyConstraint("agency_id", "day"),)
    agency_id: Mapped[str] = agency_column()
    day: Mapped[date]
    name: Mapped[str]
    source: Mapped[str]


class Survey(Base):
    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("state IN ('DRAFT', 'OPEN', 'CLOSED', 'PUBLISHED')", name="state_known"),
        CheckConstraint("(state = 'DRAFT') = (closes_on IS NULL)", name="open_has_an_end"),
    )
    survey_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    title: Mapped[str]
    introduction: Mapped[str]
    state: Mapped[str]
    scope: Mapped[list[str]]
    groups: Mapped[dict[str, Any] | None] = _optional_json()
    secret: Mapped[str]
    closes_on: Mapped[date | None]
    anonymity: Mapped[dict[str, Any] | None] = _optional_json()
    anonymity_version: Mapped[str | None]
    tokens_given: Mapped[int | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class SurveyQuestion(Base):
    __tablename__ = "survey_question"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id"], ["survey.survey_id"], ondelete="CASCADE"),
        UniqueConstraint("survey_id", "position"),
    )
    question_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str]
    text: Mapped[str]


class SurveyAsked(Base):
    """Whom a survey asks, fixed when it opens, and where their answers count. Gone when the results are published."""

    __tablename__ = "survey_asked"
    __table_args__ = (PrimaryKeyConstraint("survey_id", "employee_id"),)
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    unit_id: Mapped[UUID]


class SurveyParticipation(Base):
    """That a person has a token: neither when, nor which. Gone when the survey closes."""

    __tablename__ = "survey_participation"
    __table_args__ = (PrimaryKeyConstraint("survey_id", "employee_id"),)
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    employee_id: Mapped[UUID]


class SurveyBallot(Base):
    """That a token has been used, so that it works once. Gone when the results are published."""

    __tablename__ = "survey_ballot"
    __table_args__ = (UniqueConstraint("survey_id", "digest"),)
    ballot_id: Mapped[UUID] = _unordered_id()
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    digest: Mapped[str]


class SurveyAnswer(Base):
    """One answer to one question, tied to no other answer. Gone when the results are published."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        CheckConstraint("(score IS NULL) <> (text IS NULL)", name="score_or_text"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score_in_range"),
        Index("ix_survey_answer_question", "survey_id", "question_id"),
    )
    answer_id: Mapped[UUID] = _unordered_id()
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    question_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    score: Mapped[int | None] = mapped_column(SmallInteger)
    text: Mapped[str | None]


class SurveyResult(Base):
    """One published cell, frozen. No unit: the whole. No question: how many took part. Hidden is null with a reason."""

    __tablename__ = "survey_result"
    __table_args__ = (
        UniqueConstraint("survey_id", "question_id", "unit_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("(reason IS NULL) = (answers IS NOT NULL)", name="hidden_or_shown"),
        CheckConstraint("reason IS NULL OR (mean IS NULL AND texts IS NULL)", name="hidden_says_nothing"),
    )
    result_id: Mapped[UUID] = _unordered_id()
    agency_id: Mapped[str] = agency_column()
    survey_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    answers: Mapped[int | None]
    mean: Mapped[Decimal | None]
    texts: Mapped[list[str] | None] = _optional_json()
    reason: Mapped[str | None]


class Ticket(Base):
    """A report on its way. An anonymous one has no reporter: the database refuses to know."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint("NOT (anonymous AND reporter_id IS NOT NULL)", name="anonymous_has_no_reporter"),
        CheckConstraint("kind = 'PERSONAL' OR unit_id IS NOT NULL", name="place_has_a_unit"),
        CheckConstraint("(state IN ('RESOLVED', 'REFERRED')) = (closed_at IS NOT NULL)", name="closed_has_a_time"),
        CheckConstraint("(state = 'REFERRED') = (referral IS NOT NULL)", name="referred_has_a_place"),
        UniqueConstraint("agency_id", "code_digest"),
        Index("ix_ticket_listing", "agency_id", "kind", "received_at", "ticket_id"),
        Index(
            "uq_ticket_measured_place",
            *("agency_id", "unit_id", "place", "category"),
            unique=True,
            postgresql_where=text("kind = 'ENVIRONMENT' AND state NOT IN ('RESOLVED', 'REFERRED')"),
        ),
    )
    ticket_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    kind: Mapped[str]
    category: Mapped[str]
    danger: Mapped[bool]
    unit_id: Mapped[UUID | None]
    place: Mapped[str]
    description: Mapped[str]
    anonymous: Mapped[bool]
    reporter_id: Mapped[UUID | None]
    code_digest: Mapped[str | None]
    state: Mapped[str]
    owner_id: Mapped[UUID | None]
    referral: Mapped[str | None]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    due_rule: Mapped[str]
    escalated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    released: Mapped[bool] = mapped_column(default=True)


class Officer(Base):
    """Who has opened a list of reports as an officer, and on which day last: whom an alarm can reach."""

    __tablename__ = "officer"
    __table_args__ = (PrimaryKeyConstraint("agency_id", "employee_id"),)
    agency_id: Mapped[str] = agency_column()
    employee_id: Mapped[UUID]
    seen_on: Mapped[date]


class TicketSubject(Base):
    """Who or which unit a personal case reports, as far as the reporter or the handler knew."""

    __tablename__ = "ticket_subject"
    subject_id: Mapped[UUID] = _unordered_id()
    agency_id: Mapped[str] = agency_column()
    ticket_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str]
    employee_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]


class TicketExclusion(Base):
    """Who must not see a case. Stored from the day it was found, though people move on."""

    __tablename__ = "ticket_exclusion"
    __table_args__ = (PrimaryKeyConstraint("ticket_id", "employee_id"),)
    agency_id: Mapped[str] = agency_column()
    ticket_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    reason: Mapped[str]


class TicketEntry(Base):
    """What happened to a ticket, in order; never changed. The reporter is no actor here, named or not."""

    __tablename__ = "ticket_entry"
    entry_id: Mapped[UUID] = _unordered_id()
    number: Mapped[int] = mapped_column(Identity(always=True))
    agency_id: Mapped[str] = agency_column()
    ticket_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    action: Mapped[str]
    state: Mapped[str]
    actor_id: Mapped[UUID | None]
    note: Mapped[str]


class TicketMessage(Base):
    """Between reporter and handler, numbered by ticket. By day: an hour could be matched with who was at a desk."""

    __tablename__ = "ticket_message"
    message_id: Mapped[UUID] = _unordered_id()
    number: Mapped[int] = mapped_column(Identity())
    agency_id: Mapped[str] = agency_column()
    ticket_id: Mapped[UUID] = mapped_column(index=True)
    written_on: Mapped[date]
    from_reporter: Mapped[bool]
    text: Mapped[str]


class Measurement(Base):
    """A measured value with the limits it was compared with, so that the finding can be recomputed."""

    __tablename__ = "measurement"
    measurement_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    unit_id: Mapped[UUID]
    place: Mapped[str]
    measure: Mapped[str]
    value: Mapped[Decimal]
    measured_on: Mapped[date]
    finding: Mapped[str]
    lowest: Mapped[Decimal | None]
    highest: Mapped[Decimal | None]
    source: Mapped[str]
    verified: Mapped[bool]
    reference_version: Mapped[str]
    ticket_id: Mapped[UUID | None] = mapped_column(index=True)
    measured_by: Mapped[UUID]


class Programme(Base):
    __tablename__ = "programme"
    programme_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str]


class ProgrammeSession(Base):
    __tablename__ = "programme_session"
    __table_args__ = (
        ForeignKeyConstraint(["programme_id"], ["programme.programme_id"]),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
    )
    session_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    programme_id: Mapped[UUID] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    seats: Mapped[int]


class Enrolment(Base):
    __tablename__ = "enrolment"
    __table_args__ = (
        ForeignKeyConstraint(["session_id"], ["programme_session.session_id"]),
        Index(
            "uq_enrolment_live", "session_id", "employee_id", unique=True, postgresql_where=text("state <> 'CANCELLED'")
        ),
    )
    enrolment_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    session_id: Mapped[UUID]
    employee_id: Mapped[UUID] = mapped_column(index=True)
    unit_id: Mapped[UUID | None]
    state: Mapped[str]


class CheckUp(Base):
    """That a medical check-up was done, and when; the newest row of a year counts. There is no room for a result."""

    __tablename__ = "check_up"
    __table_args__ = (
        CheckConstraint("done = (done_on IS NOT NULL)", name="done_has_a_day"),
        Index("ix_check_up_person", "agency_id", "employee_id", "year"),
    )
    check_up_id: Mapped[UUID] = _id()
    number: Mapped[int] = mapped_column(Identity(always=True))
    agency_id: Mapped[str] = agency_column()
    employee_id: Mapped[UUID]
    year: Mapped[int]
    done: Mapped[bool]
    done_on: Mapped[date | None]


class WorkingArrangement(Base):
    """A request to work at another place or time, and what was decided; the weekly hours stay due."""

    __tablename__ = "working_arrangement"
    __table_args__ = (CheckConstraint("begins_on <= ends_on", name="ends_after_begin"),)
    arrangement_id: Mapped[UUID] = _id()
    agency_id: Mapped[str] = agency_column()
    employee_id: Mapped[UUID] = mapped_column(index=True)
    flexibility: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str]
    weekly_hours: Mapped[Decimal]
    reference_version: Mapped[str]
    decided_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)
