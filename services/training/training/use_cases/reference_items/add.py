"""Add an item to the library's catalogue."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from training.domain.errors import ReferenceItemExists
from training.domain.reference_item import AddReferenceItem, ReferenceItem, ReferenceItemView
from training.persistence.competencies import known_competencies
from training.persistence.locked_rows import lock
from training.persistence.reference_items import insert_item, is_code_taken


def add_reference_item(work: UnitOfWork, actor: Principal, command: AddReferenceItem) -> ReferenceItemView:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "reference_item", command.code)
        if is_code_taken(tx, command.code):
            raise ReferenceItemExists(code=command.code)
        codes = known_competencies(tx, "competency_codes", command.competency_codes)
        item = ReferenceItem.added(new_id(), command, codes)
        insert_item(tx, item)
        audit.record(tx, actor, "reference_item_added", "reference_item", item.id)
        return ReferenceItemView.of(item)
