"""What comes in about surveys: their texts, and answers."""

from typing import Any

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_text
from wellbeing.domain.survey import HIGHEST, LONGEST_TEXT, LOWEST, Answer, NewQuestion, SurveyState
from wellbeing.domain.survey import QuestionKind as Kind
from wellbeing.http.fields import MOST_UNITS, ids, name


class QuestionIn(Schema):
    kind = choice(Kind)
    text = ma.fields.String(required=True, validate=ma.validate.Length(1, 500))

    @ma.post_load
    def _question(self, data: dict[str, Any], **_: Any) -> NewQuestion:
        return NewQuestion(**data)


class SurveyIn(Schema):
    title = name()
    introduction = optional_text()
    unit_ids = ids(MOST_UNITS, metadata={"description": "empty: the whole agency"})
    questions = ma.fields.List(ma.fields.Nested(QuestionIn), required=True, validate=ma.validate.Length(1, 50))


class SurveyOpenIn(Schema):
    closes_on = ma.fields.Date(required=True, metadata={"description": "the last day, in the agency's time zone"})


class SurveysQuery(PageQuery):
    state = choice(SurveyState, load_default=None)


class AnswerIn(Schema):
    question_id = ma.fields.UUID(required=True)
    score = ma.fields.Integer(load_default=None, strict=True, validate=ma.validate.Range(LOWEST, HIGHEST))
    text = ma.fields.String(load_default=None, validate=ma.validate.Length(max=LONGEST_TEXT))

    @ma.post_load
    def _answer(self, data: dict[str, Any], **_: Any) -> Answer:
        return Answer(**data)


class AnswersIn(Schema):
    token = ma.fields.String(required=True, validate=ma.validate.Length(1, 500))
    answers = ma.fields.List(ma.fields.Nested(AnswerIn), required=True, validate=ma.validate.Length(1, 50))


class ResultsQuery(Schema):
    unit_id = ma.fields.UUID(load_default=None, metadata={"description": "without it: the whole"})
