"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from flask import Response

# A spreadsheet would run a cell that starts like this.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(tables: Iterator[Sequence[Sequence[Any]]], filename: str) -> Response:
    """Return tables as one streamed file; what refuses the first one is answered as a problem."""
    first = next(tables)
    return Response(
        map(_csv, chain([first], tables)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}.csv"'},
    )


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
