"""Training needs with their causes and moves."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, or_, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from training.domain.need import LIVE, Cause, ListNeeds, Need, NeedCause, NeedMove, NeedSource, NeedState, NeedView
from training.domain.people import Scope
from training.persistence import models
from training.persistence.locked_rows import update_locked
from training.persistence.people import within

_NEED = columns_of(models.Need, Need)
_CAUSE = columns_of(models.NeedCause, NeedCause)
_MOVE = columns_of(models.NeedMove, NeedMove)


def load_need(tx: Transaction, need_id: UUID) -> Need:
    """Return a need. Raise NotFound."""
    found = fetch_one(tx, select(*_NEED).where(models.Need.id == need_id), Need)
    return required(found, "kebutuhan pelatihan", need_id)


def lock_need(tx: Transaction, need_id: UUID) -> Need:
    """Return a need and lock its row. Raise NotFound."""
    query = select(*_NEED).where(models.Need.id == need_id).with_for_update()
    return required(fetch_one(tx, query, Need), "kebutuhan pelatihan", need_id)


def lock_needs(tx: Transaction, need_ids: Sequence[UUID]) -> dict[UUID, Need]:
    """Return these needs by id and lock their rows, in one order."""
    if not need_ids:
        return {}
    query = select(*_NEED).where(models.Need.id.in_(need_ids)).order_by(models.Need.id).with_for_update()
    return {need.id: need for need in fetch_all(tx, query, Need)}


def find_need(tx: Transaction, need_id: UUID) -> Need | None:
    return fetch_one(tx, select(*_NEED).where(models.Need.id == need_id), Need)


def live_need(tx: Transaction, employee_id: UUID, competency_code: str) -> Need | None:
    """Return the person's live need for a competency; there is at most one."""
    query = select(*_NEED).where(
        models.Need.employee_id == employee_id,
        models.Need.competency_code == competency_code,
        models.Need.state.in_(LIVE),
    )
    return fetch_one(tx, query, Need)


def live_needs(tx: Transaction, employee_id: UUID) -> list[Need]:
    query = select(*_NEED).where(models.Need.employee_id == employee_id, models.Need.state.in_(LIVE))
    return fetch_all(tx, query, Need)


def people_to_compare(tx: Transaction, employee_ids: Sequence[UUID]) -> list[UUID]:
    """Return those of these people who were ever assessed or have a live need: nobody else can have a gap."""
    assessed = select(models.Assessment.employee_id).where(models.Assessment.employee_id.in_(employee_ids))
    needing = select(models.Need.employee_id).where(
        models.Need.employee_id.in_(employee_ids), models.Need.state.in_(LIVE)
    )
    return sorted(tx.session.scalars(assessed.union(needing)))


def is_counted(tx: Transaction, competency_code: str, cause: Cause) -> bool:
    """Return whether this cause stands already; a wish never does, since it is refused while a need is live."""
    model = models.NeedCause
    match cause.source:
        case NeedSource.EVALUATION:
            same = (model.source_id == cause.source_id, model.competency_code == competency_code)
        case NeedSource.COMPETENCY_GAP:
            same = (model.assessment_id == cause.levels.assessment_id, model.standard_id == cause.levels.standard_id)
        case NeedSource.REQUEST:
            return False
    query = select(model.id).where(model.source == cause.source, model.withdrawn_at.is_(None), *same).limit(1)
    return tx.session.scalar(query) is not None


def insert_need(tx: Transaction, need: Need) -> None:
    insert_record(tx, models.Need, need)


def update_need(tx: Transaction, before: Need, after: Need) -> Need:
    """Save a move and return the need with its new version. Raise VersionConflict."""
    update_record(tx, models.Need, before, after)
    return replace(after, version=before.version + 1)


def update_levels(tx: Transaction, before: Need, after: Need) -> None:
    """Save the levels of a need; its version stays, for the need has not moved."""
    update_locked(tx, models.Need, before, after)


def insert_move(tx: Transaction, need_id: UUID, move: NeedMove) -> None:
    insert_record(tx, models.NeedMove, move, need_id=need_id)


def insert_cause(tx: Transaction, cause: NeedCause) -> None:
    insert_record(tx, models.NeedCause, cause)


def update_cause(tx: Transaction, before: NeedCause, after: NeedCause) -> None:
    update_locked(tx, models.NeedCause, before, after)


def causes_of(tx: Transaction, need_ids: Sequence[UUID]) -> dict[UUID, list[NeedCause]]:
    """Return the causes of each need, the oldest first."""
    found: dict[UUID, list[NeedCause]] = {need_id: [] for need_id in need_ids}
    query = select(*_CAUSE).where(models.NeedCause.need_id.in_(need_ids)).order_by(models.NeedCause.id)
    for cause in fetch_all(tx, query, NeedCause):
        found[cause.need_id].append(cause)
    return found


def moves_of(tx: Transaction, need_id: UUID) -> list[NeedMove]:
    query = select(*_MOVE).where(models.NeedMove.need_id == need_id).order_by(models.NeedMove.id)
    return fetch_all(tx, query, NeedMove)


def view_need(tx: Transaction, need: Need) -> NeedView:
    """Return a need with its gap and what raised it."""
    return NeedView.of(need, causes_of(tx, [need.id])[need.id])


def list_needs(tx: Transaction, scope: Scope, wanted: ListNeeds) -> Page[NeedView]:
    """Return needs, the newest first; `source` is any cause that stands, or that a cancelled need had."""
    model, cause = models.Need, models.NeedCause
    query = matching(within(select(*_NEED), model.employee_id, scope), model, wanted)
    if wanted.source:
        counts = or_(cause.withdrawn_at.is_(None), model.state == NeedState.CANCELLED)
        query = query.where(exists().where(cause.need_id == model.id, cause.source == wanted.source, counts))
    found = fetch_page(tx, query, Need, wanted.page, model.id, descending=True)
    causes = causes_of(tx, [need.id for need in found.items])
    return found.of(lambda need: NeedView.of(need, causes[need.id]))
