"""Change an item of the library or its number of copies."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from training.domain.reference_item import ChangeReferenceItem, ReferenceItemView
from training.persistence.competencies import known_competencies
from training.persistence.reference_items import lock_item, update_item
from training.use_cases.holds.serve import serve_holds


def change_reference_item(work: UnitOfWork, actor: Principal, command: ChangeReferenceItem) -> ReferenceItemView:
    """New copies go to those who wait; fewer than are lent and reserved is refused."""
    with work.transaction(actor.agency_id) as tx:
        before = lock_item(tx, command.item_id)
        require_version(command.expected_version, before.version)
        before.require_copies(command.copies)
        codes = known_competencies(tx, "competency_codes", command.competency_codes)
        item = serve_holds(tx, update_item(tx, before, before.changed(command, codes)))
        audit.record(tx, actor, "reference_item_changed", "reference_item", item.id)
        return ReferenceItemView.of(item)
