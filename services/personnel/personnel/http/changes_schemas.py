"""What comes in to change people."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, optional_choice, text
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.values import HIGHEST_JOB_CLASS, LOWEST_JOB_CLASS
from personnel.http.fields import day


class SuperiorIn(Schema):
    superior_id = ma.fields.UUID(allow_none=True)
    superior_nip = ma.fields.String(validate=ma.validate.Length(1, 40))
    effective_from = day(required=True)
    reason = text(500)

    @ma.validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        if ("superior_id" in data) == ("superior_nip" in data):
            raise ma.ValidationError(
                "Isi salah satu: superior_id (boleh null bila tanpa atasan) atau superior_nip.", "superior_id"
            )


class AssignmentIn(Schema):
    unit_id = ma.fields.UUID(required=True)
    position_code = text(60)
    position_title = text(250)
    position_kind = choice(PositionKind)
    position_level = optional_choice(PositionLevel)
    job_class = ma.fields.Integer(
        required=True, strict=True, validate=ma.validate.Range(LOWEST_JOB_CLASS, HIGHEST_JOB_CLASS)
    )
    effective_from = day(required=True)
    reason = text(500)
    replaces_later = ma.fields.Boolean(
        load_default=True, metadata={"description": "false: fills a gap in the past, later records stay"}
    )


class EmployeePatch(Schema):
    name = text(200, required=False)
    email = ma.fields.Email(allow_none=True)
    employment_type = choice(EmploymentType, required=False)
    status = choice(EmployeeStatus, required=False)
    grade = text(10, required=False)
    grade_since = day()
    service_start = day()
    effective_from = day(metadata={"description": "since when; today if it is left out"})
    reason = text(500)


class IdentifierIn(Schema):
    value = text(40)
    valid_from = day(required=True)
    reason = text(500)
