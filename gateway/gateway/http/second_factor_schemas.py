"""What comes in about second factors."""

from typing import Any

from marshmallow import fields, validate

from chassis.http import Schema

LONGEST_CODE = 20


def code_of_factor(**options: Any) -> fields.String:
    """Six digits of an authenticator app, or a recovery code."""
    metadata = {"description": "of the authenticator app, or a recovery code", "example": "492039"}
    return fields.String(validate=validate.Length(0, LONGEST_CODE), metadata=metadata, **options)


class SecondFactorIn(Schema):
    password = fields.String(required=True, metadata={"format": "password"})
    one_time_code = code_of_factor(load_default="")


class ConfirmationIn(Schema):
    one_time_code = code_of_factor(required=True)
