"""Measurements, tickets about places, personal cases and reports without a name, as they come in and go out."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from chassis.http import PageArgs, Schema
from wellbeing.domain.tickets import HazardCategory, PersonalCategory, Referral, TicketState

f, v = ma.fields, ma.validate
NAME = v.Length(1, 200)
TEXT = v.Length(1, 8000)
SLUG = v.Regexp(r"^[a-z][a-z0-9-]{1,40}\Z")
MANY = v.Length(max=200)


class MeasurementIn(Schema):
    unit_id = f.UUID(required=True)
    place = f.String(required=True, validate=NAME)
    measure = f.String(required=True, validate=v.OneOf(["LIGHT", "TEMPERATURE", "HUMIDITY", "NOISE", "CO2"]))
    value = f.Decimal(required=True, places=2, allow_nan=False)
    measured_on = f.Date(required=True)


class MeasurementOut(Schema):
    measurement_id = f.UUID(required=True)
    unit_id = f.UUID(required=True)
    place = f.String(required=True)
    measure = f.String(required=True)
    value = f.Decimal(required=True, as_string=True)
    measured_on = f.Date(required=True)
    finding = f.String(required=True)
    lowest = f.Decimal(required=True, allow_none=True, as_string=True)
    highest = f.Decimal(required=True, allow_none=True, as_string=True)
    source = f.String(required=True, metadata={"description": "where the limits come from"})
    verified = f.Boolean(required=True, metadata={"description": "false: the source's text has not been seen"})
    reference_version = f.String(required=True)
    ticket_id = f.UUID(required=True, allow_none=True)


class HazardIn(Schema):
    category = f.Enum(HazardCategory, required=True)
    unit_id = f.UUID(required=True)
    place = f.String(load_default="", validate=v.Length(max=200))
    description = f.String(required=True, validate=TEXT)
    danger = f.Boolean(load_default=False, metadata={"description": "somebody may be hurt: looked at within 24 hours"})


class AnonymousHazardIn(HazardIn):
    agency_id = f.String(required=True, validate=SLUG)


class EntryOut(Schema):
    at = f.AwareDateTime(required=True)
    action = f.String(required=True)
    state = f.String(required=True)
    note = f.String(required=True)


class MessageOut(Schema):
    written_on = f.Date(required=True)
    from_reporter = f.Boolean(required=True)
    text = f.String(required=True)


class ConditionOut(Schema):
    ticket_id = f.UUID(required=True)
    kind = f.String(required=True)
    category = f.String(required=True)
    danger = f.Boolean(required=True)
    unit_id = f.UUID(required=True)
    place = f.String(required=True)
    description = f.String(required=True)
    state = f.String(required=True)
    anonymous = f.Boolean(required=True)
    reporter_id = f.UUID(required=True, allow_none=True)
    owner_id = f.UUID(required=True, allow_none=True)
    referral = f.String(required=True, allow_none=True)
    received_at = f.AwareDateTime(required=True)
    due_at = f.AwareDateTime(required=True)
    due_rule = f.String(required=True, metadata={"description": "version of the deadline rule, or resolve_by"})
    escalated_at = f.AwareDateTime(required=True, allow_none=True)
    closed_at = f.AwareDateTime(required=True, allow_none=True)
    version = f.Integer(required=True)
    history = f.List(f.Nested(EntryOut), required=True)
    measurements = f.List(f.Nested(MeasurementOut), required=True)
    messages = f.List(f.Nested(MessageOut), required=True)


class TicketListArgs(PageArgs):
    state = f.Enum(TicketState, load_default=None)


class OwnerIn(Schema):
    owner_id = f.UUID(required=True)


class MoveIn(Schema):
    target = f.Enum(TicketState, required=True)
    note = f.String(load_default="", validate=v.Length(max=4000))
    resolve_by = f.Date(load_default=None, allow_none=True)
    referral = f.Enum(Referral, load_default=None, allow_none=True)


class MessageIn(Schema):
    text = f.String(required=True, validate=v.Length(1, 4000))


class CaseIn(Schema):
    category = f.Enum(PersonalCategory, required=True)
    description = f.String(required=True, validate=TEXT)
    danger = f.Boolean(load_default=False)
    place = f.String(load_default="", validate=v.Length(max=200))
    reported_employee_ids = f.List(f.UUID(), load_default=list, validate=v.Length(max=20))
    reported_unit_ids = f.List(f.UUID(), load_default=list, validate=v.Length(max=20))
    keep_out_employee_ids = f.List(
        f.UUID(), load_default=list, validate=v.Length(max=20), metadata={"description": "who must not handle it"}
    )


class AnonymousCaseIn(CaseIn):
    agency_id = f.String(required=True, validate=SLUG)


class ReceiptOut(Schema):
    code = f.String(required=True, metadata={"description": "the only way to follow the report; shown once"})
    state = f.String(required=True)
    due_at = f.AwareDateTime(required=True)


class CodeIn(Schema):
    code = f.String(required=True, validate=v.Length(1, 120))


class CodeMessageIn(CodeIn):
    text = f.String(required=True, validate=v.Length(1, 4000))


class ReportOut(Schema):
    kind = f.String(required=True)
    category = f.String(required=True)
    state = f.String(required=True)
    referral = f.String(required=True, allow_none=True)
    received_on = f.Date(required=True)
    due_on = f.Date(required=True)
    escalated = f.Boolean(required=True)
    messages = f.List(f.Nested(MessageOut), required=True)


class CaseRowOut(Schema):
    ticket_id = f.UUID(required=True)
    category = f.String(required=True)
    danger = f.Boolean(required=True)
    state = f.String(required=True)
    taken = f.Boolean(required=True)
    yours = f.Boolean(required=True)
    received_at = f.AwareDateTime(required=True)
    due_at = f.AwareDateTime(required=True)
    escalated_at = f.AwareDateTime(required=True, allow_none=True)


class CaseOut(Schema):
    ticket_id = f.UUID(required=True)
    category = f.String(required=True)
    danger = f.Boolean(required=True)
    place = f.String(required=True)
    description = f.String(required=True)
    state = f.String(required=True)
    anonymous = f.Boolean(required=True)
    reporter_id = f.UUID(required=True, allow_none=True)
    reported_employee_ids = f.List(f.UUID(), required=True)
    reported_unit_ids = f.List(f.UUID(), required=True)
    referral = f.String(required=True, allow_none=True)
    received_at = f.AwareDateTime(required=True)
    due_at = f.AwareDateTime(required=True)
    due_rule = f.String(required=True)
    escalated_at = f.AwareDateTime(required=True, allow_none=True)
    closed_at = f.AwareDateTime(required=True, allow_none=True)
    version = f.Integer(required=True)
    history = f.List(f.Nested(EntryOut), required=True)
    messages = f.List(f.Nested(MessageOut), required=True)


class HandOverIn(Schema):
    employee_id = f.UUID(required=True)


class ReportedIn(Schema):
    employee_ids = f.List(f.UUID(), load_default=list, validate=v.Length(max=20))
    unit_ids = f.List(f.UUID(), load_default=list, validate=v.Length(max=20))

    @ma.validates_schema
    def somebody(self, data: Mapping[str, Any], **_: object) -> None:
        if not (data.get("employee_ids") or data.get("unit_ids")):
            raise ma.ValidationError("Isi sedikitnya satu pegawai atau satu unit.", "employee_ids")
