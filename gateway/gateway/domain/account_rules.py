"""How long an account outlives the service, and what ends roles: dated rules of an agency, never edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from gateway.domain.dated_rules import in_force

LONGEST_DAYS = 3650


@dataclass(frozen=True)
class AccountRule:
    """In force from a day on, until a later one."""

    valid_from: date
    retired_days: int
    transferred_days: int
    dismissed_days: int
    deceased_days: int
    suspension_ends_roles: bool
    source: str
    verified: bool
    version: int = 0
    id: UUID | None = None

    def days_after(self, status: str) -> int:
        """Return for how many days, beginning with the first day out of service, own records stay readable."""
        days: Mapping[str, int] = {
            "RETIRED": self.retired_days,
            "TRANSFERRED": self.transferred_days,
            "DISMISSED": self.dismissed_days,
            "DECEASED": self.deceased_days,
        }
        return days.get(status, 0)

    @property
    def statuses_that_end_roles(self) -> frozenset[str]:
        left = frozenset({"RETIRED", "DECEASED", "DISMISSED", "TRANSFERRED"})
        return left | {"SUSPENDED"} if self.suspension_ends_roles else left


# No regulation that we have read gives a number: ours, to be replaced by the agency's own.
DEFAULT = AccountRule(
    valid_from=date(1945, 8, 17),
    retired_days=90,
    transferred_days=90,
    dismissed_days=90,
    deceased_days=0,
    suspension_ends_roles=True,
    source="usulan Suar; belum ada ketentuan yang diperiksa",
    verified=False,
)


def rule_on(rules: Sequence[AccountRule], day: date) -> AccountRule:
    """Return the rule in force on a day."""
    return in_force(rules, day, DEFAULT)


@dataclass(frozen=True)
class SetAccountRule:
    valid_from: date
    retired_days: int
    transferred_days: int
    dismissed_days: int
    deceased_days: int
    suspension_ends_roles: bool
    source: str
    verified: bool


@dataclass(frozen=True)
class AccountRuleView:
    """For how many days own records stay readable, from the first day out of service on; 0: closed at once."""

    valid_from: date
    retired_days: int
    transferred_days: int
    dismissed_days: int
    deceased_days: int
    suspension_ends_roles: Annotated[
        bool, Meta(description="a suspension ends roles that need active service, like leaving does")
    ]
    source: str
    verified: Annotated[bool, Meta(description="false: nobody has checked the source")]
    version: Annotated[int, Meta(description="0: the default, while the agency has set nothing")]

    @classmethod
    def of(cls, rule: AccountRule) -> "AccountRuleView":
        return view_of(cls, rule)
