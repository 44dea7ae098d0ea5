"""The turnable clock of demonstrations and tests; these routes do not exist where no clock file is configured."""

from typing import Any

from chassis import audit
from chassis.auth import allow
from chassis.clock import FileClock
from chassis.http import ServiceBlueprint, principal, work
from gateway.domain.clock import ClockView
from gateway.http.access import PERSONS
from gateway.http.clock_schemas import ClockIn

blp = ServiceBlueprint("clock", url_prefix="/api/v1/identity", description="Business time, in demo and test")


@blp.route("/clock", methods=["GET"])
@allow(*PERSONS)
@blp.response(200, ClockView)
def get_clock() -> ClockView:
    """What time it is for business rules"""
    return ClockView(work().clock.now())


@blp.route("/clock", methods=["PUT"])
@allow("operator")
@blp.arguments(ClockIn)
@blp.response(200, ClockView)
def put_clock(body: dict[str, Any]) -> ClockView:
    """Turn the business time of all processes"""
    clock = work().clock
    assert isinstance(clock, FileClock)
    with work().transaction(principal().agency_id) as tx:
        audit.record(tx, principal(), "clock.turned", "clock", "business", to=body["now"])
    clock.turn(body["now"])
    return ClockView(clock.now())
