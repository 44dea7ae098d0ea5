"""Answers as JSON without a second walk through a schema: rows are flat already, and plans are stored as JSON."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import Response

from chassis.errors import FieldError, InvalidInput
from chassis.http import decode_cursor, encode_cursor, page


def answer(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Response(text, status, content_type="application/json")


def page_answer(found: Sequence[dict[str, Any]], limit: int) -> Response:
    """Make a page of up to limit + 1 rows that are sorted by id."""
    shown = found[:limit]
    return answer(page(shown, encode_cursor({"id": str(shown[-1]["id"])}) if len(found) > limit else None))


def start_of(cursor: str | None) -> UUID | None:
    """Where a page starts; raises InvalidInput for a cursor that is not of such a list."""
    position = decode_cursor(cursor)
    if position is None:
        return None
    try:
        return UUID(position["id"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = FieldError("cursor", "cursor_invalid", cursor, "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error


def _plain(value: Any) -> Any:
    match value:
        case UUID() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
