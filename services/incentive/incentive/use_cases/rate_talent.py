"""Talent: HR enters the panel's view of a person's potential; the box follows from it and the annual predicate."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.errors import NoFinalPredicate
from incentive.domain.period import Period
from incentive.domain.talent import SUCCESSION_BOXES, Potential, box
from incentive.domain.values import PeriodKind
from incentive.persistence.models import TalentRating
from incentive.persistence.people import require_employee
from incentive.persistence.predicates import final_predicates
from incentive.use_cases.access import may_read


@dataclass(frozen=True)
class RateTalent:
    employee_id: UUID
    year: int
    potential: Potential
    reference: str


def rate_talent(work: UnitOfWork, actor: Principal, command: RateTalent) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        last = _latest(tx, command.employee_id, command.year)
        row = TalentRating(
            agency_id=tx.agency_id,
            employee_id=command.employee_id,
            year=command.year,
            number=last.number + 1 if last else 1,
            potential=command.potential.value,
            reference=command.reference,
            entered_by=actor.account_id,
            entered_at=tx.now,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "rate_talent", "employee", command.employee_id, year=command.year)
        return _box(tx, row)


def show_talent(work: UnitOfWork, actor: Principal, employee_id: UUID, year: int) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        row = _latest(tx, employee_id, year)
        if row is None:
            raise NotFound(object="penilaian talenta tahun", id=year)
        audit.record(tx, actor, "read_talent", "employee", employee_id, year=year)
        return _box(tx, row)


def _latest(tx: Transaction, employee_id: UUID, year: int) -> TalentRating | None:
    chosen = select(TalentRating).where(TalentRating.employee_id == employee_id, TalentRating.year == year)
    return tx.session.scalars(chosen.order_by(TalentRating.number.desc()).limit(1)).first()


def _box(tx: Transaction, row: TalentRating) -> dict[str, Any]:
    period = Period(PeriodKind.YEAR, row.year, 0)
    final = final_predicates(tx, [row.employee_id], period).get(row.employee_id)
    if final is None:
        raise NoFinalPredicate(period=period.text())
    number = box(final.predicate, Potential(row.potential))
    return {
        "employee_id": row.employee_id,
        "year": row.year,
        "potential": row.potential,
        "predicate": final.predicate.value,
        "evaluation_id": final.evaluation_id,
        "box": number,
        "succession": number in SUCCESSION_BOXES,
        "legal_source": "PermenPANRB 3/2020; nomor kotak belum terverifikasi",
    }
