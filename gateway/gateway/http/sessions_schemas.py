"""What comes in about sign-in and sessions. Passwords have no further checks here, so that none is echoed."""

from marshmallow import fields, validate

from chassis.http import Schema
from gateway.http.fields import AGENCY_ID
from gateway.http.second_factor_schemas import code_of_factor


class SignInIn(Schema):
    username = fields.String(
        required=True, validate=validate.Length(1, 254), metadata={"description": "NIP or e-mail address"}
    )
    password = fields.String(required=True, metadata={"format": "password"})
    agency_id = fields.String(
        validate=validate.Regexp(AGENCY_ID),
        load_default=None,
        metadata={
            "description": "which agency, for who is known at several with this password; left out: where they serve, "
            "and `agency_needed` with a value of `errors` for each, where that is more than one"
        },
    )
    one_time_code = code_of_factor(load_default="")


class RedeemIn(Schema):
    code = fields.String(required=True, metadata={"example": "7K2M-9QXA-4TZP"})
    password = fields.String(required=True, metadata={"format": "password"})
    one_time_code = code_of_factor(load_default="")


class PasswordIn(Schema):
    old_password = fields.String(required=True, metadata={"format": "password"})
    new_password = fields.String(required=True, metadata={"format": "password"})
