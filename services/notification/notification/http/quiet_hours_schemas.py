"""What comes in about quiet hours."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import code

_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"


class QuietHoursIn(Schema):
    effective_from = ma.fields.Date(required=True)
    starts_at = code(_HOUR, metadata={"description": "HH:MM where the agency is"})
    ends_at = code(_HOUR, metadata={"description": "HH:MM where the agency is; the same as starts_at: none"})
    weekends = ma.fields.Boolean(required=True, metadata={"description": "no reminders on Saturdays and Sundays"})
