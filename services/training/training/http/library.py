"""The library: reference items, loans, holds."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from chassis.http.jobs import JobStarted
from training.http.access import EVERYBODY, HR, IF_MATCH, PERSON_ACTORS, PERSON_READERS, PREFIX
from training.http.catalogue_schemas import ImportFile
from training.http.fields import SomePerson
from training.http.library_schemas import (
    HoldArgs,
    HoldOut,
    LoanArgs,
    LoanOut,
    ReferenceItemChange,
    ReferenceItemIn,
    ReferenceItemOut,
    SearchArgs,
)
from training.http.pages import before_id, one_page
from training.use_cases import borrow, list_loans
from training.use_cases import save_reference_item as items
from training.use_cases.import_catalogue import ITEMS, start_import
from training.use_cases.search_library import search_library

blp = ServiceBlueprint("library", url_prefix=PREFIX, description="Library and reference material")
ACTORS = ("employee", "hr_officer")
READERS = ("employee", "hr_officer", "inspector")


@blp.route("/reference-items", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(SearchArgs, location="query")
@blp.response(200, page_of(ReferenceItemOut))
def get_reference_items(args: dict[str, Any]) -> Any:
    """Search the library."""
    rows = search_library(work(), principal(), args, before=before_id(args), limit=args["limit"])
    return one_page(rows, args["limit"])


@blp.route("/reference-items", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(ReferenceItemIn)
@blp.response(201, ReferenceItemOut)
def add_reference_item(body: dict[str, Any]) -> Any:
    """Put an item into the library's catalogue."""
    found = items.add_reference_item(work(), principal(), body)
    etag(found["version"])
    return found


@blp.route("/reference-items/<uuid:item_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, ReferenceItemOut)
def get_reference_item(item_id: UUID) -> Any:
    """One item with its free copies."""
    found = items.show_reference_item(work(), principal(), item_id)
    etag(found["version"])
    return found


@blp.route("/reference-items/<uuid:item_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(ReferenceItemChange)
@blp.response(200, ReferenceItemOut)
def change_reference_item(body: dict[str, Any], item_id: UUID) -> Any:
    """Change an item or its number of copies."""
    found = items.change_reference_item(work(), principal(), item_id, body, expected_version())
    etag(found["version"])
    return found


@blp.route("/imports/reference-items", methods=["POST"])
@allow(*HR)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_reference_items(files: dict[str, Any]) -> dict[str, UUID]:
    """Import reference items from CSV: code, title, author, year, kind, subject, competency_codes (by |), copies, …"""
    return {"job_id": start_import(work(), principal(), ITEMS, files["file"].read())}


@blp.route("/reference-items/<uuid:item_id>/loans", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(SomePerson)
@blp.response(201, LoanOut)
def lend(body: dict[str, Any], item_id: UUID) -> Any:
    """Borrow a copy."""
    return borrow.lend(work(), principal(), item_id, body["employee_id"])


@blp.route("/reference-items/<uuid:item_id>/holds", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(SomePerson)
@blp.response(201, HoldOut)
def place_hold(body: dict[str, Any], item_id: UUID) -> Any:
    """Queue for a copy when all are out."""
    return borrow.place_hold(work(), principal(), item_id, body["employee_id"])


@blp.route("/loans", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@problems(404)
@blp.arguments(LoanArgs, location="query")
@blp.response(200, page_of(LoanOut))
def get_loans(args: dict[str, Any]) -> Any:
    """Loans: one's own, a person's, or (HR, inspector) the agency's."""
    rows = list_loans.list_loans(
        work(),
        principal(),
        employee_id=args["employee_id"],
        state=args["state"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("/loans/<uuid:loan_id>/return", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.response(200, LoanOut)
def take_return(loan_id: UUID) -> Any:
    """Take a copy back; the next in the queue gets it."""
    return borrow.take_return(work(), principal(), loan_id)


@blp.route("/loans/<uuid:loan_id>/renew", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@problems(409)
@blp.response(200, LoanOut)
def renew_loan(loan_id: UUID) -> Any:
    """Keep a copy longer, unless somebody waits."""
    return borrow.renew(work(), principal(), loan_id)


@blp.route("/holds", methods=["GET"])
@allow(*READERS, relation=PERSON_READERS)
@problems(404)
@blp.arguments(HoldArgs, location="query")
@blp.response(200, page_of(HoldOut))
def get_holds(args: dict[str, Any]) -> Any:
    """Holds: one's own, a person's, or (HR, inspector) the agency's."""
    rows = list_loans.list_holds(
        work(),
        principal(),
        employee_id=args["employee_id"],
        state=args["state"],
        before=before_id(args),
        limit=args["limit"],
    )
    return one_page(rows, args["limit"])


@blp.route("/holds/<uuid:hold_id>/cancel", methods=["POST"])
@allow(*ACTORS, relation=PERSON_ACTORS)
@problems(409)
@blp.response(200, HoldOut)
def cancel_hold(hold_id: UUID) -> Any:
    """Leave the queue."""
    return borrow.cancel_hold(work(), principal(), hold_id)
