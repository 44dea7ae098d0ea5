"""What comes in about accounts."""

from marshmallow import fields, validate

from chassis.http import PageQuery, Schema
from gateway.http.fields import LONGEST_NAME, named_agency


class NewAccountIn(Schema):
    username = fields.String(required=True, validate=validate.Length(1, 254))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), load_default=lambda: ["employee"], validate=validate.Length(1, 10))
    employee_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class NewAccountsIn(Schema):
    agency_id = named_agency()
    accounts = fields.List(fields.Nested(NewAccountIn), required=True, validate=validate.Length(1, 1000))


class AccountsQuery(PageQuery):
    agency_id = named_agency()
    username = fields.String(load_default=None, validate=validate.Length(1, 254))
    employee_id = fields.UUID(load_default=None)
    role = fields.String(load_default=None, validate=validate.Length(1, 40))


class AccountChangeIn(Schema):
    name = fields.String(validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), validate=validate.Length(1, 10))
    employee_id = fields.UUID(allow_none=True)
    unit_id = fields.UUID(allow_none=True)
    disabled = fields.Boolean()
    must_change_password = fields.Boolean()
