"""Files that agencies export, imported as jobs."""

from typing import Any

from flask import current_app, request
from flask_smorest.fields import Upload

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import Schema, ServiceBlueprint, idempotent, principal, problems, work
from chassis.http.jobs import JobStarted
from incentive.clients import PersonnelDirectory
from incentive.http.access import HR, PREFIX, Relation
from incentive.http.proposing import proposed
from incentive.use_cases.imports.start import StartImport, read_file, start_import

blp = ServiceBlueprint("imports", url_prefix=f"{PREFIX}/imports", description="Imports of CSV and XLSX files")


class ImportFile(Schema):
    file = Upload(required=True, metadata={"description": "CSV (comma or semicolon, UTF-8) or XLSX"})


@blp.route("/attendance", methods=["POST"])
@allow(*HR, relation=Relation.OWN_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_attendance(files: dict[str, Any]) -> JobStarted:
    """Columns nip, bulan, kode, jumlah. Good rows come in, bad ones are listed with what would be right."""
    return _start("attendance", files)


@blp.route("/class-amounts", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, ProposalView)
def import_class_amounts(files: dict[str, Any]) -> ProposalView:
    """Columns kelas_jabatan, jumlah, berlaku_sejak."""
    return _propose("class_amounts.import", "class_amounts", files)


@blp.route("/credit-openings", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, ProposalView)
def import_credit_openings(files: dict[str, Any]) -> ProposalView:
    """Columns nip, jenjang, saldo, dasar, per_tanggal; golongan_masuk and nomor_pak if known."""
    return _propose("credit.import", "credit_openings", files)


@blp.route("/predicate-history", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, ProposalView)
def import_predicate_history(files: dict[str, Any]) -> ProposalView:
    """Columns nip, tahun, predikat; triwulan for a quarter, or bulan (1 to 12) for a month."""
    return _propose("predicates.import", "predicate_history", files)


def _propose(action: str, kind: str, files: dict[str, Any]) -> ProposalView:
    """The file is read now, and its rows are imported once a second person has approved them."""
    return proposed(action, read_file(principal(), _directory(), _command(kind, files)))


def _start(kind: str, files: dict[str, Any]) -> JobStarted:
    return JobStarted(start_import(work(), principal(), _directory(), _command(kind, files)))


def _command(kind: str, files: dict[str, Any]) -> StartImport:
    return StartImport(kind, files["file"].read(), request.headers.get("Authorization", ""))


def _directory() -> PersonnelDirectory:
    settings = current_app.extensions["suar_settings"]
    return PersonnelDirectory(settings.personnel_url, settings.personnel_timeout)
