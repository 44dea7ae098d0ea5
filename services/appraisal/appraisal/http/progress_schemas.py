"""What comes in with the daily log, and with feedback on it."""

from typing import Any

import marshmallow as ma

from appraisal.domain.own_realisation import StatedResult
from appraisal.domain.values import BehaviourValue
from appraisal.http.fields import OnePart
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import decimal_number, optional_choice, optional_text, web_link


class ProgressIn(Schema):
    date = ma.fields.Date(required=True)
    work_result_id = ma.fields.UUID(required=True)
    text = fields.text()
    evidence_link = web_link(load_default=None, allow_none=True)
    quantity = decimal_number(load_default=None, allow_none=True)
    unit = optional_text(100)


class ProgressQuery(PageQuery):
    work_result_id = ma.fields.UUID(load_default=None)
    since = ma.fields.Date(load_default=None)
    until = ma.fields.Date(load_default=None)


class StatedResultIn(Schema):
    work_result_id = ma.fields.UUID(required=True)
    realisation = fields.text()

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> StatedResult:
        return StatedResult(**data)


class RealisationIn(OnePart):
    """A quarter or a month, or neither for the whole year of the plan."""

    items = ma.fields.List(ma.fields.Nested(StatedResultIn), required=True, validate=ma.validate.Length(1, 50))


class FeedbackIn(Schema):
    work_result_id = ma.fields.UUID(load_default=None, allow_none=True)
    behaviour_value = optional_choice(BehaviourValue)
    text = fields.text()
    evidence_link = web_link(load_default=None, allow_none=True)


class AnswerIn(Schema):
    answer = fields.text()
