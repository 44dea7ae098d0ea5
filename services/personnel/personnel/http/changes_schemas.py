"""What comes in to change people."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import text
from personnel.http.fields import day, email_address

_RECORDED_BY = {
    "status": "status",
    "employment_type": "employment-type",
    "grade": "grade",
    "grade_since": "grade",
    "effective_from": "status, …/employment-type atau …/grade",
}


class EmployeePatch(Schema):
    name = text(200, required=False)
    email = email_address(allow_none=True)
    service_start = day()
    reason = text(500)

    @ma.pre_load
    def _name_the_route(self, data: Any, **_: object) -> Any:
        """Refuse what holds from a day, and say where it is recorded."""
        if isinstance(data, Mapping):
            moved = {name: [f"Catat dengan POST …/{_RECORDED_BY[name]}."] for name in data if name in _RECORDED_BY}
            if moved:
                raise ma.ValidationError(moved)
        return data


class IdentifierIn(Schema):
    value = text(40)
    valid_from = day(required=True)
    reason = text(500)
