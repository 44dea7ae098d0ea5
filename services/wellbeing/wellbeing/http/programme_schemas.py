"""Programmes, check-ups, counts and flexible working. Unknown fields are refused: there is no room for a result."""

import marshmallow as ma

from chassis.http import Schema
from wellbeing.domain.programmes import ProgrammeKind
from wellbeing.domain.working_hours import ArrangementState, Flexibility

f, v = ma.fields, ma.validate
NAME = v.Length(1, 200)
TEXT = v.Length(1, 8000)
SLUG = v.Regexp(r"^[a-z][a-z0-9-]{1,40}\Z")
MANY = v.Length(max=200)


class ProgrammeIn(Schema):
    name = f.String(required=True, validate=NAME)
    kind = f.Enum(ProgrammeKind, required=True)
    description = f.String(load_default="", validate=v.Length(max=4000))


class SessionIn(Schema):
    starts_at = f.AwareDateTime(required=True)
    ends_at = f.AwareDateTime(required=True)
    place = f.String(required=True, validate=NAME)
    seats = f.Integer(required=True, strict=True, validate=v.Range(1, 10_000))


class SessionOut(Schema):
    session_id = f.UUID(required=True)
    starts_at = f.AwareDateTime(required=True)
    ends_at = f.AwareDateTime(required=True)
    place = f.String(required=True)
    seats = f.Integer(required=True)
    seats_left = f.Integer(required=True)


class ProgrammeOut(Schema):
    programme_id = f.UUID(required=True)
    name = f.String(required=True)
    kind = f.String(required=True)
    description = f.String(required=True)
    sessions = f.List(f.Nested(SessionOut), required=True)


class EnrolmentOut(Schema):
    enrolment_id = f.UUID(required=True)
    session_id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    state = f.String(required=True)


class EnrolmentsOut(Schema):
    items = f.List(f.Nested(EnrolmentOut), required=True)


class AttendanceIn(Schema):
    present = f.Boolean(required=True)


class CheckUpIn(Schema):
    employee_id = f.UUID(required=True)
    year = f.Integer(required=True, strict=True, validate=v.Range(2000, 2200))
    done = f.Boolean(required=True)
    done_on = f.Date(load_default=None, allow_none=True)


class CheckUpOut(Schema):
    employee_id = f.UUID(required=True)
    year = f.Integer(required=True)
    done = f.Boolean(required=True)
    done_on = f.Date(required=True, allow_none=True)


class YearArgs(Schema):
    year = f.Integer(required=True, validate=v.Range(2000, 2200))


class SummaryArgs(YearArgs):
    unit_id = f.UUID(load_default=None)


class CountOut(Schema):
    count = f.Integer(required=True, allow_none=True)
    reason = f.String(required=True, allow_none=True)


class SummaryOut(Schema):
    unit_id = f.UUID(required=True, allow_none=True)
    year = f.Integer(required=True)
    counted_until = f.AwareDateTime(required=True)
    conditions = f.Dict(keys=f.String(), values=f.Integer(), required=True)
    programme_participants = f.Nested(CountOut, required=True)
    personal_cases = f.Nested(CountOut, required=True)
    minimum = f.Integer(required=True)
    anonymity_version = f.String(required=True)


class ArrangementIn(Schema):
    flexibility = f.Enum(Flexibility, required=True)
    begins_on = f.Date(required=True)
    ends_on = f.Date(required=True)


class DecisionIn(Schema):
    decision = f.Enum(
        ArrangementState,
        required=True,
        validate=v.NoneOf([ArrangementState.REQUESTED]),
        metadata={"description": "APPROVED or REJECTED by the appraiser, WITHDRAWN by the person"},
    )


class ArrangementOut(Schema):
    arrangement_id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    flexibility = f.String(required=True)
    begins_on = f.Date(required=True)
    ends_on = f.Date(required=True)
    state = f.String(required=True)
    weekly_hours = f.Decimal(required=True, as_string=True)
    reference_version = f.String(required=True)
    version = f.Integer(required=True)
