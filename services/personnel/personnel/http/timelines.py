"""What holds of a person on which days, and what a recording would change of it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, not_idempotent, principal, problems, work
from personnel.domain.record_views import PreviewView, TimelineView
from personnel.domain.recording import (
    ChangeView,
    RecordAssignment,
    RecordEmploymentType,
    RecordGrade,
    RecordStatus,
    RecordSuperior,
)
from personnel.http.access import HR, PREFIX, SUPERIORS_TOO, Relation
from personnel.http.records_schemas import PreviewIn, TimelineQuery
from personnel.use_cases.records.record_assignment import record_assignment
from personnel.use_cases.records.record_employment_type import record_employment_type
from personnel.use_cases.records.record_grade import record_grade
from personnel.use_cases.records.record_status import record_status
from personnel.use_cases.records.record_superior import record_superior
from personnel.use_cases.timelines import preview, show

blp = ServiceBlueprint("timelines", url_prefix=PREFIX, description="What holds of people on which days")


@blp.route("/employees/<uuid:employee_id>/timeline", methods=["GET"])
@allow(*SUPERIORS_TOO, relation=Relation.RECORD)
@blp.arguments(TimelineQuery, location="query")
@blp.response(200, TimelineView)
def show_timeline(query: dict[str, Any], employee_id: UUID) -> TimelineView:
    """What holds on which days, as it is known now or as it was known at a moment, with all records."""
    return show.show_timeline(work(), principal(), employee_id, **query)


@blp.route("/employees/<uuid:employee_id>/timeline/preview", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@not_idempotent(reason="nothing is changed")
@problems(409)
@blp.arguments(PreviewIn)
@blp.response(200, PreviewView)
def preview_timeline(body: dict[str, Any], employee_id: UUID) -> PreviewView:
    """What one recording would change: it is checked and carried out as by its own route, and undone."""
    ((what, given),) = body.items()
    return preview.preview_timeline(work(), principal(), employee_id, _recording(what, given, employee_id))


def _recording(what: str, given: dict[str, Any], employee_id: UUID) -> Callable[[], ChangeView]:
    more = {"employee_id": employee_id, "expected_version": None, **given}
    match what:
        case "assignment":
            return partial(record_assignment, work(), principal(), RecordAssignment(**more))
        case "superior":
            return partial(record_superior, work(), principal(), RecordSuperior(**more))
        case "status":
            return partial(record_status, work(), principal(), RecordStatus(**more))
        case "employment_type":
            return partial(record_employment_type, work(), principal(), RecordEmploymentType(**more))
        case _:
            return partial(record_grade, work(), principal(), RecordGrade(**more))
