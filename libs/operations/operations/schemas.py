"""The schemas of the operator's routes."""

import marshmallow as ma

from chassis.audit import BATCH
from chassis.http import PageArgs, Schema

_SINCE = {"description": "real time; default: 24 hours ago"}


class StatusOut(Schema):
    outbox = ma.fields.Integer(required=True, metadata={"description": "recorded, not yet published"})
    outbox_age = ma.fields.Float(required=True, allow_none=True, metadata={"description": "seconds, of the oldest"})
    deferred = ma.fields.Integer(required=True)
    deferred_age = ma.fields.Float(required=True, allow_none=True)
    parked = ma.fields.Integer(required=True)
    parked_age = ma.fields.Float(required=True, allow_none=True)
    jobs_open = ma.fields.Integer(required=True)
    jobs_failed = ma.fields.Integer(required=True)
    timers_failing = ma.fields.Integer(required=True)
    audit_unsealed = ma.fields.Integer(required=True)
    bus_answers = ma.fields.Boolean(
        required=True, metadata={"description": "false: nothing can be published, and nothing read"}
    )
    queue_ready = ma.fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "messages in the queue; null: no queue, or the bus did not answer"},
    )
    dead_letters = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "messages in the dead-letter queue"}
    )
    queue_consumers = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "consumers of the queue"}
    )


class ParkedGroupOut(Schema):
    producer = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    cause = ma.fields.String(required=True)
    count = ma.fields.Integer(required=True)
    first_failed_at = ma.fields.DateTime(required=True)
    last_parked_at = ma.fields.DateTime(required=True)
    latest_error = ma.fields.String(required=True)


class ParkedGroupsOut(Schema):
    items = ma.fields.List(ma.fields.Nested(ParkedGroupOut), required=True)


class ParkedGroupIn(Schema):
    producer = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    cause = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))


class ReasonIn(Schema):
    reason = ma.fields.String(required=True, validate=ma.validate.Length(5, 500))


class DiscardGroupIn(ParkedGroupIn):
    reason = ma.fields.String(required=True, validate=ma.validate.Length(5, 500))


class EditIn(ReasonIn):
    data = ma.fields.Dict(required=True, metadata={"description": "the whole new data of the event"})


class AffectedOut(Schema):
    affected = ma.fields.Integer(required=True)


class FailedEventArgs(PageArgs):
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf(["DEFERRED", "PARKED", "DISCARDED"]))
    cause = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 200))
    producer = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 100))
    name = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 100))


class FailedEventOut(Schema):
    event_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.String(required=True)
    producer = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)
    subject = ma.fields.String(required=True)
    cause = ma.fields.String(required=True)
    attempts = ma.fields.Integer(required=True)
    first_failed_at = ma.fields.DateTime(required=True)
    next_attempt_at = ma.fields.DateTime(required=True, allow_none=True)
    parked_at = ma.fields.DateTime(required=True, allow_none=True)
    discarded_at = ma.fields.DateTime(required=True, allow_none=True)
    discard_reason = ma.fields.String(required=True, allow_none=True)


class FailedEventDetailOut(FailedEventOut):
    body = ma.fields.Dict(required=True)
    error = ma.fields.String(required=True)


class EventIdsIn(Schema):
    ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(0, 5000))


class EventIdsOut(Schema):
    ids = ma.fields.List(ma.fields.UUID(), required=True)


class HistoryArgs(PageArgs):
    since = ma.fields.AwareDateTime(load_default=None, metadata=_SINCE)
    limit = ma.fields.Integer(load_default=1000, validate=ma.validate.Range(1, 5000))


class RecordedEventOut(Schema):
    position = ma.fields.Integer(required=True)
    id = ma.fields.UUID(required=True)
    agency_id = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)
    subject = ma.fields.String(required=True)
    sequence = ma.fields.Integer(required=True)
    recorded_at = ma.fields.DateTime(required=True)
    published_at = ma.fields.DateTime(required=True, allow_none=True)


class ProcessedEventArgs(PageArgs):
    producer = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    since = ma.fields.AwareDateTime(load_default=None, metadata=_SINCE)
    limit = ma.fields.Integer(load_default=1000, validate=ma.validate.Range(1, 5000))


class ProcessedEventOut(Schema):
    event_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    received_at = ma.fields.DateTime(required=True)


class ReplayIn(Schema):
    consumer = ma.fields.String(required=True, validate=ma.validate.Length(1, 50))
    since = ma.fields.AwareDateTime(required=True, metadata={"description": "real time"})


class ReplayOut(Schema):
    id = ma.fields.UUID(required=True)
    consumer = ma.fields.String(required=True)
    since = ma.fields.DateTime(required=True)
    sent = ma.fields.Integer(required=True)
    requested_at = ma.fields.DateTime(required=True)
    finished_at = ma.fields.DateTime(required=True, allow_none=True)


class ReplaysOut(Schema):
    items = ma.fields.List(ma.fields.Nested(ReplayOut), required=True)


class ChainHeadOut(Schema):
    agency_id = ma.fields.String(required=True)
    chain = ma.fields.Integer(required=True, metadata={"description": "number of sealed rows"})
    hash = ma.fields.String(required=True, metadata={"description": "of the newest sealed row"})
    recorded_at = ma.fields.DateTime(required=True)


class ChainHeadsOut(Schema):
    items = ma.fields.List(ma.fields.Nested(ChainHeadOut), required=True)


class SegmentArgs(Schema):
    agency = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    after = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 2**62))
    limit = ma.fields.Integer(load_default=BATCH, validate=ma.validate.Range(1, BATCH))


class ChainSegmentOut(Schema):
    chain = ma.fields.Integer(required=True, metadata={"description": "number of the last valid row"})
    hash = ma.fields.String(required=True, metadata={"description": "of that row"})
    broken_at = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "number of the first invalid row"}
    )
    is_end = ma.fields.Boolean(required=True)
