"""Models and migrations are written by hand, each on its own: a database that was migrated has what the models say."""

import importlib
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from chassis.db.engine import engine_for
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from tests.architecture.layout import COMPONENTS

# The models of these say that their indexes and constraints stand in the migrations alone.
COLUMNS_ONLY = {"notification", "training"}
NO_COLUMN = {"remove_index", "remove_constraint", "remove_fk"}


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_migrations_build_what_the_models_say(component: str, make_database: Callable[[str], str]) -> None:
    metadata = importlib.import_module(f"{component}.persistence.models").Base.metadata
    url = make_database(f"tables_{component}")
    upgrade(url, migrations_of(component))
    engine = engine_for(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables}
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    if component in COLUMNS_ONLY:
        differences = [one for one in differences if isinstance(one, list) or one[0] not in NO_COLUMN]
    assert metadata.tables
    assert differences == []
