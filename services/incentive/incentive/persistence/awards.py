"""Awards between rows and the domain."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists, select, text, update

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import among, columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from incentive.domain.award import Award, AwardState
from incentive.domain.predicate import ReceivedPredicate
from incentive.persistence import models

_AWARD = models.Award
_COLUMNS = columns_of(_AWARD, Award)
_OPEN = (AwardState.NOMINATED.value, AwardState.GRANTED.value)
# Text because it locks: of two nominations at once the second sees the first.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('award/' || :employee, 0))")


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


def lock_awards_of(tx: Transaction, employee_id: UUID) -> None:
    """Wait for whoever else nominates this person."""
    tx.session.execute(_ONE_AT_A_TIME, {"employee": str(employee_id)})


def has_award(tx: Transaction, wanted: Award, *, every_year: bool) -> bool:
    """Return whether the person has the award or is nominated for it: in its year, or in whichever year."""
    here = (_AWARD.employee_id == wanted.employee_id, _AWARD.kind == wanted.kind, _AWARD.state.in_(_OPEN))
    found = exists().where(*here) if every_year else exists().where(*here, _AWARD.year == wanted.year)
    return bool(tx.session.scalar(select(found)))


def flag_awards(tx: Transaction, corrected: Mapping[UUID, ReceivedPredicate]) -> list[Award]:
    """Flag what rests on these evaluations and had another predicate of them. Return what was not flagged before."""
    theirs = among(_AWARD.employee_id, {one.employee_id for one in corrected.values()})
    query = select(*_COLUMNS).where(theirs, _AWARD.evidence_changed_at.is_(None), _AWARD.state.in_(_OPEN))
    rests = fetch_all(tx, query.where(among(_AWARD.evaluation_id, corrected)).order_by(_AWARD.id), Award)
    flagged = [
        one
        for one in rests
        if corrected[one.evaluation_id].version > one.evaluation_version
        and corrected[one.evaluation_id].predicate is not one.predicate
    ]
    values = {"evidence_changed_at": tx.now, "version": _AWARD.version + 1}
    tx.session.execute(update(_AWARD).where(among(_AWARD.id, [one.id for one in flagged])).values(values))
    return flagged


def insert_award(tx: Transaction, award: Award) -> None:
    insert_record(tx, _AWARD, award)


def update_award(tx: Transaction, before: Award, after: Award) -> None:
    """Save a decision. Raise VersionConflict when somebody else took one meanwhile."""
    update_record(tx, _AWARD, before, after)
