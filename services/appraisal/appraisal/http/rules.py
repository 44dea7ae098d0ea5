"""The dated reference data, and the windows in which periods are rated."""

from typing import Any

from flask import Response

from appraisal.domain.rules import RuleKind
from appraisal.http.access import EVERYBODY, HR, PREFIX, WINDOW_KEEPERS
from appraisal.http.answers import answer
from appraisal.http.other_schemas import ExtensionIn, ExtensionOut, Periods, RuleIn, RuleOut, Rules, YearArgs
from appraisal.use_cases.keep_periods import extend_window, show_periods
from appraisal.use_cases.keep_rules import set_rule, show_rules
from chassis.auth import allow
from chassis.errors import NotFound
from chassis.http import ServiceBlueprint, principal, work

blp = ServiceBlueprint("rules", url_prefix=PREFIX, description="Reference data and rating windows")


@blp.route("/rules", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, Rules)
def get_rules() -> Response:
    """Every version of every rule, with its legal source; nothing here is secret."""
    return answer(show_rules(work(), principal()))


@blp.route("/rules/<string(maxlength=40):kind>", methods=["PUT"])
@allow(*HR)
@blp.arguments(RuleIn)
@blp.response(200, RuleOut)
def put_rule(body: dict[str, Any], kind: str) -> Response:
    """Add a dated version of a rule for the agency; what earlier versions decided stays."""
    if kind not in set(RuleKind):
        raise NotFound(object="aturan", id=kind)
    return answer(set_rule(work(), principal(), RuleKind(kind), body))


@blp.route("/periods", methods=["GET"])
@allow(*EVERYBODY, "operator")
@blp.arguments(YearArgs, location="query")
@blp.response(200, Periods)
def get_periods(query: dict[str, Any]) -> Response:
    """When the quarters and the year may be rated."""
    return answer(show_periods(work(), principal(), query["year"]))


@blp.route("/periods/extensions", methods=["POST"])
@allow(*WINDOW_KEEPERS)
@blp.arguments(ExtensionIn)
@blp.response(201, ExtensionOut)
def post_extension(body: dict[str, Any]) -> Response:
    """Let a period be rated longer, for a recorded reason."""
    return answer(extend_window(work(), principal(), body), 201)
