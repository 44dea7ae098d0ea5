"""What comes in about accounts."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from chassis.http import PageQuery, Schema
from gateway.http.fields import LONGEST_NAME, named_agency


class NewAccountIn(Schema):
    username = fields.String(required=True, validate=validate.Length(1, 254))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(
        fields.String(),
        validate=validate.Length(1, 10),
        metadata={"description": "left out: employee, or external_official with official_id"},
    )
    employee_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    official_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "an official from outside, as personnel lists them; signs in with an e-mail address"},
    )

    @validates_schema
    def check_person(self, data: dict[str, Any], **_options: object) -> None:
        if data["official_id"] and (data["employee_id"] or data["unit_id"]):
            raise ValidationError("official_id atau employee_id dan unit_id, tidak keduanya", "official_id")

    @post_load
    def complete(self, data: dict[str, Any], **_options: object) -> dict[str, Any]:
        default = ["external_official" if data["official_id"] else "employee"]
        return {**data, "roles": tuple(data.get("roles", default))}


class UnmatchedQuery(PageQuery):
    agency_id = named_agency()


class NewAccountsIn(Schema):
    agency_id = named_agency()
    accounts = fields.List(fields.Nested(NewAccountIn), required=True, validate=validate.Length(1, 1000))


class AccountsQuery(PageQuery):
    agency_id = named_agency()
    username = fields.String(load_default=None, validate=validate.Length(1, 254))
    employee_id = fields.UUID(load_default=None)
    official_id = fields.UUID(load_default=None)
    role = fields.String(load_default=None, validate=validate.Length(1, 40))


class AccountChangeIn(Schema):
    name = fields.String(validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), validate=validate.Length(1, 10))
    employee_id = fields.UUID(allow_none=True)
    unit_id = fields.UUID(allow_none=True)
    disabled = fields.Boolean()
    must_change_password = fields.Boolean()
