"""What comes in about the rules about accounts."""

from marshmallow import fields, validate

from chassis.http import Schema
from chassis.http.fields import text
from gateway.domain.account_rules import LONGEST_DAYS


def _days() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(0, LONGEST_DAYS))


class AccountRuleIn(Schema):
    valid_from = fields.Date(required=True)
    retired_days = _days()
    transferred_days = _days()
    dismissed_days = _days()
    deceased_days = _days()
    suspension_ends_roles = fields.Boolean(required=True)
    source = text(300, metadata={"description": "the regulation or decision"})
    verified = fields.Boolean(required=True)
