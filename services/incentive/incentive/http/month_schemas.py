"""Shapes of what goes into a month: attendance, penalties, circumstances."""

import marshmallow as ma
from marshmallow import fields as f

from chassis.http import Schema
from incentive.domain.values import CircumstanceKind, PenaltyLevel, StudyLevel
from incentive.http.fields import Figure, Month, choice, percent, words
from incentive.http.policy_schemas import CODES


class CountIn(Schema):
    employee_id = f.UUID(required=True)
    code = f.String(required=True, validate=CODES)
    count = f.Integer(required=True, validate=ma.validate.Range(0, 999))


class AttendanceIn(Schema):
    month = Month(required=True)
    items = f.List(f.Nested(CountIn), required=True, validate=ma.validate.Length(1, 1000))


class ReceivedOut(Schema):
    received = f.Integer(required=True)
    changed = f.Integer(required=True, metadata={"description": "how many differ from what was known"})


class CountOut(Schema):
    month = f.String(required=True)
    code = f.String(required=True)
    revision = f.Integer(required=True)
    count = f.Integer(required=True)
    source = f.String(required=True)
    entered_by = f.UUID(required=True, allow_none=True)
    entered_at = f.DateTime(required=True)


class CountsOut(Schema):
    items = f.List(f.Nested(CountOut), required=True)


class PenaltyIn(Schema):
    employee_id = f.UUID(required=True)
    level = choice(PenaltyLevel)
    from_month = Month(required=True)
    months = f.Integer(required=True, validate=ma.validate.Range(1, 120))
    percent = percent(metadata={"description": "off the allowance; 25 for a moderate penalty, else 0"})
    letter_number = words(100)
    legal_source = words(300, load_default="PP 94/2021")


class RevocationIn(Schema):
    letter_number = words(100)


class PenaltyOut(Schema):
    id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    level = f.String(required=True)
    percent = Figure()
    from_month = f.String(required=True)
    to_month = f.String(required=True)
    letter_number = f.String(required=True)
    legal_source = f.String(required=True)
    entered_by = f.UUID(required=True)
    entered_at = f.DateTime(required=True)
    revoked_at = f.DateTime(required=True, allow_none=True)
    revocation_letter = f.String(required=True, allow_none=True)


class PenaltiesOut(Schema):
    items = f.List(f.Nested(PenaltyOut), required=True)


class CircumstanceIn(Schema):
    employee_id = f.UUID(required=True)
    kind = choice(CircumstanceKind)
    from_month = Month(required=True)
    to_month = Month(load_default=None, allow_none=True)
    study_level = choice(StudyLevel, load_default=None, allow_none=True)
    extension = f.Boolean(load_default=False)
    reference = words(200)


class CircumstanceOut(Schema):
    id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    kind = f.String(required=True)
    from_month = f.String(required=True)
    to_month = f.String(required=True, allow_none=True)
    study_level = f.String(required=True, allow_none=True)
    extension = f.Boolean(required=True)
    reference = f.String(required=True)
    entered_at = f.DateTime(required=True)
    voided_at = f.DateTime(required=True, allow_none=True)


class CircumstancesOut(Schema):
    items = f.List(f.Nested(CircumstanceOut), required=True)
