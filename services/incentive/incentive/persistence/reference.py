"""Reference data: dated tables of legal numbers per agency, seeded from what is shipped, added to, never edited."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.career import EligibilityRules, eligibility_rules_from
from incentive.domain.credit import CreditRules, credit_rules_from

_FIND = text(
    "SELECT id, kind, number, valid_from, data, legal_source, verified, created_at FROM reference_set "
    "WHERE agency_id = :agency AND kind = :kind AND valid_from <= :day ORDER BY valid_from DESC, number DESC LIMIT 1"
)
_ALL = text(
    "SELECT id, kind, number, valid_from, data, legal_source, verified, created_at FROM reference_set "
    "WHERE agency_id = :agency AND (CAST(:kind AS text) IS NULL OR kind = CAST(:kind AS text)) ORDER BY kind, number"
)
_BY_ID = text(
    "SELECT id, kind, number, valid_from, data, legal_source, verified, created_at FROM reference_set "
    "WHERE agency_id = :agency AND id = :id"
)
_ADD = text(
    "INSERT INTO reference_set (id, agency_id, kind, number, valid_from, data, legal_source, "
    "verified, created_by, created_at) "
    "VALUES (:id, :agency, :kind, :number, :valid_from, CAST(:data AS jsonb), :legal_source, CAST(:verified AS jsonb), "
    ":created_by, :now) ON CONFLICT DO NOTHING"
)
SHIPPED = {"CREDIT": "credit.json", "ELIGIBILITY": "eligibility.json", "AWARDS": "awards.json"}


@dataclass(frozen=True)
class ReferenceVersion:
    id: UUID
    kind: str
    number: int
    valid_from: date
    data: dict[str, Any]
    legal_source: str
    verified: dict[str, Any]


@cache
def shipped(name: str) -> Any:
    """A file of reference data as it is shipped."""
    return json.loads(resources.files("incentive.persistence").joinpath("shipped", name).read_text("utf-8"))


def reference(tx: Transaction, kind: str, day: date) -> ReferenceVersion:
    """The version of a kind that holds on a day; the first version is the shipped one, whenever it is asked for."""
    row = tx.session.execute(_FIND, {"agency": tx.agency_id, "kind": kind, "day": day}).first()
    if row is None:
        seed(tx, kind)
        far = max(day, date.fromisoformat(shipped(SHIPPED[kind])["valid_from"]))
        row = tx.session.execute(_FIND, {"agency": tx.agency_id, "kind": kind, "day": far}).one()
    return _version(row)


def reference_by_id(tx: Transaction, reference_id: UUID) -> ReferenceVersion:
    return _version(tx.session.execute(_BY_ID, {"agency": tx.agency_id, "id": reference_id}).one())


def references(tx: Transaction, kind: str | None) -> list[ReferenceVersion]:
    for name in SHIPPED:
        seed(tx, name)
    rows = tx.session.execute(_ALL, {"agency": tx.agency_id, "kind": kind})
    return [_version(row) for row in rows]


def seed(tx: Transaction, kind: str) -> None:
    """Give the agency the shipped version as number 1, unless it has one."""
    told = shipped(SHIPPED[kind])
    _add(
        tx, kind, 1, date.fromisoformat(told["valid_from"]), told["data"], told["legal_source"], told["verified"], None
    )


def add_reference(
    tx: Transaction,
    kind: str,
    valid_from: date,
    data: dict[str, Any],
    legal_source: str,
    verified: dict[str, Any],
    created_by: UUID,
) -> ReferenceVersion:
    """Add a further version; the next number is taken under the agency's existing ones."""
    seed(tx, kind)
    known = references(tx, kind)
    number = known[-1].number + 1
    _add(tx, kind, number, valid_from, data, legal_source, verified, created_by)
    return references(tx, kind)[-1]


def credit_rules(tx: Transaction, day: date) -> tuple[CreditRules, ReferenceVersion]:
    found = reference(tx, "CREDIT", day)
    return credit_rules_from(found.data), found


def eligibility_rules(tx: Transaction, day: date) -> tuple[EligibilityRules, ReferenceVersion]:
    credit, found = reference(tx, "CREDIT", day), reference(tx, "ELIGIBILITY", day)
    return eligibility_rules_from(credit.data, found.data, credit.legal_source), found


def _add(
    tx: Transaction,
    kind: str,
    number: int,
    valid_from: date,
    data: dict[str, Any],
    legal_source: str,
    verified: dict[str, Any],
    created_by: UUID | None,
) -> None:
    values = {
        "id": new_id(),
        "agency": tx.agency_id,
        "kind": kind,
        "number": number,
        "valid_from": valid_from,
        "data": json.dumps(data),
        "legal_source": legal_source,
        "verified": json.dumps(verified),
        "created_by": created_by,
        "now": tx.now,
    }
    tx.session.execute(_ADD, values)


def _version(row: Any) -> ReferenceVersion:
    return ReferenceVersion(row.id, row.kind, row.number, row.valid_from, row.data, row.legal_source, row.verified)
