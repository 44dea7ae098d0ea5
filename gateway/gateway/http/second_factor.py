"""The second factor of one's own account, and taking a lost one off somebody else's."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import UNSTORED, ServiceBlueprint, not_idempotent, principal, problems, work
from gateway.domain.second_factor import NewSecondFactorView, RecoveryCodesView
from gateway.http.access import ANY_PERSON, MANAGERS, Relation
from gateway.http.current import client_info, services, session_id
from gateway.http.second_factor_schemas import ConfirmationIn, SecondFactorIn
from gateway.use_cases.second_factors.begin import BeginSecondFactor, begin_second_factor
from gateway.use_cases.second_factors.confirm import confirm_second_factor
from gateway.use_cases.second_factors.remove import remove_second_factor

blp = ServiceBlueprint("second_factor", url_prefix="/api/v1/identity", description="Second factor of a sign-in")


@blp.route("/second-factor", methods=["POST"])
@allow(*ANY_PERSON, relation="self")
@not_idempotent(reason=UNSTORED)
@problems(404)
@blp.arguments(SecondFactorIn)
@blp.response(201, NewSecondFactorView)
def post_second_factor(body: dict[str, Any]) -> NewSecondFactorView:
    """A new secret for an authenticator app; it counts once it is confirmed"""
    return begin_second_factor(work(), services(), principal(), BeginSecondFactor(client_info(), session_id(), **body))


@blp.route("/second-factor/confirmation", methods=["POST"])
@allow(*ANY_PERSON, relation="self")
@not_idempotent(reason=UNSTORED)
@problems(409)
@blp.arguments(ConfirmationIn)
@blp.response(201, RecoveryCodesView)
def post_confirmation(body: dict[str, Any]) -> RecoveryCodesView:
    """Confirm it with the first code that the app shows; recovery codes come back"""
    return confirm_second_factor(work(), services(), principal(), **body)


@blp.route("/accounts/<uuid:account_id>/second-factor", methods=["DELETE"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.response(204)
def delete_second_factor(account_id: UUID) -> None:
    """Take a lost second factor off an account; its owner is notified"""
    remove_second_factor(work(), services(), principal(), account_id)
