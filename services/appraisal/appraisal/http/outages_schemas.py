"""What comes in with an outage, or with one person's later deadline."""

import marshmallow as ma

from appraisal.domain.extensions import ExtensionOutcome
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_text, text


class OutageIn(Schema):
    starts_at = ma.fields.AwareDateTime(data_key="from", required=True, metadata={"description": "with its offset"})
    ends_at = ma.fields.AwareDateTime(data_key="to", required=True, metadata={"description": "with its offset"})
    reason = text(longest=2000)


class OutageWithdrawalIn(Schema):
    reason = text(longest=2000)


class MovedDeadlinesQuery(PageQuery):
    outcome = choice(ExtensionOutcome, load_default=None)


class DeadlineExtensionIn(Schema):
    due_on = ma.fields.Date(required=True, metadata={"description": "the last day, which counts whole"})
    reason = text(longest=2000)
    order_reference = optional_text(300)
