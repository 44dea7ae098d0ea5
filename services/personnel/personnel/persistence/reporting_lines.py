"""The superiors of people and of all who stand above them on some day: past, present and planned."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, text

from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from personnel.domain.records import SuperiorRecord
from personnel.persistence import models

_COLUMNS = columns_of(models.SuperiorRecord, SuperiorRecord)
# Recursive: all whom a chain of superiors leads to, over every day; UNION leaves out whoever was found before.
_UPWARD = text(
    "WITH RECURSIVE above (id) AS (SELECT unnest(CAST(:people AS uuid[])) UNION "
    "SELECT r.superior_id FROM above JOIN superior_record r ON r.employee_id = above.id "
    "WHERE r.superior_id IS NOT NULL AND r.withdrawn_at IS NULL) SELECT id FROM above"
)


def superiors_upward(tx: Transaction, people: Iterable[UUID]) -> dict[UUID, list[SuperiorRecord]]:
    """Return what was recorded of the superiors of these people and of all above them, in two statements."""
    ids = list(tx.session.execute(_UPWARD, {"people": sorted(set(people))}).scalars())
    model = models.SuperiorRecord
    query = select(*_COLUMNS, model.id.label("number")).where(among(model.employee_id, ids)).order_by(model.id)
    found: dict[UUID, list[SuperiorRecord]] = defaultdict(list)
    for record in fetch_all(tx, query, SuperiorRecord):
        found[record.employee_id].append(record)
    return found
