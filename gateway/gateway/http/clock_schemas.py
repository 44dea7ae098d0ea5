"""What comes in about business time."""

from marshmallow import fields

from chassis.http import Schema


class ClockIn(Schema):
    now = fields.AwareDateTime(required=True)
