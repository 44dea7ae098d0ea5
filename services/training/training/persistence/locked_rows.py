"""Rows that are changed under a lock: advisory locks, and updates of rows that carry no version of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, text, update
from sqlalchemy.orm import InstrumentedAttribute

from chassis.records import Model, table_of, values_of
from chassis.unit_of_work import Transaction

# Text: an advisory lock is a function call, without a table to select from.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def lock(tx: Transaction, topic: str, key: object) -> None:
    """Wait until no other transaction holds the lock on this topic and key, and hold it to the end of this one."""
    tx.session.execute(_LOCK, {"name": f"{tx.agency_id}:{topic}:{key}"})


@contextmanager
def savepoint(tx: Transaction) -> Iterator[None]:
    """Undo what the block wrote when it raises, and nothing else."""
    with tx.session.begin_nested():
        yield


def update_locked(tx: Transaction, model: Model, before: object, after: object) -> None:
    """Save the fields in which `after` differs, by `id`. For rows that this transaction has locked, or their parent's.

    Unlike `update_record` it compares and raises no version: seats and copies move without invalidating the ETag of
    somebody who edits the session or the item.
    """
    old, new = values_of(model, before), values_of(model, after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if changed:
        table = table_of(model)
        tx.session.execute(update(table).values(changed).where(table.c.id == old["id"]))


def contains(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """Return the condition that an array column holds a code, in the form that its GIN index serves."""
    return column.contains([code])
