"""A policy of the allowance: drafted, tried, published, never edited after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from incentive.domain.allowance import AllowanceInputs
from incentive.domain.errors import PolicyIsPublished
from incentive.domain.months import first_day, last_day
from incentive.domain.period import Period, months_determined_by
from incentive.domain.tukin_rules import TukinRules, faults, rules_to


class PolicyState(StrEnum):
    """A draft is published once; nothing follows on that."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


@dataclass(frozen=True)
class PolicyDraft:
    """What an HR officer writes."""

    name: str
    valid_from: date
    valid_to: date | None
    rules: TukinRules
    legal_source: str
    verified: str

    def check(self) -> None:
        """Raise InvalidInput with everything that makes the draft unusable."""
        found = faults(self.rules)
        if self.valid_to is not None and self.valid_to < self.valid_from:
            found.append(FieldError("valid_to", "before_valid_from", str(self.valid_to), "tidak sebelum valid_from"))
        if found:
            raise InvalidInput(errors=found)


@dataclass(frozen=True)
class ChangePolicy:
    policy_id: UUID
    draft: PolicyDraft
    expected_version: int | None


@dataclass(frozen=True)
class PublishPolicy:
    policy_id: UUID
    expected_version: int | None


@dataclass(frozen=True)
class SimulatePolicy:
    """Either named people (or the first thousand) in a month, or one invented case in `sample`."""

    policy_id: UUID
    month: date
    employee_ids: list[UUID]
    sample: AllowanceInputs | None


@dataclass(frozen=True)
class Policy:
    """One version of an agency's policy; lines and events name its number."""

    id: UUID
    number: int
    name: str
    state: PolicyState
    valid_from: date
    valid_to: date | None
    rules: TukinRules
    legal_source: str
    verified: str
    created_by: UUID
    created_at: datetime
    written_by: UUID
    published_by: UUID | None = None
    published_at: datetime | None = None
    version: int = 1

    @classmethod
    def drafted(cls, policy_id: UUID, number: int, draft: PolicyDraft, by: UUID, now: datetime) -> "Policy":
        return cls(
            id=policy_id,
            number=number,
            state=PolicyState.DRAFT,
            created_by=by,
            created_at=now,
            written_by=by,
            **draft.__dict__,
        )

    def rewritten(self, draft: PolicyDraft, by: UUID) -> "Policy":
        """Return the draft as it is now written. Raise PolicyIsPublished: a published version is never edited."""
        if self.state is not PolicyState.DRAFT:
            raise PolicyIsPublished(version=self.number)
        return replace(self, written_by=by, version=self.version + 1, **draft.__dict__)

    def published(self, by: UUID, now: datetime) -> "Policy":
        """Return it published; one that is published already stays as it is."""
        if self.state is PolicyState.PUBLISHED:
            return self
        return replace(self, state=PolicyState.PUBLISHED, published_by=by, published_at=now, version=self.version + 1)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def touches(self, month: date) -> bool:
        """Return whether it holds on some day of the month."""
        return self.valid_from <= last_day(month) and (self.valid_to is None or self.valid_to >= first_day(month))


def months_affected_by(policies: Iterable[Policy], period: Period) -> list[date]:
    """Return the months whose allowance depends on this period's predicate under the published policies."""
    found = set()
    for policy in policies:
        rules = policy.rules
        if rules.predicate_source.kind is period.kind and rules.month_measure is None:
            found |= {month for month in months_determined_by(period, rules.lag) if policy.touches(month)}
    return sorted(found)


def priced_codes(policies: Iterable[Policy]) -> frozenset[str]:
    """Return the attendance codes that some published policy prices."""
    return frozenset[str]().union(*(policy.rules.codes for policy in policies))


@dataclass(frozen=True)
class PolicyView:
    id: UUID
    number: Annotated[int, Meta(description="the policy version that lines and events name")]
    name: str
    state: PolicyState
    valid_from: date
    valid_to: date | None
    rules: dict[str, Any]
    legal_source: str
    verified: str
    created_by: UUID
    created_at: datetime
    written_by: Annotated[UUID, Meta(description="who wrote the draft as it stands")]
    published_by: UUID | None
    published_at: datetime | None
    version: int

    @classmethod
    def of(cls, policy: Policy) -> "PolicyView":
        return view_of(cls, policy, rules=rules_to(policy.rules))


@dataclass(frozen=True)
class PolicyTemplateView:
    """Rules of a real regulation to start from."""

    name: str
    legal_source: str
    verified: str
    rules: dict[str, Any]


@dataclass(frozen=True)
class SimulatedLineView:
    employee_id: UUID | None
    amount: int
    current_amount: int | None
    not_payable: str | None


@dataclass(frozen=True)
class SimulationView:
    people: int
    total: int
    current_total: Annotated[int | None, Meta(description="by the version that holds now")]
    lines: list[SimulatedLineView]
