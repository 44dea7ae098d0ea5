"""Requests and answers about accounts."""

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


class AccountOut(Schema):
    account_id = fields.UUID(required=True)
    agency_id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    employee_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(["INVITED", "ACTIVE", "DISABLED", "CLOSED"]))
    must_change_password = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)


class RowOutcomeOut(Schema):
    row = fields.Integer(required=True, metadata={"description": "place in the list sent, from 0"})
    username = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["CREATED", "EXISTS", "REFUSED"]))
    account_id = fields.UUID(required=True, allow_none=True)
    activation_code = fields.String(
        required=True, allow_none=True, metadata={"description": "shown this once; hand it to the person"}
    )
    code = fields.String(required=True, allow_none=True, metadata={"description": "why the row was refused"})
    expected = fields.String(
        required=True, allow_none=True, metadata={"description": "in Indonesian: what would be right"}
    )


class NewAccountsOut(Schema):
    items = fields.List(fields.Nested(RowOutcomeOut), required=True)


class IssuedCodeOut(Schema):
    account_id = fields.UUID(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(["ACTIVATION", "RESET"]))
    code = fields.String(required=True, metadata={"description": "shown this once; hand it to the person"})
    expires_at = fields.AwareDateTime(required=True)
