"""The reference data in force on a day."""

from datetime import date

from chassis.auth import Principal
from chassis.clock import today_in
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.reference import Reference, ReferenceKind
from wellbeing.persistence import directory, references


def read_reference(work: UnitOfWork, actor: Principal, kind: ReferenceKind, day: date | None) -> Reference:
    with work.transaction(actor.agency_id) as tx:
        day = day or today_in(tx.now, directory.time_zone(tx.session, tx.agency_id))
        return references.current(tx.session, kind, day)
