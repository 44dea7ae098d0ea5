"""What comes in about programmes and check-ups. Unknown fields are refused: there is no room for a result."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, optional_text
from wellbeing.domain.programme import ProgrammeKind
from wellbeing.http.fields import name


class ProgrammeIn(Schema):
    name = name()
    kind = choice(ProgrammeKind)
    description = optional_text()


class SessionIn(Schema):
    starts_at = ma.fields.AwareDateTime(required=True)
    ends_at = ma.fields.AwareDateTime(required=True)
    place = name()
    seats = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1, 10_000))


class AttendanceIn(Schema):
    present = ma.fields.Boolean(required=True)


class CheckUpIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    year = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(2000, 2200))
    done = ma.fields.Boolean(required=True)
    done_on = ma.fields.Date(load_default=None, allow_none=True)
