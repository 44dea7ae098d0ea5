"""What comes in with a rule, or with an extension of a rating window."""

import marshmallow as ma

from appraisal.http.fields import calendar_year, optional_quarter
from chassis.http import Schema
from chassis.http.fields import text


class RuleIn(Schema):
    effective_from = ma.fields.Date(required=True)
    value = ma.fields.Dict(keys=ma.fields.String(), required=True)
    legal_source = text(longest=1000)
    verified = ma.fields.Boolean(required=True)
    reason = text(longest=2000)


class ExtensionIn(Schema):
    year = calendar_year()
    quarter = optional_quarter()
    closes_on = ma.fields.Date(required=True)
    reason = text(longest=2000)
