"""What the last events of appraisal's follow-ups say, whichever came first."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from chassis.records import table_of
from chassis.unit_of_work import Transaction
from training.persistence import models


def is_news(tx: Transaction, follow_up_id: UUID, *, stands: bool, sequence: int) -> bool:
    """Return whether no later event of a follow-up has come, and remember this one if so."""
    row = {"id": follow_up_id, "agency_id": tx.agency_id, "stands": stands, "sequence": sequence}
    query = insert(table_of(models.FollowUp)).values(row)
    later = query.on_conflict_do_update(
        index_elements=["id"],
        set_={"stands": query.excluded.stands, "sequence": query.excluded.sequence},
        where=models.FollowUp.sequence < query.excluded.sequence,
    )
    return tx.session.scalar(later.returning(models.FollowUp.id)) is not None
