"""What comes in with a correction order."""

import marshmallow as ma

from appraisal.domain.correction import CorrectionState
from appraisal.http.evaluations_schemas import RatingIn
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice


class CorrectionIn(RatingIn):
    reason = fields.text(longest=2000)
    order_reference = fields.text(longest=300, metadata={"description": "number and date of the order"})


class CorrectionEndIn(Schema):
    reason = fields.text(longest=2000)


class CorrectionsQuery(PageQuery):
    state = choice(CorrectionState, load_default=None)
    evaluation_id = ma.fields.UUID(load_default=None)
