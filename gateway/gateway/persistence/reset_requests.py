"""Requests for a new password that wait for a second person."""

from uuid import UUID

from sqlalchemy import delete, select

from chassis.records import columns_of, fetch_one, save_record
from chassis.unit_of_work import Transaction
from gateway.domain.reset_request import ResetRequest
from gateway.persistence import models


def find_reset_request(tx: Transaction, account_id: UUID) -> ResetRequest | None:
    """Return the request for an account, locked for a change, or None."""
    query = select(*columns_of(models.ResetRequest, ResetRequest)).where(models.ResetRequest.account_id == account_id)
    return fetch_one(tx, query.with_for_update(), ResetRequest)


def save_reset_request(tx: Transaction, request: ResetRequest) -> None:
    save_record(tx, models.ResetRequest, request)


def delete_reset_request(tx: Transaction, account_id: UUID) -> None:
    tx.session.execute(delete(models.ResetRequest).where(models.ResetRequest.account_id == account_id))
