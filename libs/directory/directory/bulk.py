"""Statements that write many rows at once, from one JSON parameter, however many there are.

Built from the models, which stay the only list of columns; each is built once.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Executable,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, Insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql.selectable import TableValuedAlias

from chassis.records import AGENCY, Model, table_of
from chassis.unit_of_work import Transaction

Row = Mapping[str, object]
VERSION = "version"


def write_newer(tx: Transaction, model: Model, rows: Iterable[Row]) -> dict[UUID, int]:
    """Write rows whose version is newer than that of the row that is there, and lock all of them until the commit.

    Return the keys of those that were written, each with the version it had before, 0 where it is new.
    """
    found = tx.session.execute(_newer(model), _parameters(tx, rows))
    return {key: before or 0 for key, before in found}


def lock_rows(tx: Transaction, model: Model, rows: Iterable[Row]) -> Iterable[Any]:
    """Lock the rows with the keys of these until the commit and return them as they are.

    One that is not there yet is made, with version 0: nobody else can make it meanwhile.
    """
    return tx.session.execute(_lock(model), _parameters(tx, rows))


def overwrite(tx: Transaction, model: Model, rows: Iterable[Row]) -> None:
    """Insert rows, or overwrite those with the same keys."""
    tx.session.execute(_overwrite(model), _parameters(tx, rows))


def remove(tx: Transaction, model: Model, keys: Iterable[Row]) -> None:
    """Delete the rows with these keys."""
    tx.session.execute(_remove(model), _parameters(tx, keys))


def _parameters(tx: Transaction, rows: Iterable[Row]) -> dict[str, str]:
    return {"agency": tx.agency_id, "rows": msgspec.json.encode(list(rows)).decode()}


def _given(model: Model, *, keys_only: bool = False) -> TableValuedAlias:
    """Return the rows of the parameter as a table with the columns of the model but for the agency."""
    columns = _keys(model) if keys_only else [one for one in table_of(model).columns if one.name != AGENCY]
    rows = cast(bindparam("rows", type_=Text), JSONB)
    named = [column(one.name, one.type) for one in columns]
    return func.jsonb_to_recordset(rows).table_valued(*named).render_derived(name="given", with_types=True)


def _keys(model: Model) -> list[ColumnElement[Any]]:
    return [one for one in table_of(model).primary_key.columns if one.name != AGENCY]


def _insert(model: Model, **values: ColumnElement[Any]) -> Insert:
    """Return the insertion of the given rows in the order of their keys, so that two workers never deadlock."""
    given = _given(model)
    columns = {AGENCY: bindparam("agency", type_=Text), **dict(given.c), **values}
    query = select(*(one.label(name) for name, one in columns.items()))
    return upsert(table_of(model)).from_select(
        list(columns), query.order_by(*(given.c[one.name] for one in _keys(model)))
    )


@cache
def _newer(model: Model) -> Executable:
    table, before = table_of(model), table_of(model).alias("before")
    # in words, because RETURNING of an INSERT correlates no subquery with its table
    here = [before.c[key.name] == literal_column(f"{table.name}.{key.name}") for key in table.primary_key.columns]
    # read as it was when the statement began, without waiting for another transaction
    version_before = select(before.c[VERSION]).where(*here).scalar_subquery()
    query = _insert(model)
    key = next(iter(_keys(model) or table.primary_key.columns))  # the agency itself has no other key
    return query.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_=_all_but_keys(model, query),
        where=table.c[VERSION] < query.excluded[VERSION],
    ).returning(key, version_before)


@cache
def _lock(model: Model) -> Executable:
    table = table_of(model)
    return (
        _insert(model, version=literal(0))
        .on_conflict_do_update(index_elements=list(table.primary_key.columns), set_={VERSION: table.c[VERSION]})
        .returning(*table.columns)
    )


@cache
def _overwrite(model: Model) -> Executable:
    query = _insert(model)
    return query.on_conflict_do_update(
        index_elements=list(table_of(model).primary_key.columns), set_=_all_but_keys(model, query)
    )


@cache
def _remove(model: Model) -> Executable:
    given = _given(model, keys_only=True)
    agency = table_of(model).c[AGENCY] == bindparam("agency", type_=Text)
    return delete(table_of(model)).where(agency, *(key == given.c[key.name] for key in _keys(model)))


def _all_but_keys(model: Model, query: Insert) -> dict[str, ColumnElement[Any]]:
    keys = {key.name for key in table_of(model).primary_key.columns}
    return {one.name: query.excluded[one.name] for one in table_of(model).columns if one.name not in keys}
