"""The agency itself: its time zone, and which day it is there."""

from datetime import date

from sqlalchemy import select

from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import NotKnownYet


def time_zone(tx: Transaction) -> str:
    """Return the agency's time zone. Raise NotKnownYet."""
    query = select(models.Agency.time_zone).where(models.Agency.agency_id == tx.agency_id)
    found = tx.session.scalar(query)
    if found is None:
        raise NotKnownYet(tx.agency_id, "instansi")
    return found


def today(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone. Raise NotKnownYet."""
    return today_in(tx.now, time_zone(tx))
