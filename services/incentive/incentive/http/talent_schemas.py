"""Requests about talent."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import Schema
from chassis.http.fields import choice, text
from incentive.domain.talent import Potential
from incentive.http.fields import YEARS


class TalentIn(ProposedIn):
    year = ma.fields.Integer(required=True, validate=YEARS)
    potential = choice(Potential)
    reference = text(200)


class TalentQuery(Schema):
    year = ma.fields.Integer(required=True, validate=YEARS)
