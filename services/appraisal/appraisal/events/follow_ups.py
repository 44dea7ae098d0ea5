"""The events of follow-ups: opened, and closed with its cause."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.follow_up import ClosingCause, FollowUp
from appraisal.domain.values import FollowUpKind
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of


@dataclass(frozen=True, kw_only=True)
class FollowUpOpened(IntegrationEvent, subject="employee_id"):
    """It was opened, or opened again after a correction had closed it; `repeated` is as it was then."""

    follow_up_id: UUID
    employee_id: UUID
    kind: FollowUpKind
    evaluation_id: UUID
    competency_codes: tuple[str, ...]
    repeated: bool

    @classmethod
    def of(cls, follow_up: FollowUp) -> "FollowUpOpened":
        return view_of(cls, follow_up, follow_up_id=follow_up.id)


@dataclass(frozen=True, kw_only=True)
class FollowUpClosed(IntegrationEvent, subject="employee_id"):
    """It has ended; CORRECTED: what was opened because of it has no reason any more. Its outcome is not in it.

    Of what a person has closed (DONE) it comes once more, as CORRECTED, when a correction leaves no reason for it.
    """

    follow_up_id: UUID
    employee_id: UUID
    kind: FollowUpKind
    evaluation_id: UUID
    cause: ClosingCause
    version: int

    @classmethod
    def of(cls, follow_up: FollowUp, cause: ClosingCause) -> "FollowUpClosed":
        return view_of(cls, follow_up, follow_up_id=follow_up.id, cause=cause)
