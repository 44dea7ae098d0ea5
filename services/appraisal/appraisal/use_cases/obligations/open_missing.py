"""Open on the fly what nobody has opened: for those whom a reader asks about, in a year that is not complete."""

from collections.abc import Collection
from uuid import UUID

from appraisal.persistence.obligations import is_complete
from appraisal.persistence.owed import without_obligations
from appraisal.persistence.periods import find_cycle
from appraisal.use_cases.obligations.open_year import PEOPLE_PER_STEP, schedule_first_daily, start_opening
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.unit_of_work import Transaction
from directory.questions import today

# More than so many people are not opened while somebody waits for an answer: the job does it.
_MOST = 2000


def open_missing(
    tx: Transaction,
    year: int,
    *,
    units: Collection[UUID] | None = None,
    people: Collection[UUID] | None = None,
    superior_id: UUID | None = None,
) -> bool:
    """Open the year of those in service who have none yet: of all, or of these units, people or this superior.

    A year without a cycle is not opened by a question about it, but for this one and the last. Return False when they
    are too many: the year is then opened by a job, and the answer is not complete until it ends.
    """
    if is_complete(tx, year) or not _is_kept(tx, year):
        return True
    schedule_first_daily(tx)  # before a row of the register is locked, as the timer does
    missing = without_obligations(tx, year, _MOST + 1, units=units, people=people, superior_id=superior_id)
    if len(missing) > _MOST:
        start_opening(tx, year, None, key=str(year))
        return False
    for first in range(0, len(missing), PEOPLE_PER_STEP):
        refresh_obligations(tx, missing[first : first + PEOPLE_PER_STEP], year)
    return True


def _is_kept(tx: Transaction, year: int) -> bool:
    return 0 <= today(tx).year - year <= 1 or find_cycle(tx, year) is not None
