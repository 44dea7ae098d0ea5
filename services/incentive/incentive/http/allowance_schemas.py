"""Shapes of runs and lines."""

import marshmallow as ma
from marshmallow import fields as f

from chassis.http import Schema
from incentive.http.fields import Month, words

RUN_STATES = ["CALCULATING", "CALCULATED", "APPROVED", "PAID"]


class RunIn(Schema):
    month = Month(required=True)


class PaidIn(Schema):
    payment_reference = words(100)


class RunOut(Schema):
    id = f.UUID(required=True)
    month = f.String(required=True)
    state = f.String(required=True, validate=ma.validate.OneOf(RUN_STATES))
    policy_id = f.UUID(required=True)
    job_id = f.UUID(required=True, allow_none=True, metadata={"description": "watch /jobs/{job_id} for progress"})
    round = f.Integer(required=True)
    run_by = f.UUID(required=True)
    run_at = f.DateTime(required=True)
    calculated_at = f.DateTime(required=True, allow_none=True)
    approved_by = f.UUID(required=True, allow_none=True)
    approved_at = f.DateTime(required=True, allow_none=True)
    paid_by = f.UUID(required=True, allow_none=True)
    paid_at = f.DateTime(required=True, allow_none=True)
    payment_reference = f.String(required=True, allow_none=True)
    totals = f.Dict(
        required=True,
        metadata={"description": "lines, payable, not_payable, corrections, regular_amount, correction_amount, amount"},
    )
    version = f.Integer(required=True)


class LineOut(Schema):
    id = f.UUID(required=True)
    run_id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    unit_id = f.UUID(required=True, allow_none=True)
    month = f.String(required=True, metadata={"description": "the month it is for"})
    run_month = f.String(required=True, metadata={"description": "the month it is paid with"})
    kind = f.String(required=True, validate=ma.validate.OneOf(["REGULAR", "ADJUSTMENT"]))
    adjusts_line_id = f.UUID(required=True, allow_none=True)
    amount = f.Integer(required=True, metadata={"description": "rupiah that this line adds"})
    full_amount = f.Integer(required=True, metadata={"description": "the whole month as known when it was worked out"})
    not_payable = f.String(required=True, allow_none=True)
    job_class = f.Integer(required=True, allow_none=True)
    predicate = f.String(required=True, allow_none=True)
    policy_version = f.Integer(required=True)
    state = f.String(required=True, validate=ma.validate.OneOf(RUN_STATES))
    calculated_at = f.DateTime(required=True)


class YearOut(Schema):
    employee_id = f.UUID(required=True)
    year = f.Integer(required=True)
    decided_amount = f.Integer(required=True, metadata={"description": "approved or paid"})
    paid_amount = f.Integer(required=True)
    lines = f.List(f.Nested(LineOut), required=True)


class StepOut(Schema):
    code = f.String(required=True)
    label = f.String(required=True)
    formula = f.String(required=True)
    value = f.String(required=True)


class ExplanationOut(Schema):
    line_id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    month = f.String(required=True)
    run_month = f.String(required=True)
    kind = f.String(required=True)
    adjusts_line_id = f.UUID(required=True, allow_none=True)
    state = f.String(required=True)
    amount = f.Integer(required=True)
    full_amount = f.Integer(required=True)
    previous_amount = f.Integer(required=True, allow_none=True)
    not_payable = f.String(required=True, allow_none=True)
    inputs = f.Dict(required=True)
    provenance = f.Dict(required=True, metadata={"description": "which version of what each input comes from"})
    steps = f.List(f.Nested(StepOut), required=True)
    rule = f.Dict(required=True, metadata={"description": "the policy version with its rules and legal source"})
    legal_sources = f.List(f.String(), required=True)
    recomputed_amount = f.Integer(required=True, metadata={"description": "worked out again from inputs and rule"})
    matches = f.Boolean(required=True)


class UnitQuery(Schema):
    unit_id = f.UUID(required=True)
    month = Month(required=True)


class UnitOut(Schema):
    unit_id = f.UUID(required=True)
    month = f.String(required=True)
    people = f.Integer(required=True, allow_none=True)
    total = f.Integer(required=True, allow_none=True)
    average = f.Integer(required=True, allow_none=True)
    hidden_because = f.String(required=True, allow_none=True)
