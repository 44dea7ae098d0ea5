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
