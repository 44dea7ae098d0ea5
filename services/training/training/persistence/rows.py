"""Rows as plain values, and pages of them. Nothing of the ORM leaves persistence except to the step that changes it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, text
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from chassis.unit_of_work import Transaction

View = dict[str, Any]


def flat(row: DeclarativeBase, **more: Any) -> View:
    """Copy a row's columns into a dict, the agency left out."""
    view = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "agency_id"}
    return view | more


def newest_first(
    tx: Transaction, query: Select[Any], key: InstrumentedAttribute[UUID], before: UUID | None, limit: int
) -> list[Any]:
    """One row more than `limit`, by which the caller knows whether there is a next page."""
    if before is not None:
        query = query.where(key < before)
    return list(tx.session.scalars(query.order_by(key.desc()).limit(limit + 1)))


def by_code(
    tx: Transaction, query: Select[Any], key: InstrumentedAttribute[str], after: str | None, limit: int
) -> list[Any]:
    """Like `newest_first`, for rows named by a code."""
    if after is not None:
        query = query.where(key > after)
    return list(tx.session.scalars(query.order_by(key).limit(limit + 1)))


def lock(tx: Transaction, topic: str, key: object) -> None:
    """Let one transaction at a time work on this topic and key, until it ends."""
    name = f"{tx.agency_id}:{topic}:{key}"
    tx.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def contains(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """Tell whether an array column holds a code, in the form that its GIN index serves."""
    return column.contains([code])
