"""What comes in to read the feed."""

import marshmallow as ma

from chassis.http import PageQuery


class FeedQuery(PageQuery):
    limit = ma.fields.Integer(load_default=100, validate=ma.validate.Range(1, 1000))
    since = ma.fields.Date(load_default=None, metadata={"description": "first day of data"})
    types = ma.fields.String(load_default="", metadata={"description": "comma separated; empty: all that are granted"})
