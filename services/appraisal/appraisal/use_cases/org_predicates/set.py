"""Set a unit's organisation predicate for a month, a quarter or a year."""

from appraisal.authorisation import leads_parent_unit, self_of
from appraisal.domain.org_predicate import OrgPredicateRecord, SetOrgPredicate, SetterCapacity, require_reason
from appraisal.domain.people import Unit
from appraisal.events import OrgPredicateSet
from appraisal.persistence.people import load_unit
from appraisal.persistence.periods import require_in_cycle
from appraisal.persistence.units import insert_org_predicate, list_org_predicates
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.views import view_of
from directory.questions import today


def set_org_predicate(work: UnitOfWork, actor: Principal, command: SetOrgPredicate) -> OrgPredicateRecord:
    """Insert a new row, of which the latest counts; the same predicate again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        unit = load_unit(tx, command.unit_id, today(tx))
        capacity = _capacity(tx, actor, unit)
        require_reason(capacity, command.reason)
        require_in_cycle(tx, command.period)
        earlier = list_org_predicates(tx, unit.unit_id, command.year)
        part = (command.quarter, command.month)
        in_force = (item for item in earlier if item.replaced_at is None)
        latest = next((item for item in in_force if (item.quarter, item.month) == part), None)
        if latest is not None and latest.predicate is command.predicate:
            return latest
        record = OrgPredicateRecord.set(new_id(), command, self_of(actor), capacity, tx.now)
        insert_org_predicate(tx, record)
        outbox.record(
            tx,
            view_of(OrgPredicateSet, command),
        )
        audit.record(
            tx, actor, "org_predicate_set", "org_unit", unit.unit_id, predicate=command.predicate, year=command.year
        )
        return record


def _capacity(tx: Transaction, actor: Principal, unit: Unit) -> SetterCapacity:
    if leads_parent_unit(tx, actor, unit):
        return SetterCapacity.LEADER_ABOVE
    if actor.has("hr_officer"):
        return SetterCapacity.HR
    raise Forbidden
