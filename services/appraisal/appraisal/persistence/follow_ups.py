"""Follow-ups between rows and the domain, with their notes and actions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import (
    LONGEST_ROW,
    FollowUp,
    FollowUpAction,
    FollowUpNote,
    ListFollowUps,
    open_action_missing,
)
from appraisal.domain.obligation import ObligationKind, ObligationState, period_of
from appraisal.domain.periods import Period
from appraisal.domain.row_of_periods import RatedPeriod
from appraisal.domain.segments import Excuse
from appraisal.domain.values import EvaluationKind, EvaluationState, FollowUpKind, FollowUpState
from appraisal.persistence import models
from appraisal.persistence.people import appraiser_on, subordinates_by_superior
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    matching,
    table_of,
    update_record,
    values_of,
)
from chassis.unit_of_work import Transaction
from directory.questions import today

_QUERY = select(*columns_of(models.FollowUp, FollowUp))
_ON_LEAVE = (
    models.Obligation.kind == ObligationKind.PERIODIC_EVALUATION,
    models.Obligation.state == ObligationState.EXCUSED,
    models.Obligation.reason == Excuse.ON_LEAVE,
)
# The last month of a periodic evaluation, counted as `Period.ends` does.
_END = 12 * models.Evaluation.year + func.coalesce(models.Evaluation.month, 3 * models.Evaluation.quarter)
_NOTE = columns_of(models.FollowUpNote, FollowUpNote)
_ACTION = columns_of(models.FollowUpAction, FollowUpAction)
_INSERT = (
    insert(table_of(models.FollowUp))
    .on_conflict_do_nothing(index_elements=["evaluation_id", "kind"])
    .returning(models.FollowUp.id)
)


def load_follow_up(tx: Transaction, follow_up_id: UUID) -> FollowUp:
    """Return a follow-up with the appraiser of today. Raise NotFound."""
    stored = fetch_one(tx, _QUERY.where(models.FollowUp.id == follow_up_id), FollowUp)
    found = required(stored, "tindak lanjut", follow_up_id)
    return replace(found, present_appraiser_id=appraiser_on(tx, found.employee_id, today(tx)))


def lock_follow_ups(tx: Transaction, evaluation_id: UUID) -> list[FollowUp]:
    """Return and lock the follow-ups of an evaluation: who closes one at the same moment comes before or after."""
    row = models.FollowUp
    return fetch_all(tx, _QUERY.where(row.evaluation_id == evaluation_id).order_by(row.id).with_for_update(), FollowUp)


def lock_later_follow_ups(tx: Transaction, evaluation: Evaluation) -> list[FollowUp]:
    """Return and lock a person's follow-ups of the periods after an evaluation's, the next one first.

    No more than the longest row has: further ones cannot be in a row with it.
    """
    row, of = models.FollowUp, models.Evaluation
    query = _QUERY.join(of, of.id == row.evaluation_id).where(
        row.employee_id == evaluation.employee_id,
        of.kind == EvaluationKind.PERIODIC,
        evaluation.period.ends < _END,
    )
    kinds = len(FollowUpKind)
    return fetch_all(tx, query.order_by(_END, row.id).limit(kinds * LONGEST_ROW).with_for_update(of=row), FollowUp)


def lock_rows_with_leave(tx: Transaction, people: Collection[UUID], since: date) -> list[FollowUp]:
    """Return and lock the follow-ups of periods after a day that leave may join to earlier ones, or may have joined.

    That is, of these people, the repeated ones, and all of whoever has spent a period on leave.
    """
    row, of, owed = models.FollowUp, models.Evaluation, models.Obligation
    on_leave = exists().where(owed.employee_id == row.employee_id, *_ON_LEAVE)
    query = _QUERY.join(of, of.id == row.evaluation_id).where(
        among(row.employee_id, people),
        of.kind == EvaluationKind.PERIODIC,
        12 * since.year + since.month <= _END,
        or_(row.repeated, on_leave),
    )
    return fetch_all(tx, query.order_by(_END, row.id).with_for_update(of=row), FollowUp)


def lock_follow_ups_after(tx: Transaction, after: UUID, limit: int) -> list[FollowUp]:
    """Return and lock the agency's next follow-ups by id."""
    row = models.FollowUp
    return fetch_all(tx, _QUERY.where(row.id > after).order_by(row.id).limit(limit).with_for_update(), FollowUp)


def insert_follow_up(tx: Transaction, follow_up: FollowUp) -> bool:
    """Insert a new follow-up; return False when this evaluation has opened one of this kind before."""
    row = {**values_of(models.FollowUp, follow_up), "agency_id": tx.agency_id}
    return tx.session.execute(_INSERT, row).first() is not None


