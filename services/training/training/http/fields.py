"""Fields that several schemas share."""

from typing import Any

import marshmallow as ma

from chassis.http import Schema

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}$"
COMPETENCY = r"^[a-z][a-z0-9_]{1,59}$"
LINK = r"^https?://[^\s]{3,990}$"
YEARS = ma.validate.Range(1900, 2200)
LEVELS = ma.validate.Range(1, 5)


def words(longest: int = 300, **options: Any) -> ma.fields.String:
    """Text that says something; required unless options tell otherwise."""
    shortest = 0 if "load_default" in options and options["load_default"] == "" else 1
    options.setdefault("required", "load_default" not in options)
    return ma.fields.String(validate=ma.validate.Length(shortest, longest), **options)


def code(pattern: str = CODE, **options: Any) -> ma.fields.String:
    options.setdefault("required", "load_default" not in options)
    return ma.fields.String(validate=ma.validate.Regexp(pattern), **options)


def codes() -> ma.fields.List[Any]:
    return ma.fields.List(code(COMPETENCY), load_default=list, validate=ma.validate.Length(max=50))


def link(**options: Any) -> ma.fields.String:
    return code(LINK, metadata={"description": "http(s) address of the file or page"}, **options)


class SomePerson(Schema):
    """For whom; without it for oneself."""

    employee_id = ma.fields.UUID(load_default=None, allow_none=True)


class Reason(Schema):
    reason = words(1000)


class Note(Schema):
    note = words(1000, load_default="")
