"""Plans, progress and feedback, as they come in and go out."""

import marshmallow as ma

from appraisal.domain.plan import Move
from appraisal.domain.values import Aspect, BehaviourValue, GiverRole, Perspective, PlanModel, PlanState, ResultKind
from appraisal.http import fields as f
from chassis.http import PageArgs, Schema


class IndicatorIn(Schema):
    text = f.words(longest=1000)
    aspect = f.word_of(Aspect, required=False, load_default=None, allow_none=True)
    target_text = f.optional_words(1000)
    target_number = f.figure()
    unit = f.optional_words(100)


class WorkResultIn(Schema):
    id = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "of a result kept on an edit"})
    kind = f.word_of(ResultKind)
    title = f.words(longest=1000)
    parent_work_result_id = ma.fields.UUID(load_default=None, allow_none=True)
    perspective = f.word_of(Perspective, required=False, load_default=None, allow_none=True)
    indicators = ma.fields.List(ma.fields.Nested(IndicatorIn), load_default=list, validate=ma.validate.Length(0, 20))


class ExpectationIn(Schema):
    value = f.word_of(BehaviourValue)
    expectation = f.words(longest=2000)


class AnnexIn(Schema):
    support = ma.fields.List(
        f.words(required=False, longest=1000), load_default=list, validate=ma.validate.Length(0, 20)
    )
    accountability = ma.fields.List(
        f.words(required=False, longest=1000), load_default=list, validate=ma.validate.Length(0, 20)
    )
    consequences = ma.fields.List(
        f.words(required=False, longest=1000), load_default=list, validate=ma.validate.Length(0, 20)
    )


class PlanContent(Schema):
    model = f.word_of(PlanModel)
    work_results = ma.fields.List(ma.fields.Nested(WorkResultIn), load_default=list, validate=ma.validate.Length(0, 50))
    behaviour_expectations = ma.fields.List(
        ma.fields.Nested(ExpectationIn), load_default=list, validate=ma.validate.Length(0, 7)
    )
    annex = ma.fields.Nested(AnnexIn, load_default=lambda: {"support": [], "accountability": [], "consequences": []})


class PlanIn(PlanContent):
    year = f.year()
    employee_id = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "HR only: on behalf of"})


class PlanReasonIn(Schema):
    reason = f.words(longest=2000)


class PlanIdsIn(Schema):
    plan_ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(1, 200))


class LinkIn(Schema):
    work_result_id = ma.fields.UUID(required=True)
    parent_work_result_id = ma.fields.UUID(required=True)


class LinksIn(Schema):
    links = ma.fields.List(ma.fields.Nested(LinkIn), required=True, validate=ma.validate.Length(1, 50))


class PlanListArgs(PageArgs):
    year = f.query_year()
    unit = ma.fields.UUID(load_default=None)
    state = f.word_of(PlanState, required=False, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)


class YearArgs(Schema):
    year = f.query_year(required=True)


class IndicatorOut(Schema):
    text = f.req(ma.fields.String)
    aspect = f.opt(ma.fields.String)
    target_text = f.req(ma.fields.String)
    target_number = f.opt(ma.fields.String)
    unit = f.req(ma.fields.String)


class WorkResultOut(Schema):
    id = f.req(ma.fields.UUID)
    kind = f.word_of(ResultKind)
    title = f.req(ma.fields.String)
    parent_work_result_id = f.opt(ma.fields.UUID)
    perspective = f.opt(ma.fields.String)
    indicators = f.listed(IndicatorOut)


class PlanHead(Schema):
    id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    unit_id = f.req(ma.fields.UUID)
    appraiser_id = f.opt(ma.fields.UUID)
    reviewer_id = f.opt(ma.fields.UUID)
    state = f.word_of(PlanState)
    plan_version = f.req(ma.fields.Integer)
    active_version = f.opt(ma.fields.Integer)
    version = ma.fields.Integer(required=True, metadata={"description": "of the row, as in the ETag"})
    moves = ma.fields.List(f.word_of(Move), required=True, metadata={"description": "what may be done next"})


class PlanSaved(PlanHead):
    model = f.word_of(PlanModel)
    work_results = f.listed(WorkResultOut)


class BehaviourOut(Schema):
    value = f.word_of(BehaviourValue)
    name = f.req(ma.fields.String)
    guides = ma.fields.List(ma.fields.String(), required=True)
    expectation = f.opt(ma.fields.String)


class AnnexOut(Schema):
    support = ma.fields.List(ma.fields.String(), required=True)
    accountability = ma.fields.List(ma.fields.String(), required=True)
    consequences = ma.fields.List(ma.fields.String(), required=True)


