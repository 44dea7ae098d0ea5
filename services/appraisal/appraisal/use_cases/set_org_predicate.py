"""Set a unit's organisation predicate for a quarter or a year."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from appraisal.authorisation import require_unit, self_of
from appraisal.domain.values import OrgPredicate
from appraisal.events import OrgPredicateSet
from appraisal.persistence import models
from appraisal.persistence.people import Unit, find_unit, leads, rows
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork

_LIST = text(
    "SELECT id, unit_id, year, quarter, predicate, set_by, capacity, reason, set_at FROM org_predicate "
    "WHERE unit_id = :unit AND (CAST(:year AS integer) IS NULL OR year = :year) ORDER BY set_at DESC, id DESC LIMIT 100"
)


def set_org_predicate(work: UnitOfWork, actor: Principal, body: Mapping[str, Any]) -> dict[str, Any]:
    """The leader of the unit above sets it (SE MenPANRB 3/2023); HR may on their behalf, with the reason.

    A new row is added each time, the newest counts; saying the same again changes nothing.
    """
    with work.transaction(actor.agency_id) as tx:
        unit = find_unit(tx, body["unit_id"])
        if unit is None:
            raise NotFound(object="unit", id=body["unit_id"])
        capacity = _capacity(tx, actor, unit, body["reason"])
        known = [r for r in rows(tx, _LIST, unit=unit.unit_id, year=body["year"]) if r["quarter"] == body["quarter"]]
        if known and known[0]["predicate"] == body["predicate"]:
            return known[0]
        row = {
            "id": new_id(),
            "unit_id": unit.unit_id,
            "year": body["year"],
            "quarter": body["quarter"],
            "predicate": body["predicate"],
            "set_by": self_of(actor),
            "capacity": capacity,
            "reason": body["reason"],
            "set_at": tx.now,
        }
        tx.session.execute(insert(models.table(models.OrgPredicateRow)), {**row, "agency_id": tx.agency_id})
        predicate = OrgPredicate(body["predicate"])
        outbox.record(
            tx, OrgPredicateSet(unit_id=unit.unit_id, year=body["year"], quarter=body["quarter"], predicate=predicate)
        )
        audit.record(tx, actor, "org_predicate_set", "org_unit", unit.unit_id, predicate=predicate, year=body["year"])
        return row


def show_org_predicates(work: UnitOfWork, actor: Principal, unit_id: UUID, year: int | None) -> dict[str, Any]:
    """Every one that was ever set, newest first."""
    with work.transaction(actor.agency_id) as tx:
        if find_unit(tx, unit_id) is None:
            raise NotFound(object="unit", id=unit_id)
        require_unit(tx, actor, unit_id)
        return {"items": rows(tx, _LIST, unit=unit_id, year=year)}


def _capacity(tx: Transaction, actor: Principal, unit: Unit, reason: str) -> str:
    above = unit.parent_id
    if actor.has("unit_leader") and above is not None and leads(tx, above, actor.employee_id, actor.unit_id):
        return "LEADER_ABOVE"
    if not actor.has("hr_officer"):
        raise Forbidden
    if not reason.strip():
        expected = "alasan, karena ditetapkan pengelola kinerja atas nama pimpinan"
        raise InvalidInput(errors=[FieldError("reason", "reason_required", reason, expected)])
    return "HR"
