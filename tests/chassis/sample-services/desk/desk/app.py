from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import marshmallow as ma
from flask import Flask, g
from sqlalchemy import text

from chassis import audit
from chassis.auth import allow, allow_public, allow_unnamed
from chassis.errors import NotFound
from chassis.http import (
    Schema,
    ServiceBlueprint,
    etag,
    expected_version,
    idempotent,
    jobs_blueprint,
    not_idempotent,
    principal,
    problems,
    work,
)
from chassis.http import (
    create_app as make_app,
)
from chassis.records import require_version
from chassis.settings import BaseSettings
from chassis.views import view_of
from desk.core import BookIsOut, Loan, lend
from operations import operations_blueprint

blp = ServiceBlueprint("loans", url_prefix="/api/v1/desk")


class LoanIn(Schema):
    title = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    copies = ma.fields.Integer(load_default=1, validate=ma.validate.Range(1, 5))


@dataclass(frozen=True)
class LoanView:
    id: UUID
    title: str
    version: int


@blp.route("/loans", methods=["POST"])
@allow("librarian", relation="own desk")
@idempotent
@problems(409)
@blp.arguments(LoanIn)
@blp.response(201, LoanView)
def create_loan(body: dict[str, Any]) -> LoanView:
    """Lend a book."""
    if body["title"] == "out":
        raise BookIsOut(title="out")
    with work().transaction(principal().agency_id) as tx:
        loan = lend(tx, body["title"])
        etag(loan.version)
        return view_of(LoanView, loan)


@blp.route("/loans/<uuid:loan_id>", methods=["PUT"])
@allow("librarian")
@problems(412, 428)
@blp.arguments(LoanIn)
@blp.response(200, LoanView)
def change_loan(body: dict[str, Any], loan_id: UUID) -> LoanView:
    """Change a loan."""
    with work().transaction(principal().agency_id) as tx:
        loan = tx.session.get(Loan, loan_id)
        if loan is None:
            raise NotFound(object="pinjaman", id=loan_id)
        require_version(expected_version(), loan.version)
        loan.title, loan.version = body["title"], loan.version + 1
        audit.record(tx, principal(), "changed", "loan", loan_id)
        etag(loan.version)
        return view_of(LoanView, loan)


@blp.route("/broken", methods=["GET"])
@allow_public(reason="to see how an unforeseen error looks")
@blp.response(200, LoanView)
def broken() -> None:
    """Fail."""
    raise RuntimeError("secret detail")


class WishIn(Schema):
    agency_id = ma.fields.String(required=True)
    title = ma.fields.String(required=True)


@blp.route("/wishes", methods=["POST"])
@allow_unnamed(reason="to see what is left of a call whose sender must not be known")
@not_idempotent(reason="nobody is known")
@problems(409)
@blp.arguments(WishIn)
@blp.response(201, LoanView)
def post_wish(body: dict[str, Any]) -> LoanView:
    """Wish for a book; it is lent at once."""
    assert "principal" not in g or g.principal is None
    if body["title"].startswith("fails"):
        raise RuntimeError(body["title"])
    with work().transaction(body["agency_id"]) as tx:
        if body["title"].startswith("breaks"):
            tx.session.execute(text("SELECT CAST(:title AS integer)"), {"title": body["title"]})
        if body["title"].startswith("clashes"):
            row = {"id": uuid4(), "agency": tx.agency_id, "title": body["title"]}
            insert = text("INSERT INTO loan (id, agency_id, title, version) VALUES (:id, :agency, :title, NULL)")
            tx.session.execute(insert, row)
        return view_of(LoanView, lend(tx, body["title"]))


def create_app(settings: BaseSettings) -> Flask:
    return make_app(
        settings, title="Loan desk", blueprints=[blp, jobs_blueprint("desk", "librarian"), operations_blueprint]
    )
