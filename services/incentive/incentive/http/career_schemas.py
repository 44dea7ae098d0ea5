"""Shapes of credit points, eligibility, awards, reference data and talent."""

import marshmallow as ma
from marshmallow import fields as f

from chassis.http import PageArgs, Schema
from incentive.domain.talent import Potential
from incentive.domain.values import EligibilityKind, PeriodKind, PositionLevel, Predicate
from incentive.http.fields import CODE, YEARS, Day, Figure, choice, points, words

GRADES = ma.validate.Regexp(r"^(I|II|III|IV)/[a-e]$", error="Golongan seperti II/c atau III/b.")
STATES = ["NOMINATED", "GRANTED", "DECLINED"]


class OpeningIn(Schema):
    level = choice(PositionLevel)
    balance = points(metadata={"description": "credit points brought along, base included"})
    base = points(load_default="0")
    as_of = Day(required=True)
    entry_grade = f.String(load_default=None, allow_none=True, validate=GRADES)
    reference = words(100, metadata={"description": "number of the decision (PAK) it comes from"})


class OpeningOut(Schema):
    number = f.Integer(required=True)
    level = f.String(required=True)
    balance = Figure()
    base = Figure()
    as_of = f.Date(required=True)
    entry_grade = f.String(required=True, allow_none=True)
    reference = f.String(required=True)
    counts = f.Boolean(metadata={"description": "whether it belongs to the present jenjang"})


class CreditEntryOut(Schema):
    id = f.UUID(required=True)
    kind = f.String(required=True, validate=ma.validate.OneOf(["PERIODIC", "ANNUAL", "CORRECTION"]))
    level = f.String(required=True)
    year = f.Integer(required=True)
    part = f.Integer(required=True, metadata={"description": "quarter of a periodic entry, else 0"})
    months = f.Integer(required=True)
    evaluation_id = f.UUID(required=True)
    evaluation_version = f.Integer(required=True)
    predicate = f.String(required=True)
    percent = Figure()
    coefficient = Figure()
    converted = Figure()
    credit = Figure(metadata={"description": "what this entry adds"})
    corrects_id = f.UUID(required=True, allow_none=True)
    replaced_by = f.UUID(required=True, allow_none=True)
    reference_id = f.UUID(required=True)
    decision_id = f.UUID(required=True, allow_none=True)
    counts = f.Boolean()
    formula = f.String()


class CreditDecisionOut(Schema):
    id = f.UUID(required=True)
    number = f.String(required=True)
    decided_on = f.Date(required=True)
    purpose = f.String(required=True)
    level = f.String(required=True)
    total = Figure()
    balance = Figure()
    decided_by = f.UUID(required=True)


class ProvisionalOut(Schema):
    year = f.Integer(required=True)
    predicate = f.String(required=True)
    evaluation_id = f.UUID(required=True)
    months = f.Integer(required=True)
    credit = Figure()
    change = Figure()


class NeedsOut(Schema):
    rank = Figure(allow_none=True)
    level = Figure(allow_none=True)
    next_level = f.String(required=True, allow_none=True)


class CreditOut(Schema):
    employee_id = f.UUID(required=True)
    level = f.String(required=True, allow_none=True)
    as_of = f.Date(required=True)
    balance = Figure(allow_none=True, places=3)
    provisional = Figure(
        allow_none=True, places=3, metadata={"description": "with results issued and not final; books nothing"}
    )
    provisional_years = f.List(f.Nested(ProvisionalOut), required=True)
    opening = f.Nested(OpeningOut, required=True, allow_none=True)
    entries = f.List(f.Nested(CreditEntryOut), required=True)
    decisions = f.List(f.Nested(CreditDecisionOut), required=True)
    needs = f.Nested(NeedsOut, required=True, allow_none=True)
    rule = f.Dict(required=True)


class PeriodicIn(Schema):
    year = f.Integer(required=True, validate=YEARS)
    quarter = f.Integer(required=True, validate=ma.validate.Range(1, 4))
    months = f.Integer(load_default=3, validate=ma.validate.Range(1, 3))


class CreditDecisionIn(Schema):
    number = words(100)
    decided_on = Day(required=True)
    purpose = f.String(required=True, validate=ma.validate.OneOf(["RANK", "LEVEL", "RECORD"]))
    entry_ids = f.List(f.UUID(), required=True, validate=ma.validate.Length(1, 100))


class PredicateIn(Schema):
    employee_id = f.UUID(required=True)
    kind = choice(PeriodKind)
    year = f.Integer(required=True, validate=YEARS)
    part = f.Integer(load_default=0, validate=ma.validate.Range(0, 12))
    predicate = choice(Predicate)


class PredicatesIn(Schema):
    items = f.List(f.Nested(PredicateIn), required=True, validate=ma.validate.Length(1, 500))


class ReasonOut(Schema):
    code = f.String(required=True)
    label = f.String(required=True)
    met = f.Boolean(required=True)
    value = f.String(required=True)
    required = f.String(required=True)
    source = f.String(required=True)


