"""What comes in about individual development plans."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import text
from training.http.fields import YEARS, ForPersonIn, optional_day, optional_number, query_year


class PlanIn(ForPersonIn):
    year = ma.fields.Integer(required=True, validate=YEARS)


class PlansQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    year = query_year()


class PlanItemIn(Schema):
    goal = text(1000)
    need_id = ma.fields.UUID(load_default=None, allow_none=True)
    course_code = text(60, load_default=None, allow_none=True)
    kind_code = text(60, load_default=None, allow_none=True)
    jp = optional_number(0, 2000)
    due_on = optional_day()


class ReadingIn(Schema):
    item_id = ma.fields.UUID(required=True)
