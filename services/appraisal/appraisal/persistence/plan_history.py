"""The history of a plan between rows and the domain, and what it says to whoever comes too late."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from appraisal.domain.plan import Plan
from appraisal.domain.plan_changes import PlanEdit, RecordedMove
from appraisal.domain.plan_views import PlanMoveView
from appraisal.persistence import models
from chassis.errors import ChangeSince
from chassis.records import columns_of, fetch_all, insert_record, require_version
from chassis.unit_of_work import Transaction


def list_moves(tx: Transaction, plan_id: UUID) -> list[PlanMoveView]:
    move = models.PlanMove
    query = select(*columns_of(move, PlanMoveView)).where(move.plan_id == plan_id).order_by(move.at, move.id)
    return fetch_all(tx, query, PlanMoveView)


def changes_since(tx: Transaction, plan: Plan, version: int) -> Sequence[ChangeSince]:
    """Return what has changed in a plan since a version of its row, oldest first."""
    move = models.PlanMove
    query = select(*columns_of(move, RecordedMove)).where(move.plan_id == plan.id, move.version > version)
    return [one.as_change(plan) for one in fetch_all(tx, query.order_by(move.version), RecordedMove)]


def require_seen(tx: Transaction, plan: Plan, expected: int | None) -> None:
    """Raise VersionConflict, with what has changed, unless the caller has seen the plan as it is; None: any."""
    require_version(expected, plan.version, lambda version: changes_since(tx, plan, version))


def insert_edit(tx: Transaction, edit: PlanEdit) -> None:
    insert_record(tx, models.PlanMove, edit)
