"""Deadlines as rows that outages and grants move, with the history of each; many are moved in one statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.deadline_moves import DeadlineMoveView, moves_of
from appraisal.domain.deadlines import end_of_day
from appraisal.domain.extensions import (
    Deadline,
    DeadlineExtension,
    ExtensionCause,
    ExtensionOutcome,
    ListMovedDeadlines,
    Move,
    MovedDeadline,
    OutcomeCount,
    PersonMoved,
)
from appraisal.domain.obligation import (
    BY_DAYS,
    EVALUATIONS,
    ObligationKind,
    ObligationState,
    kind_of,
    over_by,
    subject_of,
)
from appraisal.domain.outages import Grant, Outage
from appraisal.domain.periods import Period
from appraisal.domain.setting import AgencySetting
from appraisal.persistence import models
from chassis import timers
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import AnySelect, among, columns_of, fetch_all, fetch_page, table_of, values_of
from chassis.unit_of_work import Transaction
from directory.questions import time_zone

_ROW, _ENTRY, _CASE = models.Obligation, models.DeadlineExtension, models.Evaluation
_OPENED = func.coalesce(_ROW.opens_at, _ROW.opened_at)
_RUNNING = (ObligationState.OPEN, ObligationState.LAPSED)
# Set-based, as rows of JSON: any number of deadlines is moved in one statement, and with each what its case shows of
# it. Both deadlines of an objection are in one row. What was late and is late no longer may be escalated again.
_MOVE = text(
    "WITH after AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS a (id uuid, due_at timestamptz)), "
    "moved AS (UPDATE obligation o SET due_at = after.due_at, state = 'OPEN', "
    "reason = CASE WHEN o.state = 'OPEN' THEN o.reason ELSE '' END, done_at = NULL, version = o.version + 1, "
    "updated_at = :now FROM after WHERE o.id = after.id RETURNING o.kind, o.matter_id, o.due_at), "
    "windows AS (UPDATE evaluation e SET objection_until = m.due_at, version = e.version + 1 FROM moved m "
    "WHERE m.kind = 'ANSWER' AND e.id = m.matter_id AND e.state = 'ISSUED'), "
    "under_review AS (UPDATE evaluation e SET review_until = m.due_at, version = e.version + 1 FROM moved m "
    "WHERE m.kind = 'REVIEW' AND e.id = m.matter_id AND e.state = 'IN_REVIEW'), "
    "reviews AS (UPDATE evaluation_review r SET version = r.version + 1, "
    "escalated_at = CASE WHEN m.due_at > :now THEN NULL ELSE r.escalated_at END, "
    "for_hr_at = CASE WHEN m.due_at > :now THEN NULL ELSE r.for_hr_at END "
    "FROM moved m WHERE m.kind = 'REVIEW' AND r.evaluation_id = m.matter_id AND r.outcome IS NULL), "
    "cases AS (SELECT matter_id, max(due_at) FILTER (WHERE kind = 'DECISION') AS decide_by, "
    "max(due_at) FILTER (WHERE kind = 'STATEMENT') AS statement_by FROM moved "
    "WHERE kind IN ('STATEMENT', 'DECISION') GROUP BY matter_id), "
    "objections AS (UPDATE objection b SET version = b.version + 1, "
    "decide_by = coalesce(c.decide_by, b.decide_by), "
    "escalated_at = CASE WHEN c.decide_by > :now THEN NULL ELSE b.escalated_at END, "
    "statement_by = coalesce(c.statement_by, b.statement_by), "
    "statement_escalated_at = CASE WHEN c.statement_by > :now THEN NULL ELSE b.statement_escalated_at END "
    "FROM cases c WHERE b.id = c.matter_id AND b.outcome IS NULL) SELECT count(*) FROM moved"
)
_ENTER = insert(table_of(_ENTRY)).on_conflict_do_nothing()
# Set-based: of everybody who must act the deadline that ends first, with the number of theirs that were moved.
_PEOPLE = text(
    "SELECT DISTINCT ON (o.owed_by) o.owed_by AS employee_id, o.id AS obligation_id, o.kind, x.due_after AS due_at, "
    "count(*) OVER (PARTITION BY o.owed_by) AS deadlines FROM deadline_extension x "
    "JOIN obligation o ON o.id = x.obligation_id WHERE x.outage_id = :outage AND x.cause = :cause "
    "AND x.outcome <> 'FOR_HR' AND o.owed_by > :after ORDER BY o.owed_by, x.due_after, o.id LIMIT :limit"
)
# The alarm clocks of cases, and how long after its deadline each rings. One that rings too early is set again.
_TIMERS = {
    ObligationKind.RECEIPT: ("deemed_receipt", timedelta()),
    ObligationKind.ANSWER: ("objection_window", timedelta(seconds=1)),
    ObligationKind.STATEMENT: ("statement_deadline", timedelta(seconds=1)),
    ObligationKind.DECISION: ("decision_deadline", timedelta(seconds=1)),
    ObligationKind.DIALOGUE: ("dialogue_deadline", timedelta(seconds=1)),
    ObligationKind.REVIEW: ("review_deadline", timedelta(seconds=1)),
}


def deadlines_in(tx: Transaction, outage: Outage, after: UUID, limit: int) -> list[Deadline]:
    """Return and lock the next deadlines, by id, that an outage may have touched, whether they run or have ended."""
    query = _query().where(*_touched(outage), _ROW.id > after)
    return _deadlines(tx, query.order_by(_ROW.id).limit(limit).with_for_update(of=_ROW))


def deadlines_of(tx: Transaction, people: Collection[UUID], outage: Outage) -> list[Deadline]:
    """Return and lock, by id, what follows from the days of these people and an outage may have touched."""
    query = _query().where(*_touched(outage), among(_ROW.employee_id, people), _ROW.kind.in_(BY_DAYS))
    return _deadlines(tx, query.order_by(_ROW.id).with_for_update(of=_ROW))


def count_in(tx: Transaction, outage: Outage, most: int) -> int:
    """Return how many deadlines an outage may have touched; it stops to count above `most`."""
    touched = select(_ROW.id).where(*_touched(outage))
    return tx.session.scalar(select(func.count()).select_from(touched.limit(most + 1).subquery())) or 0


def lock_deadline(tx: Transaction, kind: ObligationKind, subject: object) -> Deadline | None:
    """Return and lock the deadline of a case; None, locked too, for one that has no day, as where nothing is deemed.

    Whoever changes the case must lock it first.
    """
    which = (_ROW.kind == kind) & (_ROW.subject == str(subject))
    tx.session.execute(select(_ROW.id).where(which).with_for_update())
    return _one(tx, which)


def lock_evaluation_owed(tx: Transaction, employee_id: UUID, period: Period) -> Deadline | None:
    """Return and lock the deadline of somebody's evaluation of a period."""
    which = (_ROW.employee_id == employee_id, _ROW.kind == kind_of(period), _ROW.subject == subject_of(period))
    return _one(tx, and_(*which))


