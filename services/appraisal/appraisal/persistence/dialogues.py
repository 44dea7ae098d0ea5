"""Dialogues between rows and the domain."""

from uuid import UUID

from sqlalchemy import select

from appraisal.domain.dialogue import DialogueEntry
from appraisal.persistence import models
from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction


def insert_entry(tx: Transaction, entry: DialogueEntry) -> None:
    insert_record(tx, models.Dialogue, entry)


def list_entries(tx: Transaction, evaluation_id: UUID) -> list[DialogueEntry]:
    row = models.Dialogue
    query = select(*columns_of(row, DialogueEntry)).where(row.evaluation_id == evaluation_id).order_by(row.id)
    return fetch_all(tx, query, DialogueEntry)
