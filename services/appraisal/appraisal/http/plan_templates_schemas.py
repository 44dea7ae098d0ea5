"""What comes in with a template of plans, and with drafts from one."""

from typing import Any

import marshmallow as ma

from appraisal.domain.plan_template import OfferTemplate, TemplateState
from appraisal.http.fields import calendar_year
from appraisal.http.plans_schemas import PlanContentIn
from appraisal.use_cases.plans.draft_many import DraftPlans
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice

_ONE_SOURCE = "template_id, atau plan_id: tepat satu dari keduanya"


class PlanTemplateIn(Schema):
    title = fields.text(longest=200)
    position_codes = ma.fields.List(
        fields.text(longest=100),
        load_default=list,
        validate=ma.validate.Length(0, 100),
        metadata={"description": "none: for every position"},
    )
    content = ma.fields.Nested(PlanContentIn, required=True)

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> OfferTemplate:
        return OfferTemplate(data["title"], data["content"], tuple(data["position_codes"]))


class PlanTemplatesQuery(PageQuery):
    position_code = fields.text(longest=100, required=False, load_default=None)
    own_position = ma.fields.Boolean(
        load_default=False, metadata={"description": "of the position that the caller has"}
    )
    state = choice(TemplateState, load_default=TemplateState.OFFERED)


class PlanDraftsIn(Schema):
    """Whose plans of a year are drafted, and from what; loaded as the command."""

    year = calendar_year()
    employee_ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(1, 200))
    template_id = ma.fields.UUID(load_default=None, allow_none=True)
    plan_id = ma.fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "an agreed plan that the caller may read"}
    )

    @ma.validates_schema
    def _one_source(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("template_id") is None) == (data.get("plan_id") is None):
            raise ma.ValidationError(_ONE_SOURCE, "template_id")

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> DraftPlans:
        return DraftPlans(**{**data, "employee_ids": tuple(data["employee_ids"])})
