"""Dated reference data: environment limits, anonymity minimums, deadlines, working hours, holidays."""

from typing import Any

from chassis.auth import allow
from chassis.errors import FieldError, InvalidInput
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from wellbeing.domain.reference import Reference, ReferenceKind
from wellbeing.use_cases.list_holidays import HolidayView, list_holidays
from wellbeing.use_cases.read_reference import read_reference
from wellbeing.use_cases.set_holidays import set_holidays
from wellbeing.use_cases.set_reference import ReferenceDraft, set_reference

from .access import OFFICER, PREFIX, READERS
from .programme_schemas import YearArgs
from .reference_schemas import HolidaysIn, HolidaysOut, ReferenceArgs, ReferenceIn, ReferenceOut

blp = ServiceBlueprint("reference", url_prefix=PREFIX, description="Dated reference data with its sources")


@blp.route("/reference/<string:kind>", methods=["GET"])
@allow(*READERS)
@blp.arguments(ReferenceArgs, location="query")
@blp.response(200, ReferenceOut)
def get_reference(query: dict[str, Any], kind: str) -> Reference:
    """Read what is in force on a day: ENVIRONMENT, ANONYMITY, TRIAGE or WORKING_HOURS."""
    return read_reference(work(), principal(), _kind(kind), query["on"])


@blp.route("/reference/<string:kind>", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(ReferenceIn)
@blp.response(201, ReferenceOut)
def post_reference(body: dict[str, Any], kind: str) -> Reference:
    """Enter an agency's own value from a date on. It may protect people more than the default, never less."""
    return set_reference(work(), principal(), _kind(kind), ReferenceDraft(**body))


@blp.route("/holidays", methods=["PUT"])
@allow(*OFFICER, "hr_officer")
@blp.arguments(HolidaysIn)
@blp.response(200, HolidaysOut)
def put_holidays(body: dict[str, Any]) -> dict[str, Any]:
    """Enter or correct holidays, and take back wrong ones; gives all of the years concerned."""
    days = [HolidayView(**item) for item in body["items"]]
    return {"items": set_holidays(work(), principal(), days, body["removed"])}


@blp.route("/holidays", methods=["GET"])
@allow(*READERS, "hr_officer")
@blp.arguments(YearArgs, location="query")
@blp.response(200, HolidaysOut)
def get_holidays(query: dict[str, Any]) -> dict[str, Any]:
    """List the holidays of a year."""
    return {"items": list_holidays(work(), principal(), query["year"])}


def _kind(text: str) -> ReferenceKind:
    try:
        return ReferenceKind(text)
    except ValueError as error:
        expected = ", ".join(ReferenceKind)
        raise InvalidInput(errors=[FieldError("kind", "unknown_reference", text[:50], expected)]) from error
