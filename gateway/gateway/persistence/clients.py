"""API clients between rows and the domain."""

from uuid import UUID

from sqlalchemy import select, update

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, keyset, values_of
from chassis.unit_of_work import Transaction
from gateway.domain.client import ApiClient
from gateway.persistence import models

_COLUMNS = columns_of(models.ApiClient, ApiClient)


def find_client(tx: Transaction, client_id: UUID) -> ApiClient | None:
    """Return a client, locked for a change, or None."""
    query = select(*_COLUMNS).where(models.ApiClient.id == client_id).with_for_update()
    return fetch_one(tx, query, ApiClient)


def load_client(tx: Transaction, client_id: UUID) -> ApiClient:
    """Return a client, locked for a change. Raise NotFound."""
    client = find_client(tx, client_id)
    if client is None:
        raise NotFound(object="klien API", id=client_id)
    return client


def insert_client(tx: Transaction, client: ApiClient) -> None:
    insert_record(tx, models.ApiClient, client)


def update_client(tx: Transaction, client: ApiClient) -> None:
    """Save a client that this transaction has locked."""
    query = update(models.ApiClient).where(models.ApiClient.id == client.id)
    tx.session.execute(query.values(values_of(models.ApiClient, client)))


def list_clients(tx: Transaction, page: PageRequest) -> Page[ApiClient]:
    """Return the agency's clients by id, which is the order of their creation."""
    found = fetch_all(tx, keyset(select(*_COLUMNS), page, models.ApiClient.id), ApiClient)
    return page_of(found, page, lambda client: client.id)
