"""What comes in about grants."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, text
from notification.domain.grant import Channel
from notification.http.fields import LONGEST_REASON, event_types


class GrantIn(Schema):
    client_id = ma.fields.UUID(required=True)
    subscriber_name = text(200)
    event_types = event_types(1, required=True)
    channels = ma.fields.List(choice(Channel), required=True, validate=ma.validate.Length(1, 3))
    legal_basis = text(LONGEST_REASON)
    data_from = ma.fields.Date(load_default=None, allow_none=True)
    valid_until = ma.fields.Date(load_default=None, allow_none=True)


class SubscribersQuery(Schema):
    agency_id = text(
        41, load_default=None, metadata={"description": "an operator's choice; left out: the caller's own"}
    )


class RevokeIn(Schema):
    reason = text(LONGEST_REASON)
