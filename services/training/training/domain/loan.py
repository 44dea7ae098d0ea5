"""Loans of reference items and holds on them: who gets a copy, and until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.errors import HoldClosed, LoanClosed, LoanNotRenewable


class LoanState(StrEnum):
    ON_LOAN = "ON_LOAN"
    RETURNED = "RETURNED"


class HoldState(StrEnum):
    WAITING = "WAITING"
    READY = "READY"
    FULFILLED = "FULFILLED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


MOVES: dict[HoldState, frozenset[HoldState]] = {
    HoldState.WAITING: frozenset({HoldState.READY, HoldState.CANCELLED}),
    HoldState.READY: frozenset({HoldState.FULFILLED, HoldState.CANCELLED, HoldState.EXPIRED}),
    HoldState.FULFILLED: frozenset(),
    HoldState.CANCELLED: frozenset(),
    HoldState.EXPIRED: frozenset(),
}
LIVE_HOLDS = frozenset({HoldState.WAITING, HoldState.READY})


@dataclass(frozen=True)
class Loan:
    id: UUID
    item_id: UUID
    employee_id: UUID
    state: LoanState
    lent_on: date
    due_on: date
    returned_on: date | None = None
    renewals: int = 0

    @classmethod
    def lent(cls, loan_id: UUID, item_id: UUID, employee_id: UUID, today: date, days: int) -> "Loan":
        return cls(loan_id, item_id, employee_id, LoanState.ON_LOAN, today, due_on(today, days))

    def returned(self, today: date) -> "Loan":
        self.require_on_loan()
        return replace(self, state=LoanState.RETURNED, returned_on=today)

    def renewed(self, today: date, *, days: int, most: int, waiting: int) -> "Loan":
        """Return it with a later day. Raise LoanClosed, or LoanNotRenewable after `most` times or when others wait."""
        self.require_on_loan()
        if self.renewals >= most:
            raise LoanNotRenewable(reason=f"sudah diperpanjang {self.renewals} kali, paling banyak {most}")
        if waiting:
            raise LoanNotRenewable(reason="ada pegawai lain yang menunggu")
        return replace(self, renewals=self.renewals + 1, due_on=due_on(max(today, self.due_on), days))

    def require_on_loan(self) -> None:
        if self.state is not LoanState.ON_LOAN:
            raise LoanClosed(returned_on=self.returned_on)

    def is_overdue(self, today: date) -> bool:
        return self.state is LoanState.ON_LOAN and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class LoanView(Loan):
    title: str
    overdue: bool

    @classmethod
    def of(cls, loan: Loan, title: str, today: date) -> "LoanView":
        return view_of(cls, loan, title=title, overdue=loan.is_overdue(today))


@dataclass(frozen=True)
class Hold:
    """A place in the queue for a copy; READY while a copy is reserved for this person."""

    id: UUID
    item_id: UUID
    employee_id: UUID
    state: HoldState
    placed_at: datetime
    pick_up_by: date | None = None

    @classmethod
    def placed(cls, hold_id: UUID, item_id: UUID, employee_id: UUID, now: datetime) -> "Hold":
        return cls(hold_id, item_id, employee_id, HoldState.WAITING, now)

    @property
    def is_ready(self) -> bool:
        return self.state is HoldState.READY

    def ready(self, pick_up_by: date) -> "Hold":
        return replace(self.moved(HoldState.READY), pick_up_by=pick_up_by)

    def moved(self, target: HoldState) -> "Hold":
        """Return it in another state. Raise HoldClosed when it cannot make this move."""
        if target not in MOVES[self.state]:
            raise HoldClosed(state=self.state)
        return replace(self, state=target)


@dataclass(frozen=True, kw_only=True)
class HoldView(Hold):
    title: str
    queue_number: int | None


def due_on(lent_on: date, days: int) -> date:
    return lent_on + timedelta(days=days)


@dataclass(frozen=True)
class ListLoans:
    page: PageRequest
    employee_id: UUID | None = None
    state: LoanState | None = None


@dataclass(frozen=True)
class ListHolds:
    page: PageRequest
    employee_id: UUID | None = None
    state: HoldState | None = None
