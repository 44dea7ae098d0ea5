"""What a service's migrations call: the backbone tables, isolation of agencies, and the Alembic environment."""

from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.operations import Operations
from sqlalchemy import MetaData, text

from chassis.db.engine import engine_for

BACKBONE = Path(__file__).with_name("backbone.sql")


def create_backbone(op: Operations) -> None:
    """Create outbox, inbox, deferred, timers, jobs, audit and idempotency tables (the first migration of a service)."""
    op.execute(BACKBONE.read_text())


def isolate_agency(op: Operations, *tables: str) -> None:
    """Let the database itself refuse rows of another agency, to the tables' owner too."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY agency_only ON {table} "
            "USING (agency_id = current_setting('app.agency_id', true)) "
            "WITH CHECK (agency_id = current_setting('app.agency_id', true))"
        )


def run_environment(metadata: MetaData) -> None:
    """The whole of a service's migrations/env.py: one transaction, short lock waits, one migrator at a time."""
    url = context.config.attributes["database_url"]
    engine = engine_for(url, pool_size=1, application="migrate")
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.execute(text("SELECT pg_advisory_lock(hashtext('suar-migrate'))"))
        connection.commit()
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("SELECT pg_advisory_unlock(hashtext('suar-migrate'))"))
        connection.commit()
    engine.dispose()


def upgrade(database_url: str, migrations: Path) -> None:
    """Bring a database to the newest revision of a migrations folder."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["database_url"] = database_url
    command.upgrade(config, "head")
