"""What comes in about reference data, holidays and years."""

from typing import Any

import marshmallow as ma

from chassis.http import Schema
from wellbeing.domain.reference import Holiday
from wellbeing.http.fields import name


class YearQuery(Schema):
    year = ma.fields.Integer(required=True, validate=ma.validate.Range(2000, 2200))


class SummaryQuery(YearQuery):
    unit_id = ma.fields.UUID(load_default=None)


class ReferenceQuery(Schema):
    on = ma.fields.Date(load_default=None, metadata={"description": "without it: today"})


class ReferenceIn(Schema):
    valid_from = ma.fields.Date(required=True)
    body = ma.fields.Dict(keys=ma.fields.String(), required=True)
    source = ma.fields.String(required=True, validate=ma.validate.Length(1, 500))
    verified = ma.fields.Boolean(required=True)


class HolidayIn(Schema):
    day = ma.fields.Date(required=True)
    name = name()
    source = ma.fields.String(required=True, validate=ma.validate.Length(1, 500))

    @ma.post_load
    def _holiday(self, data: dict[str, Any], **_: Any) -> Holiday:
        return Holiday(**data)


class HolidaysIn(Schema):
    items = ma.fields.List(ma.fields.Nested(HolidayIn), required=True, validate=ma.validate.Length(max=400))
    removed = ma.fields.List(ma.fields.Date(), load_default=list, validate=ma.validate.Length(max=400))
