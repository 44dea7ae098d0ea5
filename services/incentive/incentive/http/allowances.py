"""What people and units were granted, and what each amount follows from."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from incentive.domain.allowance_line_views import AllowanceExplanationView, AllowanceYearView
from incentive.domain.unit_total import UnitTotalView
from incentive.http.access import LEADERS, OWN_READERS, PREFIX, Relation
from incentive.http.allowances_schemas import UnitQuery
from incentive.http.fields import PersonYearQuery
from incentive.use_cases.allowances import explain, read, summarise_unit

blp = ServiceBlueprint("allowances", url_prefix=f"{PREFIX}/allowances", description="Performance allowance")


@blp.route("", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@problems(404)
@blp.arguments(PersonYearQuery, location="query")
@blp.response(200, AllowanceYearView)
def show_allowances(query: dict[str, Any]) -> AllowanceYearView:
    """A person's allowance of a year."""
    return read.show_allowances(work(), principal(), **query)


@blp.route("/units", methods=["GET"])
@allow(*LEADERS, relation=Relation.LED_UNIT)
@problems(404)
@blp.arguments(UnitQuery, location="query")
@blp.response(200, UnitTotalView)
def summarise_unit_allowances(query: dict[str, Any]) -> UnitTotalView:
    """What a unit and those below it were granted in a decided month."""
    return summarise_unit.summarise_unit(work(), principal(), **query)


@blp.route("/<uuid:line_id>/explanation", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@blp.response(200, AllowanceExplanationView)
def explain_allowance(line_id: UUID) -> AllowanceExplanationView:
    """Inputs, rule, versions, legal sources and the working of one line; anybody can recompute it."""
    return explain.explain_allowance(work(), principal(), line_id)
