"""Enter dated reference data of an agency; what was entered before stays, and stays the version of what used it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.reference import Reference, ReferenceKind
from wellbeing.domain.reference_values import check
from wellbeing.persistence import references


@dataclass(frozen=True)
class ReferenceDraft:
    valid_from: date
    body: Mapping[str, Any]
    source: str
    verified: bool


def set_reference(work: UnitOfWork, actor: Principal, kind: ReferenceKind, draft: ReferenceDraft) -> Reference:
    check(kind, draft.body, draft.valid_from)
    with work.transaction(actor.agency_id) as tx:
        entered = references.add(
            tx.session,
            tx.agency_id,
            kind,
            valid_from=draft.valid_from,
            body=draft.body,
            source=draft.source,
            verified=draft.verified,
            recorded_at=tx.now,
        )
        audit.record(tx, actor, "reference_entered", "reference", entered.version, kind=kind)
        return entered
