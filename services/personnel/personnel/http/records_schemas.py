"""What comes in to be recorded of people."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_choice, text
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.records import Cause, Series
from personnel.domain.values import HIGHEST_JOB_CLASS, LOWEST_JOB_CLASS
from personnel.http.fields import day

MOST_PAIRS = 500


class RecordingIn(Schema):
    effective_from = day(required=True, metadata={"description": "the first day: past, today or to come"})
    cause = choice(
        Cause,
        load_default=Cause.CHANGE,
        metadata={"description": "CHANGE: it happened on that day; CORRECTION: the earlier record was wrong"},
    )
    decision_number = text(100, load_default=None, allow_none=True)
    reason = text(500)
    replaces_later = ma.fields.Boolean(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "true: sets aside what was recorded for days from then until today; false: fills a gap in "
            "the past; left out: true for a correction"
        },
    )


class SuperiorIn(RecordingIn):
    superior_id = ma.fields.UUID(allow_none=True)
    superior_nip = ma.fields.String(validate=ma.validate.Length(1, 40))

    @ma.validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        _require_one_superior(data)


class SuperiorPairIn(Schema):
    employee_id = ma.fields.UUID()
    employee_nip = ma.fields.String(validate=ma.validate.Length(1, 40))
    superior_id = ma.fields.UUID(allow_none=True)
    superior_nip = ma.fields.String(validate=ma.validate.Length(1, 40))
    expected_version = ma.fields.Integer(strict=True, metadata={"description": "left out: whichever there is"})

    @ma.validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        if ("employee_id" in data) == ("employee_nip" in data):
            raise ma.ValidationError("Isi salah satu: employee_id atau employee_nip.", "employee_id")
        _require_one_superior(data)


class SuperiorsIn(RecordingIn):
    items = ma.fields.List(ma.fields.Nested(SuperiorPairIn), required=True, validate=ma.validate.Length(1, MOST_PAIRS))


class AssignmentIn(RecordingIn):
    unit_id = ma.fields.UUID(required=True)
    position_code = text(60)
    position_title = text(250)
    position_kind = choice(PositionKind)
    position_level = optional_choice(PositionLevel)
    job_class = ma.fields.Integer(
        required=True,
        strict=True,
        validate=ma.validate.Range(LOWEST_JOB_CLASS, HIGHEST_JOB_CLASS),
        metadata={"description": "up to the highest of the agency"},
    )


class StatusIn(RecordingIn):
    status = choice(EmployeeStatus)
    until = day(
        load_default=None,
        allow_none=True,
        metadata={"description": "the last day, where it is known; what held before follows on the next"},
    )


class EmploymentTypeIn(RecordingIn):
    employment_type = choice(EmploymentType)
    grade = text(10, load_default=None, allow_none=True, metadata={"description": "where another comes with the type"})
    grade_since = day(load_default=None, allow_none=True)


class GradeIn(RecordingIn):
    grade = text(10)
    grade_since = day(load_default=None, allow_none=True, metadata={"description": "left out: since effective_from"})


class WithdrawalIn(Schema):
    reason = text(500)


class PreviewIn(Schema):
    """One recording, under the name of its route."""

    assignment = ma.fields.Nested(AssignmentIn)
    superior = ma.fields.Nested(SuperiorIn)
    status = ma.fields.Nested(StatusIn)
    employment_type = ma.fields.Nested(EmploymentTypeIn)
    grade = ma.fields.Nested(GradeIn)

    @ma.validates_schema
    def _one(self, data: dict[str, object], **_: object) -> None:
        if len(data) != 1:
            raise ma.ValidationError("Isi tepat satu catatan untuk dilihat akibatnya.")


class DueQuery(PageQuery):
    series = choice(Series, required=False)
    until = day(metadata={"description": "the last day"})


class TimelineQuery(Schema):
    as_known_on = ma.fields.AwareDateTime(
        load_default=None, metadata={"description": "what had been recorded by this moment; left out: all of it"}
    )


def _require_one_superior(data: dict[str, object]) -> None:
    if ("superior_id" in data) == ("superior_nip" in data):
        expected = "Isi salah satu: superior_id (boleh null bila tanpa atasan) atau superior_nip."
        raise ma.ValidationError(expected, "superior_id")
