"""Training records, the JP ledger, and the reference data behind it."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from training.domain.jp import JpTargetsView, SetJpTarget
from training.domain.ledger import LedgerView
from training.domain.record import ListRecords, RecordView, RevokeRecord, SubmitRecord
from training.domain.rule import RulesView, SetRule
from training.http.access import EVERYBODY, HR, OWN_READERS, PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.fields import MoveReasonIn
from training.http.proposing import proposed
from training.http.records_schemas import (
    JpTargetIn,
    LedgerQuery,
    RecordIn,
    RecordsQuery,
    RevocationIn,
    RuleIn,
    VerificationIn,
)
from training.use_cases.jp_targets.read import list_jp_targets
from training.use_cases.ledger.read import show_ledger
from training.use_cases.records import decide
from training.use_cases.records.read import list_records, show_record
from training.use_cases.records.submit import submit_record
from training.use_cases.rules.read import list_rules

blp = ServiceBlueprint("records", url_prefix=PREFIX, description="Training records and the JP ledger")


@blp.route("/records", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(RecordsQuery, location="query")
@blp.response(200, Page[RecordView])
def get_records(query: dict[str, Any]) -> Page[RecordView]:
    """Training records: one's own, a person's, the team's, or (HR, inspector) the agency's."""
    return list_records(work(), principal(), ListRecords(**query))


@blp.route("/records", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.DRAFTERS)
@idempotent
@problems(404, 409)
@blp.arguments(RecordIn)
@blp.response(201, RecordView)
def post_record(body: dict[str, Any]) -> RecordView:
    """Submit a certificate from elsewhere with its evidence."""
    return submit_record(work(), principal(), SubmitRecord(**body))


@blp.route("/records/<uuid:record_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.PERSON_READERS)
@blp.response(200, RecordView)
def get_record(record_id: UUID) -> RecordView:
    """One record with its history and overlapping records."""
    return show_record(work(), principal(), record_id)


@blp.route("/records/<uuid:record_id>/verify", methods=["POST"])
@allow(*HR, relation=Relation.VERIFIERS)
@idempotent
@problems(409)
@blp.arguments(VerificationIn)
@blp.response(200, RecordView)
def verify_record(body: dict[str, Any], record_id: UUID) -> RecordView:
    """Verify a submitted certificate; its JP are booked."""
    return decide.verify_record(work(), principal(), record_id, **body)


@blp.route("/records/<uuid:record_id>/reject", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(MoveReasonIn)
@blp.response(200, RecordView)
def reject_record(body: dict[str, Any], record_id: UUID) -> RecordView:
    """Reject a submitted certificate, with the reason."""
    return decide.reject_record(work(), principal(), record_id, note=body["reason"])


@blp.route("/records/<uuid:record_id>/revoke", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(RevocationIn)
@blp.response(202, ProposalView)
def revoke_record(body: dict[str, Any], record_id: UUID) -> ProposalView:
    """Revoke a verified certificate; its JP are reversed by a further entry."""
    reason = body.pop("proposal_reason")
    return proposed("record.revoke", RevokeRecord(record_id, **body), reason)


@blp.route("/ledger/<uuid:employee_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.PERSON_READERS)
@blp.arguments(LedgerQuery, location="query")
@blp.response(200, LedgerView)
def get_ledger(query: dict[str, Any], employee_id: UUID) -> LedgerView:
    """The JP account of a year: entries, target, balance, and the explanation of each figure."""
    return show_ledger(work(), principal(), employee_id, **query)


@blp.route("/jp-targets", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, JpTargetsView)
def get_jp_targets() -> JpTargetsView:
    """JP targets by employment type and year, with source and whether it was verified."""
    return list_jp_targets(work(), principal())


@blp.route("/jp-targets", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@blp.arguments(JpTargetIn)
@blp.response(202, ProposalView)
def post_jp_target(body: dict[str, Any]) -> ProposalView:
    """Set a target from a year on; earlier rows stay."""
    reason = body.pop("proposal_reason")
    return proposed("jp_target.set", SetJpTarget(**body), reason)


@blp.route("/rules", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, RulesView)
def get_rules() -> RulesView:
    """The numbers of the rules: minutes in a JP, minimum attendance, loan periods."""
    return list_rules(work(), principal())


@blp.route("/rules", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@blp.arguments(RuleIn)
@blp.response(202, ProposalView)
def post_rule(body: dict[str, Any]) -> ProposalView:
    """Set a number from a day on; earlier rows stay."""
    reason = body.pop("proposal_reason")
    return proposed("rule.set", SetRule(**body), reason)
