"""Enter MPP leave, BLU remuneration or study leave."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_colleague
from incentive.domain.circumstance import Circumstance, CircumstanceView, EnterCircumstance
from incentive.persistence.circumstances import insert_circumstance
from incentive.persistence.recalculations import enqueue_since


def enter_circumstance(work: UnitOfWork, actor: Principal, command: EnterCircumstance) -> CircumstanceView:
    command.check()
    with work.transaction(actor.agency_id) as tx:
        require_colleague(tx, actor, command.employee_id)
        entered = Circumstance.entered(new_id(), command, actor.account_id, tx.now)
        insert_circumstance(tx, entered)
        enqueue_since(tx, {entered.employee_id: entered.from_month}, "circumstance")
        audit.record(tx, actor, "enter_circumstance", "employee", entered.employee_id, circumstance_id=entered.id)
        return CircumstanceView.of(entered)
