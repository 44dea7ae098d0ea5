"""What comes in about organisational units."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import text
from personnel.http.fields import day


class OrgUnitsQuery(PageQuery):
    below = ma.fields.UUID(metadata={"description": "start at this unit"})
    as_of = day(metadata={"description": "the tree as it was on a day"})
    inactive = ma.fields.Boolean(load_default=False, metadata={"description": "show units that are closed, too"})


class OrgUnitIn(Schema):
    code = text(60)
    name = text(250)
    parent_id = ma.fields.UUID(load_default=None, allow_none=True)
    leader_id = ma.fields.UUID(load_default=None, allow_none=True)


class OrgUnitPatch(Schema):
    code = text(60, required=False)
    name = text(250, required=False)
    parent_id = ma.fields.UUID(allow_none=True)
    leader_id = ma.fields.UUID(allow_none=True)
    active = ma.fields.Boolean()
