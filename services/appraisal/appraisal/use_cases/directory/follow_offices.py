"""What is owed follows the terms of officials from outside, and the days on which others stand in."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from appraisal.domain.periods import local_date
from appraisal.use_cases.obligations.hand_on import hand_on
from chassis import timers
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.keeping import SubstitutionChange
from directory.questions import time_zone
from directory.timelines import ONE_DAY, Days, ExternalOfficial


def follow_officials(tx: Transaction, changes: Sequence[ExternalOfficial]) -> None:
    """Follow the terms of officials from outside."""
    _follow(tx, {one.official_id for one in changes}, changes)


def follow_substitutions(tx: Transaction, changes: Sequence[SubstitutionChange]) -> None:
    """Follow who stands in for whom; what was known before concerns other officials, too."""
    known = [one for change in changes for one in (change.before, change.after) if one is not None]
    _follow(tx, {one.in_place_of_id for one in known}, [change.after for change in changes])


def _follow(tx: Transaction, officials: set[UUID], offices: Iterable[Days]) -> None:
    """Hand on what holds today, and ask again on the days to come on which one of these begins or is over."""
    try:
        zone = time_zone(tx)
    except NotKnownYet:
        # Without the agency nothing is open, for it is asked whenever a plan is made.
        return
    changing = {one.first_day for one in offices}
    changing |= {one.last_day + ONE_DAY for one in offices if one.last_day is not None}
    today = local_date(tx.now, zone)
    midnights = {day: datetime.combine(day, time.min, ZoneInfo(zone)) for day in sorted(changing) if day > today}
    timers.schedule_all(tx, "follow_timelines", midnights)
    hand_on(tx, officials)
