"""What comes in about units and their periods."""

from typing import Any

import marshmallow as ma

from appraisal.domain.periods import Period
from appraisal.domain.values import OrgPredicate
from appraisal.http.fields import ONE_PART, OnePart, calendar_year, query_month, query_quarter, query_year
from chassis.http import Schema
from chassis.http.fields import choice, optional_text, text


class OrgPredicateIn(OnePart):
    unit_id = ma.fields.UUID(required=True)
    year = calendar_year()
    predicate = choice(OrgPredicate)
    reason = optional_text(2000)


class OrgPredicatesQuery(Schema):
    year = query_year()


class OverrideIn(OnePart):
    year = calendar_year()
    reason = text(longest=2000)


class PeriodQuery(Schema):
    """A year, or a quarter or a month of it; loaded as one period."""

    year = query_year(required=True)
    quarter = query_quarter()
    month = query_month()

    @ma.validates_schema
    def _one_part(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("quarter") is not None and data.get("month") is not None:
            raise ma.ValidationError(ONE_PART, "month")

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> Period:
        return Period.of(**data)
