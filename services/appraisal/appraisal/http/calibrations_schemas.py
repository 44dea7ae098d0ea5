"""What comes in with a calibration."""

import marshmallow as ma

from appraisal.domain.values import RatingLevel
from appraisal.http.evaluations_schemas import RatingIn
from appraisal.http.fields import OnePart, calendar_year, query_year
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, text


class CalibrationIn(OnePart):
    year = calendar_year()
    due_on = ma.fields.Date(required=True, metadata={"description": "the last day for suggestions, which counts whole"})
    reason = text(longest=2000)


class CalibrationsQuery(PageQuery):
    unit = ma.fields.UUID(load_default=None)
    year = query_year()


class SuggestionIn(Schema):
    evaluation_id = ma.fields.UUID(required=True)
    work_result = choice(RatingLevel)
    behaviour = choice(RatingLevel)
    reason = text(longest=2000, metadata={"description": "shown to the employee once the appraiser takes it up"})


class AdoptionIn(RatingIn):
    """The appraiser's own rating."""


class SuggestionRefusalIn(Schema):
    reason = text(longest=2000)


class CalibrationMinutesIn(Schema):
    minutes = text(longest=20000)
