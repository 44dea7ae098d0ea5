"""Yearly medical check-ups: done or not, and when."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from wellbeing.domain.check_up import CheckUp
from wellbeing.http.access import EVERYBODY, OFFICER, PREFIX
from wellbeing.http.programmes_schemas import CheckUpIn
from wellbeing.http.references_schemas import YearQuery
from wellbeing.use_cases.check_ups.record import record_check_up
from wellbeing.use_cases.check_ups.show_own import show_own_check_up

blp = ServiceBlueprint("check-ups", url_prefix=PREFIX, description="Check-ups: done or not, never a result")


@blp.route("/check-ups", methods=["POST"])
@allow(*OFFICER)
@idempotent
@problems(409)
@blp.arguments(CheckUpIn)
@blp.response(201, CheckUp)
def post_check_up(body: dict[str, Any]) -> CheckUp:
    """Record that a check-up was done, or not, and when. There is no field for a result."""
    return record_check_up(work(), principal(), CheckUp(**body))


@blp.route("/check-ups/mine", methods=["GET"])
@allow(*EVERYBODY, relation="one's own")
@blp.arguments(YearQuery, location="query")
@blp.response(200, CheckUp)
def get_check_up(query: dict[str, Any]) -> CheckUp:
    """See whether one's own check-up of a year is recorded."""
    return show_own_check_up(work(), principal(), **query)
