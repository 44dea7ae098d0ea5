"""Correction requests between rows and the domain."""

from uuid import UUID

from sqlalchemy import select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from personnel.domain.correction_request import CorrectionRequest, ListCorrections
from personnel.persistence import models

_COLUMNS = columns_of(models.CorrectionRequest, CorrectionRequest)


def load_request(tx: Transaction, request_id: UUID, *, lock: bool = False) -> CorrectionRequest:
    """Return a request. Raise NotFound."""
    query = select(*_COLUMNS).where(models.CorrectionRequest.id == request_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, CorrectionRequest)
    return required(found, "permintaan perbaikan", request_id)


def insert_request(tx: Transaction, request: CorrectionRequest) -> None:
    insert_record(tx, models.CorrectionRequest, request)


def update_request(tx: Transaction, before: CorrectionRequest, after: CorrectionRequest) -> None:
    """Save the answer. Raise VersionConflict."""
    update_record(tx, models.CorrectionRequest, before, after)


def list_requests(tx: Transaction, wanted: ListCorrections, employee_id: UUID | None) -> Page[CorrectionRequest]:
    """Return requests in the order they came: of one person, or of the agency."""
    query = matching(select(*_COLUMNS), models.CorrectionRequest, wanted)
    if employee_id is not None:
        query = query.where(models.CorrectionRequest.employee_id == employee_id)
    return fetch_page(tx, query, CorrectionRequest, wanted.page, models.CorrectionRequest.id)
