"""A process that prints issues at a steady rate, as many as were ordered, some in transactions that roll back.

Killed at any moment and started again it goes on from what is committed: `python -m press.load`.
"""

import random
import time
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import func, text

from chassis import outbox
from chassis.settings import load
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.wiring import make_unit_of_work
from press.core import Issue, IssuePrinted
from press.settings import SERVICE, Settings

TITLES = 20
ROLLED_BACK = 0.05
NAMESPACE = UUID("5d2c0b0e-7c1f-4c5c-9a56-8a4a0f6f0c11")
_ORDER = text("SELECT agency_id, wanted, per_second, seed, troubles FROM load_order ORDER BY placed_at DESC LIMIT 1")


class Refused(Exception):
    """A transaction that must not leave anything behind."""


@dataclass
class Press:
    work: UnitOfWork

    def run(self) -> None:
        while True:
            try:
                self.print_all()
            except Exception as error:  # noqa: BLE001 - its database is restarted on purpose
                print(f"press interrupted: {error!r}", flush=True)
            time.sleep(0.05)

    def print_all(self) -> None:
        with self.work.database.engine.connect() as connection:
            order = connection.execute(_ORDER).first()
        if order is None:
            return
        with self.work.transaction(order.agency_id) as tx:
            numbers = dict(tx.session.query(Issue.title_id, func.count()).group_by(Issue.title_id).all())
        printed = sum(numbers.values())
        chance = random.Random(f"{order.seed}-{printed}")
        start, before = time.monotonic(), printed
        while printed < order.wanted:
            if chance.random() < ROLLED_BACK:
                self.print_nothing(order.agency_id)
            amount = min(chance.randint(1, 3), order.wanted - printed)
            titles = [uuid5(NAMESPACE, f"{order.agency_id}-{chance.randrange(TITLES)}") for _ in range(amount)]
            with self.work.transaction(order.agency_id) as tx:
                for place, title in enumerate(titles, start=printed):
                    numbers[title] = numbers.get(title, 0) + 1
                    self.print_one(tx, title, numbers[title], order.troubles.get(str(place), ""))
            printed += amount
            ahead = start + (printed - before) / order.per_second - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)

    def print_nothing(self, agency: str) -> None:
        try:
            with self.work.transaction(agency) as tx:
                self.print_one(tx, uuid5(NAMESPACE, f"{agency}-0"), 1, "")
                tx.flush()
                raise Refused
        except Refused:
            return

    def print_one(self, tx: Transaction, title: UUID, number: int, trouble: str) -> None:
        event_id = outbox.record(tx, IssuePrinted(title_id=title, number=number, trouble=trouble))
        tx.session.add(Issue(id=event_id, agency_id=tx.agency_id, title_id=title, number=number))


if __name__ == "__main__":
    Press(make_unit_of_work(load(Settings, SERVICE), process="load")).run()
