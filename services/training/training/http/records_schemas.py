"""What comes in about training records, the JP ledger and the reference data behind it."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_text, text, web_link
from directory.people import EmploymentType
from training.domain.jp import TargetKind
from training.domain.record import RecordState, RevocationReason
from training.domain.rule import RuleName
from training.http.fields import YEARS, ForPersonIn, competency_codes, optional_day, optional_number, query_year


class RecordIn(ForPersonIn):
    title = text(300)
    provider = text(200)
    certificate_number = text(100)
    kind_code = text(60)
    jp = optional_number(1, 2000)
    minutes = optional_number(1, 100_000)
    started_on = ma.fields.Date(required=True)
    completed_on = ma.fields.Date(required=True)
    issued_on = optional_day()
    evidence_link = web_link(required=True)
    course_code = text(60, load_default=None, allow_none=True)
    plan_item_id = ma.fields.UUID(load_default=None, allow_none=True)
    competency_codes = competency_codes()


class RecordsQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    state = choice(RecordState, load_default=None)
    year = query_year()


class VerificationIn(Schema):
    accepted_jp = optional_number(1, 2000)
    note = optional_text(1000)


class RevocationIn(ProposedIn):
    reason_code = choice(RevocationReason)
    note = optional_text(1000)


class LedgerQuery(Schema):
    year = query_year()


class JpTargetIn(ProposedIn):
    employment_type = choice(EmploymentType)
    kind = choice(TargetKind)
    jp = ma.fields.Integer(required=True, validate=ma.validate.Range(0, 2000))
    from_year = ma.fields.Integer(required=True, validate=YEARS)
    source = text(500)
    verified = ma.fields.Boolean(required=True)


class RuleIn(ProposedIn):
    name = choice(RuleName)
    value = ma.fields.Integer(required=True, validate=ma.validate.Range(0, 1000))
    valid_from = ma.fields.Date(required=True)
    source = text(500)
    verified = ma.fields.Boolean(required=True)