class JudgedOut(Schema):
    kind = f.String(required=True)
    eligible = f.Boolean(required=True)
    missing = f.List(f.String(), required=True)
    reasons = f.List(f.Nested(ReasonOut), required=True)
    as_of = f.Date(required=True)
    review_on = f.Date(required=True, allow_none=True, metadata={"description": "when time alone may change it"})


class EligibilityOut(Schema):
    employee_id = f.UUID(required=True)
    items = f.List(f.Nested(JudgedOut), required=True)
    rule = f.Dict(required=True)


class EligibilityQuery(PageArgs):
    kind = choice(EligibilityKind)
    eligible = f.Boolean(load_default=None)
    unit_id = f.UUID(load_default=None)
    missing = f.String(load_default=None, validate=ma.validate.Regexp(r"^[a-z_]{1,40}$"))


class EligibleOut(Schema):
    employee_id = f.UUID(required=True)
    kind = f.String(required=True)
    eligible = f.Boolean(required=True)
    missing = f.List(f.String(), required=True)
    as_of = f.Date(required=True)
    review_on = f.Date(required=True, allow_none=True)
    unit_id = f.UUID(required=True, allow_none=True)


class PeopleOut(Schema):
    people = f.Integer(required=True)


class AttestationIn(Schema):
    vacancy = f.Boolean(load_default=False)
    competency_test = f.Boolean(load_default=False)
    professional_development = f.Boolean(load_default=False)
    last_raise_on = Day(load_default=None, allow_none=True)
    reference = words(200)


class AttestationOut(Schema):
    employee_id = f.UUID(required=True)
    number = f.Integer(required=True)
    vacancy = f.Boolean(required=True)
    competency_test = f.Boolean(required=True)
    professional_development = f.Boolean(required=True)
    last_raise_on = f.Date(required=True, allow_none=True)
    reference = f.String(required=True)
    entered_by = f.UUID(required=True)
    entered_at = f.DateTime(required=True)


class AwardKindOut(Schema):
    code = f.String(required=True)
    label = f.String(required=True)
    predicate_floor = f.String(required=True, allow_none=True)
    medal_years = f.Integer(required=True, allow_none=True)


class AwardKindsOut(Schema):
    items = f.List(f.Nested(AwardKindOut), required=True)


class AwardIn(Schema):
    employee_id = f.UUID(required=True)
    kind = f.String(required=True, validate=ma.validate.Regexp(CODE))
    year = f.Integer(required=True, validate=YEARS)
    evaluation_id = f.UUID(required=True, metadata={"description": "the final evaluation it rests on"})
    reason = words(1000)


class AwardDecisionIn(Schema):
    granted = f.Boolean(required=True)
    decision_number = words(100, load_default=None, allow_none=True)
    decided_on = Day(required=True)


class AwardQuery(PageArgs):
    employee_id = f.UUID(load_default=None)


class AwardOut(Schema):
    id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    kind = f.String(required=True)
    year = f.Integer(required=True)
    state = f.String(required=True, validate=ma.validate.OneOf(STATES))
    evaluation_id = f.UUID(required=True)
    evaluation_version = f.Integer(required=True)
    predicate = f.String(required=True)
    period = f.String(required=True)
    reason = f.String(required=True)
    nominated_by = f.UUID(required=True)
    nominated_at = f.DateTime(required=True)
    decision_number = f.String(required=True, allow_none=True)
    decided_on = f.Date(required=True, allow_none=True)
    decided_by = f.UUID(required=True, allow_none=True)
    version = f.Integer(required=True)


KINDS = ma.validate.OneOf(["CREDIT", "ELIGIBILITY", "AWARDS"])


class ReferenceQuery(Schema):
    kind = f.String(load_default=None, validate=KINDS)


class ReferenceIn(Schema):
    kind = f.String(required=True, validate=KINDS)
    valid_from = Day(required=True)
    data = f.Dict(required=True)
    legal_source = words(300)
    verified = f.Dict(f.String(), f.String(), load_default=dict)


class ReferenceOut(Schema):
    id = f.UUID(required=True)
    kind = f.String(required=True)
    number = f.Integer(required=True)
    valid_from = f.Date(required=True)
    data = f.Dict(required=True)
    legal_source = f.String(required=True)
    verified = f.Dict(required=True)


class ReferencesOut(Schema):
    items = f.List(f.Nested(ReferenceOut), required=True)


class TalentIn(Schema):
    year = f.Integer(required=True, validate=YEARS)
    potential = choice(Potential)
    reference = words(200)


class TalentQuery(Schema):
    year = f.Integer(required=True, validate=YEARS)


class TalentOut(Schema):
    employee_id = f.UUID(required=True)
    year = f.Integer(required=True)
    potential = f.String(required=True)
    predicate = f.String(required=True)
    evaluation_id = f.UUID(required=True)
    box = f.Integer(required=True, validate=ma.validate.Range(1, 9))
    succession = f.Boolean(required=True)
    legal_source = f.String(required=True)
