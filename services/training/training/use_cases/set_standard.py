"""Set the level that a post asks for from a day on; people in the post are compared with it by a job."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence.models import CompetencyStandard
from training.persistence.rows import View, flat
from training.use_cases.check_codes import known_competencies

JOB = "follow_standard"


def set_standard(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    """A later row for the same post and competency takes over from the earlier; no row is edited."""
    with work.transaction(actor.agency_id) as tx:
        known_competencies(tx, "competency_code", [values["competency_code"]])
        row = CompetencyStandard(agency_id=tx.agency_id, recorded_by=actor.account_id, recorded_at=tx.now, **values)
        tx.session.add(row)
        tx.session.flush()
        audit.record(
            tx, actor, "standard_set", "standard", row.id, position_code=row.position_code, level=row.required_level
        )
        jobs.start(tx, JOB, {"position_code": row.position_code}, actor.account_id, key=str(row.id))
        return flat(row)


def list_standards(
    work: UnitOfWork,
    actor: Principal,
    *,
    position_code: str | None,
    competency_code: str | None,
    before: UUID | None,
    limit: int,
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = select(CompetencyStandard).order_by(CompetencyStandard.id.desc()).limit(limit + 1)
        if position_code:
            query = query.where(CompetencyStandard.position_code == position_code)
        if competency_code:
            query = query.where(CompetencyStandard.competency_code == competency_code)
        if before:
            query = query.where(CompetencyStandard.id < before)
        return [flat(row) for row in tx.session.scalars(query)]
