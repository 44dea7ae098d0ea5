"""Surveys, answers and results, as they come in and go out."""

import marshmallow as ma

from chassis.http import PageArgs, Schema
from wellbeing.domain.surveys import LONGEST_TEXT, QuestionKind, SurveyState

f, v = ma.fields, ma.validate
NAME = v.Length(1, 200)
TEXT = v.Length(1, 8000)
SLUG = v.Regexp(r"^[a-z][a-z0-9-]{1,40}\Z")
MANY = v.Length(max=200)


class QuestionIn(Schema):
    kind = f.Enum(QuestionKind, required=True)
    text = f.String(required=True, validate=v.Length(1, 500))


class SurveyIn(Schema):
    title = f.String(required=True, validate=NAME)
    introduction = f.String(load_default="", validate=v.Length(max=4000))
    unit_ids = f.List(f.UUID(), load_default=list, validate=MANY, metadata={"description": "empty: the whole agency"})
    questions = f.List(f.Nested(QuestionIn), required=True, validate=v.Length(1, 50))


class SurveyOpenIn(Schema):
    closes_on = f.Date(required=True, metadata={"description": "the last day, in the agency's time zone"})


class QuestionOut(Schema):
    question_id = f.UUID(required=True)
    kind = f.Enum(QuestionKind, required=True)
    text = f.String(required=True)


class SurveyOut(Schema):
    survey_id = f.UUID(required=True)
    title = f.String(required=True)
    introduction = f.String(required=True)
    state = f.Enum(SurveyState, required=True)
    unit_ids = f.List(f.UUID(), required=True)
    questions = f.List(f.Nested(QuestionOut), required=True)
    closes_on = f.Date(required=True, allow_none=True)
    minimum_scores = f.Integer(required=True, allow_none=True, metadata={"description": "promised when it opened"})
    minimum_free_text = f.Integer(required=True, allow_none=True)
    anonymity_version = f.String(required=True, allow_none=True)
    for_you = f.Boolean(required=True)
    token_taken = f.Boolean(required=True)
    tokens_given = f.Integer(required=True, allow_none=True, metadata={"description": "officers only, once closed"})
    version = f.Integer(required=True)


class SurveyListArgs(PageArgs):
    state = f.Enum(SurveyState, load_default=None)


class TokenOut(Schema):
    token = f.String(required=True, metadata={"description": "shown once; kept nowhere"})
    closes_on = f.Date(required=True, allow_none=True)


class AnswerIn(Schema):
    question_id = f.UUID(required=True)
    score = f.Integer(load_default=None, strict=True, validate=v.Range(1, 5))
    text = f.String(load_default=None, validate=v.Length(max=LONGEST_TEXT))


class AnswersIn(Schema):
    token = f.String(required=True, validate=v.Length(1, 500))
    answers = f.List(f.Nested(AnswerIn), required=True, validate=v.Length(1, 50))


class ResultArgs(Schema):
    unit_id = f.UUID(load_default=None, metadata={"description": "without it: the whole"})


class CellOut(Schema):
    question_id = f.UUID(required=True)
    kind = f.String(required=True)
    text = f.String(required=True)
    answers = f.Integer(required=True, allow_none=True)
    mean = f.Decimal(required=True, allow_none=True, as_string=True)
    texts = f.List(f.String(), required=True, allow_none=True)
    reason = f.String(required=True, allow_none=True)


class GroupOut(Schema):
    unit_id = f.UUID(required=True, allow_none=True)
    unit_code = f.String(required=True, allow_none=True)
    unit_name = f.String(required=True, allow_none=True)
    answers = f.Integer(required=True, allow_none=True)
    reason = f.String(required=True, allow_none=True, metadata={"description": "why it is hidden"})
    questions = f.List(f.Nested(CellOut), required=True)


class ResultExplanationOut(Schema):
    rule = f.String(required=True)
    minimum_scores = f.Integer(required=True)
    minimum_free_text = f.Integer(required=True)
    version = f.String(required=True)
    source = f.String(required=True)
    sentence = f.String(required=True)


class ResultsOut(Schema):
    survey_id = f.UUID(required=True)
    group = f.Nested(GroupOut, required=True)
    below = f.List(f.Nested(GroupOut), required=True)
    explanation = f.Nested(ResultExplanationOut, required=True)
