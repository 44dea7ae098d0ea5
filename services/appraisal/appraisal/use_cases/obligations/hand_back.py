"""Days until a move that HR was to rate are the outgoing appraiser's again, once their deadline runs again."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from appraisal.domain.extensions import Deadline
from appraisal.domain.obligation import ObligationKind
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.unit_of_work import Transaction


def hand_back(tx: Transaction, moved: Iterable[Deadline]) -> None:
    """Compute anew who owes those of these deadlines that nobody owed, after they were moved."""
    people: defaultdict[int, set[UUID]] = defaultdict(set)
    for one in moved:
        if one.kind is ObligationKind.SEGMENT_RATING and one.owed_by is None:
            people[one.year].add(one.employee_id)
    for year, found in people.items():
        refresh_obligations(tx, found, year)
