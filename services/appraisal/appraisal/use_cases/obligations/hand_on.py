"""What an official owes who has left is whoever's who came after or stands in; else HR's, until somebody is there."""

from collections.abc import Collection
from uuid import UUID

from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.offices import concerned_by
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.unit_of_work import Transaction
from directory.questions import replaced_by_on, today

_AT_ONCE = 1000


def hand_on(tx: Transaction, officials: Collection[UUID]) -> None:
    """Compute anew who owes what is these officials' by name; while all of them are there it changes nothing.

    Also what they do in the place of others, who have left: whoever is away stands in for nobody.
    """
    if not officials:
        return
    day = today(tx)
    officials = {*officials, *replaced_by_on(tx, officials, day)}
    for year, people in sorted(concerned_by(tx, officials, day).items()):
        for first in range(0, len(people), _AT_ONCE):
            refresh_obligations(tx, people[first : first + _AT_ONCE], year)
    follow_case_officials(tx, (), officials)
