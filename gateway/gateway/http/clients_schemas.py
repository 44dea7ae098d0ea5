"""What comes in about API clients."""

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
