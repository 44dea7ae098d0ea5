"""What has changed in a plan since a version of its row: for whoever has read that one and comes too late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.following import NameChange
from appraisal.domain.plan import Plan, PlanMove
from appraisal.domain.values import Capacity, PlanState
from chassis.errors import ChangeSince

OWNER, SYSTEM = "OWNER", "SYSTEM"


@dataclass(frozen=True)
class RecordedMove:
    """A row of a plan's history, as far as it says what changed."""

    version: int
    move: PlanMove
    actor: str
    capacity: Capacity | None
    fields: tuple[str, ...] | None
    changed: tuple[NameChange, ...] | None
    at: datetime

    def as_change(self, plan: Plan) -> ChangeSince:
        names = tuple(one.field for one in self.changed or ())
        role = self.capacity or (OWNER if self.actor == str(plan.employee_id) else SYSTEM)
        return ChangeSince(self.version, self.move, self.actor, role, self.at, self.fields or names)


@dataclass(frozen=True)
class PlanEdit:
    """A row of the history that an edit leaves; the plan stays in its state."""

    plan_id: UUID
    plan_version: int
    version: int
    move: PlanMove
    from_state: PlanState
    to_state: PlanState
    actor: str
    reason: str
    capacity: Capacity | None
    fields: tuple[str, ...]
    at: datetime

    @classmethod
    def of(cls, saved: Plan, editor: UUID | None, fields: tuple[str, ...], now: datetime) -> "PlanEdit":
        step, capacity = (PlanMove.EDIT, saved.state, saved.state), saved.capacity_of(editor)
        return cls(saved.id, saved.plan_version, saved.version, *step, str(editor), "", capacity, fields, now)
