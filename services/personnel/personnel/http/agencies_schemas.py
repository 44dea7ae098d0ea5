"""What comes in about agencies."""

import re

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, text
from personnel.domain.values import HIGHEST_JOB_CLASS, LOWEST_JOB_CLASS, TimeZone

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
    highest_job_class = ma.fields.Integer(
        strict=True,
        validate=ma.validate.Range(LOWEST_JOB_CLASS, HIGHEST_JOB_CLASS),
        metadata={"description": "of the agency's positions; 17 until it is set"},
    )
