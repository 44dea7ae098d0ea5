"""What comes in about training needs."""

import marshmallow as ma

from chassis.http import PageQuery
from chassis.http.fields import choice, text
from training.domain.need import NeedSource, NeedState
from training.http.fields import ForPersonIn, competency_code, query_year


class NeedIn(ForPersonIn):
    competency_code = competency_code()
    reason = text(1000)


class NeedsQuery(PageQuery):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False, metadata={"description": "the people whom I appraise"})
    state = choice(NeedState, load_default=None)
    competency_code = ma.fields.String(load_default=None)
    source = choice(NeedSource, load_default=None)
    year = query_year()
