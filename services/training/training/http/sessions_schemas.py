"""What comes in about sessions: choosing one, attendance and certificates."""

from typing import Any

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, code, web_link
from training.domain.enrolment import AttendanceEntry, EnrolmentState
from training.domain.record import CertificateEntry
from training.http.fields import optional_day

BATCH = ma.validate.Length(1, 500)


class SessionsQuery(PageQuery):
    course_code = ma.fields.String(load_default=None)
    starts_from = ma.fields.Date(load_default=None)
    starts_until = ma.fields.Date(load_default=None)
    enrolling = ma.fields.Boolean(load_default=False, metadata={"description": "only those open for enrolment today"})


class EnrolmentsQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    state = choice(EnrolmentState, load_default=None)


class AttendanceEntryIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    present = ma.fields.Boolean(required=True)
    day = optional_day(metadata={"description": "without it: every day so far"})

    @ma.post_load
    def _entry(self, data: dict[str, Any], **_: Any) -> AttendanceEntry:
        return AttendanceEntry(**data)


class AttendanceIn(Schema):
    entries = ma.fields.List(ma.fields.Nested(AttendanceEntryIn), required=True, validate=BATCH)


class CertificateEntryIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    certificate_number = code(r"^[^\s](.{0,98}[^\s])?$")
    issued_on = optional_day()
    evidence_link = web_link(load_default=None, allow_none=True)

    @ma.post_load
    def _entry(self, data: dict[str, Any], **_: Any) -> CertificateEntry:
        return CertificateEntry(**data)


class CertificatesIn(Schema):
    items = ma.fields.List(ma.fields.Nested(CertificateEntryIn), required=True, validate=BATCH)
