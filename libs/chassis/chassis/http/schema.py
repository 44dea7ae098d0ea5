"""The base of all marshmallow schemas: what is not declared is refused."""

from typing import Any

import marshmallow as ma

from chassis.http.indonesian import SCHEMA_MESSAGES, translate


class Schema(ma.Schema):
    error_messages = SCHEMA_MESSAGES

    class Meta:
        unknown = ma.RAISE

    def on_bind_field(self, _field_name: str, field: ma.fields.Field[Any]) -> None:
        """Set the Indonesian messages."""
        translate(field)


class FieldProblem(Schema):
    field = ma.fields.String(required=True, metadata={"description": "path of the field"})
    code = ma.fields.String(required=True)
    value = ma.fields.Raw(allow_none=True, metadata={"description": "the value that came"})
    expected = ma.fields.String(required=True, metadata={"description": "in Indonesian: what would be right"})


class Problem(Schema):
    """An error, as application/problem+json."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True, metadata={"description": "stable; act on this"})
    detail = ma.fields.String(required=True, metadata={"description": "in Indonesian, for people"})
    errors = ma.fields.List(ma.fields.Nested(FieldProblem), required=True)
    request_id = ma.fields.String(required=True)


def items_schema(item: type[ma.Schema], name: str) -> type[Any]:
    """Make the schema of a page of `item`."""
    members = {
        "items": ma.fields.List(ma.fields.Nested(item), required=True),
        "next_cursor": ma.fields.String(required=True, allow_none=True),
    }
    return type(name, (Schema,), members)
