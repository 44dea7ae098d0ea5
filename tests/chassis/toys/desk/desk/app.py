from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Flask

from chassis import audit
from chassis.auth import allow, allow_public
from chassis.errors import NotFound
from chassis.http import (
    Schema,
    ServiceBlueprint,
    etag,
    idempotent,
    jobs_blueprint,
    principal,
    problems,
    require_match,
    work,
)
from chassis.http import (
    create_app as make_app,
)
from chassis.settings import BaseSettings
from desk.core import BookIsOut, Loan, lend
from operations import operations_blueprint

blp = ServiceBlueprint("loans", url_prefix="/api/v1/desk")


class LoanIn(Schema):
    title = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    copies = ma.fields.Integer(load_default=1, validate=ma.validate.Range(1, 5))


class LoanOut(Schema):
    id = ma.fields.UUID(required=True)
    title = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)


@blp.route("/loans", methods=["POST"])
@allow("librarian", relation="own desk")
@idempotent
@problems(409)
@blp.arguments(LoanIn)
@blp.response(201, LoanOut)
def create_loan(body: dict[str, Any]) -> Loan:
    """Lend a book."""
    if body["title"] == "out":
        raise BookIsOut(title="out")
    with work().transaction(principal().agency_id) as tx:
        loan = lend(tx, body["title"])
        etag(loan.version)
        return loan


@blp.route("/loans/<uuid:loan_id>", methods=["PUT"])
@allow("librarian")
@problems(412, 428)
@blp.arguments(LoanIn)
@blp.response(200, LoanOut)
def change_loan(body: dict[str, Any], loan_id: UUID) -> Loan:
    """Change a loan."""
    with work().transaction(principal().agency_id) as tx:
        loan = tx.session.get(Loan, loan_id)
        if loan is None:
            raise NotFound(object="pinjaman", id=loan_id)
        require_match(loan.version)
        loan.title, loan.version = body["title"], loan.version + 1
        audit.record(tx, principal(), "changed", "loan", loan_id)
        etag(loan.version)
        return loan


@blp.route("/broken", methods=["GET"])
@allow_public(reason="to see how an unforeseen error looks")
@blp.response(200, LoanOut)
def broken() -> None:
    """Fail."""
    raise RuntimeError("secret detail")


def create_app(settings: BaseSettings) -> Flask:
    return make_app(
        settings, title="Loan desk", blueprints=[blp, jobs_blueprint("desk", "librarian"), operations_blueprint]
    )
