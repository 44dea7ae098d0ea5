"""Evaluations, objections and their explanation, as they come in and go out."""

import marshmallow as ma

from appraisal.domain.values import (
    Capacity,
    CompletedBy,
    EvaluationKind,
    EvaluationState,
    Predicate,
    Rating,
    Receipt,
)
from appraisal.http import fields as f
from appraisal.http.plan_schemas import ItemError
from chassis.http import PageArgs, Schema


class JudgementIn(Schema):
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    work_result_note = f.optional_words()
    behaviour_note = f.optional_words()


class RatingIn(JudgementIn):
    employee_id = ma.fields.UUID(required=True)
    competency_codes = f.competency_codes()


class FinishChoice(Schema):
    finish = ma.fields.Boolean(
        load_default=True,
        metadata={"description": "false keeps a proposal; true makes it final, or issues an annual one"},
    )


class PeriodicIn(RatingIn, FinishChoice):
    year = f.year()
    quarter = f.quarter()


class PeriodicBatchIn(FinishChoice):
    year = f.year()
    quarter = f.quarter()
    items = ma.fields.List(ma.fields.Nested(RatingIn), required=True, validate=ma.validate.Length(1, 200))


class AnnualIn(RatingIn, FinishChoice):
    year = f.year()


class AnnualBatchIn(FinishChoice):
    year = f.year()
    items = ma.fields.List(ma.fields.Nested(RatingIn), required=True, validate=ma.validate.Length(1, 200))


class CorrectionIn(JudgementIn):
    reason = f.words(longest=2000)
    order_reference = f.words(longest=300, metadata={"description": "number and date of the order"})


class DialogueIn(Schema):
    text = f.words()


class EvaluationListArgs(PageArgs):
    year = f.query_year()
    quarter = f.query_quarter()
    kind = f.word_of(EvaluationKind, required=False, load_default=None)
    unit = ma.fields.UUID(load_default=None)
    state = f.word_of(EvaluationState, required=False, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)


class OwnEvaluationArgs(PageArgs):
    year = f.query_year()


class EvaluationOut(Schema):
    id = f.req(ma.fields.UUID)
    plan_id = f.req(ma.fields.UUID)
    plan_version = f.req(ma.fields.Integer)
    employee_id = f.req(ma.fields.UUID)
    unit_id = f.req(ma.fields.UUID)
    appraiser_id = f.req(ma.fields.UUID)
    reviewer_id = f.opt(ma.fields.UUID)
    rated_by = ma.fields.UUID(
        required=True, metadata={"description": "the official who made the appraiser's judgement"}
    )
    kind = f.word_of(EvaluationKind)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    state = f.word_of(EvaluationState)
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    work_result_note = f.req(ma.fields.String)
    behaviour_note = f.req(ma.fields.String)
    predicate = f.word_of(Predicate)
    competency_codes = ma.fields.List(ma.fields.String(), required=True)
    revision = ma.fields.Integer(required=True, metadata={"description": "number of the judgement that stands"})
    version = ma.fields.Integer(required=True, metadata={"description": "of the row"})
    issued_at = f.opt(ma.fields.DateTime)
    received_at = f.opt(ma.fields.DateTime)
    receipt = f.word_of(Receipt, allow_none=True)
    objection_until = f.opt(ma.fields.DateTime)
    final_at = f.opt(ma.fields.DateTime)
    completed_by = f.word_of(CompletedBy, allow_none=True)


class RatingOutcome(Schema):
    employee_id = f.req(ma.fields.UUID)
    outcome = ma.fields.String(required=True, validate=ma.validate.OneOf(["DONE", "UNCHANGED", "REFUSED"]))
    evaluation_id = f.opt(ma.fields.UUID)
    state = f.word_of(EvaluationState, allow_none=True)
    predicate = f.word_of(Predicate, allow_none=True)
    error = f.nested(ItemError, allow_none=True)


class RatingOutcomes(Schema):
    items = f.listed(RatingOutcome)


class DialogueOut(Schema):
    id = f.req(ma.fields.UUID)
    evaluation_id = f.req(ma.fields.UUID)
    author_id = f.req(ma.fields.UUID)
    role = ma.fields.String(required=True, validate=ma.validate.OneOf(["EMPLOYEE", "APPRAISER", "REVIEWER"]))
    text = f.req(ma.fields.String)
    at = f.req(ma.fields.DateTime)


class DialogueList(Schema):
    items = f.listed(DialogueOut)


