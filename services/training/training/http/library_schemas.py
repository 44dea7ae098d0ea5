"""What goes in and out about the library, suggestions and summaries."""

import marshmallow as ma

from chassis.http import PageArgs, Schema
from training.domain.library import HoldState, LoanState
from training.http.catalogue_schemas import CourseOut, SessionOut
from training.http.fields import YEARS, code, codes, link, words
from training.use_cases.import_catalogue import ITEM_KINDS

KINDS = ma.validate.OneOf(ITEM_KINDS)


class ReferenceItemChange(Schema):
    title = words(500)
    author = words(300, load_default="")
    year = ma.fields.Integer(load_default=None, allow_none=True, validate=ma.validate.Range(1000, 2200))
    kind = ma.fields.String(required=True, validate=KINDS)
    subject = words(300, load_default="")
    competency_codes = codes()
    language = words(20, load_default="id")
    licence = words(200, load_default="")
    link = link(load_default=None, allow_none=True)
    copies = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 100_000))
    active = ma.fields.Boolean(load_default=True)


class ReferenceItemIn(ReferenceItemChange):
    code = code()


class ReferenceItemOut(Schema):
    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    author = ma.fields.String(required=True)
    year = ma.fields.Integer(required=True, allow_none=True)
    kind = ma.fields.String(required=True)
    subject = ma.fields.String(required=True)
    competency_codes = ma.fields.List(ma.fields.String(), required=True)
    language = ma.fields.String(required=True)
    licence = ma.fields.String(required=True)
    link = ma.fields.String(required=True, allow_none=True)
    copies = ma.fields.Integer(required=True)
    copies_free = ma.fields.Integer(required=True)
    active = ma.fields.Boolean(required=True)
    version = ma.fields.Integer(required=True)


class SearchArgs(PageArgs):
    text = ma.fields.String(load_default=None, metadata={"description": 'words; "a phrase"; -without'})
    competency_code = ma.fields.String(load_default=None)
    kind = ma.fields.String(load_default=None, validate=KINDS)
    language = ma.fields.String(load_default=None)
    year = ma.fields.Integer(load_default=None, validate=ma.validate.Range(1000, 2200))


class LoanArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf([one.value for one in LoanState]))


class LoanOut(Schema):
    id = ma.fields.UUID(required=True)
    item_id = ma.fields.UUID(required=True)
    title = ma.fields.String(required=True)
    employee_id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    lent_on = ma.fields.Date(required=True)
    due_on = ma.fields.Date(required=True)
    returned_on = ma.fields.Date(required=True, allow_none=True)
    renewals = ma.fields.Integer(required=True)
    overdue = ma.fields.Boolean(required=True)


class HoldArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf([one.value for one in HoldState]))


class HoldOut(Schema):
    id = ma.fields.UUID(required=True)
    item_id = ma.fields.UUID(required=True)
    title = ma.fields.String(required=True)
    employee_id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    queue_number = ma.fields.Integer(required=True, allow_none=True)
    placed_at = ma.fields.DateTime(required=True)
    pick_up_by = ma.fields.Date(required=True, allow_none=True)


class CourseSuggestion(Schema):
    course = ma.fields.Nested(CourseOut, required=True)
    sessions = ma.fields.List(ma.fields.Nested(SessionOut), required=True)
    score = ma.fields.Integer(required=True)
    reasons = ma.fields.List(ma.fields.String(), required=True)


class ItemSuggestion(Schema):
    item = ma.fields.Nested(ReferenceItemOut, required=True)
    score = ma.fields.Integer(required=True)
    reasons = ma.fields.List(ma.fields.String(), required=True)


class SuggestionsOut(Schema):
    need_id = ma.fields.UUID(required=True)
    competency_code = ma.fields.String(required=True)
    courses = ma.fields.List(ma.fields.Nested(CourseSuggestion), required=True)
    reference_items = ma.fields.List(ma.fields.Nested(ItemSuggestion), required=True)


class SummaryArgs(Schema):
    year = ma.fields.Integer(load_default=None, validate=YEARS)
    unit_id = ma.fields.UUID(load_default=None, metadata={"description": "this unit and those below"})


class JpGroup(Schema):
    unit_id = ma.fields.UUID(required=True, allow_none=True)
    unit_code = ma.fields.String(required=True, allow_none=True)
    unit_name = ma.fields.String(required=True, allow_none=True)
    employment_type = ma.fields.String(required=True, allow_none=True)
    target_kind = ma.fields.String(required=True, allow_none=True)
    target_jp = ma.fields.Integer(required=True, allow_none=True)
    people = ma.fields.Integer(required=True)
    earned_jp = ma.fields.Integer(required=True)
    average_jp = ma.fields.String(required=True, metadata={"description": "decimal, two places"})
    met = ma.fields.Integer(required=True)
    not_met = ma.fields.Integer(required=True)
    without_jp = ma.fields.Integer(required=True)


class JpSummaryOut(Schema):
    year = ma.fields.Integer(required=True)
    groups = ma.fields.List(ma.fields.Nested(JpGroup), required=True)


class NeedGroup(Schema):
    competency_code = ma.fields.String(required=True)
    competency_name = ma.fields.String(required=True, allow_none=True)
    competency_kind = ma.fields.String(required=True, allow_none=True)
    people = ma.fields.Integer(required=True)
    open = ma.fields.Integer(required=True)
    planned = ma.fields.Integer(required=True)
    met = ma.fields.Integer(required=True)
    cancelled = ma.fields.Integer(required=True)
    from_evaluation = ma.fields.Integer(required=True)
    from_gap = ma.fields.Integer(required=True)
    from_request = ma.fields.Integer(required=True)
    average_gap = ma.fields.String(required=True, allow_none=True, metadata={"description": "decimal, two places"})
    planned_jp = ma.fields.Integer(required=True)


class NeedSummaryOut(Schema):
    year = ma.fields.Integer(required=True)
    groups = ma.fields.List(ma.fields.Nested(NeedGroup), required=True)
