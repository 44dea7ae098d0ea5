"""Forget what has been of no use for a while, and seal the audit trail."""

from datetime import timedelta

from chassis.audit import seal
from chassis.unit_of_work import UnitOfWork
from gateway.house import House
from gateway.persistence import tokens
from gateway.persistence.models import DOOR

KEPT = timedelta(days=30)


def keep_house(work: UnitOfWork, house: House) -> tuple[int, int]:
    """Delete sessions, codes and attempts that ended a month ago; gives how many went and how many rows were sealed."""
    with work.transaction(DOOR) as tx:
        gone = tokens.purge(tx.session, house.now() - KEPT)
    return gone, seal(work.database.engine)
