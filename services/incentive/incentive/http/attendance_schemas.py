"""Requests about attendance."""

import marshmallow as ma

from chassis.http import Schema
from incentive.http.fields import COUNTS, Month, attendance_code


class CountIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    code = attendance_code()
    count = ma.fields.Integer(required=True, validate=COUNTS)


class AttendanceIn(Schema):
    month = Month(required=True)
    items = ma.fields.List(ma.fields.Nested(CountIn), required=True, validate=ma.validate.Length(1, 1000))
