"""What comes in about sign-in and sessions. Passwords have no further checks here, so that none is echoed."""

from marshmallow import fields, validate

from chassis.http import Schema


class SignInIn(Schema):
    username = fields.String(
        required=True, validate=validate.Length(1, 254), metadata={"description": "NIP or e-mail address"}
    )
    password = fields.String(required=True, metadata={"format": "password"})


class RedeemIn(Schema):
    code = fields.String(required=True, metadata={"example": "7K2M-9QXA-4TZP"})
    password = fields.String(required=True, metadata={"format": "password"})


class PasswordIn(Schema):
    old_password = fields.String(required=True, metadata={"format": "password"})
    new_password = fields.String(required=True, metadata={"format": "password"})
