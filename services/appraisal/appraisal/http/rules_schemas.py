"""What comes in with the cycle of a year, or with an extension of a rating window."""

import marshmallow as ma

from appraisal.domain.values import Periodicity
from appraisal.http.fields import OnePart, calendar_year
from chassis.http import Schema
from chassis.http.fields import optional_choice, text


class ExtensionIn(OnePart):
    year = calendar_year()
    closes_on = ma.fields.Date(required=True)
    reason = text(longest=2000)


class CycleIn(Schema):
    year = calendar_year()
    periodic = optional_choice(
        Periodicity, metadata={"description": "left out: what the agency's rule CYCLE says of the year"}
    )
