"""Fields that only this service has."""

from typing import Any

import marshmallow as ma

from chassis.http.fields import code

LONGEST_NAME = 200
LONGEST_REPORT = 8000
MOST_UNITS = 200
MOST_REPORTED = 20


def name(**options: Any) -> ma.fields.String:
    """A short text."""
    return ma.fields.String(required=True, validate=ma.validate.Length(1, LONGEST_NAME), **options)


def agency() -> ma.fields.String:
    """The identifier of an agency, where nobody is signed in who would have one."""
    return code(r"^[a-z][a-z0-9-]{1,40}\Z")


def ids(longest: int, **options: Any) -> ma.fields.List[Any]:
    """A list of identifiers, which may be empty or left out."""
    return ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=longest), **options)
