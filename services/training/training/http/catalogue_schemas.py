"""What goes in and out about courses, sessions, enrolments, records and the JP ledger."""

import marshmallow as ma

from chassis.http import PageArgs, Schema
from training.domain.records import RecordState, RevocationReason
from training.domain.sessions import EnrolmentState
from training.http.fields import LEVELS, YEARS, SomePerson, code, codes, link, words

JP = ma.validate.Range(1, 2000)
MINUTES = ma.validate.Range(1, 100_000)
BATCH = ma.validate.Length(1, 500)


class CourseKindOut(Schema):
    code = ma.fields.String(required=True)
    form = ma.fields.String(required=True, validate=ma.validate.OneOf(["KLASIKAL", "NON_KLASIKAL"]))
    label = ma.fields.String(required=True)
    source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)


class CourseKindsOut(Schema):
    items = ma.fields.List(ma.fields.Nested(CourseKindOut), required=True)


class CourseChange(Schema):
    title = words()
    kind_code = words(60)
    jp = ma.fields.Integer(load_default=None, allow_none=True, validate=JP)
    minutes = ma.fields.Integer(
        load_default=None, allow_none=True, validate=MINUTES, metadata={"description": "counted into JP without jp"}
    )
    level = ma.fields.Integer(
        load_default=None, allow_none=True, validate=LEVELS, metadata={"description": "the level it leads to"}
    )
    competency_codes = codes()
    provider = words(200)
    active = ma.fields.Boolean(load_default=True)


class CourseIn(CourseChange):
    code = code()


class CourseOut(Schema):
    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    kind_code = ma.fields.String(required=True)
    jp = ma.fields.Integer(required=True)
    level = ma.fields.Integer(required=True, allow_none=True)
    competency_codes = ma.fields.List(ma.fields.String(), required=True)
    provider = ma.fields.String(required=True)
    active = ma.fields.Boolean(required=True)
    version = ma.fields.Integer(required=True)


class CourseArgs(PageArgs):
    text = ma.fields.String(load_default=None, metadata={"description": "part of title or code"})
    competency_code = ma.fields.String(load_default=None)
    kind_code = ma.fields.String(load_default=None)
    active = ma.fields.Boolean(load_default=None)


class SessionIn(Schema):
    seats = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 100_000))
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(load_default=None, allow_none=True)
    enrol_opens_on = ma.fields.Date(load_default=None, allow_none=True)
    enrol_closes_on = ma.fields.Date(load_default=None, allow_none=True)
    place = words(300, load_default="")
    trainer_id = ma.fields.UUID(load_default=None, allow_none=True)


class SessionOut(Schema):
    id = ma.fields.UUID(required=True)
    course_code = ma.fields.String(required=True)
    course_title = ma.fields.String(required=True)
    jp = ma.fields.Integer(required=True)
    seats = ma.fields.Integer(required=True)
    taken = ma.fields.Integer(required=True)
    seats_free = ma.fields.Integer(required=True)
    waiting = ma.fields.Integer(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    enrol_opens_on = ma.fields.Date(required=True)
    enrol_closes_on = ma.fields.Date(required=True)
    place = ma.fields.String(required=True)
    trainer_id = ma.fields.UUID(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(["OPEN", "CANCELLED"]))
    version = ma.fields.Integer(required=True)


class SessionArgs(PageArgs):
    course_code = ma.fields.String(load_default=None)
    starts_from = ma.fields.Date(load_default=None)
    starts_until = ma.fields.Date(load_default=None)
    enrolling = ma.fields.Boolean(load_default=False, metadata={"description": "only those open for enrolment today"})


class EnrolmentArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf([one.value for one in EnrolmentState]))


