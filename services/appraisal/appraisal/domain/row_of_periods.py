"""Which predicates stand in a row: those of periods that follow each other directly."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from appraisal.domain.periods import Period
from directory.performance import Predicate


@dataclass(frozen=True)
class RatedPeriod:
    """A period with its final predicate."""

    year: int
    quarter: int | None
    month: int | None
    predicate: Predicate

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)


def in_a_row(newest: Period, earlier: Iterable[RatedPeriod], on_leave: Collection[Period]) -> tuple[Predicate, ...]:
    """Return the predicates of the periods directly before the newest, the latest first.

    The repeated trigger is this system's design: a weak result that came again at once. So a period without a result
    ends the row, whoever failed to make it, and so does one from which the person was excused: by an order, as
    suspended, for too few days, or for a study, which is evaluated by its progress. A period spent on leave, in which
    no work was due, is passed over.
    """
    rated = {one.period.ends: one for one in earlier}
    absent = {one.ends: one for one in on_leave}
    found: list[Predicate] = []
    end = newest.begins - 1
    while end in rated or end in absent:
        if end in rated:
            found.append(rated[end].predicate)
            end = rated[end].period.begins - 1
        else:
            end = absent[end].begins - 1
    return tuple(found)
