"""What an official owes who has left is whoever's who came after or stands in; else HR's, until somebody is there."""

from collections.abc import Collection, Mapping
from uuid import UUID

from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.offices import concerned_by, owed_beyond_days, owing_without_place
from appraisal.use_cases.obligations.refresh import refresh_obligations
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_reminders
from appraisal.use_cases.reviews.follow import follow_reviewers
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
    _refresh(tx, concerned_by(tx, officials, day))
    follow_case_officials(tx, (), officials)
    follow_reviewers(tx, officials)
    withdraw_reminders(tx, officials)


def hand_on_missed(tx: Transaction) -> None:
    """Hand on what was not when it should have been.

    Who computes what is owed may not see an official who comes, leaves or is stood in for in a transaction that
    commits meanwhile, nor does that one see the new rows.
    """
    hand_on(tx, owing_without_place(tx, today(tx)))
    _refresh(tx, owed_beyond_days(tx))
    follow_reviewers(tx, None)


def _refresh(tx: Transaction, by_year: Mapping[int, list[UUID]]) -> None:
    for year, people in by_year.items():
        for first in range(0, len(people), _AT_ONCE):
            refresh_obligations(tx, people[first : first + _AT_ONCE], year)
