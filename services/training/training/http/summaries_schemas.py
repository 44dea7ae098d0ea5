"""What comes in to choose sums."""

import marshmallow as ma

from chassis.http import Schema
from training.http.fields import query_year


class SummaryQueryIn(Schema):
    year = query_year()
    unit_id = ma.fields.UUID(load_default=None, metadata={"description": "this unit and those below"})
