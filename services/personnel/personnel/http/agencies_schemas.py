"""What comes in about agencies."""

import re

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, text
from personnel.domain.values import TimeZone

AGENCY_ID = re.compile(r"^[a-z][a-z0-9-]{1,40}$")


class AgencyIn(Schema):
    id = ma.fields.String(
        required=True, validate=ma.validate.Regexp(AGENCY_ID), metadata={"description": "slug, such as kemcontoh"}
    )
    name = text(200)
    time_zone = choice(TimeZone)


class AgencyPatch(Schema):
    name = text(200, required=False)
    time_zone = choice(TimeZone, required=False)
