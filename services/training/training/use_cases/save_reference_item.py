"""Put an item into the library's catalogue, or change one."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import CopiesBelowLent, ReferenceItemExists
from training.persistence import library
from training.persistence.models import ReferenceItem
from training.persistence.rows import View, lock
from training.use_cases.borrow import serve_holds
from training.use_cases.check_codes import known_competencies


def add_reference_item(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "reference_item", values["code"])
        if library.item_by_code(tx, values["code"]) is not None:
            raise ReferenceItemExists(code=values["code"])
        values["competency_codes"] = known_competencies(tx, "competency_codes", values["competency_codes"])
        row = ReferenceItem(agency_id=tx.agency_id, on_loan=0, reserved=0, version=1, **values)
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "reference_item_added", "reference_item", row.id)
        return library.item_view(row)


def change_reference_item(
    work: UnitOfWork, actor: Principal, item_id: UUID, values: dict[str, Any], expected: int | None
) -> View:
    """New copies go to those who wait; fewer than are out is refused."""
    with work.transaction(actor.agency_id) as tx:
        row = item_or_404(tx, item_id, for_update=True)
        if expected is not None and row.version != expected:
            raise VersionConflict
        if values["copies"] < row.on_loan + row.reserved:
            raise CopiesBelowLent(out=row.on_loan + row.reserved, copies=values["copies"])
        values["competency_codes"] = known_competencies(tx, "competency_codes", values["competency_codes"])
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        tx.session.flush()
        serve_holds(tx, row)
        audit.record(tx, actor, "reference_item_changed", "reference_item", item_id)
        return library.item_view(row)


def item_or_404(tx: Transaction, item_id: UUID, *, for_update: bool = False) -> ReferenceItem:
    found = library.item(tx, item_id, for_update=for_update)
    if found is None:
        raise NotFound(object="bahan pustaka", id=item_id)
    return found


def show_reference_item(work: UnitOfWork, actor: Principal, item_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        return library.item_view(item_or_404(tx, item_id))
