"""Training records, the JP ledger, and the reference data behind it."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, page_of, principal, problems, work
from training.domain.records import RevocationReason
from training.http.access import DRAFTERS, EVERYBODY, HR, NOT_OWN, PERSON_READERS, PREFIX
from training.http.catalogue_schemas import (
    JpTargetIn,
    JpTargetOut,
    JpTargetsOut,
    LedgerArgs,
    LedgerOut,
    RecordArgs,
    RecordIn,
    RecordOut,
    RevokeIn,
    RuleIn,
    RuleOut,
    RulesOut,
    VerifyIn,
)
from training.http.fields import Reason
from training.http.pages import before_id, one_page
from training.use_cases import decide_record as decisions
from training.use_cases import keep_reference as reference
from training.use_cases.list_records import list_records
from training.use_cases.show_ledger import show_ledger
from training.use_cases.submit_record import submit_record

blp = ServiceBlueprint("records", url_prefix=PREFIX, description="Training records and the JP ledger")
READERS = ("employee", "hr_officer", "inspector")


@blp.route("/records", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@problems(404)
@blp.arguments(RecordArgs, location="query")
@blp.response(200, page_of(RecordOut))
def get_records(args: dict[str, Any]) -> Any:
    """Training records: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    rows = list_records(
        work(),
        principal(),
        employee_id=args["employee_id"],
        team=args["team"],
        state=args["state"],
        year=args["year"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("/records", methods=["POST"])
@allow("employee", "hr_officer", relation=DRAFTERS)
@idempotent
@problems(404, 409)
@blp.arguments(RecordIn)
@blp.response(201, RecordOut)
def hand_in_certificate(body: dict[str, Any]) -> Any:
    """Hand in a certificate from elsewhere with its evidence."""
    return submit_record(work(), principal(), body)


@blp.route("/records/<uuid:record_id>", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@blp.response(200, RecordOut)
def get_record(record_id: UUID) -> Any:
    """One record with its history and overlapping records."""
    return decisions.show_record(work(), principal(), record_id)


@blp.route("/records/<uuid:record_id>/verify", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(VerifyIn)
@blp.response(200, RecordOut)
def verify_record(body: dict[str, Any], record_id: UUID) -> Any:
    """Accept a certificate that was handed in; its JP are booked."""
    return decisions.verify_record(work(), principal(), record_id, **body)


@blp.route("/records/<uuid:record_id>/reject", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(Reason)
@blp.response(200, RecordOut)
def reject_record(body: dict[str, Any], record_id: UUID) -> Any:
    """Refuse a certificate that was handed in, with the reason."""
    return decisions.reject_record(work(), principal(), record_id, body["reason"])


@blp.route("/records/<uuid:record_id>/revoke", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(RevokeIn)
@blp.response(200, RecordOut)
def revoke_record(body: dict[str, Any], record_id: UUID) -> Any:
    """Revoke a certificate that stands; its JP are taken back by a reversing entry."""
    reason = RevocationReason(body["reason_code"])
    return decisions.revoke_record(work(), principal(), record_id, reason, body["note"])


@blp.route("/ledger/<uuid:employee_id>", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@blp.arguments(LedgerArgs, location="query")
@blp.response(200, LedgerOut)
def get_ledger(args: dict[str, Any], employee_id: UUID) -> Any:
    """The JP account of a year: entries, target, balance, and the explanation of each figure."""
    return show_ledger(work(), principal(), employee_id, args["year"])


@blp.route("/jp-targets", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, JpTargetsOut)
def get_jp_targets() -> Any:
    """JP targets by employment type and year, with source and whether it was verified."""
    return {"items": reference.list_jp_targets(work(), principal())}


@blp.route("/jp-targets", methods=["POST"])
@allow(*HR)
@blp.arguments(JpTargetIn)
@blp.response(201, JpTargetOut)
def set_jp_target(body: dict[str, Any]) -> Any:
    """Set a target from a year on; earlier rows stay."""
    return reference.set_jp_target(work(), principal(), body)


@blp.route("/rules", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, RulesOut)
def get_rules() -> Any:
    """The numbers of the rules: minutes in a JP, minimum attendance, loan periods."""
    return {"items": reference.list_rules(work(), principal())}


@blp.route("/rules", methods=["POST"])
@allow(*HR)
@blp.arguments(RuleIn)
@blp.response(201, RuleOut)
def set_rule(body: dict[str, Any]) -> Any:
    """Set a number from a day on; earlier rows stay."""
    return reference.set_rule(work(), principal(), body)
