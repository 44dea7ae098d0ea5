"""The events that identity publishes: an account has changed with a timeline, or somebody else has had a hand in it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent
from gateway.domain.account import Account
from gateway.domain.service_time import Access


@dataclass(frozen=True, kw_only=True)
class AccountAccessChanged(IntegrationEvent, subject="employee_id", producer="identity"):
    """`employee_id` may be an official from outside, as in all services."""

    account_id: UUID
    employee_id: UUID
    access: str
    change: str
    deceased: bool
    readable_until: date | None
    version: int

    @classmethod
    def of(cls, before: Account, after: Account, because: str) -> "AccountAccessChanged":
        assert after.person_id is not None
        return cls(
            account_id=after.id,
            employee_id=after.person_id,
            access=after.access,
            change=_change(before, after),
            deceased=because == "DECEASED",
            readable_until=after.readable_until,
            version=after.version,
        )


def _change(before: Account, after: Account) -> str:
    if after.access is not before.access:
        return {Access.FULL: "REOPENED", Access.OWN_RECORDS: "REDUCED", Access.NONE: "CLOSED"}[after.access]
    if set(before.roles) - set(after.roles):
        return "ROLES_ENDED"
    return "ROLES_REGAINED"


class Step(StrEnum):
    """What somebody else did towards signing in to an account, or what was done with their code."""

    RESET_REQUESTED = "RESET_REQUESTED"
    RESET_APPROVED = "RESET_APPROVED"
    CODE_ISSUED = "CODE_ISSUED"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - what happened, not a password
    LINK_CHANGED = "LINK_CHANGED"
    SECOND_FACTOR_REMOVED = "SECOND_FACTOR_REMOVED"


@dataclass(frozen=True, kw_only=True)
class AccountCredentialsChanged(IntegrationEvent, subject="employee_id", producer="identity"):
    """`employee_id` may be an official from outside, as in all services."""

    account_id: UUID
    employee_id: UUID
    step: Step
