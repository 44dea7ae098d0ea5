"""What people chose to get, by topic."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.records import among, table_of
from chassis.unit_of_work import Transaction
from notification.domain.preference import Choice
from notification.domain.templates import EmailMode
from notification.persistence.models import Preference


def choices_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[tuple[UUID, str], Choice]:
    """Return what these people chose, by person and topic; nothing for those who never did."""
    if not employee_ids:
        return {}
    query = select(Preference.employee_id, Preference.topic, Preference.inbox, Preference.email).where(
        Preference.agency_id == tx.agency_id, among(Preference.employee_id, employee_ids)
    )
    return {(row.employee_id, row.topic): Choice(row.inbox, EmailMode(row.email)) for row in tx.session.execute(query)}


def save_choice(tx: Transaction, employee_id: UUID, topic: str, choice: Choice) -> None:
    keys = {"agency_id": tx.agency_id, "employee_id": employee_id, "topic": topic}
    values = {"inbox": choice.inbox, "email": choice.email.value, "changed_at": tx.now}
    statement = insert(table_of(Preference)).values({**keys, **values})
    tx.session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))
