"""Read calibrations: one with its suggestions, or a list."""

from collections.abc import Sequence
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
from appraisal.persistence import calibrations
from appraisal.persistence.offices import named_today
from appraisal.persistence.people import load_unit
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.distributions.count import count_for_reader
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def show_calibration(work: UnitOfWork, actor: Principal, calibration_id: UUID) -> CalibrationView:
    with work.transaction(actor.agency_id) as tx:
        session = calibrations.load_calibration(tx, calibration_id)
        audit.record(tx, actor, "calibration_read", "calibration", calibration_id)
        return view_calibration(tx, actor, session)


def list_calibrations(work: UnitOfWork, actor: Principal, query: ListCalibrations) -> Page[CalibrationHeadView]:
    """HR and inspectors see all, leaders those of the units below theirs, and appraisers those they take part in."""
    with work.transaction(actor.agency_id) as tx:
        units = units_led_from_above(tx, actor)
        found = calibrations.list_calibrations(tx, query, units=units, participant=actor.employee_id)
        return found.of(lambda one: CalibrationHeadView.of(one, tx.now))


def view_calibration(tx: Transaction, actor: Principal, session: Calibration) -> CalibrationView:
    """Return a session as somebody may read it. Raise Forbidden."""
    suggestions = calibrations.suggestions_of(tx, session.id)
    reader = reader_of(tx, actor, session, suggestions)
    return CalibrationView.of(session, suggestions, reader, tx.now)


def reader_of(tx: Transaction, actor: Principal, session: Calibration, suggestions: Sequence[Suggestion]) -> Reader:
    """Participants and the leader above take part; HR and inspectors read, and who answers a suggestion today.

    The counts are not for participants, nor for whoever has an own proposal; a leader sees what the distribution shows.
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
    is_own = actor.employee_id is not None and calibrations.has_proposal(tx, actor.employee_id, session.period)
    sees_counts = not is_own and (sees_all or (is_leader and _is_shown(tx, actor, session)))
    return Reader(actor.employee_id, moves, sees_counts=sees_counts)


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
