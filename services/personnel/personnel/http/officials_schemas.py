"""What comes in about officials from outside."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import text
from personnel.http.fields import day, email_address


class OfficialsQuery(PageQuery):
    name = ma.fields.String(validate=ma.validate.Length(1, 100), metadata={"description": "a part of the name"})
    on = day(metadata={"description": "in office on this day"})


class OfficialIn(Schema):
    name = text(200)
    office = text(200, metadata={"description": "the office held, such as Gubernur"})
    institution = text(200)
    email = email_address(load_default=None, allow_none=True)
    first_day = day(required=True)
    last_day = day(load_default=None, allow_none=True)


class OfficialPatch(Schema):
    name = text(200, required=False)
    office = text(200, required=False)
    institution = text(200, required=False)
    email = email_address(allow_none=True)
    first_day = day()
    last_day = day(allow_none=True)
