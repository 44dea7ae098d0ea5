"""Calibration between rows and the domain."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import and_, or_, select, text

from appraisal.domain.calibration import Calibration, ListCalibrations, Suggestion
from appraisal.domain.periods import Period
from appraisal.domain.values import EvaluationState
from appraisal.persistence import models
from appraisal.persistence.calibration_models import Calibration as Row
from appraisal.persistence.calibration_models import CalibrationSuggestion
from appraisal.persistence.of_period import of_period
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
    update_record,
)
from chassis.unit_of_work import Transaction

_QUERY = select(*columns_of(Row, Calibration))
# Locks: of two that open one at once, the second sees what the first has opened.
_ONE_OPENING_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('calibration/' || :unit, 0))")
_SUGGESTIONS = select(*columns_of(CalibrationSuggestion, Suggestion))


def load_calibration(tx: Transaction, calibration_id: UUID) -> Calibration:
    """Return a session. Raise NotFound."""
    return required(fetch_one(tx, _QUERY.where(Row.id == calibration_id), Calibration), "kalibrasi", calibration_id)


def find_open_calibration(tx: Transaction, unit_id: UUID, period: Period) -> Calibration | None:
    """Return the session of a unit and a period that is open; whoever else opens one of the unit waits."""
    tx.session.execute(_ONE_OPENING_AT_A_TIME, {"unit": str(unit_id)})
    query = _QUERY.where(Row.unit_id == unit_id, of_period(Row, period), Row.closed_at.is_(None), Row.due_at >= tx.now)
    return fetch_one(tx, query.limit(1), Calibration)


def insert_calibration(tx: Transaction, session: Calibration) -> None:
    insert_record(tx, Row, session)


def update_calibration(tx: Transaction, before: Calibration, after: Calibration) -> Calibration:
    """Save a move and return the session as it is now. Raise VersionConflict."""
    update_record(tx, Row, before, after)
    return replace(after, version=before.version + 1)


def list_calibrations(
    tx: Transaction,
    wanted: ListCalibrations,
    *,
    units: Collection[UUID] | None,
    participant: UUID | None,
    kept_from: Mapping[Period, Collection[UUID]],
) -> Page[Calibration]:
    """Return sessions by id; `units` and `participant` limit them: of units, or with somebody taking part.

    Those of units and periods that are `kept_from` the reader are left out, unless they take part.
    """
    query = matching(_QUERY, Row, wanted)
    if wanted.unit is not None:
        query = query.where(Row.unit_id == wanted.unit)
    if units is not None:
        query = query.where(or_(among(Row.unit_id, units), Row.participants.any_() == participant))
    if kept_from:
        kept = or_(*(and_(of_period(Row, one), among(Row.unit_id, found)) for one, found in kept_from.items()))
        query = query.where(or_(~kept, Row.participants.any_() == participant))
    return fetch_page(tx, query, Calibration, wanted.page, Row.id)


def appraisers_of_proposals(tx: Transaction, units: Collection[UUID], period: Period) -> dict[UUID, UUID]:
    """Return the appraisers whose names the proposals of a period in these units bear, by the employees rated."""
    row = models.Evaluation
    is_proposal = row.state == EvaluationState.PROPOSED
    query = select(row.employee_id, row.appraiser_id)
    query = query.where(among(row.unit_id, units), of_period(row, period), is_proposal)
    return {found.employee_id: found.appraiser_id for found in tx.session.execute(query)}


def appraisers_of(tx: Transaction, evaluation_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the appraisers whose names these evaluations bear, by the employees rated."""
    rated = models.Evaluation
    query = select(rated.employee_id, rated.appraiser_id).where(among(rated.id, evaluation_ids))
    return {row.employee_id: row.appraiser_id for row in tx.session.execute(query)}


def load_suggestion(tx: Transaction, calibration_id: UUID, suggestion_id: UUID) -> Suggestion:
    """Return a suggestion of a session. Raise NotFound."""
    row = CalibrationSuggestion
    query = _SUGGESTIONS.where(row.id == suggestion_id, row.calibration_id == calibration_id)
    return required(fetch_one(tx, query, Suggestion), "saran kalibrasi", suggestion_id)


def suggestions_of(tx: Transaction, calibration_id: UUID) -> list[Suggestion]:
    row = CalibrationSuggestion
    return fetch_all(tx, _SUGGESTIONS.where(row.calibration_id == calibration_id).order_by(row.id), Suggestion)


def insert_suggestion(tx: Transaction, suggestion: Suggestion) -> None:
    insert_record(tx, CalibrationSuggestion, suggestion)


def update_suggestion(tx: Transaction, before: Suggestion, after: Suggestion) -> Suggestion:
    """Save an answer and return the suggestion as it is now. Raise VersionConflict."""
    update_record(tx, CalibrationSuggestion, before, after)
    return replace(after, version=before.version + 1)
