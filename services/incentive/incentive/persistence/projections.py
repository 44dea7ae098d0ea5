"""The read model of trainings; it ends the same whatever the order and the repeats of events."""

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert

from chassis.records import table_of, values_of
from chassis.unit_of_work import Transaction
from incentive.domain.person import TrainingRecord
from incentive.persistence import models


def store_training(tx: Transaction, record: TrainingRecord) -> None:
    """Store a training; once it is finished or reversed it stays so, whichever event comes first."""
    table = table_of(models.TrainingRecord)
    query = insert(table).values({"agency_id": tx.agency_id, **values_of(models.TrainingRecord, record)})
    flags = {name: or_(table.c[name], query.excluded[name]) for name in ("finished", "reversed")}
    tx.session.execute(query.on_conflict_do_update(index_elements=list(table.primary_key), set_=flags))
