"""The library: reference items, loans, holds."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.http.jobs import JobStarted
from chassis.pagination import Page
from training.domain.loan import HoldView, ListHolds, ListLoans, LoanView
from training.domain.reference_item import AddReferenceItem, ChangeReferenceItem, ReferenceItemView, SearchLibrary
from training.http.access import EVERYBODY, HR, PERSON_OR_HR, PREFIX, READERS, Relation
from training.http.fields import ForPersonIn, ImportFile
from training.http.library_schemas import HoldsQuery, LibraryQuery, LoansQuery, ReferenceItemChangeIn, ReferenceItemIn
from training.use_cases.holds import cancel, place
from training.use_cases.holds.read import list_holds
from training.use_cases.imports.start import ITEMS, start_import
from training.use_cases.loans import lend, renew
from training.use_cases.loans.read import list_loans
from training.use_cases.loans.return_copy import return_copy
from training.use_cases.reference_items.add import add_reference_item
from training.use_cases.reference_items.change import change_reference_item
from training.use_cases.reference_items.read import search_library, show_reference_item

blp = ServiceBlueprint("library", url_prefix=PREFIX, description="Library and reference material")


@blp.route("/reference-items", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(LibraryQuery, location="query")
@blp.response(200, Page[ReferenceItemView])
def get_reference_items(query: dict[str, Any]) -> Page[ReferenceItemView]:
    """Search the library."""
    return search_library(work(), principal(), SearchLibrary(**query))


@blp.route("/reference-items", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(ReferenceItemIn)
@blp.response(201, ReferenceItemView)
def post_reference_item(body: dict[str, Any]) -> ReferenceItemView:
    """Add an item to the library's catalogue."""
    return with_etag(add_reference_item(work(), principal(), AddReferenceItem(**body)))


@blp.route("/reference-items/<uuid:item_id>", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, ReferenceItemView)
def get_reference_item(item_id: UUID) -> ReferenceItemView:
    """One item with its free copies."""
    return with_etag(show_reference_item(work(), principal(), item_id))


@blp.route("/reference-items/<uuid:item_id>", methods=["PUT"])
@allow(*HR)
@problems(409, 412, 428)
@blp.arguments(ReferenceItemChangeIn)
@blp.response(200, ReferenceItemView)
def put_reference_item(body: dict[str, Any], item_id: UUID) -> ReferenceItemView:
    """Change an item or its number of copies."""
    command = ChangeReferenceItem(item_id=item_id, expected_version=expected_version(), **body)
    return with_etag(change_reference_item(work(), principal(), command))


@blp.route("/imports/reference-items", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_reference_items(files: dict[str, Any]) -> JobStarted:
    """Import reference items from CSV: code, title, author, year, kind, subject, competency_codes (by |), copies, …"""
    return JobStarted(start_import(work(), principal(), kind=ITEMS, content=files["file"].read()))


@blp.route("/reference-items/<uuid:item_id>/loans", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(ForPersonIn)
@blp.response(201, LoanView)
def post_loan(body: dict[str, Any], item_id: UUID) -> LoanView:
    """Borrow a copy."""
    return lend.lend(work(), principal(), item_id, **body)


@blp.route("/reference-items/<uuid:item_id>/holds", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.arguments(ForPersonIn)
@blp.response(201, HoldView)
def post_hold(body: dict[str, Any], item_id: UUID) -> HoldView:
    """Queue for a copy when all are out."""
    return place.place_hold(work(), principal(), item_id, **body)


@blp.route("/loans", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(LoansQuery, location="query")
@blp.response(200, Page[LoanView])
def get_loans(query: dict[str, Any]) -> Page[LoanView]:
    """Loans: one's own, a person's, or (HR, inspector) the agency's."""
    return list_loans(work(), principal(), ListLoans(**query))


@blp.route("/loans/<uuid:loan_id>/return", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.response(200, LoanView)
def return_loan(loan_id: UUID) -> LoanView:
    """Take a copy back; the next in the queue gets it."""
    return return_copy(work(), principal(), loan_id)


@blp.route("/loans/<uuid:loan_id>/renew", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.response(200, LoanView)
def renew_loan(loan_id: UUID) -> LoanView:
    """Extend a loan, unless somebody waits."""
    return renew.renew_loan(work(), principal(), loan_id)


@blp.route("/holds", methods=["GET"])
@allow(*READERS, relation=Relation.PERSON_READERS)
@problems(404)
@blp.arguments(HoldsQuery, location="query")
@blp.response(200, Page[HoldView])
def get_holds(query: dict[str, Any]) -> Page[HoldView]:
    """Holds: one's own, a person's, or (HR, inspector) the agency's."""
    return list_holds(work(), principal(), ListHolds(**query))


@blp.route("/holds/<uuid:hold_id>/cancel", methods=["POST"])
@allow(*PERSON_OR_HR, relation=Relation.PERSON_ACTORS)
@idempotent
@problems(409)
@blp.response(200, HoldView)
def cancel_hold(hold_id: UUID) -> HoldView:
    """Leave the queue."""
    return cancel.cancel_hold(work(), principal(), hold_id)
