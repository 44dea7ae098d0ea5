"""What comes in on the operator's routes."""

import marshmallow as ma

from chassis.audit import BATCH
from chassis.http import PageQuery, Schema


def _name(longest: int = 100) -> ma.fields.String:
    return ma.fields.String(required=True, validate=ma.validate.Length(1, longest))


def _filter(longest: int = 100) -> ma.fields.String:
    return ma.fields.String(load_default=None, validate=ma.validate.Length(1, longest))


class ParkedGroupIn(Schema):
    producer = _name()
    name = _name()
    cause = _name(200)


class ReasonIn(Schema):
    reason = ma.fields.String(required=True, validate=ma.validate.Length(5, 500))


class DiscardGroupIn(ParkedGroupIn, ReasonIn):
    pass


class EditIn(ReasonIn):
    data = ma.fields.Dict(required=True, metadata={"description": "the whole new data of the event"})


class FailedEventsQuery(PageQuery):
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf(["DEFERRED", "PARKED", "DISCARDED"]))
    cause = _filter(200)
    producer = _filter()
    name = _filter()


class EventIdsIn(Schema):
    ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(0, 5000))


class HistoryQuery(PageQuery):
    since = ma.fields.AwareDateTime(load_default=None, metadata={"description": "real time; default: 24 hours ago"})
    limit = ma.fields.Integer(load_default=1000, validate=ma.validate.Range(1, 5000))


class ProcessedEventsQuery(HistoryQuery):
    producer = _name()


class ReplayIn(Schema):
    consumer = _name(50)
    since = ma.fields.AwareDateTime(required=True, metadata={"description": "real time"})


class SegmentQuery(Schema):
    agency = _name()
    after = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 2**62))
    limit = ma.fields.Integer(load_default=BATCH, validate=ma.validate.Range(1, BATCH))
