"""The operator's API over the backbone: /api/v1/<service>/events/…, every act audited."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import current_app

from chassis import audit
from chassis.auth import allow
from chassis.bus.contracts import Contracts
from chassis.bus.depth import depth_of
from chassis.bus.topology import Topology
from chassis.http.audit import add_audit_routes
from chassis.http.blueprint import ServiceBlueprint, principal, problems, work
from chassis.http.pagination import PageArgs, decode_cursor, encode_cursor, page, page_of
from chassis.http.schema import Schema
from chassis.outbox import operate

OPERATOR = "operator"


class BackboneStatus(Schema):
    outbox = ma.fields.Integer(required=True, metadata={"description": "said, not yet on the bus"})
    outbox_age = ma.fields.Float(required=True, allow_none=True, metadata={"description": "seconds, of the oldest"})
    deferred = ma.fields.Integer(required=True)
    deferred_age = ma.fields.Float(required=True, allow_none=True)
    parked = ma.fields.Integer(required=True)
    parked_age = ma.fields.Float(required=True, allow_none=True)
    jobs_open = ma.fields.Integer(required=True)
    jobs_failed = ma.fields.Integer(required=True)
    timers_failing = ma.fields.Integer(required=True)
    audit_unsealed = ma.fields.Integer(required=True)
    queue = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "on the bus for this service; null: it did not answer"}
    )
    queue_dead = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "given up by the broker"})
    queue_readers = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "processes reading it"})


class ParkedGroup(Schema):
    producer = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    cause = ma.fields.String(required=True)
    count = ma.fields.Integer(required=True)
    first_failed_at = ma.fields.DateTime(required=True)
    last_parked_at = ma.fields.DateTime(required=True)
    latest_error = ma.fields.String(required=True)


class ParkedGroups(Schema):
    items = ma.fields.List(ma.fields.Nested(ParkedGroup), required=True)


class HeldArgs(PageArgs):
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf(["DEFERRED", "PARKED", "DISCARDED"]))
    cause = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 200))
    producer = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 100))
    name = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 100))


class HeldEvent(Schema):
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


class HeldEventWhole(HeldEvent):
    body = ma.fields.Dict(required=True)
    error = ma.fields.String(required=True)


class GroupIn(Schema):
    producer = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    cause = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))


class ReasonIn(Schema):
    reason = ma.fields.String(required=True, validate=ma.validate.Length(5, 500))


class DiscardGroupIn(GroupIn):
    reason = ma.fields.String(required=True, validate=ma.validate.Length(5, 500))


class EditIn(ReasonIn):
    data = ma.fields.Dict(required=True, metadata={"description": "the whole new data of the event"})


class Affected(Schema):
    affected = ma.fields.Integer(required=True)


class HistoryArgs(PageArgs):
    since = ma.fields.AwareDateTime(load_default=None, metadata={"description": "real time; default: 24 hours ago"})
    limit = ma.fields.Integer(load_default=1000, validate=ma.validate.Range(1, 5000))


class SaidEvent(Schema):
    position = ma.fields.Integer(required=True)
    id = ma.fields.UUID(required=True)
    agency_id = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)
    subject = ma.fields.String(required=True)
    sequence = ma.fields.Integer(required=True)
    recorded_at = ma.fields.DateTime(required=True)
    published_at = ma.fields.DateTime(required=True, allow_none=True)


class IdsIn(Schema):
    ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(0, 5000))


class IdsOut(Schema):
    ids = ma.fields.List(ma.fields.UUID(), required=True)


class HeardArgs(PageArgs):
    producer = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    since = ma.fields.AwareDateTime(load_default=None, metadata={"description": "real time; default: 24 hours ago"})
    limit = ma.fields.Integer(load_default=1000, validate=ma.validate.Range(1, 5000))


class HeardEvent(Schema):
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


class Replays(Schema):
    items = ma.fields.List(ma.fields.Nested(ReplayOut), required=True)


def events_blueprint(service: str, contracts: Contracts) -> ServiceBlueprint:
    """Make the operator's routes of one service."""
    blueprint = ServiceBlueprint(f"{service}_events", url_prefix=f"/api/v1/{service}/events", description="Operation")
    _reading(blueprint)
    _acting(blueprint, contracts)
    _history(blueprint, service, contracts)
    _comparing(blueprint)
    add_audit_routes(blueprint)
    return blueprint


