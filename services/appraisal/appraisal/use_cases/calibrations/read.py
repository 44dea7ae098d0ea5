"""Read calibrations: one with its suggestions, or a list."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, leads_parent_unit, official_on, units_led_from_above
from appraisal.domain.calibration import (
    Calibration,
    CalibrationHeadView,
    CalibrationMove,
    CalibrationView,
    ListCalibrations,
    Reader,
    Suggestion,
)
from appraisal.domain.periods import Period
from appraisal.persistence import calibrations
from appraisal.persistence.offices import named_today
from appraisal.persistence.own_results import units_awaited
from appraisal.persistence.people import load_unit
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import groups_of, paths_up
from appraisal.use_cases.distributions.count import count_for_reader
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, OwnAffair
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def show_calibration(work: UnitOfWork, actor: Principal, calibration_id: UUID) -> CalibrationView:
    with work.transaction(actor.agency_id) as tx:
        session = calibrations.load_calibration(tx, calibration_id)
        audit.record(tx, actor, "calibration_read", "calibration", calibration_id)
        return view_calibration(tx, actor, session)


def list_calibrations(work: UnitOfWork, actor: Principal, query: ListCalibrations) -> Page[CalibrationHeadView]:
    """HR and inspectors see all, leaders those of the units below theirs, and appraisers those they take part in.

    HR and inspectors see none in which their own result is awaited.
    """
    with work.transaction(actor.agency_id) as tx:
        units = units_led_from_above(tx, actor)
        kept_from = _kept_from(tx, actor, query.year or today(tx).year) if units is None else {}
        found = calibrations.list_calibrations(
            tx, query, units=units, participant=actor.employee_id, kept_from=kept_from
        )
        return found.of(lambda one: CalibrationHeadView.of(one, tx.now))


def view_calibration(tx: Transaction, actor: Principal, session: Calibration) -> CalibrationView:
    """Return a session as somebody may read it. Raise Forbidden."""
    suggestions = calibrations.suggestions_of(tx, session.id)
    reader = reader_of(tx, actor, session, suggestions)
    return CalibrationView.of(session, suggestions, reader, tx.now)


def reader_of(tx: Transaction, actor: Principal, session: Calibration, suggestions: Sequence[Suggestion]) -> Reader:
    """Participants and the leader above take part; HR and inspectors read, and who answers a suggestion today.

    The counts are not for participants; a leader sees what the distribution shows. Whoever awaits an own result in the
    session reads neither counts nor minutes, and HR and inspectors nothing of it. Raise Forbidden, or OwnAffair.
    """
    is_participant = actor.employee_id in session.participants
    is_leader = leads_parent_unit(tx, actor, load_unit(tx, session.unit_id, today(tx)))
    sees_all = actor.has(*WHOLE_AGENCY)
    answers = is_participant or _answers(tx, actor, suggestions)
    if not (answers or is_leader or sees_all):
        raise Forbidden
    moves = {CalibrationMove.SUGGEST} if is_participant or is_leader else set()
    moves |= {CalibrationMove.ADOPT, CalibrationMove.REFUSE} if answers else set()
    moves |= {CalibrationMove.CLOSE} if is_leader else set()
    awaits = awaits_own_result(tx, actor, session.unit_id, session.period)
    if awaits and not (answers or is_leader):
        raise OwnAffair
    sees_counts = not awaits and (sees_all or (is_leader and _is_shown(tx, actor, session)))
    sees_minutes = not awaits or actor.is_about(session.closed_by)
    return Reader(actor.employee_id, moves, sees_counts=sees_counts, sees_minutes=sees_minutes)


def awaits_own_result(tx: Transaction, actor: Principal, unit_id: UUID, period: Period) -> bool:
    """Return whether the caller is among those whose proposals a session of a unit is about, proposed or not."""
    units = _awaited(tx, actor, period.year).get(period, frozenset())
    return bool(units) and not units.isdisjoint(group_of(tx, unit_id, period))


def group_of(tx: Transaction, unit_id: UUID, period: Period) -> frozenset[UUID]:
    """Return the units whose proposals a session is about: those that the distribution compares."""
    level = load_setting(tx, period).rules.distribution(period.last_day).level
    return groups_of(tx, level, [unit_id], period.last_day)[unit_id]


def _kept_from(tx: Transaction, actor: Principal, year: int) -> dict[Period, frozenset[UUID]]:
    """Return the units of whose sessions HR and inspectors see nothing, by period: where they are rated, and above."""
    found = {}
    for period, units in _awaited(tx, actor, year).items():
        level = load_setting(tx, period).rules.distribution(period.last_day).level
        found[period] = units.union(*paths_up(tx, level, units, period.last_day).values())
    return found


def _awaited(tx: Transaction, actor: Principal, year: int) -> Mapping[Period, frozenset[UUID]]:
    """Return what the caller awaits; the year is opened for them first, as a first proposal would open it."""
    if actor.employee_id is not None:
        open_missing(tx, year, people=[actor.employee_id])
    return units_awaited(tx, actor.employee_id)


def _answers(tx: Transaction, actor: Principal, suggestions: Sequence[Suggestion]) -> bool:
    """Return whether somebody appraises one of those concerned today: after a move, or in another's place."""
    day, appraisers = today(tx), calibrations.appraisers_of(tx, [one.evaluation_id for one in suggestions])
    named = named_today(tx, appraisers, day)
    official = official_on(tx, actor, named.items(), day)
    return any(official.find(employee, one) is not None for employee, one in named.items())


def _is_shown(tx: Transaction, actor: Principal, session: Calibration) -> bool:
    """Return whether a leader sees the unit's distribution; the session shows them no more than that."""
    rules = load_setting(tx, session.period).rules
    return count_for_reader(tx, actor, session.unit_id, session.period, rules).shown
