"""What evaluations say of each result and value, between rows and the domain; and what that may rest on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from appraisal.domain.evaluation_item import EvaluationItem, Recorded, StoredItem, Target
from appraisal.domain.spans import Days, Span
from appraisal.domain.values import BehaviourValue
from appraisal.persistence import models
from appraisal.persistence.recorded import entries_in, feedback_in
from chassis.ids import new_id
from chassis.records import among, columns_of, fetch_all, values_of
from chassis.unit_of_work import Transaction
from chassis.views import view_of

# Set-based: a batch of people, each with many items, is inserted in one statement, as rows of JSON.
_INSERT = text(
    "INSERT INTO evaluation_item SELECT * FROM "
    "jsonb_populate_recordset(CAST(NULL AS evaluation_item), CAST(:rows AS jsonb))"
)


def insert_items(tx: Transaction, given: Mapping[tuple[UUID, int], Sequence[EvaluationItem]]) -> None:
    """Insert the items of ratings, by evaluation, or rating of days until a move, and revision."""
    rows = [
        view_of(StoredItem, item, id=new_id(), evaluation_id=evaluation_id, revision=revision)
        for (evaluation_id, revision), items in given.items()
        for item in items
    ]
    if rows:
        own = [{**values_of(models.EvaluationItem, row), "agency_id": tx.agency_id} for row in rows]
        tx.session.execute(_INSERT, {"rows": msgspec.json.encode(own).decode()})


def standing_items(tx: Transaction, evaluation_ids: Collection[UUID]) -> dict[UUID, list[StoredItem]]:
    """Return by evaluation the items of its last rating that had some."""
    item, later = models.EvaluationItem, aliased(models.EvaluationItem)
    last = select(func.max(later.revision)).where(later.evaluation_id == item.evaluation_id).scalar_subquery()
    query = select(*columns_of(item, StoredItem)).where(among(item.evaluation_id, evaluation_ids))
    found: defaultdict[UUID, list[StoredItem]] = defaultdict(list)
    for one in fetch_all(tx, query.where(item.revision == last).order_by(item.id), StoredItem):
        found[one.evaluation_id].append(one)
    return dict(found)


def recorded_of(tx: Transaction, people: Collection[UUID], days: Days, span: Span) -> dict[UUID, Recorded]:
    """Return by employee the ids of what was recorded on these days, in two statements for any number of people."""
    entry, feedback = models.Progress, models.Feedback
    progress: defaultdict[UUID, dict[Target, tuple[UUID, ...]]] = defaultdict(dict)
    ids = func.array_agg(aggregate_order_by(entry.id, entry.id))
    entries = entries_in(select(entry.employee_id, entry.work_result_id, ids), people, days)
    for person, result_id, found in tx.session.execute(entries.group_by(entry.employee_id, entry.work_result_id)):
        progress[person][result_id] = tuple(found)
    given: defaultdict[UUID, dict[Target, tuple[UUID, ...]]] = defaultdict(dict)
    ids = func.array_agg(aggregate_order_by(feedback.id, feedback.id))
    columns = (feedback.employee_id, feedback.work_result_id, feedback.behaviour_value)
    for person, result_id, value, found in tx.session.execute(
        feedback_in(select(*columns, ids), people, days, span).group_by(*columns)
    ):
        given[person][result_id or BehaviourValue(value)] = tuple(found)
    return {one: Recorded(progress.get(one, {}), given.get(one, {})) for one in {*progress, *given}}
