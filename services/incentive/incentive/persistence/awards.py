"""Awards between rows and the domain."""

from uuid import UUID

from sqlalchemy import select

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from incentive.domain.award import Award, AwardState
from incentive.persistence import models

_AWARD = models.Award
_COLUMNS = columns_of(_AWARD, Award)


def load_award(tx: Transaction, award_id: UUID, *, lock: bool = False) -> Award:
    """Return an award, locked until the commit if wished. Raise NotFound."""
    query = select(*_COLUMNS).where(_AWARD.id == award_id)
    return required(fetch_one(tx, query.with_for_update() if lock else query, Award), "penghargaan", award_id)


def list_awards(tx: Transaction, employee_id: UUID | None, page: PageRequest, *, only_granted: bool) -> Page[Award]:
    """Return awards by id: of one person, or all."""
    query = select(*_COLUMNS)
    if employee_id is not None:
        query = query.where(_AWARD.employee_id == employee_id)
    if only_granted:
        query = query.where(_AWARD.state == AwardState.GRANTED.value)
    return fetch_page(tx, query, Award, page, _AWARD.id)


def award_number_taken(tx: Transaction, number: str) -> bool:
    return tx.session.scalar(select(_AWARD.id).where(_AWARD.decision_number == number)) is not None


def insert_award(tx: Transaction, award: Award) -> None:
    insert_record(tx, _AWARD, award)


def update_award(tx: Transaction, before: Award, after: Award) -> None:
    """Save a decision. Raise VersionConflict when somebody else took one meanwhile."""
    update_record(tx, _AWARD, before, after)
