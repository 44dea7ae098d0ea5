"""Add a competency to the dictionary, or change one; its code stays."""

from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound, VersionConflict
from chassis.unit_of_work import UnitOfWork
from training.domain.errors import CompetencyExists
from training.persistence import competencies
from training.persistence.models import Competency
from training.persistence.rows import View, flat, lock

OWN_SOURCE = "Kamus kompetensi instansi"


def add_competency(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "competency", values["code"])
        if competencies.competency(tx, values["code"]) is not None:
            raise CompetencyExists(code=values["code"])
        row = Competency(agency_id=tx.agency_id, source=OWN_SOURCE, verified=True, active=True, version=1, **values)
        tx.session.add(row)
        audit.record(tx, actor, "competency_added", "competency", row.code)
        tx.session.flush()
        return flat(row)


def change_competency(
    work: UnitOfWork, actor: Principal, code: str, values: dict[str, Any], expected: int | None
) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "competency", code)
        row = competencies.competency(tx, code)
        if row is None:
            raise NotFound(object="kompetensi", id=code)
        if expected is not None and row.version != expected:
            raise VersionConflict
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        audit.record(tx, actor, "competency_changed", "competency", code)
        tx.session.flush()
        return flat(row)
