"""Dialogues between rows and the domain."""

from uuid import UUID

from sqlalchemy import select, text

from appraisal.domain.dialogue import DialogueEntry
from appraisal.persistence import models
from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction

# Locks: of two requests at once the second sees the deadline that the first has opened.
_ONE_REQUEST_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('dialogue/' || :evaluation, 0))")


def one_request_at_a_time(tx: Transaction, evaluation_id: UUID) -> None:
    """Wait for whoever else asks for a dialogue on an evaluation."""
    tx.session.execute(_ONE_REQUEST_AT_A_TIME, {"evaluation": str(evaluation_id)})


def insert_entry(tx: Transaction, entry: DialogueEntry) -> None:
    insert_record(tx, models.Dialogue, entry)


def list_entries(tx: Transaction, evaluation_id: UUID) -> list[DialogueEntry]:
    row = models.Dialogue
    query = select(*columns_of(row, DialogueEntry)).where(row.evaluation_id == evaluation_id).order_by(row.id)
    return fetch_all(tx, query, DialogueEntry)
