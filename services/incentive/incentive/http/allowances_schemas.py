"""Requests about what people and units were granted."""

import marshmallow as ma

from chassis.http import Schema
from incentive.http.fields import Month


class UnitQuery(Schema):
    unit_id = ma.fields.UUID(required=True)
    month = Month(required=True)
