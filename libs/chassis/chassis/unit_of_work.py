"""The unit of work: one transaction of one agency, and the rows that are written in bulk just before its commit.

`outbox.record`, `audit.record`, `timers.schedule` and `jobs.start` each write a table of their own through an open
`Transaction`; state, events, timers, jobs and audit rows commit together or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.bus.contracts import Contracts
from chassis.clock import Clock
from chassis.db import Database
from chassis.db.sequence_guard import SequenceGuard

RowT = TypeVar("RowT")
Writer = Callable[["Transaction", list[RowT]], object]
ALL_AGENCIES = ""
_ENTER_AGENCY = text("SELECT set_config('app.agency_id', :agency, true)")


def enter_agency(session: Session, agency_id: str) -> None:
    """Make row-level security show the rows of this agency, and of no other, for the rest of the transaction."""
    session.execute(_ENTER_AGENCY, {"agency": agency_id})


@dataclass
class PendingWrites:
    """Rows that wait for one bulk statement each, just before the commit.

    Several units of work in one session share one `PendingWrites` (the inbox applies a batch of events so): a batch
    of a hundred events then costs as many statements as one event.
    """

    agency_id: str | None = None
    sequence_guard: SequenceGuard = field(default_factory=SequenceGuard)
    _rows: dict[tuple[str, Writer[Any]], tuple["Transaction", list[Any]]] = field(default_factory=dict)

    def add(self, transaction: "Transaction", agency_id: str, write: Writer[Any], row: object) -> None:
        self._rows.setdefault((agency_id, write), (transaction, []))[1].append(row)

    def write(self, session: Session) -> None:
        """Run the writers: those of one agency first, since they may record events and audit rows themselves."""
        session.flush()
        while self._rows:
            key = next((key for key in self._rows if key[0] != ALL_AGENCIES), None) or next(iter(self._rows))
            agency_id, write = key
            transaction, rows = self._rows.pop(key)
            if agency_id not in {ALL_AGENCIES, self.agency_id}:
                enter_agency(session, agency_id)
                self.agency_id = agency_id
            write(transaction, rows)
        self.sequence_guard.write(session)


@dataclass
class Transaction:
    """An open transaction of one agency. `now` is business time, the same for everything inside.

    `held` keeps what was read under a lock that lasts until the transaction ends, so that it is read once.
    """

    session: Session
    agency_id: str
    now: datetime
    contracts: Contracts
    pending: PendingWrites = field(default_factory=PendingWrites)
    held: dict[object, Any] = field(default_factory=dict)

    def before_commit(self, write: Writer[RowT], row: RowT, *, all_agencies: bool = False) -> None:
        """Leave a row to `write(tx, rows)`, called once just before the commit with all rows left to it.

        Only for rows that nothing in this transaction reads again. With `all_agencies` one call takes the rows of all
        agencies in the session: for tables without row-level security.
        """
        self.pending.add(self, ALL_AGENCIES if all_agencies else self.agency_id, write, row)

    def flush(self) -> None:
        """Write the pending rows now, also those that other units of work left in this session."""
        self.pending.write(self.session)
        if self.pending.agency_id != self.agency_id:
            enter_agency(self.session, self.agency_id)
            self.pending.agency_id = self.agency_id


class UnitOfWork:
    """Opens transactions: what a use case needs to act."""

    def __init__(self, database: Database, clock: Clock, contracts: Contracts) -> None:
        self.database = database
        self.clock = clock
        self.contracts = contracts
        self._transaction: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

    @contextmanager
    def transaction(self, agency_id: str) -> Iterator[Transaction]:
        """Open a transaction of an agency; an inner call joins the outer one, which alone commits.

        Raise RuntimeError when a transaction of another agency is open.
        """
        opened = self._transaction.get()
        if opened is not None:
            if opened.agency_id != agency_id:
                raise RuntimeError(f"a transaction of {opened.agency_id} is open; {agency_id} cannot join it")
            yield opened
            return
        with self.database.session(agency_id) as session:
            pending = PendingWrites(agency_id=agency_id)
            transaction = Transaction(session, agency_id, self.clock.now(), self.contracts, pending)
            with self._current(transaction):
                yield transaction
                transaction.flush()

    @contextmanager
    def bound(self, session: Session, agency_id: str, pending: PendingWrites | None = None) -> Iterator[Transaction]:
        """Work for one agency in a session that serves several in turn; no row loaded for one is visible to the next.

        With `pending` the bulk writes are left to the caller, who commits.
        """
        session.flush()
        session.expunge_all()
        writes = pending or PendingWrites()
        if writes.agency_id != agency_id:
            enter_agency(session, agency_id)
            writes.agency_id = agency_id
        transaction = Transaction(session, agency_id, self.clock.now(), self.contracts, writes)
        with self._current(transaction):
            yield transaction
            if pending is None:
                transaction.flush()
            else:
                session.flush()

    @contextmanager
    def _current(self, transaction: Transaction) -> Iterator[None]:
        token = self._transaction.set(transaction)
        try:
            yield
        finally:
            self._transaction.reset(token)