def lock_obligation(tx: Transaction, obligation_id: UUID) -> Deadline | None:
    """Return and lock the deadline of an obligation; None where it has none. Raise NotFound."""
    required(tx.session.scalar(select(_ROW.id).where(_ROW.id == obligation_id)), "kewajiban", obligation_id)
    return _one(tx, _ROW.id == obligation_id)


def load_deadline(tx: Transaction, obligation_id: UUID) -> Deadline | None:
    """Return the deadline of an obligation; None where it has none. Raise NotFound."""
    required(tx.session.scalar(select(_ROW.id).where(_ROW.id == obligation_id)), "kewajiban", obligation_id)
    found = _deadlines(tx, _query().where(_ROW.id == obligation_id, _ROW.due_at.is_not(None)))
    return found[0] if found else None


def require_window(tx: Transaction, setting: AgencySetting, period: Period, people: Collection[UUID]) -> None:
    """Raise RatingWindowClosed unless a period may be rated today, or each of these people has a later deadline."""
    if setting.window(period).contains(setting.today):
        return
    running = select(_ROW.employee_id).where(
        among(_ROW.employee_id, people),
        _ROW.kind == kind_of(period),
        _ROW.subject == subject_of(period),
        _ROW.state == ObligationState.OPEN,
        tx.now >= _OPENED,
        _ROW.due_at > over_by(tx.now),
    )
    if set(people) - set(tx.session.scalars(running)):
        setting.require_open(period)