def periods_before(tx: Transaction, evaluation: Evaluation) -> tuple[list[RatedPeriod], list[Period]]:
    """Return the last periods before an evaluation's that have a final predicate, and those spent on leave."""
    row, owed, period = models.Evaluation, models.Obligation, evaluation.period
    rated = select(*columns_of(row, RatedPeriod)).where(
        row.employee_id == evaluation.employee_id,
        row.kind == EvaluationKind.PERIODIC,
        row.state == EvaluationState.FINAL,
        period.begins > _END,
    )
    on_leave = select(owed.subject).where(
        owed.employee_id == evaluation.employee_id,
        *_ON_LEAVE,
    )
    found = fetch_all(tx, rated.order_by(_END.desc()).limit(LONGEST_ROW - 1), RatedPeriod)
    return found, [period_of(subject) for subject in tx.session.scalars(on_leave)]


def update_follow_up(tx: Transaction, before: FollowUp, after: FollowUp) -> FollowUp:
    """Save a move and return it with its new version. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, models.FollowUp, before, after)
    return replace(after, version=before.version + 1)


def list_notes(tx: Transaction, follow_up_id: UUID) -> list[FollowUpNote]:
    note = models.FollowUpNote
    return fetch_all(tx, select(*_NOTE).where(note.follow_up_id == follow_up_id).order_by(note.id), FollowUpNote)


def list_actions(tx: Transaction, follow_up_id: UUID) -> list[FollowUpAction]:
    action = models.FollowUpAction
    query = select(*_ACTION).where(action.follow_up_id == follow_up_id).order_by(action.id)
    return fetch_all(tx, query, FollowUpAction)


def insert_note(tx: Transaction, follow_up_id: UUID, note: FollowUpNote) -> None:
    insert_record(tx, models.FollowUpNote, note, follow_up_id=follow_up_id)


def insert_action(tx: Transaction, follow_up_id: UUID, action: FollowUpAction) -> None:
    insert_record(tx, models.FollowUpAction, action, follow_up_id=follow_up_id)


def load_action(tx: Transaction, follow_up_id: UUID, action_id: UUID) -> FollowUpAction:
    """Return an action of a follow-up. Raise NotFound."""
    action = models.FollowUpAction
    query = select(*_ACTION).where(action.follow_up_id == follow_up_id, action.id == action_id)
    found = fetch_one(tx, query, FollowUpAction)
    if found is None:
        raise open_action_missing(action_id)
    return found


def save_action_done(tx: Transaction, action: FollowUpAction) -> None:
    """Save that an action is done. Raise NotFound when another request was first."""
    table = table_of(models.FollowUpAction)
    query = update(table).where(table.c.id == action.id, table.c.done_on.is_(None)).values(done_on=action.done_on)
    if tx.session.execute(query.returning(table.c.id)).first() is None:
        raise open_action_missing(action.id)


def open_follow_ups_of(tx: Transaction, employee_id: UUID) -> list[FollowUp]:
    """Return somebody's open follow-ups, without the appraiser of today."""
    row = models.FollowUp
    query = _QUERY.where(row.employee_id == employee_id, row.state == FollowUpState.OPEN)
    return fetch_all(tx, query.order_by(row.id), FollowUp)


def list_follow_ups(tx: Transaction, wanted: ListFollowUps, *, party: UUID | None) -> Page[FollowUp]:
    """Return follow-ups by id: all, or those that `party` is part of."""
    follow_up = models.FollowUp
    query = matching(_QUERY, follow_up, wanted)
    if party is not None:
        subordinates = subordinates_by_superior(tx, [party], today(tx)).get(party, set())
        coached = and_(follow_up.kind == FollowUpKind.COACHING, among(follow_up.employee_id, subordinates))
        query = query.where(or_(follow_up.employee_id == party, follow_up.assigned_to == party, coached))
    return fetch_page(tx, query, FollowUp, wanted.page, follow_up.id)


def reassign(tx: Transaction, employee_id: UUID, appraiser_id: UUID | None) -> None:
    """Move open coaching to the present appraiser, unless HR has named another coach; counselling stays."""
    if appraiser_id is None:
        return
    table = table_of(models.FollowUp)
    query = update(table).where(
        table.c.employee_id == employee_id,
        table.c.kind == FollowUpKind.COACHING,
        table.c.state == FollowUpState.OPEN,
        table.c.assigned_to == table.c.appraiser_id,
        table.c.appraiser_id != appraiser_id,
    )
    changes = {"appraiser_id": appraiser_id, "assigned_to": appraiser_id, "version": table.c.version + 1}
    tx.session.execute(query.values(changes))
