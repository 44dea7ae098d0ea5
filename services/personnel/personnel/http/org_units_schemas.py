"""What comes in about organisational units."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import text
from personnel.http.fields import day


class OrgUnitsQuery(PageQuery):
    below = ma.fields.UUID(metadata={"description": "start at this unit"})
    as_of = day(metadata={"description": "the tree as it stands on a day, past or to come"})
    inactive = ma.fields.Boolean(load_default=False, metadata={"description": "show units that are closed, too"})


class UnitEntryIn(Schema):
    """Since when something holds, and why; without a day it holds from today on."""

    effective_from = day(load_default=None, allow_none=True, metadata={"description": "past, today or to come"})
    decision_number = text(100, load_default=None, allow_none=True)
    reason = text(500, load_default=None, allow_none=True)


class OrgUnitIn(UnitEntryIn):
    code = text(60)
    name = text(250)
    parent_id = ma.fields.UUID(load_default=None, allow_none=True)
    leader_id = ma.fields.UUID(load_default=None, allow_none=True)


class OrgUnitPatch(UnitEntryIn):
    code = text(60, required=False)
    name = text(250, required=False)
    parent_id = ma.fields.UUID(allow_none=True)
    leader_id = ma.fields.UUID(allow_none=True)
    active = ma.fields.Boolean()
    replaces_later = ma.fields.Boolean(
        load_default=False,
        metadata={"description": "true: sets aside what was recorded for days from then until today"},
    )


class ClosureIn(Schema):
    effective_from = day(required=True, metadata={"description": "the first day on which it is closed"})
    decision_number = text(100, load_default=None, allow_none=True)
    reason = text(500)


class MergerIn(Schema):
    into_id = ma.fields.UUID(required=True, metadata={"description": "the unit that takes people and units over"})
    effective_from = day(required=True)
    decision_number = text(100)
    reason = text(500)
    dry_run = ma.fields.Boolean(load_default=False, metadata={"description": "true: count, and change nothing"})


class UnitWithdrawalIn(Schema):
    reason = text(500)
