"""What comes in about obligations."""

from typing import Any
from uuid import UUID

import marshmallow as ma

from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.http.fields import calendar_year, query_year
from chassis.http import PageQuery, Schema
from chassis.http.fields import optional_choice, text


class Person(ma.fields.UUID):
    """The id of a person, or one of these words."""

    def __init__(self, *words: str, **options: Any) -> None:
        super().__init__(**options)
        self._words = words

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> UUID | Any:
        return value if value in self._words else super()._deserialize(value, attr, data, **options)


class ObligationsQuery(PageQuery):
    owed_by = Person(
        "me", "nobody", load_default=None, metadata={"description": "who must act: an employee's id, me, or nobody: HR"}
    )
    employee_id = Person("me", load_default=None, metadata={"description": "about whom: an employee's id, or me"})
    unit = ma.fields.UUID(load_default=None, metadata={"description": "a unit with all below it"})
    year = query_year()
    kind = optional_choice(ObligationKind)
    state = optional_choice(ObligationState)
    overdue = ma.fields.Boolean(load_default=None)


class OpeningIn(Schema):
    year = calendar_year()


class ExcuseIn(Schema):
    reason = text(longest=2000)
    order_reference = text(longest=200)
