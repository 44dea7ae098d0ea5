"""A process that produces items at a steady rate, as many as were ordered, some in transactions that roll back.

Killed at any moment and started again it goes on from what is committed: `python -m origin.load`.
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
from origin.core import Item, ItemProduced
from origin.settings import SERVICE, Settings

SERIES = 20
ROLLED_BACK = 0.05
NAMESPACE = UUID("5d2c0b0e-7c1f-4c5c-9a56-8a4a0f6f0c11")
_ORDER = text("SELECT agency_id, wanted, per_second, seed, troubles FROM load_order ORDER BY placed_at DESC LIMIT 1")


class Refused(Exception):
    """A transaction that must not leave anything behind."""


@dataclass
class LoadGenerator:
    work: UnitOfWork

    def run(self) -> None:
        while True:
            try:
                self.produce_all()
            except Exception as error:  # noqa: BLE001 - its database is restarted on purpose
                print(f"load interrupted: {error!r}", flush=True)
            time.sleep(0.05)

    def produce_all(self) -> None:
        with self.work.database.engine.connect() as connection:
            order = connection.execute(_ORDER).first()
        if order is None:
            return
        with self.work.transaction(order.agency_id) as tx:
            numbers = dict(tx.session.query(Item.series_id, func.count()).group_by(Item.series_id).all())
        produced = sum(numbers.values())
        chance = random.Random(f"{order.seed}-{produced}")
        start, before = time.monotonic(), produced
        while produced < order.wanted:
            if chance.random() < ROLLED_BACK:
                self.produce_nothing(order.agency_id)
            amount = min(chance.randint(1, 3), order.wanted - produced)
            chosen = [uuid5(NAMESPACE, f"{order.agency_id}-{chance.randrange(SERIES)}") for _ in range(amount)]
            with self.work.transaction(order.agency_id) as tx:
                for place, series in enumerate(chosen, start=produced):
                    numbers[series] = numbers.get(series, 0) + 1
                    self.produce_one(tx, series, numbers[series], order.troubles.get(str(place), ""))
            produced += amount
            ahead = start + (produced - before) / order.per_second - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)

    def produce_nothing(self, agency: str) -> None:
        try:
            with self.work.transaction(agency) as tx:
                self.produce_one(tx, uuid5(NAMESPACE, f"{agency}-0"), 1, "")
                tx.flush()
                raise Refused
        except Refused:
            return

    def produce_one(self, tx: Transaction, series: UUID, number: int, trouble: str) -> None:
        event_id = outbox.record(tx, ItemProduced(series_id=series, number=number, trouble=trouble))
        tx.session.add(Item(id=event_id, agency_id=tx.agency_id, series_id=series, number=number))


if __name__ == "__main__":
    LoadGenerator(make_unit_of_work(load(Settings, SERVICE), process="load")).run()
