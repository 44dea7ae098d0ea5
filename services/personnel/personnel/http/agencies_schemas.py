"""What comes in about agencies."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, text
from personnel.domain.values import TimeZone


class AgencyIn(Schema):
    id = ma.fields.String(
        required=True,
        validate=ma.validate.Regexp(r"^[a-z][a-z0-9-]{1,40}$"),
        metadata={"description": "slug, such as kemcontoh"},
    )
    name = text(200)
    time_zone = choice(TimeZone)


class AgencyPatch(Schema):
    name = text(200, required=False)
    time_zone = choice(TimeZone, required=False)
