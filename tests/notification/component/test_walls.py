"""The walls between agencies, held by the database itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from chassis.ids import new_id
from notification.persistence.models import ISOLATED, QUEUES, Base
from tests.notification.builders import contact, issued, plan_activated

CONTENT = {"title", "body", "url", "email", "address", "content", "sealed", "name"}


def test_every_table_is_either_isolated_or_a_queue_of_ids(service):
    with service.work.database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = ANY(:names)"),
            {"names": list(Base.metadata.tables)},
        )
        walled = {row[0]: row[1] for row in rows}
    assert {name for name, on in walled.items() if on} == set(ISOLATED)
    assert {name for name, on in walled.items() if not on} == set(QUEUES)
    for name in QUEUES:
        assert not CONTENT & set(Base.metadata.tables[name].columns.keys())


def test_another_agencys_rows_are_not_there(service, consume, person, agency):
    siti = person()
    consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id))
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    with service.work.transaction("instansi-sebelah") as tx:
        for table in ("contacts", "messages", "email_deliveries", "feed_events"):
            found = tx.session.execute(text(f"SELECT count(*) FROM {table} WHERE agency_id = :a"), {"a": agency})
            assert found.scalar_one() == 0, table


def test_a_row_of_another_agency_cannot_be_written(service, agency):
    with pytest.raises(ProgrammingError, match="row-level security"), service.work.transaction(agency) as tx:
        tx.session.execute(
            text("INSERT INTO contacts (agency_id, employee_id, name) VALUES ('instansi-sebelah', :id, 'x')"),
            {"id": new_id()},
        )
