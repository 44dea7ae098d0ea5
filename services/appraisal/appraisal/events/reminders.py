"""The events of reminders: numbers by kind, and no object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appraisal.domain.reminders import Digest, ReminderContent, ReminderRole
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of


@dataclass(frozen=True, kw_only=True)
class DeadlinesApproaching(IntegrationEvent, subject="employee_id"):
    """A day's reminder to one person: what they owe, or may do in another's place, as numbers by kind."""

    employee_id: UUID
    role: ReminderRole
    in_place_of_id: UUID | None
    day: date
    content: ReminderContent
    due_at: datetime
    useful_until: datetime | None
    of_service: bool
    approaching: Sequence[Mapping[str, object]]
    approaching_count: int
    late: Sequence[Mapping[str, object]]
    late_count: int

    @classmethod
    def of(cls, digest: Digest) -> "DeadlinesApproaching":
        approaching, late = ([vars(one) for one in counts] for counts in (digest.approaching, digest.late))
        return view_of(cls, digest, approaching=approaching, late=late)


@dataclass(frozen=True, kw_only=True)
class RemindersOutdated(IntegrationEvent, subject="employee_id"):
    """What reminders have named until now of what somebody owes is so no longer."""

    employee_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeadlinesOverdue(IntegrationEvent, subject="employee_id"):
    """What somebody owes is late for as long as the agency's rule allows; `superior_id` is who is above them today."""

    employee_id: UUID
    superior_id: UUID
    day: date
    due_at: datetime
    late: Sequence[Mapping[str, object]]
    late_count: int

    @classmethod
    def of(cls, digest: Digest, superior_id: UUID) -> "DeadlinesOverdue":
        return view_of(cls, digest, superior_id=superior_id, late=[vars(one) for one in digest.late])