def _reading(blueprint: ServiceBlueprint) -> None:
    @blueprint.route("/status", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.response(200, BackboneStatus)
    def get_events_status() -> dict[str, Any]:
        """What waits in this service and on the bus for it: outbox, queue, deferred, parked, jobs, timers."""
        with work().transaction(principal().agency_id) as tx:
            found = operate.status(tx.session)
        settings = current_app.extensions["suar_settings"]
        depth = depth_of(settings.bus_url, Topology(settings.bus_namespace), settings.service)
        on_bus = (depth.waiting, depth.dead, depth.readers) if depth else (None, None, None)
        return {**found, **dict(zip(("queue", "queue_dead", "queue_readers"), on_bus, strict=True))}

    @blueprint.route("/parked", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.response(200, ParkedGroups)
    def list_parked_groups() -> dict[str, Any]:
        """Parked events grouped by cause, with the latest error."""
        with work().transaction(principal().agency_id) as tx:
            return {"items": operate.parked_groups(tx.session)}

    @blueprint.route("/held", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.arguments(HeldArgs, location="query")
    @blueprint.response(200, page_of(HeldEvent))
    def list_held_events(args: dict[str, Any]) -> dict[str, Any]:
        """Events held back, one by one."""
        after = _uuid((decode_cursor(args["cursor"]) or {}).get("after"))
        with work().transaction(principal().agency_id) as tx:
            rows = operate.held_events(
                tx.session,
                after=after,
                wanted={key: args[key] for key in ("state", "cause", "producer", "name")},
                limit=args["limit"] + 1,
            )
        more = len(rows) > args["limit"]
        rows = rows[: args["limit"]]
        return page(rows, encode_cursor({"after": str(rows[-1]["event_id"])}) if more else None)

    @blueprint.route("/held/<uuid:event_id>", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.response(200, HeldEventWhole)
    def get_held_event(event_id: UUID) -> dict[str, Any]:
        """One held event with its envelope and the error's trace."""
        with work().transaction(principal().agency_id) as tx:
            audit.record(tx, principal(), "event_read", "event", event_id)
            return operate.held_event(tx.session, event_id)


def _acting(blueprint: ServiceBlueprint, contracts: Contracts) -> None:
    @blueprint.route("/held/<uuid:event_id>/replay", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.response(200, Affected)
    def replay_held_event(event_id: UUID) -> dict[str, int]:
        """Try one held event again now."""
        with work().transaction(principal().agency_id) as tx:
            operate.replay_event(tx.session, event_id)
            audit.record(tx, principal(), "event_replayed", "event", event_id)
            return {"affected": 1}

    @blueprint.route("/held/<uuid:event_id>/edit", methods=["POST"])
    @allow(OPERATOR)
    @problems(409)
    @blueprint.arguments(EditIn)
    @blueprint.response(200, Affected)
    def edit_held_event(body: dict[str, Any], event_id: UUID) -> dict[str, int]:
        """Replace the data of a parked event, for a reason; then replay it."""
        with work().transaction(principal().agency_id) as tx:
            operate.edit_event(tx.session, event_id, body["data"], contracts)
            audit.record(tx, principal(), "event_edited", "event", event_id, reason=body["reason"])
            return {"affected": 1}

    @blueprint.route("/held/<uuid:event_id>/discard", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(ReasonIn)
    @blueprint.response(200, Affected)
    def discard_held_event(body: dict[str, Any], event_id: UUID) -> dict[str, int]:
        """Give one held event up, for a reason; it is kept."""
        with work().transaction(principal().agency_id) as tx:
            operate.discard_event(tx.session, event_id, body["reason"])
            audit.record(tx, principal(), "event_discarded", "event", event_id, reason=body["reason"])
            return {"affected": 1}

    @blueprint.route("/held/archive", methods=["POST"])
    @allow(OPERATOR)
    @problems(409)
    @blueprint.arguments(IdsIn)
    @blueprint.response(200, Affected)
    def archive_discarded_events(body: dict[str, Any]) -> dict[str, int]:
        """Put discarded events away, once their envelopes are kept elsewhere; they stay known."""
        with work().transaction(principal().agency_id) as tx:
            affected = operate.archive_events(tx.session, body["ids"])
            for event_id in body["ids"]:
                audit.record(tx, principal(), "event_archived", "event", event_id)
            return {"affected": affected}

    @blueprint.route("/parked/replay", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(GroupIn)
    @blueprint.response(200, Affected)
    def replay_parked_group(body: dict[str, str]) -> dict[str, int]:
        """Try a whole group of parked events again."""
        with work().transaction(principal().agency_id) as tx:
            affected = operate.replay_group(tx.session, body)
            audit.record(tx, principal(), "events_replayed", "event_group", body["cause"], **body, affected=affected)
            return {"affected": affected}

    @blueprint.route("/parked/discard", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(DiscardGroupIn)
    @blueprint.response(200, Affected)
    def discard_parked_group(body: dict[str, str]) -> dict[str, int]:
        """Give a whole group of parked events up, for a reason."""
        group = {key: body[key] for key in ("producer", "name", "cause")}
        with work().transaction(principal().agency_id) as tx:
            affected = operate.discard_group(tx.session, group, body["reason"])
            audit.record(tx, principal(), "events_discarded", "event_group", body["cause"], **body, affected=affected)
            return {"affected": affected}


def _history(blueprint: ServiceBlueprint, service: str, contracts: Contracts) -> None:
    @blueprint.route("/history", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.arguments(HistoryArgs, location="query")
    @blueprint.response(200, page_of(SaidEvent))
    def list_said_events(args: dict[str, Any]) -> dict[str, Any]:
        """What this service has said, ids and names only: one side of a reconciliation."""
        after = (decode_cursor(args["cursor"]) or {}).get("after", 0)
        since = args["since"] or datetime.now(UTC) - timedelta(days=1)
        with work().transaction(principal().agency_id) as tx:
            start = after if isinstance(after, int) else 0
            rows = operate.history(tx.session, since=since, after=start, limit=args["limit"] + 1)
        more = len(rows) > args["limit"]
        rows = rows[: args["limit"]]
        return page(rows, encode_cursor({"after": rows[-1]["position"]}) if more else None)

    @blueprint.route("/replays", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(ReplayIn)
    @blueprint.response(202, ReplayOut)
    def request_replay(body: dict[str, Any]) -> dict[str, Any]:
        """Say this service's history again from a moment on, to one consumer only; what it has had changes nothing."""
        hears = [one for one in contracts.subscriptions(body["consumer"]) if one[0] in {service, "*"}]
        with work().transaction(principal().agency_id) as tx:
            replay_id = operate.request_replay(
                tx.session, consumer=body["consumer"], hears=hears, since=body["since"], by=str(principal().account_id)
            )
            audit.record(tx, principal(), "replay_requested", "replay", replay_id, consumer=body["consumer"])
            return next(one for one in operate.replays(tx.session) if one["id"] == replay_id)

    @blueprint.route("/replays", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.response(200, Replays)
    def list_replays() -> dict[str, Any]:
        """Replays asked for, and how far each has come."""
        with work().transaction(principal().agency_id) as tx:
            return {"items": operate.replays(tx.session)}


def _comparing(blueprint: ServiceBlueprint) -> None:
    @blueprint.route("/unknown", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(IdsIn)
    @blueprint.response(200, IdsOut)
    def find_unknown_events(body: dict[str, Any]) -> dict[str, Any]:
        """Which of these events have neither taken effect here nor are held: the other side of a reconciliation."""
        with work().transaction(principal().agency_id) as tx:
            return {"ids": operate.unknown_events(tx.session, body["ids"])}

    @blueprint.route("/heard", methods=["GET"])
    @allow(OPERATOR)
    @blueprint.arguments(HeardArgs, location="query")
    @blueprint.response(200, page_of(HeardEvent))
    def list_heard_events(args: dict[str, Any]) -> dict[str, Any]:
        """Which events of one producer have taken effect here since a moment: a reconciliation the other way round."""
        after = _uuid((decode_cursor(args["cursor"]) or {}).get("after"))
        since = args["since"] or datetime.now(UTC) - timedelta(days=1)
        with work().transaction(principal().agency_id) as tx:
            rows = operate.heard_events(
                tx.session, producer=args["producer"], since=since, after=after, limit=args["limit"] + 1
            )
        more = len(rows) > args["limit"]
        rows = rows[: args["limit"]]
        return page(rows, encode_cursor({"after": str(rows[-1]["event_id"])}) if more else None)

    @blueprint.route("/unsaid", methods=["POST"])
    @allow(OPERATOR)
    @blueprint.arguments(IdsIn)
    @blueprint.response(200, IdsOut)
    def find_unsaid_events(body: dict[str, Any]) -> dict[str, Any]:
        """Which of these events this service has never said: it may have been restored from a backup."""
        with work().transaction(principal().agency_id) as tx:
            return {"ids": operate.unsaid_events(tx.session, body["ids"])}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
