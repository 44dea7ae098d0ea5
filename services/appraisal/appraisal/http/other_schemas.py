"""Follow-ups, units, overviews, periods and rules, as they come in and go out."""

from enum import StrEnum

import marshmallow as ma

from appraisal.domain.distribution import Limit, Policy
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import EvaluationKind, FollowUpKind, FollowUpState, OrgPredicate, Predicate
from appraisal.http import fields as f
from appraisal.http.evaluation_schemas import RuleSource
from chassis.http import PageArgs, Schema


class ActionKind(StrEnum):
    COACHING = "COACHING"
    TRAINING = "TRAINING"
    SPECIAL_ASSIGNMENT = "SPECIAL_ASSIGNMENT"
    TRANSFER = "TRANSFER"
    DISCIPLINE_REFERRAL = "DISCIPLINE_REFERRAL"
    OTHER = "OTHER"


class FollowUpOutcome(StrEnum):
    IMPROVED = "IMPROVED"
    CONTINUED = "CONTINUED"
    REFERRED = "REFERRED"
    NOT_NEEDED = "NOT_NEEDED"


class FollowUpArgs(PageArgs):
    state = f.word_of(FollowUpState, required=False, load_default=None)
    kind = f.word_of(FollowUpKind, required=False, load_default=None)


class NoteIn(Schema):
    text = f.words()


class ActionIn(Schema):
    kind = f.word_of(ActionKind)
    text = f.words(longest=2000)
    due_on = ma.fields.Date(load_default=None, allow_none=True)


class ActionDoneIn(Schema):
    done_on = ma.fields.Date(required=True)


class AssigneeIn(Schema):
    assigned_to = ma.fields.UUID(required=True)


class CloseFollowUpIn(Schema):
    outcome = f.word_of(FollowUpOutcome)


class FollowUpRow(Schema):
    id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    evaluation_id = f.req(ma.fields.UUID)
    kind = f.word_of(FollowUpKind)
    state = f.word_of(FollowUpState)
    appraiser_id = f.req(ma.fields.UUID)
    assigned_to = f.opt(ma.fields.UUID)
    competency_codes = ma.fields.List(ma.fields.String(), required=True)
    repeated = f.req(ma.fields.Boolean)
    opened_at = f.req(ma.fields.DateTime)
    closed_at = f.opt(ma.fields.DateTime)
    outcome = f.req(ma.fields.String)
    version = f.req(ma.fields.Integer)


class NoteOut(Schema):
    id = f.req(ma.fields.UUID)
    author_id = f.req(ma.fields.UUID)
    text = f.req(ma.fields.String)
    at = f.req(ma.fields.DateTime)


class ActionOut(Schema):
    id = f.req(ma.fields.UUID)
    kind = f.word_of(ActionKind)
    text = f.req(ma.fields.String)
    due_on = f.opt(ma.fields.Date)
    done_on = f.opt(ma.fields.Date)
    added_by = f.req(ma.fields.UUID)
    at = f.req(ma.fields.DateTime)


class FollowUpOut(FollowUpRow):
    notes = f.listed(NoteOut)
    actions = f.listed(ActionOut)
    words_hidden = ma.fields.Boolean(
        required=True, metadata={"description": "true: the caller sees that the case exists, not its words"}
    )


class OpenFollowUp(Schema):
    id = f.req(ma.fields.UUID)
    kind = f.word_of(FollowUpKind)
    state = f.word_of(FollowUpState)


class EarlyWarning(Schema):
    employee_id = f.req(ma.fields.UUID)
    unit_id = f.opt(ma.fields.UUID)
    level = ma.fields.String(required=True, validate=ma.validate.OneOf(["SINGLE", "REPEATED"]))
    year = f.req(ma.fields.Integer)
    quarter = f.req(ma.fields.Integer)
    evaluation_id = f.opt(ma.fields.UUID)
    predicates = ma.fields.List(f.word_of(Predicate), required=True, allow_none=True)
    open_follow_ups = f.listed(OpenFollowUp)


class EarlyWarnings(Schema):
    items = f.listed(EarlyWarning)


class OrgPredicateIn(Schema):
    unit_id = ma.fields.UUID(required=True)
    year = f.year()
    quarter = f.quarter(required=False, load_default=None, allow_none=True)
    predicate = f.word_of(OrgPredicate)
    reason = f.optional_words(2000)


class OrgPredicateOut(Schema):
    id = f.req(ma.fields.UUID)
    unit_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    predicate = f.word_of(OrgPredicate)
    set_by = f.req(ma.fields.UUID)
    capacity = ma.fields.String(required=True, validate=ma.validate.OneOf(["LEADER_ABOVE", "HR"]))
    reason = f.req(ma.fields.String)
    set_at = f.req(ma.fields.DateTime)


class OrgPredicates(Schema):
    items = f.listed(OrgPredicateOut)


