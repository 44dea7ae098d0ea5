"""What comes in about personal cases."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, optional_text
from wellbeing.domain.ticket import PersonalCategory
from wellbeing.http.fields import LONGEST_NAME, LONGEST_REPORT, MOST_REPORTED, ids


class CaseIn(Schema):
    category = choice(PersonalCategory)
    description = ma.fields.String(required=True, validate=ma.validate.Length(1, LONGEST_REPORT))
    danger = ma.fields.Boolean(load_default=False)
    place = optional_text(LONGEST_NAME)
    reported_employee_ids = ids(MOST_REPORTED)
    reported_unit_ids = ids(MOST_REPORTED)
    keep_out_employee_ids = ids(MOST_REPORTED, metadata={"description": "who must not handle it"})


class HandOverIn(Schema):
    employee_id = ma.fields.UUID(required=True)


class ReportedIn(Schema):
    employee_ids = ids(MOST_REPORTED)
    unit_ids = ids(MOST_REPORTED)

    @ma.validates_schema
    def _somebody(self, data: Mapping[str, Any], **_: object) -> None:
        if not (data.get("employee_ids") or data.get("unit_ids")):
            raise ma.ValidationError("Isi sedikitnya satu pegawai atau satu unit.", "employee_ids")
