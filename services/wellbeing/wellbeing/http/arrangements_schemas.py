"""What comes in about flexible working."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice
from wellbeing.domain.arrangement import ArrangementState, Flexibility


class ArrangementIn(Schema):
    flexibility = choice(Flexibility)
    begins_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)


class DecisionIn(Schema):
    decision = choice(
        ArrangementState,
        validate=ma.validate.NoneOf([ArrangementState.REQUESTED]),
        metadata={"description": "APPROVED or REJECTED by the appraiser, WITHDRAWN by the person"},
    )