def moved_by(tx: Transaction, outage: Outage, after: UUID, limit: int) -> list[Deadline]:
    """Return and lock the next deadlines, by id, that an outage has moved."""
    query = (
        _query()
        .join(_ENTRY, _ENTRY.obligation_id == _ROW.id)
        .where(
            _ENTRY.outage_id == outage.id,
            _ENTRY.cause == ExtensionCause.OUTAGE,
            _ENTRY.outcome != ExtensionOutcome.FOR_HR,
            _ROW.id > after,
        )
    )
    return _deadlines(tx, query.order_by(_ROW.id).limit(limit).with_for_update(of=_ROW))


def close_outs(tx: Transaction, people: Collection[UUID]) -> dict[tuple[UUID, str], datetime]:
    """Return until when the register lets days until a move be rated, by person and subject."""
    query = select(_ROW.employee_id, _ROW.subject, _ROW.due_at).where(
        among(_ROW.employee_id, people),
        _ROW.kind == ObligationKind.SEGMENT_RATING,
        _ROW.state == ObligationState.OPEN,
        _ROW.due_at.is_not(None),
    )
    return {(row.employee_id, row.subject): row.due_at for row in tx.session.execute(query)}


def was_reopened(tx: Transaction, outage: Outage) -> bool:
    """Return whether an outage has let something run again that had ended."""
    entry = exists().where(_ENTRY.outage_id == outage.id, _ENTRY.outcome == ExtensionOutcome.REOPENED)
    return bool(tx.session.scalar(select(entry)))


def save_moves(tx: Transaction, moves: Sequence[Move]) -> None:
    """Write where these deadlines end now, and their new entries. One that is for HR to look at stays as it is."""
    if not moves:
        return
    rows = [
        {"id": one.deadline.id, "due_at": one.entry.due_after}
        for one in moves
        if one.entry.outcome is not ExtensionOutcome.FOR_HR
    ]
    tx.session.execute(_MOVE, {"rows": msgspec.json.encode(rows).decode(), "now": tx.now})
    entries = [{**values_of(_ENTRY, one.entry), "agency_id": tx.agency_id} for one in moves]
    tx.session.execute(_ENTER, entries)
    for one in moves:
        if one.needs_timer(tx.now) and one.deadline.kind in _TIMERS:
            name, later = _TIMERS[one.deadline.kind]
            timers.schedule(tx, name, one.deadline.subject, one.entry.due_after + later)


def entries_of(tx: Transaction, obligation_id: UUID) -> list[DeadlineExtension]:
    """Return what moved a deadline, oldest first."""
    query = select(*columns_of(_ENTRY, DeadlineExtension)).where(_ENTRY.obligation_id == obligation_id)
    return fetch_all(tx, query.order_by(_ENTRY.id), DeadlineExtension)


def moves_of_case(tx: Transaction, employee_id: UUID, matters: Collection[UUID]) -> list[DeadlineMoveView]:
    """Return what moved the window to object and the deadline of the decision of these matters, where it holds."""
    kinds = _ROW.kind.in_((ObligationKind.ANSWER, ObligationKind.DECISION))
    query = _query().where(_ROW.employee_id == employee_id, kinds, _ROW.matter_id.in_(matters))
    moved = query.where(_ROW.due_at != _ROW.original_due_at).order_by(_ROW.kind)
    found = fetch_all(tx, moved, Deadline)
    return [move for one in found for move in moves_of(one, entries_of(tx, one.id))]


def list_moved(
    tx: Transaction, wanted: ListMovedDeadlines, *, without_reviews_about: UUID | None
) -> Page[MovedDeadline]:
    """Return the deadlines that an outage moved, by entry."""
    own = {"id", "obligation_id", "outcome", "cause", "days", "due_before", "due_after"}
    columns = [getattr(_ENTRY, name) for name in sorted(own)]
    row = [_ROW.kind, _ROW.employee_id, _ROW.owed_by, _ROW.matter_id]
    query = select(*columns, *row).join(_ROW, _ROW.id == _ENTRY.obligation_id)
    is_own_review = and_(_ROW.kind == ObligationKind.REVIEW, _ROW.employee_id == without_reviews_about)
    query = query.where(_ENTRY.outage_id == wanted.outage_id)
    if without_reviews_about is not None:
        query = query.where(~is_own_review)
    if wanted.outcome is not None:
        query = query.where(_ENTRY.outcome == wanted.outcome)
    return fetch_page(tx, query, MovedDeadline, wanted.page, _ENTRY.id)


