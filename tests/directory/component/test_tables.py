"""The tables of the package: what the models say, isolated by agency, and without an index that invites to read all."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

from directory.models import Base, include_tables


def test_the_files_build_what_the_models_say(directory_database):
    included = MetaData()
    include_tables(included)
    assert set(included.tables) == set(Base.metadata.tables)
    with directory_database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _parents: kind != "table" or name in included.tables}
        )
        assert compare_metadata(context, included) == []


def test_every_table_is_isolated_by_agency(directory_database):
    forced = text(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity "
        "AND relname LIKE 'directory_%'"
    )
    with directory_database.engine.connect() as connection:
        assert set(connection.execute(forced).scalars()) == set(Base.metadata.tables)


def test_no_index_begins_with_the_agency(directory_database):
    """A planner without statistics of a new agency would read all of it for a few people."""
    first_columns = text(
        "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = i.indkey[0] JOIN pg_class c ON c.oid = i.indrelid "
        "WHERE c.relname LIKE 'directory_%' AND a.attname = 'agency_id'"
    )
    with directory_database.engine.connect() as connection:
        assert list(connection.execute(first_columns).scalars()) == ["pk_directory_agency"]
