"""Cursor pagination, once."""

import base64
import binascii
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import marshmallow as ma

from chassis.errors import FieldError, InvalidInput
from chassis.http.schema import Schema, items_schema
from chassis.pagination import PageRequest
from chassis.pagination import decode_cursor as read_cursor


class PageArgs(Schema):
    """Query parameters of every list."""

    cursor = ma.fields.String(load_default=None, metadata={"description": "next_cursor of the page before"})
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, 200))


class PageQuery(Schema):
    """The query parameters of a list; loaded as one value, `page` (a `PageRequest`)."""

    cursor = ma.fields.String(load_default=None, metadata={"description": "next_cursor of the page before"})
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, 200))

    @ma.post_load
    def _with_page(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        cursor, limit = data.pop("cursor"), data.pop("limit")
        return {**data, "page": PageRequest(limit, () if cursor is None else read_cursor(cursor))}


@cache
def page_of(item: type[ma.Schema]) -> type[Any]:
    """The schema {items, next_cursor} of a list of `item`."""
    return items_schema(item, item.__name__.removesuffix("Schema") + "Page")


def page(items: Sequence[Any], next_cursor: str | None) -> dict[str, Any]:
    return {"items": items, "next_cursor": next_cursor}


def encode_cursor(position: dict[str, Any]) -> str:
    """Make an opaque cursor of where the next page starts; values must be JSON."""
    return base64.urlsafe_b64encode(json.dumps(position, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> dict[str, Any] | None:
    """Read a cursor; raises InvalidInput when it is not one of ours."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded))
        if not isinstance(position, dict):
            raise TypeError("not an object")
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        fault = FieldError("cursor", "cursor_invalid", cursor, "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error
    return position
