"""Where a page starts and whether there is another."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.http import decode_cursor, encode_cursor, page

T = TypeVar("T")


def before_id(args: dict[str, Any]) -> UUID | None:
    return _read(args, UUID)


def after_code(args: dict[str, Any]) -> str | None:
    return _read(args, str)


def one_page(rows: list[dict[str, Any]], limit: int, key: str = "id") -> dict[str, Any]:
    """Make a page out of up to limit + 1 rows."""
    shown = rows[:limit]
    return page(shown, encode_cursor({"at": str(shown[-1][key])}) if len(rows) > limit else None)


def _read(args: dict[str, Any], kind: Callable[[str], T]) -> T | None:
    place = decode_cursor(args["cursor"])
    if place is None:
        return None
    try:
        value = place["at"]
        if not isinstance(value, str) or "\x00" in value:
            raise TypeError("not a text")
        return kind(value)
    except (KeyError, ValueError, TypeError) as error:
        fault = FieldError("cursor", "cursor_invalid", args["cursor"], "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error
