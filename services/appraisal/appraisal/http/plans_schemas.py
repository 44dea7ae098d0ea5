"""What comes in with a plan."""

from typing import Any

import marshmallow as ma

from appraisal.domain.plan import PlanAsRead
from appraisal.domain.plan_content import Annex, BehaviourExpectation, ContentDraft, Indicator, WorkResultDraft
from appraisal.domain.result_link import Link
from appraisal.domain.values import Aspect, BehaviourValue, Perspective, PlanModel, PlanState, ResultKind
from appraisal.http.fields import YEARS, calendar_year, query_year
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice, decimal_number, optional_choice, optional_text

LINES = ma.validate.Length(0, 20)


class _Part(Schema):
    """Part of a plan's content; loaded as the value of the domain that `loads_as` names."""

    loads_as: type[Any]

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> Any:
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        return self.loads_as(**values)


class IndicatorIn(_Part):
    loads_as = Indicator
    text = fields.text(longest=1000)
    aspect = optional_choice(Aspect)
    target_text = optional_text(1000)
    target_number = decimal_number(load_default=None, allow_none=True)
    unit = optional_text(100)


class WorkResultIn(_Part):
    loads_as = WorkResultDraft
    id = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "of a result kept on an edit"})
    kind = choice(ResultKind)
    title = fields.text(longest=1000)
    parent_work_result_id = ma.fields.UUID(load_default=None, allow_none=True)
    perspective = optional_choice(Perspective)
    indicators = ma.fields.List(ma.fields.Nested(IndicatorIn), load_default=list, validate=LINES)


class ExpectationIn(_Part):
    loads_as = BehaviourExpectation
    value = choice(BehaviourValue)
    expectation = fields.text(longest=2000)


class AnnexIn(_Part):
    loads_as = Annex
    support = ma.fields.List(fields.text(longest=1000), load_default=list, validate=LINES)
    accountability = ma.fields.List(fields.text(longest=1000), load_default=list, validate=LINES)
    consequences = ma.fields.List(fields.text(longest=1000), load_default=list, validate=LINES)


class PlanContentIn(_Part):
    loads_as = ContentDraft
    model = choice(PlanModel)
    work_results = ma.fields.List(ma.fields.Nested(WorkResultIn), load_default=list, validate=ma.validate.Length(0, 50))
    behaviour_expectations = ma.fields.List(
        ma.fields.Nested(ExpectationIn), load_default=list, validate=ma.validate.Length(0, 7)
    )
    annex = ma.fields.Nested(AnnexIn, load_default=Annex)


class PlanIn(PlanContentIn):
    year = calendar_year()
    employee_id = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "HR only: on behalf of"})

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        own = {name: data.pop(name) for name in ("year", "employee_id")}
        return {**own, "content": super()._load(data)}


class PlanCopyIn(Schema):
    year = calendar_year()
    from_year = ma.fields.Integer(
        strict=True, validate=YEARS, load_default=None, allow_none=True, metadata={"description": "the year before"}
    )
    employee_id = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "HR only: on behalf of"})


class PlanReasonIn(Schema):
    reason = fields.text(longest=2000)


class PlanAsReadIn(_Part):
    loads_as = PlanAsRead
    plan_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(
        required=True, strict=True, validate=ma.validate.Range(1, 2**31 - 1), metadata={"description": "as it was read"}
    )


class PlansAsReadIn(Schema):
    plans = ma.fields.List(ma.fields.Nested(PlanAsReadIn), required=True, validate=ma.validate.Length(1, 200))


class LinkIn(_Part):
    loads_as = Link
    work_result_id = ma.fields.UUID(required=True)
    parent_work_result_id = ma.fields.UUID(required=True)


class LinksIn(Schema):
    links = ma.fields.List(ma.fields.Nested(LinkIn), required=True, validate=ma.validate.Length(1, 50))


class PlansQuery(PageQuery):
    year = query_year()
    unit = ma.fields.UUID(load_default=None)
    state = choice(PlanState, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)


class YearQuery(Schema):
    year = query_year(required=True)
