"""Dated reference data: environment limits, anonymity minimums, deadlines, working hours, holidays."""

from typing import Any

from chassis.auth import allow
from chassis.errors import FieldError, InvalidInput
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from wellbeing.domain.reference import EnterHolidays, EnterReference, HolidaysView, ReferenceKind, ReferenceView
from wellbeing.http.access import OFFICER, PREFIX, READERS
from wellbeing.http.references_schemas import HolidaysIn, ReferenceIn, ReferenceQuery, YearQuery
from wellbeing.use_cases.holidays.enter import enter_holidays
from wellbeing.use_cases.holidays.list import list_holidays
from wellbeing.use_cases.references.enter import enter_reference
from wellbeing.use_cases.references.show import show_reference

blp = ServiceBlueprint("reference", url_prefix=PREFIX, description="Dated reference data with its sources")


@blp.route("/reference/<string:kind>", methods=["GET"])
@allow(*READERS)
@blp.arguments(ReferenceQuery, location="query")
@blp.response(200, ReferenceView)
def get_reference(query: dict[str, Any], kind: str) -> ReferenceView:
    """Read what is in force on a day: ENVIRONMENT, ANONYMITY, TRIAGE, WORKING_HOURS or RELEASE."""
    return show_reference(work(), principal(), _kind(kind), query["on"])


@blp.route("/reference/<string:kind>", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(ReferenceIn)
@blp.response(201, ReferenceView)
def post_reference(body: dict[str, Any], kind: str) -> ReferenceView:
    """Enter an agency's own value from a date on. It may protect people more than the default, never less."""
    return enter_reference(work(), principal(), EnterReference(_kind(kind), **body))


@blp.route("/holidays", methods=["PUT"])
@allow(*OFFICER, "hr_officer")
@blp.arguments(HolidaysIn)
@blp.response(200, HolidaysView)
def put_holidays(body: dict[str, Any]) -> HolidaysView:
    """Enter or correct holidays, and remove wrong ones; returns all of the years concerned."""
    return enter_holidays(work(), principal(), EnterHolidays(**body))


@blp.route("/holidays", methods=["GET"])
@allow(*READERS, "hr_officer")
@blp.arguments(YearQuery, location="query")
@blp.response(200, HolidaysView)
def get_holidays(query: dict[str, Any]) -> HolidaysView:
    """List the holidays of a year."""
    return list_holidays(work(), principal(), **query)


def _kind(text: str) -> ReferenceKind:
    try:
        return ReferenceKind(text)
    except ValueError as error:
        expected = ", ".join(ReferenceKind)
        raise InvalidInput(errors=[FieldError("kind", "unknown_reference", text[:50], expected)]) from error
