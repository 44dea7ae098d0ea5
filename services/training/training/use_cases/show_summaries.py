"""Progress of units toward their JP, and needs by competency, for HR, inspectors and unit leaders."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.jp import target_in_force
from training.persistence import people, reference, summaries
from training.persistence.rows import View
from training.use_cases.rights import units_in_view


def summarise_jp(work: UnitOfWork, actor: Principal, *, year: int | None, unit_id: UUID | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        chosen = year if year is not None else people.today(tx).year
        units = units_in_view(tx, actor, unit_id)
        rows = reference.jp_targets(tx)
        types = sorted({row.employment_type for row in rows})
        targets = [found for one in types if (found := target_in_force(rows, one, chosen))]
        return {"year": chosen, "groups": summaries.jp_by_unit(tx, chosen, targets, units)}


def summarise_needs(work: UnitOfWork, actor: Principal, *, year: int | None, unit_id: UUID | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        chosen = year if year is not None else people.today(tx).year
        units = units_in_view(tx, actor, unit_id)
        return {"year": chosen, "groups": summaries.needs_by_competency(tx, chosen, units)}
