"""API clients of an agency."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.persistence.models import ApiClient


def get_client(session: Session, client_id: UUID, *, lock: bool = False) -> ApiClient | None:
    return session.get(ApiClient, client_id, with_for_update=lock or None, populate_existing=lock)


def page(session: Session, after: UUID | None, limit: int) -> list[ApiClient]:
    query = select(ApiClient).order_by(ApiClient.id).limit(limit)
    if after is not None:
        query = query.where(ApiClient.id > after)
    return list(session.scalars(query))
