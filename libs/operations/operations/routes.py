"""The routes /api/v1/<service>/events/…; every change is audited by its use case."""

from typing import Any
from uuid import UUID

from flask import current_app

from chassis.auth import allow
from chassis.http import idempotent, not_idempotent, principal, problems, work
from chassis.pagination import Items, Page
from chassis.settings import BaseSettings
from operations import failed_events, history, parked_groups, replays, status
from operations.blueprint import OPERATOR
from operations.blueprint import operations_blueprint as blueprint
from operations.schemas import (
    DiscardGroupIn,
    EditIn,
    EventIdsIn,
    FailedEventsQuery,
    HistoryQuery,
    ParkedGroupIn,
    ProcessedEventsQuery,
    ReasonIn,
    ReplayIn,
)
from operations.views import (
    AffectedView,
    EventIdsView,
    FailedEventDetailView,
    FailedEventView,
    ListFailedEvents,
    ParkedGroupKey,
    ParkedGroupView,
    ProcessedEventView,
    RecordedEventView,
    ReplayView,
    StatusView,
)

READS_ONLY = "it changes nothing, and a stored answer would hide what has happened since"


@blueprint.route("/events/status", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, StatusView)
def get_status() -> StatusView:
    """The backlog of this service and the depth of its queue: outbox, failed events, jobs, timers, audit."""
    return status.get_status(work(), principal(), _settings())


@blueprint.route("/events/parked", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, Items[ParkedGroupView])
def list_parked_groups() -> Items[ParkedGroupView]:
    """Parked events grouped by cause, with the latest error."""
    return parked_groups.list_parked_groups(work(), principal())


@blueprint.route("/events/parked/retry", methods=["POST"])
@allow(OPERATOR)
@idempotent
@blueprint.arguments(ParkedGroupIn)
@blueprint.response(200, AffectedView)
def retry_parked_group(body: dict[str, str]) -> AffectedView:
    """Retry a group of parked events now."""
    return parked_groups.retry_parked_group(work(), principal(), ParkedGroupKey(**body))


@blueprint.route("/events/parked/discard", methods=["POST"])
@allow(OPERATOR)
@idempotent
@blueprint.arguments(DiscardGroupIn)
@blueprint.response(200, AffectedView)
def discard_parked_group(body: dict[str, str]) -> AffectedView:
    """Discard a group of parked events, for a reason."""
    group = ParkedGroupKey(body["producer"], body["name"], body["cause"])
    return parked_groups.discard_parked_group(work(), principal(), group, body["reason"])


@blueprint.route("/events/failed", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(FailedEventsQuery, location="query")
@blueprint.response(200, Page[FailedEventView])
def list_failed_events(query: dict[str, Any]) -> Page[FailedEventView]:
    """Failed events, one by one: deferred, parked or discarded."""
    return failed_events.list_failed_events(work(), principal(), ListFailedEvents(**query))


@blueprint.route("/events/failed/<uuid:event_id>", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, FailedEventDetailView)
def get_failed_event(event_id: UUID) -> FailedEventDetailView:
    """One failed event with its envelope and the traceback of its error."""
    return failed_events.show_failed_event(work(), principal(), event_id)


@blueprint.route("/events/failed/<uuid:event_id>/retry", methods=["POST"])
@allow(OPERATOR)
@idempotent
@blueprint.response(200, AffectedView)
def retry_failed_event(event_id: UUID) -> AffectedView:
    """Retry one failed event now."""
    return failed_events.retry_failed_event(work(), principal(), event_id)


@blueprint.route("/events/failed/<uuid:event_id>/edit", methods=["POST"])
@allow(OPERATOR)
@idempotent
@problems(409)
@blueprint.arguments(EditIn)
@blueprint.response(200, AffectedView)
def edit_failed_event(body: dict[str, Any], event_id: UUID) -> AffectedView:
    """Replace the data of a parked event, for a reason; retry it afterwards."""
    return failed_events.edit_failed_event(work(), principal(), event_id, **body)


@blueprint.route("/events/failed/<uuid:event_id>/discard", methods=["POST"])
@allow(OPERATOR)
@idempotent
@blueprint.arguments(ReasonIn)
@blueprint.response(200, AffectedView)
def discard_failed_event(body: dict[str, Any], event_id: UUID) -> AffectedView:
    """Discard one failed event, for a reason; it can still be retried."""
    return failed_events.discard_failed_event(work(), principal(), event_id, **body)


@blueprint.route("/events/failed/archive", methods=["POST"])
@allow(OPERATOR)
@idempotent
@problems(409)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, AffectedView)
def archive_failed_events(body: dict[str, Any]) -> AffectedView:
    """Delete discarded events that are archived elsewhere; their ids count as processed."""
    return failed_events.archive_failed_events(work(), principal(), **body)


@blueprint.route("/events/history", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(HistoryQuery, location="query")
@blueprint.response(200, Page[RecordedEventView])
def list_history(query: dict[str, Any]) -> Page[RecordedEventView]:
    """The events this service has recorded, without their data: one side of a reconciliation."""
    return history.list_history(work(), principal(), **query)


@blueprint.route("/events/processed", methods=["GET"])
@allow(OPERATOR)
@blueprint.arguments(ProcessedEventsQuery, location="query")
@blueprint.response(200, Page[ProcessedEventView])
def list_processed_events(query: dict[str, Any]) -> Page[ProcessedEventView]:
    """A producer's events that have taken effect here: the other side of a reconciliation."""
    return history.list_processed_events(work(), principal(), **query)


@blueprint.route("/events/unprocessed", methods=["POST"])
@allow(OPERATOR)
@not_idempotent(reason=READS_ONLY)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, EventIdsView)
def find_unprocessed_events(body: dict[str, Any]) -> EventIdsView:
    """Which of these events have neither taken effect here nor failed."""
    return history.find_unprocessed_events(work(), principal(), **body)


@blueprint.route("/events/unpublished", methods=["POST"])
@allow(OPERATOR)
@not_idempotent(reason=READS_ONLY)
@blueprint.arguments(EventIdsIn)
@blueprint.response(200, EventIdsView)
def find_unpublished_events(body: dict[str, Any]) -> EventIdsView:
    """Which of these events this service has never recorded, for example after a restore from a backup."""
    return history.find_unpublished_events(work(), principal(), **body)


@blueprint.route("/events/replays", methods=["POST"])
@allow(OPERATOR)
@idempotent
@blueprint.arguments(ReplayIn)
@blueprint.response(202, ReplayView)
def request_replay(body: dict[str, Any]) -> ReplayView:
    """Publish this service's history since a moment again, to one consumer; what it has processed has no effect."""
    return replays.request_replay(work(), principal(), _settings().service, **body)


@blueprint.route("/events/replays", methods=["GET"])
@allow(OPERATOR)
@blueprint.response(200, Items[ReplayView])
def list_replays() -> Items[ReplayView]:
    """The latest replays and their progress."""
    return replays.list_replays(work(), principal())


def _settings() -> BaseSettings:
    settings: BaseSettings = current_app.extensions["suar_settings"]
    return settings
