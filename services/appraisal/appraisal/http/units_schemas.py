"""What comes in about units and their periods."""

from typing import Any

import marshmallow as ma

from appraisal.domain.periods import Period
from appraisal.domain.values import OrgPredicate
from appraisal.http.fields import calendar_year, optional_quarter, query_quarter, query_year
from chassis.http import Schema
from chassis.http.fields import choice, optional_text, text


class OrgPredicateIn(Schema):
    unit_id = ma.fields.UUID(required=True)
    year = calendar_year()
    quarter = optional_quarter()
    predicate = choice(OrgPredicate)
    reason = optional_text(2000)


class OrgPredicatesQuery(Schema):
    year = query_year()


class OverrideIn(Schema):
    year = calendar_year()
    quarter = optional_quarter()
    reason = text(longest=2000)


class PeriodQuery(Schema):
    """A year, or a quarter of it; loaded as one period."""

    year = query_year(required=True)
    quarter = query_quarter()

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> Period:
        return Period(**data)
