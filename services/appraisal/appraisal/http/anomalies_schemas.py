"""What comes in with anomalies."""

from typing import Any

import marshmallow as ma

from appraisal.domain.anomaly import AnomalyKind, AnomalyState
from appraisal.domain.periods import Period
from appraisal.http.fields import OnePart, calendar_year, query_month, query_quarter, query_year
from chassis.http import PageQuery, Schema
from chassis.http.fields import optional_choice, text


class SearchIn(OnePart):
    """A period; loaded as one."""

    year = calendar_year()

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> Period:
        return Period.of(**data)


class AnomaliesQuery(PageQuery):
    year = query_year()
    quarter = query_quarter()
    month = query_month()
    kind = optional_choice(AnomalyKind)
    state = optional_choice(AnomalyState)
    official_id = ma.fields.UUID(load_default=None, metadata={"description": "whose ratings they are about"})


class AnomalyRemarkIn(Schema):
    remark = text(longest=2000)


class AnomalyCountsQuery(Schema):
    year = query_year(required=True)
