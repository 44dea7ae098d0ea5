"""The register of obligations: who owes what, and who is excused."""

from typing import Any
from uuid import UUID

from appraisal.domain.obligation import NOBODY, ExcuseObligation, ListObligations
from appraisal.domain.obligation_views import ObligationView
from appraisal.http.access import EVERYBODY, HR, PREFIX, Relation
from appraisal.http.obligations_schemas import ExcuseIn, ObligationsQuery, OpeningIn
from appraisal.use_cases.obligations.excuse import excuse_obligation
from appraisal.use_cases.obligations.open_year import open_year
from appraisal.use_cases.obligations.read import list_obligations
from appraisal.use_cases.obligations.reinstate import reinstate_obligation
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, with_etag, work
from chassis.http.jobs import JobStarted
from chassis.pagination import Page

blp = ServiceBlueprint("obligations", url_prefix=f"{PREFIX}/obligations", description="Who owes what by when")


@blp.route("", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.OBLIGATION_READERS)
@blp.arguments(ObligationsQuery, location="query")
@blp.response(200, Page[ObligationView])
def get_obligations(query: dict[str, Any]) -> Page[ObligationView]:
    """Who owes what about whom, for which days and by when; also what is done, and why somebody is excused."""
    # the account of no employee owes nothing and nothing is owed about it
    people = {"me": principal().employee_id or NOBODY, "nobody": None}
    names = {name: people.get(query[name], query[name]) for name in ("owed_by", "employee_id")}
    wanted = ListObligations(**{**query, **names}, by_nobody=query["owed_by"] == "nobody")
    return list_obligations(work(), principal(), wanted)


@blp.route("/openings", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(OpeningIn)
@blp.response(202, JobStarted)
def post_opening(body: dict[str, Any]) -> JobStarted:
    """Open a year as a job: everybody's obligations. Again: only what differs is written."""
    return JobStarted(open_year(work(), principal(), **body))


@blp.route("/<uuid:obligation_id>/excuse", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412)
@blp.arguments(ExcuseIn)
@blp.response(200, ObligationView)
def post_excuse(body: dict[str, Any], obligation_id: UUID) -> ObligationView:
    """Excuse somebody by an order with its number, from a plan, an evaluation or a rating of days until a move."""
    return with_etag(excuse_obligation(work(), principal(), ExcuseObligation(obligation_id, **body)))


@blp.route("/<uuid:obligation_id>/reinstate", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412)
@blp.response(200, ObligationView)
def post_reinstate(obligation_id: UUID) -> ObligationView:
    """Take back an excuse by an order."""
    return with_etag(reinstate_obligation(work(), principal(), obligation_id))
