"""Requests about reference data."""

from typing import Any

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import Schema
from chassis.http.fields import choice, text
from chassis.views import encode
from incentive.domain.reference import ReferenceKind
from incentive.http.fields import Day

LARGEST_TABLE = 100_000


class ReferenceQuery(Schema):
    kind = choice(ReferenceKind, load_default=None)


def _fits(data: dict[str, Any]) -> None:
    if len(encode(data)) > LARGEST_TABLE:
        raise ma.ValidationError(f"Isi tabel paling banyak {LARGEST_TABLE} byte dalam bentuk JSON.")


class ReferenceIn(ProposedIn):
    kind = choice(ReferenceKind)
    valid_from = Day(required=True)
    data = ma.fields.Dict(required=True, validate=_fits)
    legal_source = text(300)
    verified = ma.fields.Dict(
        ma.fields.String(validate=ma.validate.Length(1, 100)),
        ma.fields.String(validate=ma.validate.Length(0, 500)),
        load_default=dict,
        validate=ma.validate.Length(max=200),
    )
