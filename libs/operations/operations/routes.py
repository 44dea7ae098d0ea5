"""The routes /api/v1/<service>/events/…; every change is audited by its use case."""

from typing import Any
from uuid import UUID

from flask import current_app

from chassis.auth import allow
from chassis.http import page_of, principal, problems, work
from chassis.settings import BaseSettings
from operations import failed_events, history, parked_groups, replays, status
from operations.blueprint import OPERATOR
from operations.blueprint import operations_blueprint as blueprint
from operations.paging import number_after, one_page, uuid_after
from operations.schemas import (
    AffectedOut,
    DiscardGroupIn,
    EditIn,
    EventIdsIn,
    EventIdsOut,
    FailedEventArgs,
    FailedEventDetailOut,
    FailedEventOut,
    HistoryArgs,
    ParkedGroupIn,
    ParkedGroupsOut,
    ProcessedEventArgs,
    ProcessedEventOut,
    ReasonIn,
    RecordedEventOut,
    ReplayIn,
    ReplayOut,
    ReplaysOut,
    StatusOut,
)
from operations.views import FailedEventDetail, FailedEventFilter, ParkedGroupKey, Replay, Status


@blueprint.route("/events/status", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, StatusOut)
def get_status() -> Status:
    """The backlog of this service and the depth of its queue: outbox, failed events, jobs, timers, audit."""
    return status.get_status(work(), principal(), _settings())


@blueprint.route("/events/parked", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, ParkedGroupsOut)
def list_parked_groups() -> dict[str, Any]:
    """Parked events grouped by cause, with the latest error."""
    return {"items": parked_groups.list_parked_groups(work(), principal())}


@blueprint.route("/events/parked/retry", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(ParkedGroupIn)
@blueprint.response(200, AffectedOut)
def retry_parked_group(body: dict[str, str]) -> dict[str, int]:
    """Retry a group of parked events now."""
    return {"affected": parked_groups.retry_parked_group(work(), principal(), ParkedGroupKey(**body))}


@blueprint.route("/events/parked/discard", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(DiscardGroupIn)
@blueprint.response(200, AffectedOut)
def discard_parked_group(body: dict[str, str]) -> dict[str, int]:
    """Discard a group of parked events, for a reason."""
    group = ParkedGroupKey(body["producer"], body["name"], body["cause"])
    return {"affected": parked_groups.discard_parked_group(work(), principal(), group, body["reason"])}


@blueprint.route("/events/failed", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(FailedEventArgs, location="query")
@blueprint.response(200, page_of(FailedEventOut))
def list_failed_events(args: dict[str, Any]) -> dict[str, Any]:
    """Failed events, one by one: deferred, parked or discarded."""
    criteria = FailedEventFilter(args["state"], args["cause"], args["producer"], args["name"])
    found = failed_events.list_failed_events(
        work(), principal(), criteria, after=uuid_after(args), limit=args["limit"] + 1
    )
    return one_page(found, args["limit"], key=lambda event: event.event_id)


@blueprint.route("/events/failed/<uuid:event_id>", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, FailedEventDetailOut)
def get_failed_event(event_id: UUID) -> FailedEventDetail:
    """One failed event with its envelope and the traceback of its error."""
    return failed_events.get_failed_event(work(), principal(), event_id)


@blueprint.route("/events/failed/<uuid:event_id>/retry", methods=["POST"])
@allow(OPERATOR)
@blueprint.response(200, AffectedOut)
def retry_failed_event(event_id: UUID) -> dict[str, int]:
    """Retry one failed event now."""
    failed_events.retry_failed_event(work(), principal(), event_id)
    return {"affected": 1}


@blueprint.route("/events/failed/<uuid:event_id>/edit", methods=["POST"])
@allow(OPERATOR)
@problems(409)
@blueprint.arguments(EditIn)
@blueprint.response(200, AffectedOut)
def edit_failed_event(body: dict[str, Any], event_id: UUID) -> dict[str, int]:
    """Replace the data of a parked event, for a reason; retry it afterwards."""
    failed_events.edit_failed_event(work(), principal(), event_id, body["data"], body["reason"])
    return {"affected": 1}


@blueprint.route("/events/failed/<uuid:event_id>/discard", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(ReasonIn)
@blueprint.response(200, AffectedOut)
def discard_failed_event(body: dict[str, Any], event_id: UUID) -> dict[str, int]:
    """Discard one failed event, for a reason; it can still be retried."""
    failed_events.discard_failed_event(work(), principal(), event_id, body["reason"])
    return {"affected": 1}


@blueprint.route("/events/failed/archive", methods=["POST"])
@allow(OPERATOR)
@problems(409)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, AffectedOut)
def archive_failed_events(body: dict[str, Any]) -> dict[str, int]:
    """Delete discarded events that are archived elsewhere; their ids count as processed."""
    return {"affected": failed_events.archive_failed_events(work(), principal(), body["ids"])}


@blueprint.route("/events/history", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(HistoryArgs, location="query")
@blueprint.response(200, page_of(RecordedEventOut))
def list_history(args: dict[str, Any]) -> dict[str, Any]:
    """The events this service has recorded, without their data: one side of a reconciliation."""
    found = history.list_history(
        work(), principal(), since=args["since"], after=number_after(args), limit=args["limit"] + 1
    )
    return one_page(found, args["limit"], key=lambda event: event.position)


@blueprint.route("/events/processed", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(ProcessedEventArgs, location="query")
@blueprint.response(200, page_of(ProcessedEventOut))
def list_processed_events(args: dict[str, Any]) -> dict[str, Any]:
    """A producer's events that have taken effect here: the other side of a reconciliation."""
    found = history.list_processed_events(
        work(),
        principal(),
        producer=args["producer"],
        since=args["since"],
        after=uuid_after(args),
        limit=args["limit"] + 1,
    )
    return one_page(found, args["limit"], key=lambda event: event.event_id)


@blueprint.route("/events/unprocessed", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, EventIdsOut)
def find_unprocessed_events(body: dict[str, Any]) -> dict[str, Any]:
    """Which of these events have neither taken effect here nor failed."""
    return {"ids": history.find_unprocessed_events(work(), principal(), body["ids"])}


@blueprint.route("/events/unpublished", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, EventIdsOut)
def find_unpublished_events(body: dict[str, Any]) -> dict[str, Any]:
    """Which of these events this service has never recorded, for example after a restore from a backup."""
    return {"ids": history.find_unpublished_events(work(), principal(), body["ids"])}


@blueprint.route("/events/replays", methods=["POST"])
@allow(OPERATOR)
@blueprint.arguments(ReplayIn)
@blueprint.response(202, ReplayOut)
def request_replay(body: dict[str, Any]) -> Replay:
    """Publish this service's history since a moment again, to one consumer; what it has processed has no effect."""
    service = _settings().service
    return replays.request_replay(work(), principal(), service, consumer=body["consumer"], since=body["since"])


@blueprint.route("/events/replays", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, ReplaysOut)
def list_replays() -> dict[str, Any]:
    """The latest replays and their progress."""
    return {"items": replays.list_replays(work(), principal())}


def _settings() -> BaseSettings:
    settings: BaseSettings = current_app.extensions["suar_settings"]
    return settings
