"""End a need: met, or cancelled with a reason."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import is_self, require_appraiser_or_hr
from training.domain.need import NeedSource, NeedState, NeedView
from training.persistence.needs import lock_need, view_need
from training.use_cases.needs.move import move_need


def close_need(work: UnitOfWork, actor: Principal, need_id: UUID, *, target: NeedState, reason: str) -> NeedView:
    """Appraiser and HR officer decide; the person may take back a need that only the person asked for."""
    with work.transaction(actor.agency_id) as tx:
        need = lock_need(tx, need_id)
        own_wish = target is NeedState.CANCELLED and view_need(tx, need).source is NeedSource.REQUEST
        if not (own_wish and is_self(actor, need.employee_id)):
            require_appraiser_or_hr(tx, actor, need.employee_id)
        saved = move_need(tx, need, target, by=str(actor.account_id), reason=reason)
        return view_need(tx, saved)
