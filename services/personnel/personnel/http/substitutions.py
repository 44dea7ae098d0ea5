"""Who acts for an official, or appraises by delegation."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.substitution import (
    ChangeSubstitution,
    ListSubstitutions,
    RecordSubstitution,
    SubstitutionView,
    WithdrawSubstitution,
)
from personnel.http.access import EVERYBODY, HR, PREFIX, Relation
from personnel.http.substitutions_schemas import (
    SubstitutionIn,
    SubstitutionPatch,
    SubstitutionsQuery,
    SubstitutionWithdrawalIn,
)
from personnel.use_cases.substitutions import change, read, record, withdraw

blp = ServiceBlueprint("substitutions", url_prefix=PREFIX, description="Acting officials and delegation of appraising")


@blp.route("/substitutions", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(SubstitutionIn)
@blp.response(201, SubstitutionView)
def record_substitution(body: dict[str, Any]) -> SubstitutionView:
    """Record who acts for an official (Plt., Plh.) or appraises by delegation."""
    return with_etag(record.record_substitution(work(), principal(), RecordSubstitution(**body)))


@blp.route("/substitutions", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.SUBSTITUTION)
@blp.arguments(SubstitutionsQuery, location="query")
@blp.response(200, Page[SubstitutionView])
def list_substitutions(query: dict[str, Any]) -> Page[SubstitutionView]:
    """Substitutions in the order of recording."""
    return read.list_substitutions(work(), principal(), ListSubstitutions(**query))


@blp.route("/substitutions/<uuid:substitution_id>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.SUBSTITUTION)
@blp.response(200, SubstitutionView)
def show_substitution(substitution_id: UUID) -> SubstitutionView:
    """One substitution."""
    return with_etag(read.show_substitution(work(), principal(), substitution_id))


@blp.route("/substitutions/<uuid:substitution_id>", methods=["PATCH"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409, 412, 428)
@blp.arguments(SubstitutionPatch)
@blp.response(200, SubstitutionView)
def change_substitution(body: dict[str, Any], substitution_id: UUID) -> SubstitutionView:
    """Give a substitution another last day."""
    command = ChangeSubstitution(substitution_id, expected_version(), **body)
    return with_etag(change.change_substitution(work(), principal(), command))


@blp.route("/substitutions/<uuid:substitution_id>/withdrawal", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(SubstitutionWithdrawalIn)
@blp.response(200, SubstitutionView)
def withdraw_substitution(body: dict[str, Any], substitution_id: UUID) -> SubstitutionView:
    """Withdraw a substitution: it was never so."""
    command = WithdrawSubstitution(substitution_id, expected_version(), **body)
    return with_etag(withdraw.withdraw_substitution(work(), principal(), command))
