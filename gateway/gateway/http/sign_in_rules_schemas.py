"""What comes in about the rules about signing in."""

from typing import Any

from marshmallow import fields, post_load, validate

from chassis.http import Schema
from chassis.http.fields import text
from gateway.domain.sign_in_rules import LONGEST_DAYS
from gateway.http.fields import named_agency


def _days() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(0, LONGEST_DAYS))


class SignInRulesQuery(Schema):
    agency_id = named_agency()


class SignInRuleIn(Schema):
    agency_id = named_agency()
    valid_from = fields.Date(required=True)
    officer_days_without_person = _days()
    watched_days = _days()
    source = text(300, metadata={"description": "the regulation or decision"})
    verified = fields.Boolean(required=True)
    second_factor_roles = fields.List(fields.String(), load_default=list, validate=validate.Length(0, 10))
    most_sessions = fields.Integer(load_default=20, strict=True, validate=validate.Range(1, 100))

    @post_load
    def complete(self, data: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {**data, "second_factor_roles": tuple(data["second_factor_roles"])}
