"""Fields that several resources of identity share."""

import re

from marshmallow import fields, validate

LONGEST_NAME = 200
AGENCY_ID = r"^[a-z][a-z0-9-]{1,40}$"


def named_agency() -> fields.String:
    return fields.String(
        validate=validate.Regexp(AGENCY_ID),
        load_default=None,
        metadata={"description": "only an operator may name another agency than their own"},
    )


def agency_in(body: object) -> str | None:
    """Return the agency that a body names which has not been validated yet, or None."""
    named = body.get("agency_id") if isinstance(body, dict) else None
    return named if isinstance(named, str) and re.match(AGENCY_ID, named) else None
