"""What comes in about subscriptions."""

from typing import Any

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice
from notification.domain.delivery import DeliveryState
from notification.http.fields import email_address, endpoint, event_types


class SubscribeIn(Schema):
    url = endpoint(required=True)
    event_types = event_types(load_default=list, metadata={"description": "empty: all that are granted"})
    start_from = ma.fields.Date(
        load_default=None, allow_none=True, metadata={"description": "first day of data; empty: from now on"}
    )
    contact_email = email_address(load_default=None, allow_none=True)


class SubscriptionPatch(Schema):
    url = endpoint()
    event_types = event_types()
    contact_email = email_address(allow_none=True)

    @ma.validates_schema
    def _not_empty(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ma.ValidationError("setidaknya satu dari url, event_types, contact_email")


class RotateIn(Schema):
    overlap_hours = ma.fields.Integer(load_default=24, validate=ma.validate.Range(0, 168))


class ReplaySinceIn(Schema):
    since = ma.fields.Date(required=True)


class DeliveriesQuery(PageQuery):
    state = choice(DeliveryState, load_default=None)
