"""Requests about policies and simulations."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, optional_choice, optional_text, text
from directory.people import EmployeeStatus, EmploymentType
from directory.performance import Predicate
from incentive.domain.change_rules import ChangeRule
from incentive.domain.tukin_rules import AttendanceBase, FactorBase, HeldOn, PredicateSource, Rounding
from incentive.domain.values import CircumstanceKind, StudyLevel
from incentive.http.fields import COUNTS, JOB_CLASSES, Day, Month, attendance_code, by_code, percent, share

MOST_RUPIAH = 1_000_000_000


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
    from_count = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 999))
    predicate = choice(Predicate)


class MeasureIn(Schema):
    code = attendance_code()
    bands = ma.fields.List(ma.fields.Nested(BandIn), required=True, validate=ma.validate.Length(1, 10))


class StudyClassesIn(Schema):
    S2_S3 = ma.fields.Integer(validate=JOB_CLASSES)
    S1_DIPLOMA = ma.fields.Integer(validate=JOB_CLASSES)


class StudyLeaveIn(Schema):
    job_class = ma.fields.Nested(StudyClassesIn, required=True)
    factor = share(load_default="1")
    extension_factor = share(load_default="1")
    apply_cuts = ma.fields.Boolean(load_default=False)


class ChangesIn(Schema):
    """From when a change within the month counts, by kind; what is left out goes by `held_on`."""

    START = optional_choice(ChangeRule)
    END = optional_choice(ChangeRule)
    LEAVE = optional_choice(ChangeRule)
    TYPE = optional_choice(ChangeRule)
    CLASS = optional_choice(ChangeRule)
    UNIT = optional_choice(ChangeRule)
    AMOUNT = optional_choice(ChangeRule)
    POLICY = optional_choice(ChangeRule)


class RulesIn(Schema):
    """The rules of one policy version; shares are 0 to 1, percentages 0 to 100."""

    weights = ma.fields.Nested(WeightsIn, required=True)
    predicate_factor = ma.fields.Nested(FactorsIn, required=True)
    predicate_source = choice(PredicateSource, metadata={"description": "whose predicate a month goes by"})
    lag = ma.fields.Integer(
        required=True,
        validate=ma.validate.Range(0, 12),
        metadata={"description": "months, quarters or years back: 1 with QUARTER is the last closed quarter"},
    )
    factor_base = choice(FactorBase, load_default=FactorBase.PERFORMANCE_PART)
    default_factor = share(load_default="1", metadata={"description": "where no final predicate is known"})
    attendance_rules = by_code(percent())
    attendance_base = choice(AttendanceBase, load_default=AttendanceBase.ATTENDANCE_PART)
    attendance_cap = percent(load_default="100")
    performance_cuts = by_code(percent())
    month_measure = ma.fields.Nested(MeasureIn, load_default=None, allow_none=True)
    cpns_factor = share(load_default="1")
    study_leave = ma.fields.Nested(StudyLeaveIn, load_default=None, allow_none=True)
    held_on = choice(HeldOn, load_default=HeldOn.LAST_DAY)
    changes = ma.fields.Nested(ChangesIn, load_default=dict)
    rounding = choice(Rounding, load_default=Rounding.HALF_UP)
    second_person_approves = ma.fields.Boolean(load_default=True)


class PolicyIn(Schema):
    name = text(100)
    valid_from = Day(required=True)
    valid_to = Day(load_default=None, allow_none=True)
    rules = ma.fields.Nested(RulesIn, required=True)
    legal_source = text(300)
    verified = optional_text(500)


class StudyIn(Schema):
    level = choice(StudyLevel)
    extension = ma.fields.Boolean(load_default=False)


class SampleIn(Schema):
    """An invented case, to see what the rules would give."""

    job_class = ma.fields.Integer(required=True, allow_none=True, validate=JOB_CLASSES)
    base = ma.fields.Integer(required=True, allow_none=True, validate=ma.validate.Range(0, MOST_RUPIAH))
    employment_type = choice(EmploymentType, load_default=EmploymentType.PNS)
    status = choice(EmployeeStatus, load_default=EmployeeStatus.ACTIVE)
    predicate = optional_choice(Predicate)
    counts = by_code(ma.fields.Integer(validate=COUNTS))
    discipline_percent = percent(load_default="0")
    circumstances = ma.fields.List(choice(CircumstanceKind), load_default=list, validate=ma.validate.Length(max=3))
    study = ma.fields.Nested(StudyIn, load_default=None, allow_none=True)


class SimulationIn(Schema):
    month = Month(required=True)
    employee_ids = ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=200))
    sample = ma.fields.Nested(SampleIn, load_default=None, allow_none=True)