class OrgPredicateArgs(Schema):
    year = f.query_year()


class PeriodArgs(Schema):
    year = f.query_year(required=True)
    quarter = f.query_quarter()


class OverrideIn(Schema):
    year = f.year()
    quarter = f.quarter(required=False, load_default=None, allow_none=True)
    reason = f.words(longest=2000)


class OverrideOut(Schema):
    id = f.req(ma.fields.UUID)
    unit_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    reason = f.req(ma.fields.String)
    set_by = f.req(ma.fields.UUID)
    set_at = f.req(ma.fields.DateTime)


class OverrideInForce(Schema):
    reason = f.req(ma.fields.String)
    set_by = f.req(ma.fields.UUID)
    set_at = f.req(ma.fields.DateTime)


class ViolationOut(Schema):
    limit = f.word_of(Limit)
    predicates = ma.fields.List(f.word_of(Predicate), required=True)
    found = f.req(ma.fields.Integer)
    allowed = f.req(ma.fields.Integer)


class DistributionRuleOut(RuleSource):
    constraints = ma.fields.List(ma.fields.Dict(), required=True)


class DistributionOut(Schema):
    unit_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    org_predicate = f.word_of(OrgPredicate)
    headcount = f.req(ma.fields.Integer)
    rated = f.opt(ma.fields.Integer)
    counts = f.counts()
    passes = f.opt(ma.fields.Boolean)
    violations = f.listed(ViolationOut)
    warn_only = ma.fields.Boolean(required=True, metadata={"description": "false: the agency's policy refuses"})
    hidden = ma.fields.Boolean(required=True, metadata={"description": "the group is too small to show"})
    policy = f.word_of(Policy)
    override = f.nested(OverrideInForce, allow_none=True)
    rule = f.nested(DistributionRuleOut)


class PlanWaiting(Schema):
    plan_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    plan_version = f.req(ma.fields.Integer)
    updated_at = f.req(ma.fields.DateTime)


class RatingWaiting(Schema):
    plan_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    closes_on = f.req(ma.fields.Date)


class ProposalWaiting(Schema):
    evaluation_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    kind = f.word_of(EvaluationKind)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)


class ObjectionWaiting(Schema):
    objection_id = f.req(ma.fields.UUID)
    evaluation_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    decide_by = f.req(ma.fields.DateTime)
    escalated = f.req(ma.fields.Boolean)


class FollowUpWaiting(Schema):
    follow_up_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    kind = f.word_of(FollowUpKind)
    opened_at = f.req(ma.fields.DateTime)


class Queue(Schema):
    plans_to_agree = f.listed(PlanWaiting)
    to_rate = f.listed(RatingWaiting)
    proposals_to_finish = f.listed(ProposalWaiting)
    objections_to_decide = f.listed(ObjectionWaiting)
    follow_ups = f.listed(FollowUpWaiting)


class SummaryCounts(Schema):
    headcount = f.req(ma.fields.Integer)
    plans = f.counts()
    evaluations = f.counts()
    predicates = f.counts()
    hidden = f.req(ma.fields.Boolean)


class UnitSummary(SummaryCounts):
    unit_id = f.req(ma.fields.UUID)


class Summary(Schema):
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    smallest_group = f.req(ma.fields.Integer)
    units = f.listed(UnitSummary)
    total = f.nested(SummaryCounts)


class YearArgs(Schema):
    year = f.query_year(required=True)


class PeriodOut(Schema):
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    kind = f.word_of(EvaluationKind)
    opens_on = f.req(ma.fields.Date)
    closes_on = f.req(ma.fields.Date)
    is_open = f.req(ma.fields.Boolean)
    extended_to = f.opt(ma.fields.Date)


class ExtensionIn(Schema):
    year = f.year()
    quarter = f.quarter(required=False, load_default=None, allow_none=True)
    closes_on = ma.fields.Date(required=True)
    reason = f.words(longest=2000)


class ExtensionOut(Schema):
    id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    closes_on = f.req(ma.fields.Date)
    reason = f.req(ma.fields.String)
    set_by = f.req(ma.fields.UUID)
    set_at = f.req(ma.fields.DateTime)


class Periods(Schema):
    items = f.listed(PeriodOut)
    extensions = f.listed(ExtensionOut)


class RuleIn(Schema):
    effective_from = ma.fields.Date(required=True)
    value = ma.fields.Dict(keys=ma.fields.String(), required=True)
    legal_source = f.words(longest=1000)
    verified = ma.fields.Boolean(required=True)
    reason = f.words(longest=2000)


class RuleOut(RuleSource):
    kind = f.word_of(RuleKind)
    value = f.req(ma.fields.Dict)
    in_force = f.req(ma.fields.Boolean)


class Rules(Schema):
    items = f.listed(RuleOut)
    time_zone = f.req(ma.fields.String)
