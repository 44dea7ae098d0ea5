"""How far a leader sees: the units they lead, by role, and by what personnel told."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from wellbeing.persistence import directory


def led_units(tx: Transaction, actor: Principal) -> frozenset[UUID]:
    """The tops of a leader's trees; none for whoever has not the role."""
    if not actor.has("unit_leader"):
        return frozenset()
    led = {unit for unit, leader in directory.leaders(tx.session).items() if leader == actor.employee_id}
    return frozenset(led | ({actor.unit_id} if actor.unit_id else set()))


def leads_a_unit(tx: Transaction, actor: Principal) -> bool:
    return actor.has("unit_leader") or actor.employee_id in directory.leaders(tx.session).values()
