"""Calibration of a unit's proposals of a period."""

from typing import Any
from uuid import UUID

from appraisal.domain.calibration import (
    AdoptSuggestion,
    CalibrationHeadView,
    CalibrationView,
    ListCalibrations,
    OpenCalibration,
    Suggestion,
    SuggestRating,
)
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.http.access import APPRAISERS, EVERYBODY, PREFIX, SETTERS, Relation
from appraisal.http.calibrations_schemas import (
    AdoptionIn,
    CalibrationIn,
    CalibrationMinutesIn,
    CalibrationsQuery,
    SuggestionIn,
    SuggestionRefusalIn,
)
from appraisal.use_cases.calibrations.adopt import adopt_suggestion
from appraisal.use_cases.calibrations.close import CloseCalibration, close_calibration
from appraisal.use_cases.calibrations.open import open_calibration
from appraisal.use_cases.calibrations.read import list_calibrations, show_calibration
from appraisal.use_cases.calibrations.refuse import refuse_suggestion
from appraisal.use_cases.calibrations.suggest import suggest_rating
from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page

blp = ServiceBlueprint("calibrations", url_prefix=PREFIX, description="Calibration of proposals")


@blp.route("/units/<uuid:unit_id>/calibrations", methods=["POST"])
@allow(*SETTERS, relation="leader of the unit above, or HR")
@idempotent
@problems(409)
@blp.arguments(CalibrationIn)
@blp.response(201, CalibrationView)
def post_calibration(body: dict[str, Any], unit_id: UUID) -> CalibrationView:
    """Open a calibration of the proposals of a unit and those below it."""
    return with_etag(open_calibration(work(), principal(), OpenCalibration(unit_id, **body)))


@blp.route("/calibrations", methods=["GET"])
@allow(*EVERYBODY, relation="HR, inspector: all; unit_leader: own unit and those below; else those one takes part in")
@blp.arguments(CalibrationsQuery, location="query")
@blp.response(200, Page[CalibrationHeadView])
def get_calibrations(query: dict[str, Any]) -> Page[CalibrationHeadView]:
    """Calibrations that the caller may read."""
    return list_calibrations(work(), principal(), ListCalibrations(**query))


@blp.route("/calibrations/<uuid:calibration_id>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.CALIBRATION_READERS)
@blp.response(200, CalibrationView)
def get_calibration(calibration_id: UUID) -> CalibrationView:
    """A calibration with its suggestions, and the distribution before and after it."""
    return with_etag(show_calibration(work(), principal(), calibration_id))


@blp.route("/calibrations/<uuid:calibration_id>/suggestions", methods=["POST"])
@allow(*APPRAISERS, relation="the unit's appraisers, leader of the unit above; never about oneself")
@idempotent
@problems(409)
@blp.arguments(SuggestionIn)
@blp.response(201, CalibrationView)
def post_suggestion(body: dict[str, Any], calibration_id: UUID) -> CalibrationView:
    """Suggest another rating for a proposal; its appraiser takes it up or refuses it."""
    return with_etag(suggest_rating(work(), principal(), SuggestRating(calibration_id=calibration_id, **body)))


@blp.route("/calibrations/<uuid:calibration_id>/suggestions/<uuid:suggestion_id>/adopt", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(AdoptionIn)
@blp.response(200, EvaluationView)
def post_adoption(body: dict[str, Any], calibration_id: UUID, suggestion_id: UUID) -> EvaluationView:
    """Rate the proposal anew after a suggestion; the employee reads its reason in the explanation."""
    command = AdoptSuggestion(calibration_id=calibration_id, suggestion_id=suggestion_id, **body)
    return adopt_suggestion(work(), principal(), command)


@blp.route("/calibrations/<uuid:calibration_id>/suggestions/<uuid:suggestion_id>/refuse", methods=["POST"])
@allow(*APPRAISERS, relation=Relation.APPRAISER)
@idempotent
@problems(409, 412)
@blp.arguments(SuggestionRefusalIn)
@blp.response(200, Suggestion)
def post_refusal(body: dict[str, Any], calibration_id: UUID, suggestion_id: UUID) -> Suggestion:
    """Leave the proposal as it is, for a recorded reason."""
    return refuse_suggestion(work(), principal(), calibration_id, suggestion_id, **body)


@blp.route("/calibrations/<uuid:calibration_id>/close", methods=["POST"])
@allow("unit_leader", relation="leader of the unit above")
@idempotent
@problems(409, 412, 428)
@blp.arguments(CalibrationMinutesIn)
@blp.response(200, CalibrationView)
def post_closing(body: dict[str, Any], calibration_id: UUID) -> CalibrationView:
    """Close a calibration with its minutes."""
    command = CloseCalibration(calibration_id, body["minutes"], expected_version())
    return with_etag(close_calibration(work(), principal(), command))
