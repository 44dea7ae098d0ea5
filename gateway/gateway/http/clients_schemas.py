"""Requests and answers about API clients."""

from marshmallow import fields, validate

from chassis.http import PageQuery, Schema
from gateway.http.fields import LONGEST_NAME, named_agency


class NewClientIn(Schema):
    agency_id = named_agency()
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), load_default=lambda: ["subscriber"], validate=validate.Length(1, 5))


class ClientsQuery(PageQuery):
    agency_id = named_agency()


class RotateIn(Schema):
    keep_old_hours = fields.Integer(
        load_default=0, validate=validate.Range(0, 168), metadata={"description": "how long the old secret stays good"}
    )


class TokenForm(Schema):
    grant_type = fields.String(required=True, validate=validate.OneOf(["client_credentials"]))
    client_id = fields.UUID(required=True)
    client_secret = fields.String(required=True, metadata={"format": "password"})


class ClientOut(Schema):
    client_id = fields.UUID(required=True)
    agency_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(["ACTIVE", "REVOKED"]))
    created_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)


class ClientSecretOut(Schema):
    client = fields.Nested(ClientOut, required=True)
    client_secret = fields.String(required=True, metadata={"description": "shown this once"})
    old_secret_until = fields.AwareDateTime(required=True, allow_none=True)


class TokenOut(Schema):
    access_token = fields.String(required=True)
    token_type = fields.Constant("Bearer", required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})
