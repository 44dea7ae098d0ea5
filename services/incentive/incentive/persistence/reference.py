"""Reference data: dated tables of legal numbers per agency, seeded with the defaults, added to, never edited."""

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.ids import new_id
from chassis.records import columns_of, fetch_all, fetch_one, table_of, values_of
from chassis.unit_of_work import Transaction
from incentive.domain.award_rules import AwardKindView, award_kinds_from
from incentive.domain.career import EligibilityRules, eligibility_rules_from
from incentive.domain.claim import RepaymentRules, repayment_rules_from
from incentive.domain.class_amount import DefaultClassAmountsView
from incentive.domain.credit import CreditRules, credit_rules_from
from incentive.domain.credit_months import CreditMonths, credit_months_from
from incentive.domain.policy import PolicyTemplateView
from incentive.domain.reference import PublishReference, ReferenceKind, ReferenceView
from incentive.domain.tukin_rules import rules_from, rules_to
from incentive.domain.unit_total import DisclosureRules, disclosure_rules_from
from incentive.domain.work_calendar import WorkCalendar, work_calendar_from
from incentive.persistence import models

_SET = models.ReferenceSet
_COLUMNS = columns_of(_SET, ReferenceView)


def default_reference(kind: ReferenceKind) -> dict[str, Any]:
    """Return the first version of a kind, as it is delivered."""
    found: dict[str, Any] = _read_default(f"{kind.lower()}.json")
    return found


def default_class_amounts() -> list[DefaultClassAmountsView]:
    return [DefaultClassAmountsView(**table) for table in _read_default("class_amounts.json")]


def policy_templates() -> list[PolicyTemplateView]:
    """Return rules of real regulations to start from, with how well each is verified."""
    items = _read_default("policies.json")
    return [PolicyTemplateView(**{**item, "rules": rules_to(rules_from(item["rules"]))}) for item in items]


def reference_on(tx: Transaction, kind: ReferenceKind, day: date) -> ReferenceView:
    """Return the version that holds on a day; before the first version, the default one."""
    found = _find(tx, kind, day)
    if found is None:
        _seed(tx, kind)
        found = _find(tx, kind, max(day, date.fromisoformat(default_reference(kind)["valid_from"])))
    assert found is not None
    return found


def reference_by_id(tx: Transaction, reference_id: UUID) -> ReferenceView:
    found = fetch_one(tx, select(*_COLUMNS).where(_SET.id == reference_id), ReferenceView)
    assert found is not None
    return found


def list_references(tx: Transaction, kind: ReferenceKind | None) -> list[ReferenceView]:
    """Return all versions of a kind, or of all kinds."""
    for one in ReferenceKind:
        _seed(tx, one)
    query = select(*_COLUMNS).order_by(_SET.kind, _SET.number)
    return fetch_all(tx, query if kind is None else query.where(_SET.kind == kind.value), ReferenceView)


def add_reference(tx: Transaction, command: PublishReference, created_by: UUID) -> ReferenceView:
    """Add a further version, numbered after the agency's existing ones."""
    number = list_references(tx, command.kind)[-1].number + 1
    added = ReferenceView(
        new_id(), command.kind, number, command.valid_from, command.data, command.legal_source, command.verified
    )
    _insert(tx, added, created_by)
    return list_references(tx, command.kind)[-1]


def credit_rules(tx: Transaction, day: date) -> tuple[CreditRules, ReferenceView]:
    found = reference_on(tx, ReferenceKind.CREDIT, day)
    return credit_rules_from(found.data), found


def eligibility_rules(tx: Transaction, day: date) -> tuple[EligibilityRules, ReferenceView]:
    credit = reference_on(tx, ReferenceKind.CREDIT, day)
    found = reference_on(tx, ReferenceKind.ELIGIBILITY, day)
    return eligibility_rules_from(credit.data, found.data, credit.legal_source), found


def award_kinds(tx: Transaction, day: date) -> tuple[list[AwardKindView], ReferenceView]:
    found = reference_on(tx, ReferenceKind.AWARDS, day)
    return award_kinds_from(found.data), found


def credit_months(tx: Transaction, day: date) -> tuple[CreditMonths, ReferenceView]:
    found = reference_on(tx, ReferenceKind.CREDIT_MONTHS, day)
    return credit_months_from(found.data), found


def repayment_rules(tx: Transaction, day: date) -> tuple[RepaymentRules, ReferenceView]:
    found = reference_on(tx, ReferenceKind.REPAYMENT, day)
    return repayment_rules_from(found.data), found


def disclosure_rules(tx: Transaction, day: date) -> DisclosureRules:
    return disclosure_rules_from(reference_on(tx, ReferenceKind.DISCLOSURE, day).data)


def work_calendar(tx: Transaction, day: date) -> WorkCalendar:
    return work_calendar_from(reference_on(tx, ReferenceKind.WORK_CALENDAR, day).data)


@cache
def _read_default(name: str) -> Any:
    return json.loads(resources.files("incentive.persistence").joinpath("defaults", name).read_text("utf-8"))


def _find(tx: Transaction, kind: ReferenceKind, day: date) -> ReferenceView | None:
    query = select(*_COLUMNS).where(_SET.kind == kind.value, _SET.valid_from <= day)
    return fetch_one(tx, query.order_by(_SET.valid_from.desc(), _SET.number.desc()).limit(1), ReferenceView)


def _seed(tx: Transaction, kind: ReferenceKind) -> None:
    """Store the default version as number 1, unless the agency has it."""
    item = default_reference(kind)
    valid_from = date.fromisoformat(item["valid_from"])
    first = ReferenceView(new_id(), kind, 1, valid_from, item["data"], item["legal_source"], item["verified"])
    _insert(tx, first, None)


def _insert(tx: Transaction, version: ReferenceView, created_by: UUID | None) -> None:
    row = {"agency_id": tx.agency_id, **values_of(_SET, version), "created_by": created_by, "created_at": tx.now}
    tx.session.execute(insert(table_of(_SET)).values(row).on_conflict_do_nothing())
