"""Many rows in one statement: JSON in one parameter, typed by the table's own columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec
from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql

from chassis.unit_of_work import Transaction
from personnel.persistence.models import Base

Row = Mapping[str, Any]
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def insert_many(tx: Transaction, model: type[Base], rows: Sequence[Row], *, or_ignore: bool = False) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    table, names = cast("Table", model.__table__), list(rows[0])
    listed = ", ".join(names)
    conflict = " ON CONFLICT DO NOTHING" if or_ignore else ""
    statement = f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {_recordset(table, names)}{conflict}"  # noqa: S608 - names of our own models
    tx.session.execute(text(statement), {"rows": _dump(rows)})


def update_many(tx: Transaction, model: type[Base], key: str, rows: Sequence[Row]) -> None:
    """Update rows by one key column; all have the same columns."""
    if not rows:
        return
    table, names = cast("Table", model.__table__), list(rows[0])
    changes = ", ".join(f"{name} = r.{name}" for name in names if name != key)
    recordset = _recordset(table, names)
    statement = f"UPDATE {table.name} SET {changes} FROM {recordset} WHERE {table.name}.{key} = r.{key}"  # noqa: S608
    tx.session.execute(text(statement), {"rows": _dump(rows)})


def analyse(tx: Transaction, *models: type[Base]) -> None:
    """Update the planner's statistics of tables that have just grown; a large import is joined row by row otherwise."""
    for model in models:
        tx.session.execute(text(f"ANALYZE {model.__tablename__}"))


def _recordset(table: Table, names: Iterable[str]) -> str:
    typed = ", ".join(f"{name} {table.columns[name].type.compile(_DIALECT)}" for name in names)
    return f"json_to_recordset(CAST(:rows AS json)) AS r({typed})"


def _dump(rows: Sequence[Row]) -> str:
    return msgspec.json.encode(rows, enc_hook=str).decode()
