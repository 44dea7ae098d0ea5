"""What comes in and goes out."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from chassis.http import PageArgs, Schema
from notification.domain.emails import is_address
from notification.domain.grants import Channel
from notification.domain.templates import EmailMode

LONGEST_TEXT = 500
EMAIL_STATES = ("COLLECTING", "QUEUED", "SENT", "FAILED", "EXPIRED", "SKIPPED")
DELIVERY_STATES = ("PENDING", "DELIVERED", "FAILED", "CANCELLED")


class _TypeName(fields.String):
    def __init__(self) -> None:
        super().__init__(validate=validate.Length(max=100))


def _address(text: str) -> None:
    if not is_address(text):
        raise ma.ValidationError("alamat e-mail seperti nama@instansi.go.id")


def _text(text: str) -> None:
    if not text.strip():
        raise ma.ValidationError("teks yang tidak kosong")


class InboxArgs(PageArgs):
    unread = fields.Boolean(load_default=False, metadata={"description": "only what is not read yet"})
    topic = fields.String(load_default=None)


class MessageOut(Schema):
    message_id = fields.UUID(required=True)
    topic = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    link = fields.String(required=True, metadata={"description": "path in the portal"})
    created_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)
    audience = fields.String(required=True, metadata={"description": "as what the reader got it: EMPLOYEE, HR, …"})
    event_kind = fields.String(required=True, metadata={"description": "the event that caused it"})
    event_id = fields.UUID(required=True)
    template = fields.String(required=True)
    template_version = fields.Integer(required=True)
    legal_source = fields.String(required=True, metadata={"description": "why it must be sent; empty: by choice"})


class UnreadOut(Schema):
    unread = fields.Integer(required=True)
    by_topic = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ReadAllIn(Schema):
    up_to = fields.UUID(load_default=None, allow_none=True, metadata={"description": "newest message that was seen"})


class ReadAllOut(Schema):
    marked = fields.Integer(required=True)


class ChoiceIn(Schema):
    inbox = fields.Boolean(required=True)
    email = fields.Enum(EmailMode, by_value=True, required=True)


class TopicOut(Schema):
    topic = fields.String(required=True)
    label = fields.String(required=True)
    mandatory = fields.Boolean(required=True)
    legal_source = fields.String(required=True)
    inbox = fields.Boolean(required=True)
    email = fields.String(required=True)
    chosen = fields.Boolean(required=True, metadata={"description": "false: this is the default"})


class TopicsOut(Schema):
    items = fields.List(fields.Nested(TopicOut), required=True)


class MailboxIn(Schema):
    email = fields.String(required=True, validate=_address)


class MailboxOut(Schema):
    role = fields.String(required=True)
    email = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)


class MailboxesOut(Schema):
    items = fields.List(fields.Nested(MailboxOut), required=True)


class EmailArgs(PageArgs):
    state = fields.String(load_default=None, validate=validate.OneOf(EMAIL_STATES))


class EmailOut(Schema):
    """Neither address nor text: operators see no personal records."""

    delivery_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    code = fields.Integer(required=True, allow_none=True, metadata={"description": "last SMTP code"})
    reason = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    last_attempt_at = fields.AwareDateTime(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class EventTypeOut(Schema):
    name = fields.String(required=True)
    description = fields.String(required=True)
    schema = fields.String(required=True)


class EventTypesOut(Schema):
    items = fields.List(fields.Nested(EventTypeOut), required=True)


class GrantIn(Schema):
    client_id = fields.UUID(required=True)
    subscriber_name = fields.String(required=True, validate=[validate.Length(min=1, max=200), _text])
    event_types = fields.List(_TypeName(), required=True, validate=validate.Length(min=1, max=100))
    channels = fields.List(fields.Enum(Channel, by_value=True), required=True, validate=validate.Length(min=1, max=3))
    legal_basis = fields.String(required=True, validate=[validate.Length(min=1, max=LONGEST_TEXT), _text])
    data_from = fields.Date(load_default=None, allow_none=True)
    valid_until = fields.Date(load_default=None, allow_none=True)


class RevokeIn(Schema):
    reason = fields.String(required=True, validate=[validate.Length(min=1, max=LONGEST_TEXT), _text])


class GrantOut(Schema):
    grant_id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    subscriber_name = fields.String(required=True)
    event_types = fields.List(fields.String(), required=True)
    channels = fields.List(fields.String(), required=True)
    legal_basis = fields.String(required=True)
    data_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    granted_by = fields.UUID(required=True)
    granted_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    revoke_reason = fields.String(required=True, allow_none=True)


class TopologyOut(Schema):
    """For the operator: what to set up on the broker for a direct reader."""

    exchange = fields.String(required=True)
    queue = fields.String(required=True)
    routing_keys = fields.List(fields.String(), required=True)
    user = fields.String(required=True)
    configure = fields.String(required=True, metadata={"description": "permission pattern"})
    write = fields.String(required=True, metadata={"description": "permission pattern"})
    read = fields.String(required=True, metadata={"description": "permission pattern"})


class SubscribeIn(Schema):
    url = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    event_types = fields.List(
        _TypeName(), load_default=list, validate=validate.Length(max=100),
        metadata={"description": "empty: all that are granted"},
    )  # fmt: skip
    start_from = fields.Date(
        load_default=None, allow_none=True, metadata={"description": "first day of data; empty: from now on"}
    )
    contact_email = fields.String(load_default=None, allow_none=True, validate=_address)


class SubscriptionPatch(Schema):
    url = fields.String(validate=validate.Length(min=1, max=2000))
    event_types = fields.List(_TypeName(), validate=validate.Length(max=100))
    contact_email = fields.String(allow_none=True, validate=_address)

    @ma.validates_schema
    def _not_empty(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ma.ValidationError("setidaknya satu dari url, event_types, contact_email")


class SubscriptionOut(Schema):
    subscription_id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    url = fields.String(required=True)
    event_types = fields.List(fields.String(), required=True)
    contact_email = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    state_reason = fields.String(required=True, allow_none=True)
    position = fields.Integer(required=True, metadata={"description": "place in the feed up to which it is lined up"})
    run = fields.Integer(required=True, metadata={"description": "counts replays"})
    consecutive_failures = fields.Integer(required=True)
    failing_since = fields.AwareDateTime(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class OpenedOut(Schema):
    subscription = fields.Nested(SubscriptionOut, required=True)
    secret = fields.String(required=True, metadata={"description": "shown this once"})


class StandingOut(Schema):
    subscription = fields.Nested(SubscriptionOut, required=True)
    head = fields.Integer(required=True, metadata={"description": "newest place in the feed"})
    deliveries = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class RotateIn(Schema):
    overlap_hours = fields.Integer(load_default=24, validate=validate.Range(0, 168))


class RotatedOut(Schema):
    secret = fields.String(required=True, metadata={"description": "shown this once"})
    previous_expires_at = fields.AwareDateTime(required=True, allow_none=True)


class ReplaySinceIn(Schema):
    since = fields.Date(required=True)


class PingOut(Schema):
    ok = fields.Boolean(required=True)
    status = fields.Integer(required=True, allow_none=True)
    error = fields.String(required=True, allow_none=True)
    duration_ms = fields.Integer(required=True)


class DeliveryArgs(PageArgs):
    state = fields.String(load_default=None, validate=validate.OneOf(DELIVERY_STATES))


class AttemptOut(Schema):
    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    status = fields.Integer(required=True, allow_none=True)
    error = fields.String(required=True)
    duration_ms = fields.Integer(required=True)


class DeliveryOut(Schema):
    delivery_id = fields.UUID(required=True)
    run = fields.Integer(required=True)
    position = fields.Integer(required=True)
    event_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    next_attempt_at = fields.AwareDateTime(required=True, allow_none=True)
    status = fields.Integer(required=True, allow_none=True)
    error = fields.String(required=True, allow_none=True)
    duration_ms = fields.Integer(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    failures = fields.List(fields.Nested(AttemptOut), required=True)


class FeedArgs(Schema):
    after = fields.String(load_default=None, metadata={"description": "next_cursor of the answer before"})
    since = fields.Date(load_default=None, metadata={"description": "first day of data"})
    types = fields.String(load_default="", metadata={"description": "comma separated; empty: all that are granted"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class FeedOut(Schema):
    items = fields.List(
        fields.Dict(), required=True, metadata={"description": "CloudEvents 1.0, as webhooks carry them"}
    )
    next_cursor = fields.String(required=True, metadata={"description": "go on with this, also when nothing came"})
    at_end = fields.Boolean(required=True)
