"""Circumstances that pay depends on and personnel does not record."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items
from incentive.domain.circumstance import CircumstanceView, EnterCircumstance
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.circumstances_schemas import CircumstanceIn
from incentive.http.fields import PersonQuery
from incentive.use_cases.circumstances import enter, read, void

blp = ServiceBlueprint(
    "circumstances", url_prefix=f"{PREFIX}/circumstances", description="MPP leave, BLU remuneration, study leave"
)


@blp.route("", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(404, 409)
@blp.arguments(CircumstanceIn)
@blp.response(201, CircumstanceView)
def enter_circumstance(body: dict[str, Any]) -> CircumstanceView:
    """Enter MPP leave, BLU remuneration or study leave."""
    return enter.enter_circumstance(work(), principal(), EnterCircumstance(**body))


@blp.route("", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@problems(404)
@blp.arguments(PersonQuery, location="query")
@blp.response(200, Items[CircumstanceView])
def list_circumstances(query: dict[str, Any]) -> Items[CircumstanceView]:
    """A person's circumstances."""
    return read.list_circumstances(work(), principal(), **query)


@blp.route("/<uuid:circumstance_id>/void", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.response(200, CircumstanceView)
def void_circumstance(circumstance_id: UUID) -> CircumstanceView:
    """Void an entry: it no longer counts."""
    return void.void_circumstance(work(), principal(), circumstance_id)
