"""Request fields and schemas of training's own: codes, years, levels, and for whom a request is."""

from typing import Any

import marshmallow as ma
from flask_smorest.fields import Upload

from chassis.http import Schema
from chassis.http.fields import code, optional_text, text
from training.domain.competency import HIGHEST_LEVEL, LOWEST_LEVEL

CATALOGUE_CODE = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}$"
COMPETENCY_CODE = r"^[a-z][a-z0-9_]{1,59}$"
YEARS = ma.validate.Range(1900, 2200)
LEVELS = ma.validate.Range(LOWEST_LEVEL, HIGHEST_LEVEL)


def competency_code() -> ma.fields.String:
    return code(COMPETENCY_CODE)


def competency_codes() -> ma.fields.Field[Any]:
    return Codes(competency_code(), load_default=(), validate=ma.validate.Length(max=50))


def optional_number(lowest: int, highest: int, **options: Any) -> ma.fields.Integer:
    """A whole number, or null, or nothing."""
    return ma.fields.Integer(load_default=None, allow_none=True, validate=ma.validate.Range(lowest, highest), **options)


def optional_day(**options: Any) -> ma.fields.Date:
    """A day, or null, or nothing."""
    return ma.fields.Date(load_default=None, allow_none=True, **options)


def query_year() -> ma.fields.Integer:
    return ma.fields.Integer(load_default=None, validate=YEARS)


class Codes(ma.fields.List[Any]):
    """A list loaded as a tuple, as commands hold it."""

    def _deserialize(self, *args: Any, **options: Any) -> Any:
        return tuple(super()._deserialize(*args, **options))


class ForPersonIn(Schema):
    """For whom; without it for oneself."""

    employee_id = ma.fields.UUID(load_default=None, allow_none=True)


class MoveReasonIn(Schema):
    reason = text(1000)


class NoteIn(Schema):
    note = optional_text(1000)


class ImportFile(Schema):
    file = Upload(required=True, metadata={"description": "CSV, UTF-8"})