def outcome_counts(
    tx: Transaction, outage_ids: Iterable[UUID], *, without_reviews_about: UUID | None
) -> list[OutcomeCount]:
    """Return how many deadlines each of these outages extended, reopened, and left to HR: as many as are listed."""
    query = select(_ENTRY.outage_id, _ENTRY.outcome, func.count().label("number")).where(
        among(_ENTRY.outage_id, outage_ids), _ENTRY.cause == ExtensionCause.OUTAGE
    )
    if without_reviews_about is not None:
        is_own_review = and_(_ROW.kind == ObligationKind.REVIEW, _ROW.employee_id == without_reviews_about)
        query = query.join(_ROW, _ROW.id == _ENTRY.obligation_id).where(~is_own_review)
    return fetch_all(tx, query.group_by(_ENTRY.outage_id, _ENTRY.outcome), OutcomeCount)


def people_moved(tx: Transaction, outage_id: UUID, cause: ExtensionCause, after: UUID, limit: int) -> list[PersonMoved]:
    """Return the next people, by id, whose deadlines an outage or its withdrawal has moved."""
    values = {"outage": outage_id, "cause": cause, "after": after, "limit": limit}
    return fetch_all(tx, _PEOPLE, PersonMoved, values)


def _touched(outage: Outage) -> tuple[ColumnElement[bool], ...]:
    return _ROW.state.in_(_RUNNING), _ROW.due_at > outage.starts_at, outage.ends_at > _OPENED


def _query() -> AnySelect:
    columns = columns_of(_ROW, Deadline)
    query = select(*(one for one in columns if one.name != "opened_at"), _OPENED.label("opened_at"))
    return query.add_columns(_CASE.state.label("case_state")).outerjoin(_CASE, _CASE.id == _ROW.matter_id)


def _one(tx: Transaction, which: ColumnElement[bool]) -> Deadline | None:
    found = _deadlines(tx, _query().where(which, _ROW.due_at.is_not(None)).with_for_update(of=_ROW))
    return found[0] if found else None


def _deadlines(tx: Transaction, query: AnySelect) -> list[Deadline]:
    found = fetch_all(tx, query.where(_ROW.original_due_at.is_not(None)), Deadline)
    grants = grants_of(tx, [one.id for one in found])
    windows = _window_grants(tx) if any(one.kind in EVALUATIONS for one in found) else {}
    return [
        replace(
            one, grants=(*grants.get(one.id, ()), *(windows.get(one.subject, ()) if one.kind in EVALUATIONS else ()))
        )
        for one in found
    ]


def grants_of(tx: Transaction, obligation_ids: Collection[UUID]) -> Mapping[UUID, list[Grant]]:
    """Return what each of these obligations was granted."""
    found: defaultdict[UUID, list[Grant]] = defaultdict(list)
    if obligation_ids:
        query = select(_ENTRY.obligation_id, _ENTRY.due_after, _ENTRY.set_at).where(
            among(_ENTRY.obligation_id, obligation_ids), _ENTRY.cause == ExtensionCause.GRANT
        )
        for row in tx.session.execute(query):
            found[row.obligation_id].append(Grant(row.due_after, row.set_at))
    return found


def _window_grants(tx: Transaction) -> Mapping[str, list[Grant]]:
    """Return the extensions of rating windows that HR or the operator set by hand, by period."""
    zone, window = time_zone(tx), models.WindowExtension
    columns = window.year, window.quarter, window.month, window.closes_on, window.set_at
    query = select(*columns).where(window.outage_id.is_(None), window.replaced_at.is_(None))
    found: defaultdict[str, list[Grant]] = defaultdict(list)
    for row in tx.session.execute(query):
        grant = Grant(end_of_day(row.closes_on, zone), row.set_at)
        found[subject_of(Period.of(row.year, row.quarter, row.month))].append(grant)
    return found
