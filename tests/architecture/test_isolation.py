"""Row-level security, asked of the database itself: every table with an agency in it shows one agency only."""

import pytest
from sqlalchemy import text

from chassis.db.engine import engine_for
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from tests.architecture.layout import COMPONENTS

# Tables that serve all agencies of a deployment at once, by design: the backbone's, and those named with their reason.
BACKBONE = {"event_sequence", "projection_version", "outbox", "deferred", "timer", "job", "audit", "idempotency"}
OPEN = {
    "personnel": {"agency", "nip_register"},
    "appraisal": {"document_code"},  # whoever verifies a paper belongs to no agency
    "notification": {"email_queue", "webhook_queue", "feed_queue"},
    "gateway": set(),
}
_TABLES = text(
    "SELECT c.relname AS name, c.relrowsecurity AS isolated, c.relforcerowsecurity AS forced FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id' AND NOT a.attisdropped "
    "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
)


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_business_table_is_isolated_by_agency(component, make_database):
    url = make_database(f"walls_{component}")
    upgrade(url, migrations_of(component))
    engine = engine_for(url)
    with engine.connect() as connection:
        tables = connection.execute(_TABLES).all()
    engine.dispose()
    assert tables
    unguarded = {row.name for row in tables if not (row.isolated and row.forced)} - BACKBONE
    assert unguarded <= OPEN.get(component, set()), unguarded - OPEN.get(component, set())
