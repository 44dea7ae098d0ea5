"""What comes in about substitutions."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, text
from personnel.domain.substitution import SubstitutionKind, SubstitutionScope
from personnel.http.fields import day

MOST_PEOPLE = 500


class SubstitutionsQuery(PageQuery):
    kind = choice(SubstitutionKind, required=False)
    employee_id = ma.fields.UUID(metadata={"description": "as substitute or as official"})
    on = day(metadata={"description": "those that hold on this day"})


class SubstitutionIn(Schema):
    kind = choice(SubstitutionKind)
    in_place_of_id = ma.fields.UUID(required=True, metadata={"description": "an employee or an official from outside"})
    substitute_id = ma.fields.UUID(required=True)
    first_day = day(required=True)
    last_day = day(load_default=None, allow_none=True, metadata={"description": "may be left out for a Plt. only"})
    order_number = text(100)
    scope = ma.fields.List(choice(SubstitutionScope), required=True, validate=ma.validate.Length(1, 3))
    employee_ids = ma.fields.List(
        ma.fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=ma.validate.Length(1, MOST_PEOPLE),
        metadata={"description": "the people concerned; left out: all whom the official appraises"},
    )

    @ma.validates("scope")
    def _named_once(self, value: list[SubstitutionScope], **_: object) -> None:
        if len(set(value)) != len(value):
            raise ma.ValidationError("Sebut setiap cakupan satu kali saja.")


class SubstitutionPatch(Schema):
    last_day = day(required=True, allow_none=True)


class SubstitutionWithdrawalIn(Schema):
    reason = text(500)
