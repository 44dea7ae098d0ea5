"""Fields that several resources of identity share."""

from marshmallow import fields, validate

LONGEST_NAME = 200
AGENCY_ID = r"^[a-z][a-z0-9-]{1,40}$"


def named_agency() -> fields.String:
    return fields.String(
        validate=validate.Regexp(AGENCY_ID),
        load_default=None,
        metadata={"description": "only an operator may name another agency than their own"},
    )
