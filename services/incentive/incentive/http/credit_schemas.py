"""Requests about credit points and past predicates."""

from typing import Any

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import Schema
from chassis.http.fields import choice, text
from directory.people import PositionLevel
from directory.performance import Predicate
from incentive.domain.credit_account import DecisionPurpose
from incentive.domain.values import PeriodKind
from incentive.http.fields import YEARS, Day, points

GRADES = ma.validate.Regexp(r"^(I|II|III|IV)/[a-e]$", error="Golongan seperti II/c atau III/b.")


class OpeningIn(ProposedIn):
    level = choice(PositionLevel)
    balance = points(metadata={"description": "credit points brought along, base included"})
    base = points(load_default="0")
    as_of = Day(required=True)
    entry_grade = ma.fields.String(load_default=None, allow_none=True, validate=GRADES)
    reference = text(100, metadata={"description": "number of the decision (PAK) it comes from"})


class PeriodicIn(ProposedIn):
    year = ma.fields.Integer(required=True, validate=YEARS)
    quarter = ma.fields.Integer(load_default=None, validate=ma.validate.Range(1, 4))
    month = ma.fields.Integer(load_default=None, validate=ma.validate.Range(1, 12))
    months = ma.fields.Integer(
        load_default=3,
        validate=ma.validate.Range(1, 3),
        metadata={"description": "so many months of the quarter, from its first on"},
    )

    @ma.validates_schema
    def _one_part(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("quarter") is None) is (data.get("month") is None):
            raise ma.ValidationError("satu saja dari quarter dan month", "quarter")


class CreditDecisionIn(ProposedIn):
    number = text(100)
    decided_on = Day(required=True)
    purpose = choice(DecisionPurpose)
    entry_ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(1, 100))


class PredicateIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    kind = choice(PeriodKind)
    year = ma.fields.Integer(required=True, validate=YEARS)
    part = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 12))
    predicate = choice(Predicate)


class PredicatesIn(ProposedIn):
    items = ma.fields.List(ma.fields.Nested(PredicateIn), required=True, validate=ma.validate.Length(1, 500))
