"""The query parameters of a list."""

from typing import Any

import marshmallow as ma

from chassis.http.schema import Schema
from chassis.pagination import PageRequest, decode_cursor


class PageQuery(Schema):
    """Loaded as one value, `page` (a `PageRequest`)."""

    cursor = ma.fields.String(load_default=None, metadata={"description": "next_cursor of the page before"})
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, 200))

    @ma.post_load
    def _with_page(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        cursor, limit = data.pop("cursor"), data.pop("limit")
        return {**data, "page": PageRequest(limit, () if cursor is None else decode_cursor(cursor))}
