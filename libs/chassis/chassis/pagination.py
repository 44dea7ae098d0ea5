"""Keyset pagination, once: every list takes `cursor` and `limit` and answers `items` and `next_cursor`."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from chassis.errors import FieldError, InvalidInput

T = TypeVar("T")
K = TypeVar("K")
Position = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: Sequence[T]
    next_cursor: str | None

    def of(self, make: Callable[[T], K]) -> "Page[K]":
        """Return the page with `make` applied to each item."""
        return Page([make(item) for item in self.items], self.next_cursor)


@dataclass(frozen=True)
class Items(Generic[T]):
    """A whole list, which is always short enough for one answer."""

    items: Sequence[T]


@dataclass(frozen=True)
class PageRequest:
    """Where a page starts (the key of the last item before it; empty at the beginning) and how long it is."""

    limit: int = 50
    position: Position = ()

    def after(self, *kinds: type[Any]) -> tuple[Any, ...] | None:
        """Return the position as values of these types, or None at the beginning.

        Raise InvalidInput when the cursor belongs to another list.
        """
        if not self.position:
            return None
        try:
            if len(self.position) != len(kinds):
                raise ValueError("another number of keys")
            return tuple(_read(kind, value) for kind, value in zip(kinds, self.position, strict=True))
        except (ValueError, TypeError, AttributeError) as error:
            raise cursor_invalid(encode_cursor(self.position)) from error


def page_of(found: Sequence[T], request: PageRequest, key: Callable[[T], object]) -> Page[T]:
    """Make a page of up to `limit + 1` things in order; `key` returns the value, or the values, they are sorted by."""
    shown = found[: request.limit]
    if len(found) <= request.limit:
        return Page(shown, None)
    last = key(shown[-1])
    return Page(shown, encode_cursor(last if isinstance(last, tuple) else (last,)))


def encode_cursor(position: Sequence[object]) -> str:
    """Return an opaque cursor of a position; its values are text, numbers, ids, dates or moments."""
    plain = [value if value is None or isinstance(value, int) else _text(value) for value in position]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> Position:
    """Read a cursor. Raise InvalidInput when this system has not made it."""
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded))
        if not isinstance(position, list) or not position or not all(_is_plain(value) for value in position):
            raise TypeError("not a list of plain values")
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise cursor_invalid(cursor) from error
    return tuple(position)


def cursor_invalid(cursor: str) -> InvalidInput:
    """Return the error of a cursor that cannot be used here."""
    return InvalidInput(
        errors=[FieldError("cursor", "cursor_invalid", cursor, "nilai next_cursor dari halaman sebelumnya")]
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63)


def _read(kind: type[Any], value: str | int | None) -> Any:
    if value is None:
        return None
    if kind is int:
        if not isinstance(value, int):
            raise TypeError("not a number")
        return value
    if not isinstance(value, str):
        raise TypeError("not a text")
    if kind is UUID:
        return UUID(value)
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment
    return date.fromisoformat(value) if kind is date else value
