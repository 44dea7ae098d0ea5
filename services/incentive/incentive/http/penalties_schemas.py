"""Requests about discipline penalties."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http.fields import choice, text
from incentive.domain.values import PenaltyLevel
from incentive.http.fields import Month, percent


class PenaltyIn(ProposedIn):
    employee_id = ma.fields.UUID(required=True)
    level = choice(PenaltyLevel)
    from_month = Month(required=True)
    months = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 120))
    percent = percent(metadata={"description": "off the allowance; 25 for a moderate penalty, else 0"})
    letter_number = text(100)
    legal_source = text(300, load_default="PP 94/2021")


class RevocationIn(ProposedIn):
    letter_number = text(100)
