"""What comes in about messages."""

import marshmallow as ma

from chassis.http import PageQuery, Schema


class InboxQuery(PageQuery):
    unread = ma.fields.Boolean(load_default=False, metadata={"description": "only what is not read yet"})
    topic = ma.fields.String(load_default=None)


class ReadAllIn(Schema):
    up_to = ma.fields.UUID(load_default=None, allow_none=True, metadata={"description": "newest message that was seen"})
