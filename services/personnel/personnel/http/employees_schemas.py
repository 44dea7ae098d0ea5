"""What is asked about people."""

import marshmallow as ma
from webargs.fields import DelimitedList

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice
from directory.people import EmployeeStatus, EmploymentType
from personnel.http.fields import day

MOST_IDS = 200
MOST_NAMES = 100


class CardsQuery(Schema):
    ids = DelimitedList(
        ma.fields.UUID(),
        validate=ma.validate.Length(1, MOST_IDS),
        metadata={"description": f"up to {MOST_IDS} ids, by comma"},
    )
    name = ma.fields.String(
        validate=ma.validate.Length(3, 100), metadata={"description": "words of the name, or how they begin"}
    )


class EmployeesQuery(PageQuery):
    name = ma.fields.String(
        validate=ma.validate.Length(1, 100), metadata={"description": "words of the name, or how they begin"}
    )
    nip = ma.fields.String(
        validate=ma.validate.Length(1, 40),
        metadata={"description": "a present or former number, or six or more of its first or last digits"},
    )
    unit_id = ma.fields.UUID(metadata={"description": "this unit and those below"})
    status = choice(EmployeeStatus, required=False)
    employment_type = choice(EmploymentType, required=False)
    without_superior = ma.fields.Boolean(load_default=False)
    superior_left = ma.fields.Boolean(
        load_default=False, metadata={"description": "people in service whose superior is not any more"}
    )
    unit_closed = ma.fields.Boolean(
        load_default=False, metadata={"description": "people in service whose unit is closed"}
    )


class WithoutUnitQuery(PageQuery):
    on = day(load_default=None, metadata={"description": "left out: today"})


class NipsIn(Schema):
    nips = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(1, 40)), required=True, validate=ma.validate.Length(1, 500)
    )


class PaperNamesQuery(Schema):
    ids = DelimitedList(
        ma.fields.UUID(),
        required=True,
        validate=ma.validate.Length(1, MOST_NAMES),
        metadata={"description": f"up to {MOST_NAMES} ids, by comma"},
    )


class SummaryQuery(Schema):
    unit_id = ma.fields.UUID(metadata={"description": "this unit and those below"})
