"""Record an exception of a unit from its pattern."""

from appraisal.authorisation import leads_parent_unit, self_of
from appraisal.domain.distribution import Override, OverrideDistribution
from appraisal.persistence.people import load_unit
from appraisal.persistence.periods import require_in_cycle
from appraisal.persistence.units import insert_override
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def override_distribution(work: UnitOfWork, actor: Principal, command: OverrideDistribution) -> Override:
    """The leader above, or HR, may do so: a person, a reason, an audit entry."""
    with work.transaction(actor.agency_id) as tx:
        unit = load_unit(tx, command.unit_id, today(tx))
        if not actor.has("hr_officer") and not leads_parent_unit(tx, actor, unit):
            raise Forbidden
        require_in_cycle(tx, command.period)
        record = Override.made(new_id(), command, self_of(actor), tx.now)
        insert_override(tx, record)
        audit.record(tx, actor, "distribution_overridden", "org_unit", unit.unit_id, override_id=record.id)
        return record