class EnrolmentOut(Schema):
    id = ma.fields.UUID(required=True)
    session_id = ma.fields.UUID(required=True)
    course_code = ma.fields.String(required=True)
    employee_id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in EnrolmentState]))
    queue_number = ma.fields.Integer(required=True, allow_none=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    enrolled_at = ma.fields.DateTime(required=True)
    confirmed_at = ma.fields.DateTime(required=True, allow_none=True)
    cancelled_at = ma.fields.DateTime(required=True, allow_none=True)
    cancel_reason = ma.fields.String(required=True, allow_none=True)
    days_present = ma.fields.Integer(required=True)
    days_marked = ma.fields.Integer(required=True)


class AttendanceEntry(Schema):
    employee_id = ma.fields.UUID(required=True)
    present = ma.fields.Boolean(required=True)
    day = ma.fields.Date(load_default=None, allow_none=True, metadata={"description": "without it: every day so far"})


class AttendanceIn(Schema):
    entries = ma.fields.List(ma.fields.Nested(AttendanceEntry), required=True, validate=BATCH)


class CertificateEntry(Schema):
    employee_id = ma.fields.UUID(required=True)
    certificate_number = code(r"^[^\s](.{0,98}[^\s])?$")
    issued_on = ma.fields.Date(load_default=None, allow_none=True)
    evidence_link = link(load_default=None, allow_none=True)


class CertificatesIn(Schema):
    items = ma.fields.List(ma.fields.Nested(CertificateEntry), required=True, validate=BATCH)


class OutcomeError(Schema):
    field = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    value = ma.fields.String(required=True)
    expected = ma.fields.String(required=True)


class Outcome(Schema):
    employee_id = ma.fields.UUID(required=True)
    outcome = ma.fields.String(
        required=True, validate=ma.validate.OneOf(["RECORDED", "UNCHANGED", "ISSUED", "ALREADY_ISSUED", "REFUSED"])
    )
    days = ma.fields.Integer()
    record_id = ma.fields.UUID()
    jp = ma.fields.Integer()
    code = ma.fields.String()
    detail = ma.fields.String()
    errors = ma.fields.List(ma.fields.Nested(OutcomeError))


class OutcomesOut(Schema):
    items = ma.fields.List(ma.fields.Nested(Outcome), required=True)


class RecordIn(SomePerson):
    title = words()
    provider = words(200)
    certificate_number = words(100)
    kind_code = words(60)
    jp = ma.fields.Integer(load_default=None, allow_none=True, validate=JP)
    minutes = ma.fields.Integer(load_default=None, allow_none=True, validate=MINUTES)
    started_on = ma.fields.Date(required=True)
    completed_on = ma.fields.Date(required=True)
    issued_on = ma.fields.Date(load_default=None, allow_none=True)
    evidence_link = link()
    course_code = words(60, load_default=None, allow_none=True)
    plan_item_id = ma.fields.UUID(load_default=None, allow_none=True)
    competency_codes = codes()


class RecordArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf([one.value for one in RecordState]))
    year = ma.fields.Integer(load_default=None, validate=YEARS)


class RecordMoveOut(Schema):
    state = ma.fields.String(required=True)
    reason_code = ma.fields.String(required=True)
    note = ma.fields.String(required=True)
    moved_by = ma.fields.UUID(required=True)
    moved_at = ma.fields.DateTime(required=True)


class RecordOut(Schema):
    id = ma.fields.UUID(required=True)
    employee_id = ma.fields.UUID(required=True)
    origin = ma.fields.String(required=True, validate=ma.validate.OneOf(["SESSION", "EXTERNAL"]))
    course_code = ma.fields.String(required=True)
    session_id = ma.fields.UUID(required=True, allow_none=True)
    title = ma.fields.String(required=True)
    kind_code = ma.fields.String(required=True)
    competency_codes = ma.fields.List(ma.fields.String(), required=True)
    provider = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    jp = ma.fields.Integer(required=True)
    started_on = ma.fields.Date(required=True)
    completed_on = ma.fields.Date(required=True)
    issued_on = ma.fields.Date(required=True)
    evidence_link = ma.fields.String(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in RecordState]))
    overlaps = ma.fields.List(
        ma.fields.UUID(), required=True, metadata={"description": "the person's other records on the same days"}
    )
    history = ma.fields.List(ma.fields.Nested(RecordMoveOut), required=True)
    version = ma.fields.Integer(required=True)


