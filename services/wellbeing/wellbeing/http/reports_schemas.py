"""What comes in without a name: reports, and the codes that follow them."""

import marshmallow as ma

from chassis.http import Schema
from wellbeing.http.cases_schemas import CaseIn
from wellbeing.http.conditions_schemas import LONGEST_MESSAGE, HazardIn
from wellbeing.http.fields import agency


class AnonymousHazardIn(HazardIn):
    agency_id = agency()


class AnonymousCaseIn(CaseIn):
    agency_id = agency()


class CodeIn(Schema):
    code = ma.fields.String(required=True, validate=ma.validate.Length(1, 120))


class CodeMessageIn(CodeIn):
    text = ma.fields.String(required=True, validate=ma.validate.Length(1, LONGEST_MESSAGE))
