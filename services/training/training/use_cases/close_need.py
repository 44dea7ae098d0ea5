"""End a need: met, or cancelled with a reason."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.needs import NeedState
from training.persistence import needs
from training.persistence.rows import View
from training.use_cases.move_need import move_need
from training.use_cases.rights import authorise_act, is_self
from training.use_cases.show_need import need_or_404


def close_need(work: UnitOfWork, actor: Principal, need_id: UUID, target: NeedState, reason: str) -> View:
    """Appraiser and HR officer decide; the person may take back a need that only the person asked for."""
    with work.transaction(actor.agency_id) as tx:
        need = need_or_404(tx, need_id, for_update=True)
        own_wish = target is NeedState.CANCELLED and needs.views(tx, [need])[0]["source"] == "REQUEST"
        authorise_act(tx, actor, need.employee_id, own=own_wish and is_self(actor, need.employee_id))
        move_need(tx, need, target, by=str(actor.account_id), reason=reason)
        return needs.views(tx, [need])[0]
