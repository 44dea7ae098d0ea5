"""Own, subordinate's, colleague's, other unit's, other agency's: every relation is answered as the tables say."""

import importlib

import pytest

from tests.access.personas import RELATIONS
from tests.architecture.layout import COMPONENTS

TABLES = {name: importlib.import_module(f"tests.access.{name}_table").TABLE for name in COMPONENTS}
ROWS = [(component, row) for component, table in TABLES.items() for row in table]


@pytest.mark.parametrize(("component", "row"), ROWS, ids=[f"{one} {row.call}" for one, row in ROWS])
def test_each_relation_is_answered_as_the_table_says(component, row, scene_of):
    scene = scene_of(component)
    found = {relation: scene.ask(row, relation) for relation in RELATIONS}
    assert found == row.expected()
