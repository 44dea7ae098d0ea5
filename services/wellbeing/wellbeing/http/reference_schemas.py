"""Reference data and holidays, as they come in and go out."""

import marshmallow as ma

from chassis.http import Schema

f, v = ma.fields, ma.validate
NAME = v.Length(1, 200)
TEXT = v.Length(1, 8000)
SLUG = v.Regexp(r"^[a-z][a-z0-9-]{1,40}\Z")
MANY = v.Length(max=200)


class ReferenceArgs(Schema):
    on = f.Date(load_default=None, metadata={"description": "without it: today"})


class ReferenceIn(Schema):
    valid_from = f.Date(required=True)
    body = f.Dict(keys=f.String(), required=True)
    source = f.String(required=True, validate=v.Length(1, 500))
    verified = f.Boolean(required=True)


class ReferenceOut(Schema):
    kind = f.String(required=True)
    valid_from = f.Date(required=True)
    version = f.String(required=True)
    body = f.Dict(keys=f.String(), required=True)
    source = f.String(required=True)
    verified = f.Boolean(required=True)


class HolidayItem(Schema):
    day = f.Date(required=True)
    name = f.String(required=True, validate=NAME)
    source = f.String(required=True, validate=v.Length(1, 500))


class HolidaysIn(Schema):
    items = f.List(f.Nested(HolidayItem), required=True, validate=v.Length(max=400))
    removed = f.List(f.Date(), load_default=list, validate=v.Length(max=400))


class HolidaysOut(Schema):
    items = f.List(f.Nested(HolidayItem), required=True)
