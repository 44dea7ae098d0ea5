"""The timer of the proposals, in whatever service includes them."""

from uuid import UUID

from approvals.deciding import LAPSE, lapse_action
from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction


def keep_proposals(timers: Timers) -> None:
    """Let proposals lapse on their day."""

    @timers.on(LAPSE)
    def on_lapse(tx: Transaction, timer: Timer) -> None:
        lapse_action(tx, UUID(timer.key))
