"""What readers ask of the register: lists, and counts by unit."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select, text

from appraisal.domain.obligation import (
    BY_DAYS,
    KeptObligation,
    ListObligations,
    ObligationKind,
    ObligationState,
    kind_of,
    over_by,
    subject_of,
)
from appraisal.domain.obligation_moves import IN_PLACE
from appraisal.domain.periods import Period
from appraisal.domain.queue import RatingWaitingView
from appraisal.domain.summary import CompletionCount
from appraisal.persistence.obligation_models import Obligation as Row
from appraisal.persistence.outages import hold_outages
from appraisal.persistence.stand_ins import stand_ins_today
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import among, columns_of, fetch_all, fetch_one, fetch_page, matching, update_record
from chassis.unit_of_work import Transaction
from directory.questions import replaced_by_on

_MOST = 200
_QUERY = select(*columns_of(Row, KeptObligation))
_OWED = (ObligationState.OPEN, ObligationState.DONE, ObligationState.LAPSED)
# Set-based: the open ratings that somebody owes now, each with the plan by which it is made: the open one, else the one
# closed last. Without an agreed plan nothing can be rated; that plan is an obligation of its own.
_TO_RATE = text(
    "SELECT p.id AS plan_id, o.employee_id, CAST(left(o.subject, 4) AS integer) AS year, "
    "CAST(substring(o.subject FROM '-Q(.)') AS integer) AS quarter, "
    "CAST(substring(o.subject FROM '-M(..)') AS integer) AS month, "
    "CAST(o.due_at AT TIME ZONE :zone AS date) AS closes_on FROM obligation o JOIN LATERAL (SELECT id FROM plan "
    "WHERE employee_id = o.employee_id AND year = CAST(left(o.subject, 4) AS integer) AND active_version IS NOT NULL "
    "ORDER BY state = 'CLOSED', id DESC LIMIT 1) p ON true WHERE o.state = 'OPEN' "
    "AND o.kind IN ('PERIODIC_EVALUATION', 'ANNUAL_EVALUATION') AND o.opens_at <= :now AND o.due_at > :over "
    "AND (o.owed_by = :official OR o.employee_id = ANY(:in_place)) ORDER BY o.subject, o.employee_id LIMIT :most"
)


@dataclass(frozen=True)
class NotDisclosed:
    """About whom nobody lists what is under review, and what of theirs is done that they must not learn of yet."""

    employee_id: UUID | None
    as_open: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Readable:
    """Whose obligations somebody may list: those they owe or stand in for, their own, and those of units they lead."""

    official: UUID
    in_place: frozenset[UUID]
    units: frozenset[UUID]


def load_obligation(tx: Transaction, obligation_id: UUID) -> KeptObligation:
    """Return an obligation. Raise NotFound."""
    return required(fetch_one(tx, _QUERY.where(Row.id == obligation_id), KeptObligation), "kewajiban", obligation_id)


def update_obligation(tx: Transaction, before: KeptObligation, after: KeptObligation) -> None:
    """Save a move. Raise VersionConflict when it has been written meanwhile."""
    hold_outages(tx)
    update_record(tx, Row, before, after, updated_at=tx.now)


def list_obligations(
    tx: Transaction,
    wanted: ListObligations,
    readable: Readable | None,
    units: Collection[UUID] | None,
    hidden: NotDisclosed,
) -> Page[KeptObligation]:
    """Return obligations by id; `units` are those asked for, with all below; `readable` None is the whole agency."""
    state = _disclosed_state(hidden)
    query = matching(_QUERY, Row, replace(wanted, state=None))
    if wanted.state is not None:
        query = query.where(state == wanted.state)
    if hidden.employee_id is not None:
        query = query.where(or_(Row.kind != ObligationKind.REVIEW, Row.employee_id != hidden.employee_id))
    if units is not None:
        query = query.where(among(Row.unit_id, units))
    if wanted.by_nobody:
        query = query.where(Row.owed_by.is_(None))
    if wanted.year is not None:
        query = query.where(func.left(Row.subject, 4) == str(wanted.year))
    if wanted.overdue is not None:
        overdue = and_(state == ObligationState.OPEN, func.coalesce(Row.due_at <= over_by(tx.now), False))
        query = query.where(overdue if wanted.overdue else not_(overdue))
    if readable is not None:
        query = query.where(_may_read(readable))
    found = fetch_page(tx, query, KeptObligation, wanted.page, Row.id)
    return found.of(lambda one: one.as_open() if one.id in hidden.as_open else one)


def _disclosed_state(hidden: NotDisclosed) -> ColumnElement[str]:
    """Return the state as the reader may know it."""
    if not hidden.as_open:
        return Row.state.expression
    return case((among(Row.id, hidden.as_open), ObligationState.OPEN.value), else_=Row.state)


def overdue_of(tx: Transaction, official: UUID, years: Iterable[int], day: date) -> list[KeptObligation]:
    """Return what somebody owes of these years whose deadline is over, or may do today in another's place, in order."""
    officials = replaced_by_on(tx, [official], day)
    others = and_(among(Row.owed_by, officials), Row.kind.in_(IN_PLACE), Row.owed_by != Row.employee_id)
    query = _QUERY.where(Row.state == ObligationState.OPEN, Row.due_at <= over_by(tx.now))
    of_years = or_(Row.kind.not_in(BY_DAYS), func.left(Row.subject, 4).in_([str(year) for year in years]))
    query = query.where(or_(Row.owed_by == official, others), of_years)
    found = fetch_all(tx, query.order_by(Row.due_at, Row.id).limit(_MOST), KeptObligation)
    stand_ins = stand_ins_today(tx, (one for one in found if one.owed_by != official), day)
    return [one for one in found if official in {one.owed_by, stand_ins.get(one.id)}]


