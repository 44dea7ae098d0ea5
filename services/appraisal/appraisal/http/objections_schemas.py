"""What comes in with an objection."""

import marshmallow as ma

from appraisal.domain.values import Outcome, RatingLevel
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_choice, optional_text, text, web_link


class ObjectionIn(Schema):
    reasons = text()
    evidence_links = ma.fields.List(web_link(), load_default=list, validate=ma.validate.Length(0, 20))


class StatementIn(Schema):
    statement = text()


class WithdrawalIn(Schema):
    reason = optional_text(longest=2000)


class ExaminationIn(Schema):
    starts_at = ma.fields.AwareDateTime(required=True, metadata={"description": "with its offset"})
    invited = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(1, 20))
    place = text(longest=500)


class MinutesIn(Schema):
    present = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(0, 20))
    minutes = text(longest=20000)


class RemarkIn(Schema):
    remark = text()


class DecisionIn(Schema):
    outcome = choice(Outcome)
    reasons = text()
    work_result = optional_choice(RatingLevel)
    behaviour = optional_choice(RatingLevel)
    work_result_note = optional_text()
    behaviour_note = optional_text()


class DeciderIn(Schema):
    decider_id = ma.fields.UUID(required=True)
    reason = text(longest=2000)


class ObjectionsQuery(PageQuery):
    open = ma.fields.Boolean(load_default=True, metadata={"description": "only those neither decided nor withdrawn"})
