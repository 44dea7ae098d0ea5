"""The smallest handler there can be: one row for one event, written with those of its batch."""

from uuid import UUID

from sqlalchemy import text

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.db import make_base
from chassis.unit_of_work import Transaction

Base = make_base()
consumers = Consumers("consumer")
_KEEP = text(
    "INSERT INTO effect (event_id, agency_id, subject, number) SELECT e.id, :agency, e.subject, e.number "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:subjects AS text[]), CAST(:numbers AS integer[])) "
    "AS e (id, subject, number)"
)


@consumers.on("producer", "Noted", 1)
def keep(tx: Transaction, event: Event) -> None:
    tx.before_commit(keep_all, (event.id, event.subject, event.data["number"]))


def keep_all(tx: Transaction, rows: list[tuple[UUID, str, int]]) -> None:
    ids, subjects, numbers = (list(column) for column in zip(*rows, strict=True))
    tx.session.execute(_KEEP, {"agency": tx.agency_id, "ids": ids, "subjects": subjects, "numbers": numbers})
