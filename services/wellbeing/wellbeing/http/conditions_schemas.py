"""What comes in about workplaces: measurements, hazards, and the steps of tickets."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_choice, optional_text
from wellbeing.domain.measurement import Measure
from wellbeing.domain.ticket import HazardCategory, Referral, TicketState
from wellbeing.http.fields import LONGEST_NAME, LONGEST_REPORT, name

LONGEST_MESSAGE = 4000


class MeasurementIn(Schema):
    unit_id = ma.fields.UUID(required=True)
    place = name()
    measure = choice(Measure)
    value = ma.fields.Decimal(required=True, places=2, allow_nan=False)
    measured_on = ma.fields.Date(required=True)


class HazardIn(Schema):
    category = choice(HazardCategory)
    unit_id = ma.fields.UUID(required=True)
    place = optional_text(LONGEST_NAME)
    description = ma.fields.String(required=True, validate=ma.validate.Length(1, LONGEST_REPORT))
    danger = ma.fields.Boolean(
        load_default=False, metadata={"description": "somebody may be hurt: looked at within 24 hours"}
    )


class TicketsQuery(PageQuery):
    state = choice(TicketState, load_default=None)


class OwnerIn(Schema):
    owner_id = ma.fields.UUID(required=True)


class MoveIn(Schema):
    target = choice(TicketState)
    note = optional_text()
    resolve_by = ma.fields.Date(load_default=None, allow_none=True)
    referral = optional_choice(Referral)


class MessageIn(Schema):
    text = ma.fields.String(required=True, validate=ma.validate.Length(1, LONGEST_MESSAGE))
