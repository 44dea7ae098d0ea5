"""A person's timeline: what holds on which days, as it is known now or as it was known at a moment."""

from datetime import datetime
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from personnel.authorisation import require_record_reader
from personnel.domain.record_views import TimelineView
from personnel.domain.relation import Relation
from personnel.domain.timeline import stretches
from personnel.persistence.employees import load_employee
from personnel.persistence.records import records_of
from personnel.persistence.timelines import published_timelines
from personnel.use_cases.employees.show_history import with_names


def show_timeline(
    work: UnitOfWork, actor: Principal, employee_id: UUID, *, as_known_on: datetime | None
) -> TimelineView:
    """Return stretches and records to those who may see the record. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        employee = load_employee(tx, employee_id)
        relation = require_record_reader(tx, actor, employee)
        if relation is not Relation.SELF:
            audit.record(tx, actor, "timeline_read", "employee", employee_id, relation=relation)
        records = records_of(tx, employee_id)
        known = records if as_known_on is None else records.as_known_on(as_known_on)
        published = published_timelines(tx, [employee_id]).get(employee_id)
        return view_of(
            TimelineView,
            with_names(tx, employee_id, known),
            service_start=employee.service_start,
            version=published.version if published else 0,
            as_known_on=as_known_on,
            stretches=stretches(known),
        )
