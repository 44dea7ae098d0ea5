"""Show what is to be weighed before somebody is rated for a period."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from appraisal.authorisation import (
    is_follow_up_party,
    present_officials,
    readable_evaluations,
    require_evidence_reader,
)
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_parties import EvaluationParties
from appraisal.domain.plan_views import ContentView
from appraisal.domain.rating_evidence import (
    YEARS_BEFORE,
    PersonHistory,
    RatingEvidenceView,
    ReadEvidence,
    version_rated,
)
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.evaluations import load_ratable, ratings_around
from appraisal.persistence.follow_ups import open_follow_ups_of
from appraisal.persistence.offices import load_offices
from appraisal.persistence.people import days_in_period
from appraisal.persistence.plan_versions import content_of
from appraisal.persistence.rating_evidence import evidence_of_period
from appraisal.persistence.rules import load_setting
from appraisal.persistence.segment_ratings import segment_ratings_of
from appraisal.use_cases.evaluations.rate_segment import with_items
from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import Transaction, UnitOfWork


def read_evidence(work: UnitOfWork, actor: Principal, command: ReadEvidence) -> RatingEvidenceView:
    """Show it at any time, whether the window is open or not. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        person, period = command.employee_id, command.period
        setting = load_setting(tx, period)
        found = ratings_around(tx, person, period, YEARS_BEFORE)
        existing = next((one.evaluation for one in found if one.evaluation.period == period), None)
        if existing is not None and existing.is_undisclosed and actor.is_about(person):
            existing = None
        require_evidence_reader(tx, actor, person, _appraiser(tx, setting, command, existing))
        version = version_rated(existing, load_ratable(tx, [person], period, setting.end_of(period)).get(person))
        content = content_of(tx, version)
        evidence = evidence_of_period(tx, person, period, setting.span_of(period))
        history = _history(tx, actor, setting, command, found)
        audit.record(tx, actor, "rating_evidence_read", "employee", person, period=str(period))
        return RatingEvidenceView.of(command, version, ContentView.with_guides(content, setting), evidence, history)


def _appraiser(
    tx: Transaction, setting: AgencySetting, command: ReadEvidence, existing: Evaluation | None
) -> UUID | None:
    """Return in whose name the period is or would be rated; None where nobody's is known."""
    person = command.employee_id
    days = required(days_in_period(tx, [person], command.period).known.get(person), "pegawai", person)
    of_days = days.official(setting.today).appraiser_id if days.segments else None
    bearer = of_days if existing is None else existing.appraiser_id
    return load_offices(tx, {person: [bearer, of_days]}, setting.today).named(person, bearer)


def _history(
    tx: Transaction, actor: Principal, setting: AgencySetting, command: ReadEvidence, found: Sequence[EvaluationParties]
) -> PersonHistory:
    """Return what the caller may read: a rating of days until a move comes to the person with the period's result."""
    person, present = command.employee_id, present_officials(tx, command.employee_id)
    readable = readable_evaluations(actor, found, present)
    segments = segment_ratings_of(tx, person, command.period)
    if actor.is_about(person) and all(one.period != command.period for one in readable):
        segments = []
    shown = with_items(tx, setting, segments)
    open_cases = (replace(one, present_appraiser_id=present.appraiser_id) for one in open_follow_ups_of(tx, person))
    cases = [one for one in open_cases if actor.has("hr_officer") or is_follow_up_party(actor, one)]
    return PersonHistory.of(command.period, readable, shown, cases)
