"""What comes in about courses and the sessions announced for them."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import code, optional_text, text
from training.domain.competency import HIGHEST_LEVEL, LOWEST_LEVEL
from training.http.fields import CATALOGUE_CODE, competency_codes, optional_day, optional_number


class CourseChangeIn(Schema):
    title = text(300)
    kind_code = text(60)
    jp = optional_number(1, 2000)
    minutes = optional_number(1, 100_000, metadata={"description": "counted into JP without jp"})
    level = optional_number(LOWEST_LEVEL, HIGHEST_LEVEL, metadata={"description": "the level it leads to"})
    competency_codes = competency_codes()
    provider = text(200)
    active = ma.fields.Boolean(load_default=True)


class CourseIn(CourseChangeIn):
    code = code(CATALOGUE_CODE)


class CoursesQuery(PageQuery):
    text = ma.fields.String(load_default=None, metadata={"description": "part of title or code"})
    competency_code = ma.fields.String(load_default=None)
    kind_code = ma.fields.String(load_default=None)
    active = ma.fields.Boolean(load_default=None)


class SessionIn(Schema):
    seats = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 100_000))
    starts_on = ma.fields.Date(required=True)
    ends_on = optional_day()
    enrol_opens_on = optional_day()
    enrol_closes_on = optional_day()
    place = optional_text(300)
    trainer_id = ma.fields.UUID(load_default=None, allow_none=True)
