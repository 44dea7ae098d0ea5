"""Requests about awards."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import PageQuery, Schema
from chassis.http.fields import code, text
from incentive.http.fields import CODE, YEARS, Day


class AwardIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    kind = code(CODE)
    year = ma.fields.Integer(required=True, validate=YEARS)
    evaluation_id = ma.fields.UUID(required=True, metadata={"description": "the final evaluation it rests on"})
    reason = text(1000)


class AwardDecisionIn(ProposedIn):
    granted = ma.fields.Boolean(required=True)
    decision_number = text(100, load_default=None, allow_none=True)
    decided_on = Day(required=True)


class AwardRevocationIn(ProposedIn):
    decision_number = text(100)
    decided_on = Day(required=True)
    reason = text(1000)


class AwardsQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
