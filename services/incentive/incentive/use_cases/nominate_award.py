"""Nominate somebody for a non-financial award, on the evidence of a final evaluation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.errors import AwardEvidenceMissing, AwardEvidenceTooWeak
from incentive.domain.values import Predicate
from incentive.persistence.models import Award
from incentive.persistence.people import require_employee, today_of
from incentive.persistence.predicates import final_evaluation
from incentive.persistence.reference import reference


@dataclass(frozen=True)
class NominateAward:
    employee_id: UUID
    kind: str
    year: int
    evaluation_id: UUID
    reason: str


@dataclass(frozen=True)
class AwardView:
    id: UUID
    employee_id: UUID
    kind: str
    year: int
    state: str
    evaluation_id: UUID
    evaluation_version: int
    predicate: str
    period: str
    reason: str
    nominated_by: UUID
    nominated_at: datetime
    decision_number: str | None
    decided_on: date | None
    decided_by: UUID | None
    version: int


def nominate_award(work: UnitOfWork, actor: Principal, command: NominateAward) -> AwardView:
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        held = reference(tx, "AWARDS", today_of(tx))
        kind = _kind(held.data["kinds"], command.kind)
        evaluation = final_evaluation(tx, command.evaluation_id)
        if evaluation is None or evaluation.employee_id != command.employee_id:
            raise AwardEvidenceMissing(evaluation_id=command.evaluation_id)
        floor = kind.get("predicate_floor")
        if floor and not evaluation.predicate.at_least(Predicate(floor)):
            raise AwardEvidenceTooWeak(predicate=evaluation.predicate.value, needed=floor)
        row = Award(
            id=new_id(),
            agency_id=tx.agency_id,
            state="NOMINATED",
            evaluation_version=evaluation.version,
            predicate=evaluation.predicate.value,
            period=evaluation.period.text(),
            nominated_by=actor.account_id,
            nominated_at=tx.now,
            reference_id=held.id,
            version=1,
            **command.__dict__,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "nominate_award", "employee", command.employee_id, award_id=row.id)
        return award_view(row)


def list_award_kinds(work: UnitOfWork, actor: Principal) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        return award_kinds(tx)


def award_kinds(tx: Transaction) -> list[dict[str, Any]]:
    """The kinds that hold today: {code, label, predicate_floor, medal_years}."""
    kinds = reference(tx, "AWARDS", today_of(tx)).data["kinds"]
    return [{"predicate_floor": None, "medal_years": None, **kind} for kind in kinds]


def award_view(row: Award) -> AwardView:
    return AwardView(**{name: getattr(row, name) for name in AwardView.__dataclass_fields__})


def _kind(kinds: list[dict[str, Any]], code: str) -> dict[str, Any]:
    for kind in kinds:
        if kind["code"] == code:
            return kind
    known = ", ".join(kind["code"] for kind in kinds)
    raise InvalidInput(errors=[FieldError("kind", "award_kind_unknown", code, f"salah satu dari {known}")])
