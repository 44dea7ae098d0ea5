"""Outages, and deadlines that they or a grant have moved."""

from typing import Any
from uuid import UUID

from appraisal.domain.extensions import DeadlineView, GrantExtension, ListMovedDeadlines, MovedDeadline
from appraisal.domain.outages import OutageView, RecordOutage
from appraisal.http.access import EVERYBODY, HR, OUTAGE_READERS, PREFIX, WINDOW_EXTENDERS, Relation
from appraisal.http.outages_schemas import DeadlineExtensionIn, MovedDeadlinesQuery, OutageIn, OutageWithdrawalIn
from appraisal.use_cases.obligations.extend import extend_deadline
from appraisal.use_cases.obligations.read_deadline import show_deadline
from appraisal.use_cases.outages.read import list_moved_deadlines, list_outages
from appraisal.use_cases.outages.record import record_outage
from appraisal.use_cases.outages.withdraw import withdraw_outage
from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page

blp = ServiceBlueprint("outages", url_prefix=PREFIX, description="Outages, and deadlines that were extended")


@blp.route("/outages", methods=["POST"])
@allow(*WINDOW_EXTENDERS)
@idempotent
@blp.arguments(OutageIn)
@blp.response(201, OutageView)
def post_outage(body: dict[str, Any]) -> OutageView:
    """Record an outage: it extends every deadline that was running, and is counted once with those it overlaps."""
    return record_outage(work(), principal(), RecordOutage(**body))


@blp.route("/outages", methods=["GET"])
@allow(*OUTAGE_READERS)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[OutageView])
def get_outages(query: dict[str, Any]) -> Page[OutageView]:
    """Outages, the newest first."""
    return list_outages(work(), principal(), **query)


@blp.route("/outages/<uuid:outage_id>/deadlines", methods=["GET"])
@allow("hr_officer", "inspector")
@blp.arguments(MovedDeadlinesQuery, location="query")
@blp.response(200, Page[MovedDeadline])
def get_moved_deadlines(query: dict[str, Any], outage_id: UUID) -> Page[MovedDeadline]:
    """The deadlines that an outage moved; with `outcome=FOR_HR` those that HR is to look at."""
    return list_moved_deadlines(work(), principal(), ListMovedDeadlines(outage_id, **query))


@blp.route("/outages/<uuid:outage_id>/withdraw", methods=["POST"])
@allow(*WINDOW_EXTENDERS)
@idempotent
@problems(409, 412)
@blp.arguments(OutageWithdrawalIn)
@blp.response(200, OutageView)
def post_withdrawal(body: dict[str, Any], outage_id: UUID) -> OutageView:
    """Withdraw a wrong entry, as long as nobody has used the time that it gave."""
    return withdraw_outage(work(), principal(), outage_id, **body)


@blp.route("/obligations/<uuid:obligation_id>/deadline", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.DEADLINE_READERS)
@problems(409)
@blp.response(200, DeadlineView)
def get_deadline(obligation_id: UUID) -> DeadlineView:
    """When an obligation is due, and which outage or grant has moved that."""
    return show_deadline(work(), principal(), obligation_id)


@blp.route("/obligations/<uuid:obligation_id>/extensions", methods=["POST"])
@allow(*HR, relation=Relation.DESIGNATORS)
@idempotent
@problems(409)
@blp.arguments(DeadlineExtensionIn)
@blp.response(201, DeadlineView)
def post_deadline_extension(body: dict[str, Any], obligation_id: UUID) -> DeadlineView:
    """Give one person a later deadline, for a reason."""
    return extend_deadline(work(), principal(), GrantExtension(obligation_id, **body))
