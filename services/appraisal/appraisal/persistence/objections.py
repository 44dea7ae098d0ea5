"""Objections between rows and the use cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from appraisal.domain.values import Outcome
from appraisal.persistence import models
from chassis.errors import NotFound, VersionConflict
from chassis.unit_of_work import Transaction

_COLUMNS = (
    "id, evaluation_id, employee_id, appraiser_id, decider_id, designated_by, designation_reason, reasons, "
    "evidence_links, filed_at, decide_by, escalated_at, outcome, decided_by, decided_at, decision_reasons, version"
)
_FIND = text(f"SELECT {_COLUMNS} FROM objection WHERE id = :id")  # noqa: S608 - a constant
_OF = text(f"SELECT {_COLUMNS} FROM objection WHERE evaluation_id = :id")  # noqa: S608
_LIST = text(
    f"SELECT {_COLUMNS} FROM objection WHERE (CAST(:person AS uuid) IS NULL OR decider_id = :person "  # noqa: S608
    "OR employee_id = :person) AND (NOT :open OR outcome IS NULL) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)
_DECIDE = text(
    "UPDATE objection SET outcome = :outcome, decided_by = :by, decided_at = :now, decision_reasons = :reasons, "
    "version = version + 1 WHERE id = :id AND version = :was AND outcome IS NULL RETURNING id"
)
_DESIGNATE = text(
    "UPDATE objection SET decider_id = :decider, designated_by = :by, designation_reason = :reason, "
    "version = version + 1 WHERE id = :id AND version = :was AND outcome IS NULL RETURNING id"
)
_ESCALATE = text(
    "UPDATE objection SET escalated_at = :now WHERE id = :id AND outcome IS NULL AND escalated_at IS NULL RETURNING id"
)
_FOLLOW = text(
    "UPDATE objection o SET decider_id = CASE WHEN CAST(:reviewer AS uuid) IN (o.employee_id, o.appraiser_id) "
    "OR CAST(:reviewer AS uuid) = e.rated_by THEN NULL ELSE CAST(:reviewer AS uuid) END, version = o.version + 1 "
    "FROM evaluation e WHERE e.id = o.evaluation_id AND o.employee_id = :employee AND o.outcome IS NULL "
    "AND o.designated_by IS NULL"
)


@dataclass(frozen=True)
class Objection:
    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None
    designated_by: UUID | None
    designation_reason: str
    reasons: str
    evidence_links: Sequence[str]
    filed_at: datetime
    decide_by: datetime
    escalated_at: datetime | None
    outcome: Outcome | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reasons: str
    version: int


def load_objection(tx: Transaction, objection_id: UUID) -> Objection:
    """Give an objection; raises NotFound."""
    row = tx.session.execute(_FIND, {"id": objection_id}).mappings().first()
    if row is None:
        raise NotFound(object="keberatan", id=objection_id)
    return Objection(**row)


def objection_of(tx: Transaction, evaluation_id: UUID) -> Objection | None:
    row = tx.session.execute(_OF, {"id": evaluation_id}).mappings().first()
    return None if row is None else Objection(**row)


def insert_objection(tx: Transaction, objection: Objection) -> None:
    values = {**vars(objection), "agency_id": tx.agency_id}
    tx.session.execute(insert(models.table(models.Objection)), values)


def save_decision(tx: Transaction, objection: Objection, outcome: Outcome, by: UUID, reasons: str) -> None:
    values = {
        "id": objection.id,
        "was": objection.version,
        "outcome": outcome,
        "by": by,
        "now": tx.now,
        "reasons": reasons,
    }
    if tx.session.execute(_DECIDE, values).first() is None:
        raise VersionConflict


def save_designation(tx: Transaction, objection: Objection, decider: UUID, by: UUID, reason: str) -> None:
    values = {"id": objection.id, "was": objection.version, "decider": decider, "by": by, "reason": reason}
    if tx.session.execute(_DESIGNATE, values).first() is None:
        raise VersionConflict


def escalate(tx: Transaction, objection_id: UUID) -> bool:
    """Flag a decision that is late; False when it was decided or flagged before."""
    return tx.session.execute(_ESCALATE, {"id": objection_id, "now": tx.now}).first() is not None


def follow_assignment(tx: Transaction, employee_id: UUID, reviewer_id: UUID | None) -> None:
    """An open objection follows the new reviewer, unless HR has designated somebody; whoever rated never decides."""
    tx.session.execute(_FOLLOW, {"employee": employee_id, "reviewer": reviewer_id})


def list_objections(
    tx: Transaction, person: UUID | None, *, only_open: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    values = {"person": person, "open": only_open, "after": after, "limit": limit}
    return [dict(row) for row in tx.session.execute(_LIST, values).mappings()]