class VerifyIn(Schema):
    accepted_jp = ma.fields.Integer(load_default=None, allow_none=True, validate=JP)
    note = words(1000, load_default="")


class RevokeIn(Schema):
    reason_code = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in RevocationReason]))
    note = words(1000, load_default="")


class LedgerArgs(Schema):
    year = ma.fields.Integer(load_default=None, validate=YEARS)


class LedgerEntryOut(Schema):
    id = ma.fields.UUID(required=True)
    jp = ma.fields.Integer(required=True, metadata={"description": "negative: a reversal"})
    record_id = ma.fields.UUID(required=True)
    reverses_id = ma.fields.UUID(required=True, allow_none=True)
    course_code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    kind_code = ma.fields.String(required=True)
    provider = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    origin = ma.fields.String(required=True)
    completed_on = ma.fields.Date(required=True)
    booked_at = ma.fields.DateTime(required=True)


class JpTargetIn(Schema):
    employment_type = ma.fields.String(required=True, validate=ma.validate.OneOf(["CPNS", "PNS", "PPPK", "PPPK_PW"]))
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["MIN", "MAX"]))
    jp = ma.fields.Integer(required=True, validate=ma.validate.Range(0, 2000))
    from_year = ma.fields.Integer(required=True, validate=YEARS)
    source = words(500)
    verified = ma.fields.Boolean(required=True)


class JpTargetOut(Schema):
    id = ma.fields.UUID(required=True)
    employment_type = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    jp = ma.fields.Integer(required=True)
    from_year = ma.fields.Integer(required=True)
    version = ma.fields.Integer(required=True)
    source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)


class JpTargetsOut(Schema):
    items = ma.fields.List(ma.fields.Nested(JpTargetOut), required=True)


class LedgerExplanation(Schema):
    sentence = ma.fields.String(required=True)
    calculation = ma.fields.String(required=True)
    rule = ma.fields.String(required=True)
    rule_version = ma.fields.String(required=True)
    legal_source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)
    minutes_per_jp = ma.fields.Integer(required=True)
    minutes_per_jp_source = ma.fields.String(required=True)
    minutes_per_jp_verified = ma.fields.Boolean(required=True)


class LedgerOut(Schema):
    employee_id = ma.fields.UUID(required=True)
    year = ma.fields.Integer(required=True)
    employment_type = ma.fields.String(required=True, allow_none=True)
    entries = ma.fields.List(ma.fields.Nested(LedgerEntryOut), required=True)
    earned_jp = ma.fields.Integer(required=True)
    pending_jp = ma.fields.Integer(required=True, metadata={"description": "handed in, not yet verified"})
    target = ma.fields.Nested(JpTargetOut, required=True, allow_none=True)
    balance_jp = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "earned minus target"})
    remaining_jp = ma.fields.Integer(required=True, allow_none=True)
    met = ma.fields.Boolean(required=True, allow_none=True)
    warning = ma.fields.String(required=True)
    explanation = ma.fields.Nested(LedgerExplanation, required=True)


class RuleIn(Schema):
    name = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(
            ["MINUTES_PER_JP", "MIN_ATTENDANCE_PERCENT", "LOAN_DAYS", "LOAN_RENEWALS", "HOLD_PICKUP_DAYS"]
        ),
    )
    value = ma.fields.Integer(required=True, validate=ma.validate.Range(0, 1000))
    valid_from = ma.fields.Date(required=True)
    source = words(500)
    verified = ma.fields.Boolean(required=True)


class RuleOut(Schema):
    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    value = ma.fields.Integer(required=True)
    valid_from = ma.fields.Date(required=True)
    version = ma.fields.Integer(required=True)
    source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)


class RulesOut(Schema):
    items = ma.fields.List(ma.fields.Nested(RuleOut), required=True)


class ImportFile(Schema):
    file = ma.fields.Raw(required=True, metadata={"type": "string", "format": "binary", "description": "CSV, UTF-8"})
