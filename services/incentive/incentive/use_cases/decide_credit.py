"""PAK: establish credit points by a numbered decision; the entries it names are used, and never replaced later."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert, select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import CreditNotUsable, DecisionNumberTaken, NoCreditLevel
from incentive.persistence.credit import balances, entries, lock_credit
from incentive.persistence.models import CreditDecision, CreditUse
from incentive.persistence.people import assignments_on, require_employee, today_of


@dataclass(frozen=True)
class DecideCredit:
    employee_id: UUID
    number: str
    decided_on: date
    purpose: str
    entry_ids: list[UUID]


def decide_credit(work: UnitOfWork, actor: Principal, command: DecideCredit) -> dict[str, object]:
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        lock_credit(tx, command.employee_id)
        if tx.session.scalar(select(CreditDecision.id).where(CreditDecision.number == command.number)):
            raise DecisionNumberTaken(number=command.number)
        assignment = assignments_on(tx, [command.employee_id], today_of(tx)).get(command.employee_id)
        if assignment is None or assignment.position_level is None:
            raise NoCreditLevel(when=str(today_of(tx)))
        level = assignment.position_level
        usable = {
            entry.id: entry.credit
            for entry in entries(tx, command.employee_id)
            if entry.replaced_by is None and entry.decision_id is None and entry.level is level
        }
        wrong = sorted(str(one) for one in set(command.entry_ids) - set(usable))
        if wrong:
            raise CreditNotUsable(entries=", ".join(wrong))
        row = CreditDecision(
            id=new_id(),
            agency_id=tx.agency_id,
            employee_id=command.employee_id,
            number=command.number,
            decided_on=command.decided_on,
            purpose=command.purpose,
            level=level.value,
            total=sum((usable[one] for one in set(command.entry_ids)), Decimal("0.000")),
            balance=balances(tx, {command.employee_id: level})[command.employee_id],
            decided_by=actor.account_id,
            entered_at=tx.now,
        )
        tx.session.add(row)
        tx.session.flush()
        uses = [{"agency_id": tx.agency_id, "entry_id": one, "decision_id": row.id} for one in set(command.entry_ids)]
        tx.session.execute(insert(CreditUse), uses)
        audit.record(tx, actor, "decide_credit", "employee", command.employee_id, decision_id=row.id)
        names = ("id", "number", "decided_on", "purpose", "level", "total", "balance", "decided_by")
        return {name: getattr(row, name) for name in names}
