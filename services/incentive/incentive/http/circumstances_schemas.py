"""Requests about circumstances."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, optional_choice, text
from incentive.domain.values import CircumstanceKind, StudyLevel
from incentive.http.fields import Month


class CircumstanceIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    kind = choice(CircumstanceKind)
    from_month = Month(required=True)
    to_month = Month(load_default=None, allow_none=True)
    study_level = optional_choice(StudyLevel)
    extension = ma.fields.Boolean(load_default=False)
    reference = text(200)
