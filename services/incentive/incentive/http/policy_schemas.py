"""Shapes of policies, amounts and simulations."""

import marshmallow as ma
from marshmallow import fields as f

from chassis.http import Schema
from incentive.domain.policy import AttendanceBase, FactorBase, HeldOn, PredicateSource, Rounding
from incentive.domain.values import CircumstanceKind, EmployeeStatus, EmploymentType, Predicate, StudyLevel
from incentive.http.fields import CODE, MOST_RUPIAH, Day, Month, at_most, choice, percent, share, words

CODES = ma.validate.Regexp(CODE, error="Kode huruf besar, misalnya TL1, PSW2, ABSENT.")
FEW = at_most(50)
JOB_CLASS = ma.validate.Range(1, 27)


class WeightsIn(Schema):
    performance = share()
    attendance = share()


class FactorsIn(Schema):
    VERY_GOOD = share()
    GOOD = share()
    NEEDS_IMPROVEMENT = share()
    POOR_MISCONDUCT = share()
    VERY_POOR = share()


class BandIn(Schema):
    from_count = f.Integer(required=True, validate=ma.validate.Range(1, 999))
    predicate = choice(Predicate)


class MeasureIn(Schema):
    code = f.String(required=True, validate=CODES)
    bands = f.List(f.Nested(BandIn), required=True, validate=ma.validate.Length(1, 10))


class StudyClassesIn(Schema):
    S2_S3 = f.Integer(validate=JOB_CLASS)
    S1_DIPLOMA = f.Integer(validate=JOB_CLASS)


class StudyLeaveIn(Schema):
    job_class = f.Nested(StudyClassesIn, required=True)
    factor = share(load_default="1")
    extension_factor = share(load_default="1")
    apply_cuts = f.Boolean(load_default=False)


class RulesIn(Schema):
    """The rules of one policy version; shares are 0 to 1, percentages 0 to 100."""

    weights = f.Nested(WeightsIn, required=True)
    predicate_factor = f.Nested(FactorsIn, required=True)
    predicate_source = choice(PredicateSource, metadata={"description": "whose predicate a month goes by"})
    lag = f.Integer(
        required=True,
        validate=ma.validate.Range(0, 12),
        metadata={"description": "months, quarters or years back: 1 with QUARTER is the last closed quarter"},
    )
    factor_base = choice(FactorBase, load_default=FactorBase.PERFORMANCE_PART)
    default_factor = share(load_default="1", metadata={"description": "where no final predicate is known"})
    attendance_rules = f.Dict(f.String(validate=CODES), percent(), load_default=dict, validate=FEW)
    attendance_base = choice(AttendanceBase, load_default=AttendanceBase.ATTENDANCE_PART)
    attendance_cap = percent(load_default="100")
    performance_cuts = f.Dict(f.String(validate=CODES), percent(), load_default=dict, validate=FEW)
    month_measure = f.Nested(MeasureIn, load_default=None, allow_none=True)
    cpns_factor = share(load_default="1")
    study_leave = f.Nested(StudyLeaveIn, load_default=None, allow_none=True)
    held_on = choice(HeldOn, load_default=HeldOn.LAST_DAY)
    rounding = choice(Rounding, load_default=Rounding.HALF_UP)
    second_person_approves = f.Boolean(load_default=True)


class PolicyIn(Schema):
    name = words(100)
    valid_from = Day(required=True)
    valid_to = Day(load_default=None, allow_none=True)
    rules = f.Nested(RulesIn, required=True)
    legal_source = words(300)
    verified = words(500, load_default="")


class PolicyOut(Schema):
    id = f.UUID(required=True)
    number = f.Integer(required=True, metadata={"description": "the policy version that lines and events name"})
    name = f.String(required=True)
    state = f.String(required=True, validate=ma.validate.OneOf(["DRAFT", "PUBLISHED"]))
    valid_from = f.Date(required=True)
    valid_to = f.Date(required=True, allow_none=True)
    rules = f.Dict(required=True)
    legal_source = f.String(required=True)
    verified = f.String(required=True)
    created_by = f.UUID(required=True)
    created_at = f.DateTime(required=True)
    written_by = f.UUID(required=True, metadata={"description": "who wrote the draft as it stands"})
    published_by = f.UUID(required=True, allow_none=True)
    published_at = f.DateTime(required=True, allow_none=True)
    version = f.Integer(required=True)


class TemplateOut(Schema):
    name = f.String(required=True)
    legal_source = f.String(required=True)
    verified = f.String(required=True)
    rules = f.Dict(required=True)


class TemplatesOut(Schema):
    items = f.List(f.Nested(TemplateOut), required=True)


class StudyIn(Schema):
    level = choice(StudyLevel)
    extension = f.Boolean(load_default=False)


class SampleIn(Schema):
    """A made-up case, to see what the rules would give."""

    job_class = f.Integer(required=True, allow_none=True, validate=JOB_CLASS)
    base = f.Integer(required=True, allow_none=True, validate=ma.validate.Range(0, MOST_RUPIAH))
    employment_type = choice(EmploymentType, load_default=EmploymentType.PNS)
    status = choice(EmployeeStatus, load_default=EmployeeStatus.ACTIVE)
    predicate = choice(Predicate, load_default=None, allow_none=True)
    counts = f.Dict(
        f.String(validate=CODES), f.Integer(validate=ma.validate.Range(0, 999)), load_default=dict, validate=FEW
    )
    discipline_percent = percent(load_default="0")
    circumstances = f.List(choice(CircumstanceKind), load_default=list, validate=ma.validate.Length(max=3))
    study = f.Nested(StudyIn, load_default=None, allow_none=True)


class SimulationIn(Schema):
    month = Month(required=True)
    employee_ids = f.List(f.UUID(), load_default=list, validate=ma.validate.Length(max=200))
    sample = f.Nested(SampleIn, load_default=None, allow_none=True)


class SimulatedLine(Schema):
    employee_id = f.UUID(required=True, allow_none=True)
    amount = f.Integer(required=True)
    current_amount = f.Integer(required=True, allow_none=True)
    not_payable = f.String(required=True, allow_none=True)


class SimulationOut(Schema):
    people = f.Integer(required=True)
    total = f.Integer(required=True)
    current_total = f.Integer(required=True, allow_none=True, metadata={"description": "by the version that holds now"})
    lines = f.List(f.Nested(SimulatedLine), required=True)


class AmountOut(Schema):
    job_class = f.Integer(required=True)
    amount = f.Integer(required=True, metadata={"description": "rupiah a month"})
    effective_from = f.Date(required=True)
    revision = f.Integer(required=True)
    legal_source = f.String(required=True)
    verified = f.String(required=True)


class AmountsOut(Schema):
    items = f.List(f.Nested(AmountOut), required=True)


class OnQuery(Schema):
    on = Day(load_default=None)


class AdoptIn(Schema):
    name = words(100)
    effective_from = Day(required=True)


class ShippedOut(Schema):
    name = f.String(required=True)
    legal_source = f.String(required=True)
    amounts = f.Dict(required=True)


class ShippedTablesOut(Schema):
    items = f.List(f.Nested(ShippedOut), required=True)
