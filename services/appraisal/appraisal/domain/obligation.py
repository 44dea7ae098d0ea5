"""An obligation: who owes what about whom, for which days, by when, and why somebody is excused."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ObligationKind(StrEnum):
    PLAN = "PLAN"
    PERIODIC_EVALUATION = "PERIODIC_EVALUATION"
    ANNUAL_EVALUATION = "ANNUAL_EVALUATION"
    SEGMENT_RATING = "SEGMENT_RATING"
    RECEIPT = "RECEIPT"
    ANSWER = "ANSWER"
    DECISION = "DECISION"
    DIALOGUE = "DIALOGUE"


class ObligationState(StrEnum):
    """LAPSED: the time has ended, and the law says what follows. CANCELLED: it is owed no longer."""

    OPEN = "OPEN"
    DONE = "DONE"
    EXCUSED = "EXCUSED"
    LAPSED = "LAPSED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """What is owed by the rules and by what has happened. `due_at` has no extension that was granted to this row.

    There is one for each kind, employee and subject. `owed_by` is None where nobody can act: it is on HR's list.
    """

    kind: ObligationKind
    employee_id: UUID
    subject: str
    unit_id: UUID | None = None
    owed_by: UUID | None = None
    owed_to: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    working_days: int | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    state: ObligationState = ObligationState.OPEN
    reason: str = ""
    done_at: datetime | None = None
    matter_id: UUID | None = None

    @property
    def key(self) -> tuple[ObligationKind, UUID, str]:
        return self.kind, self.employee_id, self.subject
