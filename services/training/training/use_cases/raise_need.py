"""Raise a training need, or add a reason to the one that is already live."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit, outbox
from chassis.unit_of_work import Transaction
from training.domain.competency import Levels
from training.domain.needs import NeedSource, NeedState
from training.events import TrainingNeedRaised
from training.persistence import needs, people
from training.persistence.models import Need, NeedCause, NeedMove
from training.persistence.rows import lock


@dataclass(frozen=True)
class Cause:
    source: NeedSource
    levels: Levels
    by: str
    source_id: UUID | None = None
    evaluation_id: UUID | None = None
    reason: str = ""


def raise_need(tx: Transaction, employee_id: UUID, competency_code: str, cause: Cause) -> Need | None:
    """Give the need that now carries this cause; None when the cause was counted before (a repeat changes nothing)."""
    lock(tx, "needs", employee_id)
    if _counted(tx, competency_code, cause):
        return None
    need = needs.live(tx, employee_id, competency_code)
    if need is None:
        need = Need(
            agency_id=tx.agency_id,
            employee_id=employee_id,
            competency_code=competency_code,
            state=NeedState.OPEN,
            raised_at=tx.now,
            year=people.today(tx).year,
            version=0,
        )
        tx.session.add(need)
        tx.session.flush()
        tx.session.add(
            NeedMove(
                agency_id=tx.agency_id,
                need_id=need.id,
                state=NeedState.OPEN,
                reason="",
                moved_by=cause.by,
                moved_at=tx.now,
            )
        )
    need.required_level, need.actual_level = cause.levels.required, cause.levels.actual
    need.version += 1
    _add_cause(tx, need, cause)
    audit.record(tx, cause.by, "need_raised", "need", need.id, competency_code=competency_code, source=cause.source)
    outbox.record(
        tx,
        TrainingNeedRaised(
            need_id=need.id,
            employee_id=employee_id,
            competency_code=competency_code,
            required_level=need.required_level,
            actual_level=need.actual_level,
            source=cause.source,
            source_id=cause.source_id,
        ),
    )
    return need


def _counted(tx: Transaction, competency_code: str, cause: Cause) -> bool:
    match cause.source:
        case NeedSource.EVALUATION:
            assert cause.source_id is not None
            return needs.follow_up_known(tx, cause.source_id, competency_code)
        case NeedSource.COMPETENCY_GAP:
            return needs.gap_known(tx, cause.levels.assessment_id, cause.levels.standard_id)
        case _:
            return False


def _add_cause(tx: Transaction, need: Need, cause: Cause) -> None:
    tx.session.add(
        NeedCause(
            agency_id=tx.agency_id,
            need_id=need.id,
            employee_id=need.employee_id,
            competency_code=need.competency_code,
            source=cause.source,
            source_id=cause.source_id,
            evaluation_id=cause.evaluation_id,
            standard_id=cause.levels.standard_id,
            assessment_id=cause.levels.assessment_id,
            required_level=cause.levels.required,
            actual_level=cause.levels.actual,
            reason=cause.reason,
            recorded_by=cause.by,
            recorded_at=tx.now,
        )
    )
    tx.session.flush()
