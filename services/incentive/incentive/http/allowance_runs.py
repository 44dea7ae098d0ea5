"""Runs of the allowance and their lines."""

import csv
import io
from typing import Any
from uuid import UUID

from flask import Response

from approvals.proposal import ProposalView
from approvals.routes import ProposedIn
from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from incentive.domain.allowance_line_views import AllowanceLineView
from incentive.domain.allowance_run import AllowanceRunView, ApproveRun, ListRunLines, PayRun
from incentive.domain.claim_views import ListPayments, PaymentView
from incentive.http.access import HR, OVERSIGHT, PREFIX, Relation
from incentive.http.allowance_runs_schemas import PaymentIn, RunIn
from incentive.http.proposing import proposed
from incentive.use_cases.allowance_runs import pay, read, read_lines, start
from incentive.use_cases.claims import list_payments as payments

blp = ServiceBlueprint("allowance_runs", url_prefix=f"{PREFIX}/allowance-runs", description="Runs of the allowance")


@blp.route("", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(RunIn)
@blp.response(202, AllowanceRunView)
def start_allowance_run(body: dict[str, Any]) -> AllowanceRunView:
    """Calculate a month as a job. Again before approval: anew; after it: the run as it stands."""
    return with_etag(start.start_allowance_run(work(), principal(), **body))


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[AllowanceRunView])
def list_allowance_runs(query: dict[str, Any]) -> Page[AllowanceRunView]:
    """Runs, the newest month first."""
    return read.list_runs(work(), principal(), **query)


@blp.route("/<uuid:run_id>", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, AllowanceRunView)
def show_allowance_run(run_id: UUID) -> AllowanceRunView:
    """One run with its totals."""
    return with_etag(read.show_run(work(), principal(), run_id))


@blp.route("/<uuid:run_id>/approve", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ProposedIn)
@blp.response(202, ProposalView)
def approve_allowance_run(body: dict[str, Any], run_id: UUID) -> ProposalView:
    """Approve a calculated run; its lines are decided from then on."""
    command = ApproveRun(run_id, expected_version())
    return proposed("allowance_run.approve", command, body["proposal_reason"])


@blp.route("/<uuid:run_id>/pay", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(PaymentIn)
@blp.response(200, AllowanceRunView)
def pay_allowance_run(body: dict[str, Any], run_id: UUID) -> AllowanceRunView:
    """Record that an approved run has been paid."""
    return with_etag(pay.pay_run(work(), principal(), PayRun(run_id, **body, expected_version=expected_version())))


@blp.route("/<uuid:run_id>/lines", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[AllowanceLineView])
def list_allowance_lines(query: dict[str, Any], run_id: UUID) -> Page[AllowanceLineView]:
    """A run's lines."""
    return read_lines.list_run_lines(work(), principal(), ListRunLines(run_id, **query))


@blp.route("/<uuid:run_id>/payments", methods=["GET"])
@allow(*OVERSIGHT)
@problems(409)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[PaymentView])
def list_payments(query: dict[str, Any], run_id: UUID) -> Page[PaymentView]:
    """What an approved run pays to each person: the lines, with claims and deductions."""
    return payments.list_payments(work(), principal(), ListPayments(run_id, **query))


@blp.route("/<uuid:run_id>/lines.csv", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, {"type": "string"}, content_type="text/csv")
def export_allowance_lines(run_id: UUID) -> Response:
    """A run's lines for a spreadsheet or the treasury's system."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    csv.writer(out).writerows(read_lines.export_run_lines(work(), principal(), run_id))
    disposition = {"Content-Disposition": f"attachment; filename=tukin-{run_id}.csv"}
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8", headers=disposition)
