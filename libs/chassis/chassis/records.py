"""Between tables and frozen dataclasses: what persistence modules use instead of handing out ORM rows or dicts.

A dataclass names the columns it wants by its fields; the model stays the only list of columns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    TextClause,
    and_,
    any_,
    insert,
    inspect,
    literal,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from chassis.errors import ChangeSince, VersionConflict
from chassis.pagination import Page, PageRequest, page_of
from chassis.unit_of_work import Transaction

T = TypeVar("T")
Model = type[DeclarativeBase]
AGENCY = "agency_id"
AnySelect = Select[*tuple[Any, ...]]
# Types whose values Python and PostgreSQL put in the same order, whatever the collation.
_ORDERED_ALIKE = frozenset({UUID, date, int})


@cache
def table_of(model: Model) -> Table:
    """Return the table of a model, for statements of SQLAlchemy Core."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def columns_of(model: Model, kind: Any) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of `model` that bear the names of the fields of dataclass `kind`.

    Fields without a column are left to the query, which must supply them under their name (`.label("needs_decider")`).
    """
    columns = inspect(model).columns
    return tuple(columns[item.name] for item in fields(kind) if item.name in columns)


def fetch_one(
    tx: Transaction, query: AnySelect | TextClause, kind: type[T], values: Mapping[str, Any] | None = None
) -> T | None:
    """Return the first row as `kind`, or None; enums, tuples and nested values are converted by its annotations.

    `values` are those of the query's named parameters.
    """
    row = tx.session.execute(query, values).first()
    return None if row is None else msgspec.convert(row, kind, from_attributes=True)


def fetch_all(
    tx: Transaction, query: AnySelect | TextClause, kind: type[T], values: Mapping[str, Any] | None = None
) -> list[T]:
    """Return all rows as `kind`."""
    return [msgspec.convert(row, kind, from_attributes=True) for row in tx.session.execute(query, values)]


def keyset(
    query: AnySelect, request: PageRequest, *keys: InstrumentedAttribute[Any], descending: bool = False
) -> AnySelect:
    """Order a query by `keys`, start it after the page's position and limit it to one row more than the page."""
    after = request.after(*(key.type.python_type for key in keys))
    if after is not None:
        here = tuple_(*keys)
        query = query.where(here < after if descending else here > after)
    order = [key.desc() if descending else key.asc() for key in keys]
    return query.order_by(*order).limit(request.limit + 1)


def fetch_page(
    tx: Transaction,
    query: AnySelect,
    kind: type[T],
    request: PageRequest,
    *keys: InstrumentedAttribute[Any],
    descending: bool = False,
) -> Page[T]:
    """Return a page of rows as `kind`, in the order of `keys`, whose names are fields of `kind`."""
    found = fetch_all(tx, keyset(query, request, *keys, descending=descending), kind)
    return page_of(found, request, attrgetter(*(key.key for key in keys)))


def matching(query: AnySelect, model: Model, wanted: object) -> AnySelect:
    """Narrow a query to the rows that have the values of `wanted`, a dataclass, in the columns of its fields' names.

    A field that is None or an empty text asks for nothing.
    """
    columns = inspect(model).columns
    values = values_of(model, wanted).items()
    return query.where(*(columns[name] == value for name, value in values if value not in (None, "")))


def among(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `values`: one array parameter, however many there are.

    Their bounds say nothing new, but to the planner: without statistics it takes five hundred ids for all that there
    are and reads the whole table, each time.
    """
    wanted = list(values)
    is_one = column == any_(literal(wanted, ARRAY(column.type)))
    if not wanted or column.type.python_type not in _ORDERED_ALIKE:
        return is_one
    return and_(is_one, column.between(min(wanted), max(wanted)))


def insert_record(tx: Transaction, model: Model, record: object, /, **more: object) -> None:
    """Insert a dataclass as one row; the agency is the transaction's. `more` fills columns that are no fields."""
    tx.session.execute(insert(table_of(model)), _row(tx, model, record, more))


def insert_records(tx: Transaction, model: Model, records: Iterable[object], /, **more: object) -> None:
    """Insert dataclasses as rows of one statement; do nothing when there are none."""
    rows = [_row(tx, model, record, more) for record in records]
    if rows:
        tx.session.execute(insert(table_of(model)), rows)


def save_record(tx: Transaction, model: Model, record: object, /) -> None:
    """Insert a dataclass as one row, or overwrite the columns that are its fields in the row that is there."""
    row, table = _row(tx, model, record, {}), table_of(model)
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in row.items() if name not in {*keys, AGENCY}}
    query = upsert(table).values(row)
    tx.session.execute(query.on_conflict_do_update(index_elements=keys, set_=changed))


def update_record(
    tx: Transaction, model: Model, before: object, after: object, /, *, version: str = "version", **more: object
) -> None:
    """Save the fields in which `after` differs from `before`, raising the row's version by one.

    Raise VersionConflict when the row no longer has the version of `before`, or is gone. Both must have the fields of
    the primary key (the agency may be left to row-level security) and `version`; the version of `after` is ignored.
    """
    old, new = values_of(model, before), values_of(model, after)
    changed = {name: value for name, value in new.items() if value != old[name]} | more
    changed[version] = old[version] + 1
    table = table_of(model)
    query = update(table).values(changed).where(table.c[version] == old[version])
    for key in table.primary_key.columns:
        if key.name != AGENCY or AGENCY in old:
            query = query.where(key == old[key.name])
    if tx.session.execute(query).rowcount != 1:  # type: ignore[attr-defined]
        raise VersionConflict


def require_version(
    expected: int | None, actual: int, changes_since: Callable[[int], Sequence[ChangeSince]] | None = None
) -> None:
    """Raise VersionConflict unless the caller has seen the present version; None stands for `If-Match: *`.

    `changes_since` lists what has changed since a version, where that is on record: the refusal names it.
    """
    if expected is not None and expected != actual:
        raise VersionConflict(changes=changes_since(expected) if changes_since else ())


def values_of(model: Model, record: object) -> dict[str, Any]:
    """Return the fields of a dataclass that are columns of `model`, as values the driver can store."""
    return {name: _plain(getattr(record, name)) for name in _shared_names(model, type(record))}


def _list_shared_names(model: Model, kind: Any) -> Sequence[str]:
    columns = inspect(model).columns
    return [item.name for item in fields(kind) if item.name in columns]


_shared_names: Callable[[Model, Any], Sequence[str]] = cache(_list_shared_names)


def _row(tx: Transaction, model: Model, record: object, more: dict[str, object]) -> dict[str, Any]:
    row = {**values_of(model, record), **more}
    if AGENCY in inspect(model).columns:
        row[AGENCY] = tx.agency_id
    return row


def _plain(value: Any) -> Any:
    """Turn tuples and nested values into what JSON columns hold; other values stay as they are."""
    if isinstance(value, tuple | list | frozenset | set | dict) or is_dataclass(value):
        return msgspec.to_builtins(value)
    return value
