"""What comes in with samples."""

from decimal import Decimal
from typing import Any

import marshmallow as ma

from appraisal.domain.sample import DrawSample, SampleState
from appraisal.domain.sampling import MOST_MEMBERS, SampleSize
from appraisal.http.fields import OnePart, calendar_year, query_month, query_quarter, query_year
from chassis.http import PageQuery, Schema
from chassis.http.fields import decimal_number, optional_choice, optional_text, text

_ONE_SIZE = "satu saja dari size dan share"


class SampleIn(OnePart):
    """A sample to be drawn; loaded as the command."""

    year = calendar_year()
    unit_id = ma.fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "with all units below it; null: the whole agency"}
    )
    size = ma.fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=ma.validate.Range(1, MOST_MEMBERS)
    )
    share = decimal_number(load_default=None, allow_none=True, metadata={"description": "above 0, up to 1; rounded up"})
    by_predicate = ma.fields.Boolean(
        load_default=False, metadata={"description": "true: from each predicate by its share of the population"}
    )
    seed = optional_text(100, metadata={"description": "empty: the system makes one"})
    reason = text(longest=2000)
    order_reference = text(longest=300, metadata={"description": "number and date of the order to inspect"})

    @ma.validates_schema
    def _one_size(self, data: dict[str, Any], **_: Any) -> None:
        size, share = data.get("size"), data.get("share")
        if (size is None) == (share is None):
            raise ma.ValidationError(_ONE_SIZE, "size")
        if share is not None and not 0 < share <= Decimal(1):
            raise ma.ValidationError("lebih dari 0, paling banyak 1", "share")

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> DrawSample:
        wanted = SampleSize(data.pop("size"), data.pop("share"))
        return DrawSample(wanted=wanted, **data)


class SamplesQuery(PageQuery):
    year = query_year()
    quarter = query_quarter()
    month = query_month()
    state = optional_choice(SampleState)
    drawn_by = ma.fields.UUID(load_default=None)


class ConclusionIn(Schema):
    conclusion = text(longest=4000)