class ContentOut(Schema):
    model = f.word_of(PlanModel)
    work_results = f.listed(WorkResultOut)
    behaviours = f.listed(BehaviourOut)
    behaviour_guides_version = f.req(ma.fields.String)
    annex = f.nested(AnnexOut)


class PlanOut(PlanHead, ContentOut):
    updated_at = f.req(ma.fields.DateTime)


class PlanVersionOut(ContentOut):
    plan_id = f.req(ma.fields.UUID)
    plan_version = f.req(ma.fields.Integer)
    handed_in_at = f.req(ma.fields.DateTime)


class PlanRow(Schema):
    id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    unit_id = f.req(ma.fields.UUID)
    appraiser_id = f.opt(ma.fields.UUID)
    reviewer_id = f.opt(ma.fields.UUID)
    state = f.word_of(PlanState)
    plan_version = f.req(ma.fields.Integer)
    active_version = f.opt(ma.fields.Integer)
    version = f.req(ma.fields.Integer)
    model = f.word_of(PlanModel)
    updated_at = f.req(ma.fields.DateTime)


class PlanMoveOut(Schema):
    plan_version = f.req(ma.fields.Integer)
    move = f.req(ma.fields.String)
    from_state = f.req(ma.fields.String)
    to_state = f.req(ma.fields.String)
    actor = f.req(ma.fields.String)
    reason = f.req(ma.fields.String)
    at = f.req(ma.fields.DateTime)


class PlanMoves(Schema):
    items = f.listed(PlanMoveOut)


class ItemError(Schema):
    code = f.req(ma.fields.String)
    detail = f.req(ma.fields.String)
    errors = ma.fields.List(ma.fields.Dict(), required=True)


class PlanOutcome(Schema):
    plan_id = f.req(ma.fields.UUID)
    outcome = ma.fields.String(required=True, validate=ma.validate.OneOf(["ACTIVATED", "UNCHANGED", "REFUSED"]))
    error = f.nested(ItemError, allow_none=True)


class PlanOutcomes(Schema):
    items = f.listed(PlanOutcome)


class SuperiorResult(Schema):
    id = f.req(ma.fields.UUID)
    kind = f.word_of(ResultKind)
    title = f.req(ma.fields.String)


class SuperiorResults(Schema):
    items = f.listed(SuperiorResult)


class ProgressLine(Schema):
    date = ma.fields.Date(required=True)
    work_result_id = ma.fields.UUID(required=True)
    text = f.words()
    evidence_link = f.link()
    quantity = f.figure()
    unit = f.optional_words(100)


class ProgressListArgs(PageArgs):
    work_result_id = ma.fields.UUID(load_default=None)
    since = ma.fields.Date(load_default=None)
    until = ma.fields.Date(load_default=None)


class ProgressOut(Schema):
    id = f.req(ma.fields.UUID)
    plan_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    work_result_id = f.req(ma.fields.UUID)
    date = f.req(ma.fields.Date)
    text = f.req(ma.fields.String)
    evidence_link = f.opt(ma.fields.String)
    quantity = f.opt(ma.fields.String)
    unit = f.req(ma.fields.String)
    recorded_at = f.req(ma.fields.DateTime)


class FeedbackIn(Schema):
    work_result_id = ma.fields.UUID(load_default=None, allow_none=True)
    behaviour_value = f.word_of(BehaviourValue, required=False, load_default=None, allow_none=True)
    text = f.words()
    evidence_link = f.link()


class FeedbackAnswerIn(Schema):
    answer = f.words()


class FeedbackOut(Schema):
    id = f.req(ma.fields.UUID)
    plan_id = f.req(ma.fields.UUID)
    employee_id = f.req(ma.fields.UUID)
    giver_id = f.req(ma.fields.UUID)
    giver_role = f.word_of(GiverRole)
    work_result_id = f.opt(ma.fields.UUID)
    behaviour_value = f.opt(ma.fields.String)
    text = f.req(ma.fields.String)
    evidence_link = f.opt(ma.fields.String)
    given_at = f.req(ma.fields.DateTime)
    answer = f.opt(ma.fields.String)
    answered_at = f.opt(ma.fields.DateTime)


class RoleCell(Schema):
    employee_id = f.req(ma.fields.UUID)
    work_result_id = f.req(ma.fields.UUID)
    title = f.req(ma.fields.String)
    state = f.word_of(PlanState)


class LeaderResult(Schema):
    work_result_id = f.req(ma.fields.UUID)
    title = f.req(ma.fields.String)
    supported_by = f.listed(RoleCell)
    gap = f.req(ma.fields.Boolean)


class RoleResults(Schema):
    unit_id = f.req(ma.fields.UUID)
    year = f.req(ma.fields.Integer)
    leader_id = f.opt(ma.fields.UUID)
    results = f.listed(LeaderResult)
    unlinked = f.listed(RoleCell)
