"""The numbers of the agency's rules: dated reference data, followed by a newer row and never edited."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput


class RuleName(StrEnum):
    MINUTES_PER_JP = "MINUTES_PER_JP"
    MIN_ATTENDANCE_PERCENT = "MIN_ATTENDANCE_PERCENT"
    LOAN_DAYS = "LOAN_DAYS"
    LOAN_RENEWALS = "LOAN_RENEWALS"
    HOLD_PICKUP_DAYS = "HOLD_PICKUP_DAYS"
    JP_TARGET_BY_DAYS_OF_TYPE = "JP_TARGET_BY_DAYS_OF_TYPE"
    JP_TARGET_BY_DAYS_OF_SERVICE = "JP_TARGET_BY_DAYS_OF_SERVICE"


_LIMITS = {
    RuleName.MINUTES_PER_JP: (1, 600),
    RuleName.MIN_ATTENDANCE_PERCENT: (0, 100),
    RuleName.LOAN_DAYS: (1, 1000),
    RuleName.LOAN_RENEWALS: (0, 100),
    RuleName.HOLD_PICKUP_DAYS: (0, 365),
    RuleName.JP_TARGET_BY_DAYS_OF_TYPE: (0, 1),
    RuleName.JP_TARGET_BY_DAYS_OF_SERVICE: (0, 1),
}


@dataclass(frozen=True)
class SetRule:
    name: RuleName
    value: int
    valid_from: date
    source: str
    verified: bool

    def require_within_limits(self) -> None:
        low, high = _LIMITS[self.name]
        if not low <= self.value <= high:
            fault = FieldError("value", "value_out_of_limits", self.value, f"antara {low} dan {high}")
            raise InvalidInput(errors=[fault])


@dataclass(frozen=True)
class Rule:
    """A number in force since `valid_from`, as everybody in the agency reads it."""

    id: UUID
    name: RuleName
    value: int
    valid_from: date
    version: int
    source: str
    verified: bool


@dataclass(frozen=True)
class RulesView:
    items: list[Rule]
