"""One page of a list: the cursor holds the key of the last item of the page before."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from chassis.http import decode_cursor, encode_cursor, page

T = TypeVar("T")


def uuid_after(args: dict[str, Any]) -> UUID | None:
    """Return the id after which the page begins."""
    value = _after(args)
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def number_after(args: dict[str, Any]) -> int:
    """Return the number after which the page begins."""
    value = _after(args)
    return value if isinstance(value, int) else 0


def one_page(found: Sequence[T], limit: int, key: Callable[[T], object]) -> dict[str, Any]:
    """Make a page of at most `limit` items out of `limit` + 1 that were asked for."""
    items = found[:limit]
    is_last = len(found) <= limit
    return page(items, None if is_last else encode_cursor({"after": key(items[-1])}))


def _after(args: dict[str, Any]) -> object:
    return (decode_cursor(args["cursor"]) or {}).get("after")
