"""The events of calibrations. None says anything of a rating."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.calibration import Calibration, Suggestion
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of


@dataclass(frozen=True, kw_only=True)
class CalibrationCalled(IntegrationEvent, subject="calibration_id"):
    """An appraiser takes part in a calibration of a unit's proposals; one event for each of them."""

    calibration_id: UUID
    appraiser_id: UUID
    unit_id: UUID
    due_at: datetime

    @classmethod
    def of(cls, session: Calibration, appraiser_id: UUID) -> "CalibrationCalled":
        return view_of(cls, session, calibration_id=session.id, appraiser_id=appraiser_id)


@dataclass(frozen=True, kw_only=True)
class RatingSuggested(IntegrationEvent, subject="calibration_id"):
    """In a calibration another rating was suggested; the appraiser takes it up or refuses it."""

    calibration_id: UUID
    suggestion_id: UUID
    appraiser_id: UUID
    unit_id: UUID
    due_at: datetime

    @classmethod
    def of(cls, suggestion: Suggestion, session: Calibration, appraiser_id: UUID) -> "RatingSuggested":
        named = {"calibration_id": session.id, "suggestion_id": suggestion.id, "appraiser_id": appraiser_id}
        return view_of(cls, session, **named)
