"""The tree of units, as it is or as it was on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from personnel.domain.views import UnitView

_NOW = "SELECT id AS unit_id, parent_id, code, name, leader_id, active, version FROM org_unit"
_ON_A_DAY = (
    "SELECT DISTINCT ON (unit_id) unit_id, parent_id, code, name, leader_id, active, version FROM org_unit_record "
    "WHERE effective_from <= :as_of ORDER BY unit_id, version DESC"
)
_TREE = (
    "WITH RECURSIVE unit AS ({base}), tree AS ("
    "SELECT unit.*, 0 AS depth, ARRAY[code] AS path FROM unit WHERE {roots} "
    "UNION ALL SELECT unit.*, tree.depth + 1, tree.path || unit.code "
    "FROM unit JOIN tree ON unit.parent_id = tree.unit_id) "
    "SELECT * FROM tree WHERE (CAST(:after AS text[]) IS NULL OR path > CAST(:after AS text[])) "
    "AND (:inactive OR active) ORDER BY path LIMIT :limit"
)
_TOPS = "parent_id IS NULL OR parent_id NOT IN (SELECT unit_id FROM unit)"


def list_tree(
    session: Session,
    *,
    root: UUID | None,
    as_of: date | None,
    inactive: bool,
    after: Sequence[str] | None,
    limit: int,
) -> list[UnitView]:
    """Units in the order of the tree: each before those below it, siblings by code."""
    base = _NOW if as_of is None else _ON_A_DAY
    query = _TREE.format(base=base, roots=_TOPS if root is None else "unit_id = :root")
    parameters: dict[str, Any] = {"after": list(after) if after else None, "inactive": inactive, "limit": limit}
    if root is not None:
        parameters["root"] = root
    if as_of is not None:
        parameters["as_of"] = as_of
    return [UnitView(**row) for row in session.execute(text(query), parameters).mappings()]