def _may_read(readable: Readable) -> ColumnElement[bool]:
    own = or_(Row.employee_id == readable.official, Row.owed_by == readable.official)
    # the deadlines of a case are read by its parties; leaders, and who stands in, see what follows from people's days
    others = or_(among(Row.unit_id, readable.units), among(Row.employee_id, readable.in_place))
    return or_(own, and_(others, Row.kind.in_(BY_DAYS)))


def ratings_owed(
    tx: Transaction, official: UUID, in_place: Collection[UUID], zone: str, most: int
) -> list[RatingWaitingView]:
    """Return what somebody may rate now, as the appraiser or `in_place` of another, by period."""
    values = {
        "official": official,
        "in_place": list(in_place),
        "zone": zone,
        "now": tx.now,
        "over": over_by(tx.now),
        "most": most,
    }
    return fetch_all(tx, _TO_RATE, RatingWaitingView, values)


def completion(
    tx: Transaction, period: Period, units: Collection[UUID] | None, hidden: NotDisclosed
) -> list[CompletionCount]:
    """Count the evaluations of a period that are owed in each unit, in one pass; excused ones are owed no longer."""
    state = _disclosed_state(hidden)
    is_open = state == ObligationState.OPEN
    query = select(
        Row.unit_id,
        func.count().filter(Row.state.in_(_OWED)).label("owed"),
        func.count().filter(state == ObligationState.DONE).label("done"),
        func.count().filter(Row.state == ObligationState.EXCUSED).label("excused"),
        func.count().filter(is_open, Row.due_at <= over_by(tx.now)).label("overdue"),
    ).where(*_of_period(period), Row.unit_id.is_not(None))
    if units is not None:
        query = query.where(among(Row.unit_id, units))
    return fetch_all(tx, query.group_by(Row.unit_id), CompletionCount)


def excused_by_order(tx: Transaction, people: Collection[UUID], period: Period) -> set[UUID]:
    """Return those of these people whom HR has excused from a period."""
    query = select(Row.employee_id).where(
        *_of_period(period), among(Row.employee_id, people), Row.excused_by.is_not(None)
    )
    return set(tx.session.scalars(query.where(Row.state == ObligationState.EXCUSED)))


def _of_period(period: Period) -> tuple[ColumnElement[bool], ...]:
    kind: ObligationKind = kind_of(period)
    return Row.kind == kind, Row.subject == subject_of(period)
