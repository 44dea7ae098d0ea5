"""The dated reference data, the cycle of a year, and the windows in which its periods are rated."""

from typing import Any

from appraisal.domain.cycle import CycleView, OpenCycle
from appraisal.domain.rating_windows import ExtendWindow, Extension, PeriodsView
from appraisal.domain.rule_views import RulesView
from appraisal.http.access import EVERYBODY, HR, PREFIX, WINDOW_EXTENDERS
from appraisal.http.plans_schemas import YearQuery
from appraisal.http.rules_schemas import CycleIn, ExtensionIn
from appraisal.use_cases.cycles.open import open_cycle
from appraisal.use_cases.cycles.read import show_cycle
from appraisal.use_cases.periods.extend import extend_window
from appraisal.use_cases.periods.read import show_periods
from appraisal.use_cases.rules.read import show_rules
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work

blp = ServiceBlueprint("rules", url_prefix=PREFIX, description="Reference data and rating windows")


@blp.route("/rules", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, RulesView)
def get_rules() -> RulesView:
    """Every version of every rule and every national limit, with its legal source; nothing here is secret."""
    return show_rules(work(), principal())


@blp.route("/periods", methods=["GET"])
@allow(*EVERYBODY, "operator")
@blp.arguments(YearQuery, location="query")
@blp.response(200, PeriodsView)
def get_periods(query: dict[str, Any]) -> PeriodsView:
    """When the months or quarters and the year may be rated."""
    return show_periods(work(), principal(), **query)


@blp.route("/cycles", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(CycleIn)
@blp.response(200, CycleView)
def post_cycle(body: dict[str, Any]) -> CycleView:
    """Open a year, by months or by quarters; the same again changes nothing."""
    return open_cycle(work(), principal(), OpenCycle(**body))


@blp.route("/cycles/<int:year>", methods=["GET"])
@allow(*EVERYBODY)
@problems(404)
@blp.response(200, CycleView)
def get_cycle(year: int) -> CycleView:
    """The periods of a year, each with its window and the rule versions that hold in it."""
    return show_cycle(work(), principal(), year=year)


@blp.route("/periods/extensions", methods=["POST"])
@allow(*WINDOW_EXTENDERS)
@idempotent
@blp.arguments(ExtensionIn)
@blp.response(201, Extension)
def post_extension(body: dict[str, Any]) -> Extension:
    """Extend the rating window of a period, for a recorded reason."""
    return extend_window(work(), principal(), ExtendWindow(**body))
