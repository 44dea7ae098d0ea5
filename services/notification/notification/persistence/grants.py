"""Grants between rows and the domain."""

from uuid import UUID

from sqlalchemy import select, update

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, keyset, table_of
from chassis.unit_of_work import Transaction
from notification.domain.grant import Grant
from notification.persistence import models

_COLUMNS = columns_of(models.Grant, Grant)


def load_grant(tx: Transaction, grant_id: UUID, *, lock: bool = False) -> Grant:
    """Return a grant. Raise NotFound."""
    query = select(*_COLUMNS).where(models.Grant.grant_id == grant_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, Grant)
    if found is None:
        raise NotFound(object="izin", id=grant_id)
    return found


def open_grant(tx: Transaction, client_id: UUID, *, lock: bool = False) -> Grant | None:
    """Return the client's grant that is not revoked, or None."""
    query = select(*_COLUMNS).where(models.Grant.client_id == client_id, models.Grant.revoked_at.is_(None))
    return fetch_one(tx, query.with_for_update() if lock else query, Grant)


def list_grants(tx: Transaction, page: PageRequest, *, client_id: UUID | None) -> Page[Grant]:
    """Return grants, newest first, ended ones too: all, or a client's."""
    query = select(*_COLUMNS)
    if client_id is not None:
        query = query.where(models.Grant.client_id == client_id)
    found = fetch_all(tx, keyset(query, page, models.Grant.grant_id, descending=True), Grant)
    return page_of(found, page, lambda grant: grant.grant_id)


def insert_grant(tx: Transaction, grant: Grant) -> None:
    insert_record(tx, models.Grant, grant)


def save_revocation(tx: Transaction, grant: Grant) -> None:
    table = table_of(models.Grant)
    revocation = {
        "revoked_by": grant.revoked_by, "revoked_at": grant.revoked_at, "revoke_reason": grant.revoke_reason,
    }  # fmt: skip
    tx.session.execute(update(table).where(table.c.grant_id == grant.grant_id).values(revocation))