class PeriodOfInputs(Schema):
    first_day = f.req(ma.fields.Date)
    last_day = f.req(ma.fields.Date)
    time_zone = f.req(ma.fields.String)


class PlanOfYear(Schema):
    plan_id = f.req(ma.fields.UUID)
    unit_id = f.req(ma.fields.UUID)
    state = f.req(ma.fields.String)
    active_version = f.req(ma.fields.Integer)


class Realisation(Schema):
    work_result_id = f.req(ma.fields.UUID)
    entries = f.req(ma.fields.Integer)
    quantity = f.opt(ma.fields.String)
    evidence_links = f.req(ma.fields.Integer)


class FeedbackUsed(Schema):
    id = f.req(ma.fields.UUID)
    giver_role = f.req(ma.fields.String)
    work_result_id = f.opt(ma.fields.UUID)
    behaviour_value = f.opt(ma.fields.String)
    text = f.req(ma.fields.String)
    evidence_link = f.opt(ma.fields.String)
    given_at = f.req(ma.fields.DateTime)
    answer = f.opt(ma.fields.String)


class PeriodicConsidered(Schema):
    evaluation_id = f.req(ma.fields.UUID)
    quarter = f.req(ma.fields.Integer)
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    predicate = f.word_of(Predicate)


class Inputs(Schema):
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    work_result_note = f.req(ma.fields.String)
    behaviour_note = f.req(ma.fields.String)
    plan_id = f.req(ma.fields.UUID)
    plan_version = f.req(ma.fields.Integer)
    plans_of_the_year = f.listed(PlanOfYear)
    realisation = f.listed(Realisation)
    feedback = f.listed(FeedbackUsed)
    periodic_evaluations = f.listed(PeriodicConsidered)
    period = f.nested(PeriodOfInputs)


class MatrixCell(Schema):
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    predicate = f.word_of(Predicate)


class RuleSource(Schema):
    rule_version = f.req(ma.fields.String)
    effective_from = f.req(ma.fields.Date)
    legal_source = f.req(ma.fields.String)
    verified = ma.fields.Boolean(
        required=True, metadata={"description": "false: the legal text was not seen; the agency is to confirm it"}
    )


class MatrixRule(RuleSource):
    text = f.req(ma.fields.String)
    matrix = f.req(ma.fields.Dict)


class DecidedBy(Schema):
    employee_id = f.req(ma.fields.UUID)
    capacity = f.word_of(Capacity)
    at = f.req(ma.fields.DateTime)


class JudgementVersion(Schema):
    revision = f.req(ma.fields.Integer)
    work_result = f.word_of(Rating)
    behaviour = f.word_of(Rating)
    work_result_note = f.req(ma.fields.String)
    behaviour_note = f.req(ma.fields.String)
    predicate = f.word_of(Predicate)
    decided_by = f.req(ma.fields.UUID)
    capacity = f.word_of(Capacity)
    reason = f.req(ma.fields.String)
    order_reference = f.req(ma.fields.String)
    rule_version = f.req(ma.fields.String)
    plan_version = f.req(ma.fields.Integer)
    at = f.req(ma.fields.DateTime)


class Rights(Schema):
    text = f.req(ma.fields.String)
    can_request_dialogue = f.req(ma.fields.Boolean)
    can_object = f.req(ma.fields.Boolean)
    must_confirm_receipt = ma.fields.Boolean()
    issued_at = ma.fields.DateTime(allow_none=True)
    received_at = ma.fields.DateTime(allow_none=True)
    receipt = ma.fields.String(allow_none=True)
    objection_until = ma.fields.DateTime(allow_none=True)
    objection_id = ma.fields.UUID(allow_none=True)
    decide_by = ma.fields.DateTime(allow_none=True)
    outcome = ma.fields.String(allow_none=True)
    rule = ma.fields.Nested(RuleSource)


class Explanation(Schema):
    evaluation_id = f.req(ma.fields.UUID)
    kind = f.word_of(EvaluationKind)
    year = f.req(ma.fields.Integer)
    quarter = f.opt(ma.fields.Integer)
    state = f.word_of(EvaluationState)
    is_final = f.req(ma.fields.Boolean)
    predicate = f.word_of(Predicate)
    inputs = f.nested(Inputs)
    matrix_cell = f.nested(MatrixCell)
    rule = f.nested(MatrixRule)
    decided_by = f.nested(DecidedBy)
    history = f.listed(JudgementVersion)
    rights = f.nested(Rights)
