"""Reference data: dated tables of legal numbers, added to, never edited."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from directory.performance import Predicate
from incentive.domain.award_rules import award_kinds_from
from incentive.domain.career import eligibility_rules_from
from incentive.domain.claim import repayment_rules_from
from incentive.domain.credit import credit_rules_from
from incentive.domain.credit_months import credit_months_from
from incentive.domain.unit_total import disclosure_rules_from
from incentive.domain.work_calendar import work_calendar_from


class ReferenceKind(StrEnum):
    CREDIT = "CREDIT"
    CREDIT_MONTHS = "CREDIT_MONTHS"
    ELIGIBILITY = "ELIGIBILITY"
    AWARDS = "AWARDS"
    WORK_CALENDAR = "WORK_CALENDAR"
    REPAYMENT = "REPAYMENT"
    DISCLOSURE = "DISCLOSURE"


@dataclass(frozen=True)
class PublishReference:
    kind: ReferenceKind
    valid_from: date
    data: dict[str, Any]
    legal_source: str
    verified: dict[str, Any]

    def check(self, default_credit: dict[str, Any]) -> None:
        """Read the data as the rules will. Raise InvalidInput for what they could not read."""
        try:
            match self.kind:
                case ReferenceKind.CREDIT:
                    rules = credit_rules_from(self.data)
                    [rules.percent[predicate] for predicate in Predicate]
                case ReferenceKind.CREDIT_MONTHS:
                    credit_months_from(self.data)
                case ReferenceKind.ELIGIBILITY:
                    eligibility_rules_from(default_credit, self.data, "")
                case ReferenceKind.AWARDS:
                    award_kinds_from(self.data)
                case ReferenceKind.WORK_CALENDAR:
                    work_calendar_from(self.data)
                case ReferenceKind.REPAYMENT:
                    repayment_rules_from(self.data)
                case ReferenceKind.DISCLOSURE:
                    disclosure_rules_from(self.data)
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            expected = f"bentuk yang sama dengan versi bawaan {self.kind} (GET /reference); bermasalah pada {error!r}"
            raise InvalidInput(errors=[FieldError("data", "reference_unreadable", None, expected[:300])]) from error


@dataclass(frozen=True)
class ReferenceView:
    """One version of a table, with its source and how well it is verified."""

    id: UUID
    kind: ReferenceKind
    number: int
    valid_from: date
    data: dict[str, Any]
    legal_source: str
    verified: dict[str, Any]
