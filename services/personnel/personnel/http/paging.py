"""Pages of things sorted by name, by id, or by place in a tree."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.http import decode_cursor, encode_cursor, page

T = TypeVar("T")


def read_position(args: dict[str, Any], read: Callable[[dict[str, Any]], T]) -> T | None:
    """Read where a page starts; raises InvalidInput for a cursor that belongs to another list."""
    position = decode_cursor(args["cursor"])
    if position is None:
        return None
    try:
        return read(position)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = FieldError("cursor", "cursor_invalid", args["cursor"], "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error


def name_and_id(position: dict[str, Any]) -> tuple[str, UUID]:
    return str(position["name"]), UUID(position["id"])


def one_page(found: Sequence[T], limit: int, cursor_of: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """Make a page out of up to limit + 1 things."""
    shown = found[:limit]
    return page(shown, encode_cursor(cursor_of(shown[-1])) if len(found) > limit else None)
