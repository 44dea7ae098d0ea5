"""Requests about reference data."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice, text
from incentive.domain.reference import ReferenceKind
from incentive.http.fields import Day


class ReferenceQuery(Schema):
    kind = choice(ReferenceKind, load_default=None)


class ReferenceIn(Schema):
    kind = choice(ReferenceKind)
    valid_from = Day(required=True)
    data = ma.fields.Dict(required=True)
    legal_source = text(300)
    verified = ma.fields.Dict(ma.fields.String(), ma.fields.String(), load_default=dict)
