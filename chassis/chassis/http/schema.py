"""The base of all marshmallow schemas: what is not declared is refused."""

from typing import Any

import marshmallow as ma

from chassis.http.indonesian import speak_indonesian

# before any schema is declared: fields and validators take their messages when they are made
speak_indonesian()


class Schema(ma.Schema):
    class Meta:
        unknown = ma.RAISE


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
