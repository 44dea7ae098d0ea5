"""Read training records."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_reader, visible_people
from training.domain.record import ListRecords, RecordView
from training.persistence import records


def show_record(work: UnitOfWork, actor: Principal, record_id: UUID) -> RecordView:
    with work.transaction(actor.agency_id) as tx:
        record = records.load_record(tx, record_id)
        require_reader(tx, actor, record.employee_id, "record")
        return records.view_record(tx, record)


def list_records(work: UnitOfWork, actor: Principal, query: ListRecords) -> Page[RecordView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "records", query.employee_id, team=query.team)
        return records.list_records(tx, scope, query)
